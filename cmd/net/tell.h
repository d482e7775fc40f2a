/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * What may be told of an attempt.  The URL is the password, headers and bodies
 * carry tokens, so a sentence is built from our own words, the host and
 * numbers, never from a library's message, and the answer is searched for all
 * that we sent.
 */
#include "classify.h"
#include "job.h"

/* What is known besides the attempt; strings are never NULL. */
struct bef_circumstances {
	const char *host;
	const char *location; /* of a redirect, or "" */
	const char *vetoed;   /* why its address was refused, or "" */
	bool proxied;         /* then that address was the proxy's */
	long certificate;     /* OpenSSL's verification result */
};

/* One English line, without a full stop. */
void bef_tell_detail(const struct bef_attempt *attempt, const struct bef_verdict *verdict,
                     const struct bef_circumstances *known, char *out, size_t size);

/*
 * The beginning of the answer, fit to be stored; `bytes` are redacted in
 * place: pieces of 8 bytes or more of the URL's path and of the password, of
 * 12 or more of the headers, the body and the proxy's user, become asterisks.
 */
void bef_tell_answer(const struct bef_job *job, char *bytes, size_t len, char *out, size_t size);
