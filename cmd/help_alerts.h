/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* The tables of the page of alerts (help_alert_tables.c), in the chosen language. */
#include "base/text.h"

void bef_write_kinds(struct bef_text *out);    /* what rings */
void bef_write_keys(struct bef_text *out);     /* keys of a destination */
void bef_write_secrets(struct bef_text *out);  /* those that are secrets */
void bef_write_formats(struct bef_text *out);  /* the services */
void bef_write_markings(struct bef_text *out); /* TLP against audience */
