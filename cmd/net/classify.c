/* SPDX-License-Identifier: EUPL-1.2 */
#include "classify.h"

#include <stddef.h>

#include "mark.h"

static const char *const outcome_names[BEF_OUTCOME_COUNT] = {
	[BEF_OUTCOME_OK] = "ok",
	[BEF_OUTCOME_RETRY] = "retry",
	[BEF_OUTCOME_AMBIGUOUS] = "ambiguous",
	[BEF_OUTCOME_PERMANENT] = "permanent",
	[BEF_OUTCOME_SUSPEND] = "suspend",
	[BEF_OUTCOME_SELF] = "self",
};

#define OK BEF_OUTCOME_OK
#define RETRY BEF_OUTCOME_RETRY
#define AMBIG BEF_OUTCOME_AMBIGUOUS
#define PERM BEF_OUTCOME_PERMANENT
#define SUSPEND BEF_OUTCOME_SUSPEND
#define SELF BEF_OUTCOME_SELF

struct status_row {
	long from, to;
	struct bef_verdict verdict;
};

/* The first row that holds the status wins: single statuses come before their hundred. */
static const struct status_row status_rows[] = {
	{ 200, 299, { OK, "" } },
	{ 300, 399, { SUSPEND, N_("redirects are not followed") } },
	{ 401, 401, { SUSPEND, N_("the token or signature was not accepted") } },
	{ 402, 402, { PERM, N_("payment or quota") } },
	{ 403, 403, { SUSPEND, N_("access refused") } },
	{ 404, 404, { SUSPEND, N_("no such address there") } },
	{ 407, 407, { SELF, N_("a proxy wants credentials") } },
	{ 408, 408, { RETRY, N_("it gave up waiting for the request") } },
	{ 409, 409, { PERM, N_("conflict") } },
	{ 410, 410, { SUSPEND, N_("the address has been closed") } },
	{ 413, 414, { PERM, N_("too large") } },
	{ 421, 421, { RETRY, N_("misdirected") } },
	{ 423, 425, { RETRY, N_("not now") } },
	{ 429, 429, { RETRY, N_("too many requests") } },
	{ 431, 431, { PERM, N_("headers too large") } },
	{ 400, 499, { PERM, N_("the request was refused") } },
	{ 501, 501, { PERM, N_("not offered there") } },
	{ 503, 503, { RETRY, N_("unavailable for now") } },
	{ 505, 505, { PERM, N_("HTTP version refused") } },
	{ 507, 507, { RETRY, N_("no room left there") } },
	/* The rest of 5xx, the 520-530 of CDNs included: whoever stands behind may have acted. */
	{ 500, 599, { AMBIG, N_("server error, the message may have passed") } },
	/* No meaning is registered above 599; something read the request, though. */
	{ 600, 999, { AMBIG, N_("unknown status, the message may have passed") } },
};

struct curl_row {
	int curl;
	enum bef_outcome outcome;
	const char *why;
};

/* While some of the body was still here: surely not delivered, so the question is whose fault. */
static const struct curl_row curl_rows[] = {
	{ 0, RETRY, N_("no final answer") },
	/* Code 1 is also "protocol switched off", but then nothing has left. */
	{ 1, SELF, N_("the answer is not HTTP") },
	{ 3, SELF, N_("the address is malformed") },
	{ 4, SELF, N_("libcurl lacks a feature") },
	{ 5, RETRY, N_("the proxy's name does not resolve") },
	{ 6, RETRY, N_("the name does not resolve") },
	{ 7, RETRY, N_("connection refused or no route") },
	{ 8, RETRY, N_("the answer is not understood") },
	{ 9, RETRY, N_("it refused our greeting") },
	{ 18, RETRY, N_("the answer was cut short") },
	{ 23, RETRY, N_("the answer is too large") },
	{ 27, RETRY, N_("out of memory, or an oversized answer") },
	{ 28, RETRY, N_("no complete answer in time") },
	{ 35, RETRY, N_("TLS could not be agreed") },
	{ 42, RETRY, N_("no complete answer in time") },
	{ 43, SELF, N_("libcurl refused an argument, or met a malformed header") },
	{ 48, SELF, N_("libcurl lacks an option") },
	{ 52, RETRY, N_("closed without an answer") },
	{ 53, SELF, N_("TLS engine missing") },
	{ 54, SELF, N_("TLS engine unusable") },
	{ 55, RETRY, N_("the connection broke while sending") },
	{ 56, RETRY, N_("the connection broke before an answer") },
	{ 58, SELF, N_("our client certificate is unusable") },
	{ 59, SELF, N_("our list of TLS ciphers is unusable") },
	{ 60, RETRY, N_("its certificate is not valid") },
	{ 64, SUSPEND, N_("it does not offer encryption, or somebody in between hides the offer") },
	{ 66, SELF, N_("TLS engine unusable") },
	{ 67, SUSPEND, N_("the user name and password were not accepted") },
	{ 77, SELF, N_("the CA file cannot be read") },
	{ 82, SELF, N_("the revocation list cannot be read") },
	{ 90, SUSPEND, N_("its public key is not the pinned one") },
	{ 91, RETRY, N_("its certificate status is not valid") },
	{ 94, SUSPEND, N_("no way of proving who we are was accepted") },
	{ 97, RETRY, N_("the proxy failed") },
	{ 98, SUSPEND, N_("it demands a client certificate") },
};

