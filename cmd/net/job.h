/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * A job: one line that comes in, one JSON object with "v" and "type".  This
 * module alone knows its members and which of them go together:
 *
 *   v, type, job     1, "job", and the name that the result repeats
 *   url              https:, http:, smtps: or smtp:, which also says what the job is
 *   method           POST (when absent), PUT or GET; GET has no body
 *   headers          up to 32 "Name: value" lines
 *   body             the request's bytes, or a whole RFC 5322 message with CR LF line ends
 *   mail_from        one plain address each; the URL's path is the name to
 *   mail_to          say in EHLO, mail_from's domain when there is none
 *   user, password   for SMTP only
 *   connect_ms       10000 when absent
 *   total_ms         25000 when absent, 60000 for mail
 *   ca_file          the only authorities to believe; the system's when absent
 *   cert_file        ours, with its key_file, which nobody else may read
 *   pin              sha256//..., the receiver's public key
 *   proxy            http:, https: or socks5h:; none when absent
 *   public_only      true: not to private or loopback addresses
 *   insecure_http    true: http beyond loopback, smtp without TLS to loopback
 *   binary           true: body is base64 of the request's bytes, and the result has
 *                    the answer's, up to 64 KiB, as they came
 */
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "policy.h"

#define BEF_JOB_VERSION 1

struct bef_job {
	json_t *doc; /* owns every string below */
	bool mail;
	const char *id;
	const char *url;
	const char *method;
	const char *body; /* NULL: none */
	size_t body_len;
	const char *headers[BEF_HEADERS_MAX];
	size_t header_count;
	const char *mail_from, *mail_to; /* NULL unless it is mail, as are the next two */
	const char *user, *password;
	long connect_ms;
	long total_ms;
	const char *ca_file; /* NULL: the system's authorities */
	const char *cert_file, *key_file;
	const char *pin;
	const char *proxy;
	bool public_only, insecure_http, binary;
	char *bytes; /* of a binary body: what `body` points at */
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

/* Whether `name` is among its headers, whatever the case of its letters. */
bool bef_job_has_header(const struct bef_job *job, const char *name);
