/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * A playbook inside something else, as public tools hand it over: a list that
 * holds just one, or a STIX 2.1 object (course-of-action, x-oca-playbook, or a
 * bundle of them) that carries it in base 64 as "playbook_bin".
 */
#include "base/err.h"
#include "base/text.h"

/* If `text` is JSON that carries one playbook, put that playbook's own text in its place.
 * *carried: whether it did; BEF_OK either way (text that is not JSON carries nothing).
 * BEF_USAGE: it carries several, and we cannot know which is wanted. */
enum bef_rc bef_carrier_open(struct bef_text *text, bool *carried, struct bef_err *err) BEF_MUST_CHECK;