const char *bef_outcome_name(enum bef_outcome outcome)
{
	return outcome_names[outcome];
}

static const struct status_row *find_status(long status)
{
	for (size_t i = 0; i < sizeof(status_rows) / sizeof(*status_rows); i++)
		if (status >= status_rows[i].from && status <= status_rows[i].to)
			return &status_rows[i];
	return NULL;
}

struct bef_verdict bef_classify_curl(int curl)
{
	for (size_t i = 0; i < sizeof(curl_rows) / sizeof(*curl_rows); i++)
		if (curl_rows[i].curl == curl)
			return (struct bef_verdict){ curl_rows[i].outcome, curl_rows[i].why };
	return (struct bef_verdict){ RETRY, N_("the transfer failed") };
}

/*
 * A final status outranks libcurl's code: an answer that was truncated, slow
 * or oversized after "200" is still a yes.  A yes to a body that was not all
 * sent is not, whatever the receiver meant by it.  Without a status, a body
 * that has left may have arrived, whatever the code: a malformed answer can
 * provoke codes that read like our own mistakes (1, 43), which therefore are
 * believed only before anything was sent.
 */
static struct bef_verdict by_http(const struct bef_attempt *attempt)
{
	const struct status_row *row = find_status(attempt->status);
	bool all_sent = attempt->uploaded >= attempt->body_len;
	struct bef_verdict verdict;

	if (row && row->verdict.outcome == OK && !all_sent)
		return (struct bef_verdict){ AMBIG, N_("it answered before the whole message was sent") };
	if (row)
		return row->verdict;
	verdict = bef_classify_curl(attempt->curl);
	if (attempt->asks)
		return verdict;
	if (all_sent && verdict.outcome != SUSPEND)
		verdict.outcome = AMBIG;
	else if (attempt->uploaded > 0 && verdict.outcome == SELF)
		verdict.outcome = RETRY;
	return verdict;
}

/* A proxy that refused the tunnel: nothing of ours went through it. */
static struct bef_verdict by_proxy(long status)
{
	if (status == 407)
		return (struct bef_verdict){ SELF, N_("the proxy wants credentials") };
	if (status / 100 == 4)
		return (struct bef_verdict){ SELF, N_("the proxy refuses to go there") };
	return (struct bef_verdict){ RETRY, N_("the proxy did not get through") };
}

struct bef_verdict bef_classify(const struct bef_attempt *attempt)
{
	bool answered = attempt->status && !attempt->mail;
	struct bef_verdict verdict;

	if (attempt->vetoed && !answered)
		return (struct bef_verdict){ SELF, N_("the address is not allowed") };
	if (attempt->cert_wanted && !answered)
		return (struct bef_verdict){ SUSPEND, N_("it demands a client certificate") };
	if (attempt->proxy_status >= 300 && !attempt->status)
		return by_proxy(attempt->proxy_status);
	verdict = attempt->mail ? bef_classify_mail(attempt) : by_http(attempt);
	if (attempt->asks && verdict.outcome == AMBIG)
		verdict = (struct bef_verdict){ RETRY, attempt->status / 100 == 5 ? N_("server error") : verdict.why };
	return verdict;
}
