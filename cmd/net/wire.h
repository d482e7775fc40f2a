/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * One job, one attempt, one request on the wire.  The only module that
 * includes curl/curl.h.  Nothing is printed; no text handed back holds the URL.
 */
#include <stdbool.h>

#include "job.h"
#include "result.h"

/* Once per process, before the first job; false when libcurl cannot start. */
bool bef_wire_open(void);
void bef_wire_close(void);

/* Try once, for at most job->total_ms.  Always fills *out. */
void bef_wire_send(const struct bef_job *job, struct bef_result *out);
