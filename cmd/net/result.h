/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * A result: one line that goes out, one JSON object per job:
 *
 *   v, type, job     1, "result", and the job's name
 *   class            ok, retry, ambiguous, permanent, suspend, self (classify.h)
 *   curl             libcurl's code
 *   status           of HTTP, or the last reply of SMTP; 0 when there was none
 *   smtp             true for mail, else absent
 *   uploaded         bytes of the body that left
 *   retry_after_s    when the receiver asked for it, 1 to 3600
 *   cert_expires_at  Unix seconds, when TLS was agreed
 *   skew_s           the receiver's clock minus ours, when they differ by more than 1 s
 *   elapsed_ms
 *   detail           one English line, without any secret
 *   answer           the beginning of what the receiver said, redacted
 *   bytes            of a binary job: all of it, in base64; absent when it is over 64 KiB
 */
#include <stdbool.h>
#include <stdint.h>

#include "classify.h"

#define BEF_DETAIL_SIZE 400
#define BEF_ANSWER_SIZE 513

struct bef_result {
	enum bef_outcome outcome;
	bool mail;
	int curl;
	long status;
	int64_t uploaded;
	int retry_after_s;       /* 0: nothing was asked */
	int64_t cert_expires_at; /* 0: not known */
	int64_t skew_s;          /* 0: none, or not known */
	int64_t elapsed_ms;
	char detail[BEF_DETAIL_SIZE];
	char answer[BEF_ANSWER_SIZE];
	char *bytes; /* base64, to be freed; or NULL */
};

/* The result line for a job, newline included: to be freed; NULL when memory is short. */
char *bef_result_format(const char *job_id, const struct bef_result *result);
