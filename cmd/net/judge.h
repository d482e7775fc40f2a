/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* From what libcurl reported of an attempt to the result that is written. */
#include "exchange.h"
#include "result.h"

#define BEF_HEADER_VALUE_SIZE 128
#define BEF_LOCATION_SIZE 1024

/* What wire.c read of libcurl once all was over; texts are "" when there is none. */
struct bef_facts {
	int curl;
	long status, proxy_status;
	long certificate; /* OpenSSL's verification result */
	int64_t uploaded, elapsed_ms;
	const char *error; /* libcurl's own words, for us only: they may hold anything */
	char location[BEF_LOCATION_SIZE];
	char retry_after[BEF_HEADER_VALUE_SIZE];
	char date[BEF_HEADER_VALUE_SIZE];
	char cert_expires[BEF_HEADER_VALUE_SIZE];
};

/* Classify and describe; bytes kept in `exchange` are redacted in place. */
void bef_judge(struct bef_exchange *exchange, const struct bef_facts *facts, struct bef_result *out);

/* The result of an attempt that was never made; `host` may be "". */
void bef_judge_unsent(const char *host, enum bef_outcome outcome, const char *why, struct bef_result *out);
