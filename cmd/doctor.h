/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* What 'doctor' looks at, and what it finds. */
#include "app.h"

/* One look at everything; nothing is changed. */
struct bef_check {
	struct bef_app *app;
	struct bef_err *err;
	int looks, warnings;
	enum bef_rc rc;
};

enum bef_finding_sort { BEF_FINDING_OK, BEF_FINDING_LOOK, BEF_FINDING_WARN };

/* Print and count one. */
void bef_finding(struct bef_check *c, enum bef_finding_sort verdict, const char *what, const char *fmt, ...)
	BEF_PRINTF(4, 5);

/* The destinations (doctor_alerts.c). */
void bef_check_alerts(struct bef_check *c);
