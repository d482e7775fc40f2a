/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* What cmd_status.c and status_*.c share.  Private to them. */
#include "app.h"
#include "model/outage.h"

/* What stands before a line of the status. */
void bef_status_label(struct bef_app *app, const char *label);
/* The run that 'step' means, so that the numbers shown are the ones to type; or NULL. */
const struct bef_run *bef_status_main_run(const struct bef_case *c);
/* The playbooks that go on, then what to do first, of whichever. */
void bef_status_runs(struct bef_app *app, const struct bef_case *c);
/* What is out of use; nothing where all runs, or once the incident is closed. */
void bef_status_services(struct bef_app *app, const struct bef_case *c, const struct bef_outages *outages);
