/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * One job, one POST, one request on the wire.  The only module that includes
 * curl/curl.h.  Nothing is printed; no text handed back holds the URL.
 */
#include <stdbool.h>

#include "job.h"

/* Once per process, before the first post; false when libcurl cannot start. */
bool bef_post_open(void);
void bef_post_close(void);

/* Try once, for at most job->total_ms.  Always fills *out. */
void bef_post(const struct bef_job *job, struct bef_result *out);
