/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * The two kinds of line that cross the pipes: a job comes in, a result goes
 * out.  Both are one JSON object with "v" and "type"; this module alone knows
 * their members.
 */
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "classify.h"
#include "policy.h"

#define BEF_JOB_VERSION 1
#define BEF_DETAIL_SIZE 400
#define BEF_ANSWER_SIZE 513

struct bef_job {
	json_t *doc; /* owns every string below */
	const char *id;
	const char *url;
	const char *body;
	size_t body_len;
	const char *headers[BEF_HEADERS_MAX];
	size_t header_count;
	long connect_ms;
	long total_ms;
	const char *ca_file; /* NULL: the system's authorities */
	bool allow_http;
};

struct bef_result {
	enum bef_outcome outcome;
	int curl;
	long status;
	int64_t uploaded;
	int retry_after_s; /* 0: nothing was asked */
	int64_t elapsed_ms;
	char detail[BEF_DETAIL_SIZE];
	char answer[BEF_ANSWER_SIZE];
};

enum bef_job_rc {
	BEF_JOB_READY,
	BEF_JOB_REFUSED, /* it has an id, so it gets a result; `why` is that result's detail */
	BEF_JOB_UNUSABLE /* nobody could be answered; `why` says what is wrong with the line */
};

/* Read one line.  Clear *out with bef_job_clear() whatever the outcome. */
enum bef_job_rc bef_job_parse(const char *line, size_t len, struct bef_job *out,
                              char *why, size_t why_size);
void bef_job_clear(struct bef_job *job);

/* The result line for a job, newline included: to be freed; NULL when memory is short. */
char *bef_result_format(const char *job_id, const struct bef_result *result);
