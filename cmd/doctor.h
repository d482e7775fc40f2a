/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* One look at everything; nothing is changed.  What 'doctor' (cmd_doctor.c) and its parts share. */
#include "app.h"

struct bef_check_up {
	struct bef_app *app;
	struct bef_err *err;
	int looks, warnings;
	enum bef_rc rc;
};

enum bef_finding { BEF_FINDING_OK, BEF_FINDING_LOOK, BEF_FINDING_WARN };

/* One line of the answer, counted. */
void bef_finding(struct bef_check_up *c, enum bef_finding verdict, const char *what, const char *fmt, ...) BEF_PRINTF(4, 5);

/* Destinations, groups, stand-ins, secrets, telephones (doctor_alerts.c). */
void bef_doctor_alerts(struct bef_check_up *c);
