/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* What to type next, told where somebody looks up from what they did. */
#include "app.h"

/* A step to do, an action to settle, closing, or a fact to record; of a closed incident nothing. */
void bef_put_next(struct bef_app *app, const struct bef_case *c);
