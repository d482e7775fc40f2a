/* SPDX-License-Identifier: EUPL-1.2 */
#include "classify.h"

#include <stddef.h>

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
	{ 300, 399, { SUSPEND, "redirects are not followed" } },
	{ 401, 401, { SUSPEND, "the token or signature was not accepted" } },
	{ 402, 402, { PERM, "payment or quota" } },
	{ 403, 403, { SUSPEND, "access refused" } },
	{ 404, 404, { SUSPEND, "no such address there" } },
	{ 407, 407, { SELF, "a proxy wants credentials" } },
	{ 408, 408, { RETRY, "it gave up waiting for the request" } },
	{ 409, 409, { PERM, "conflict" } },
	{ 410, 410, { SUSPEND, "the address has been closed" } },
	{ 413, 414, { PERM, "too large" } },
	{ 421, 421, { RETRY, "misdirected" } },
	{ 423, 425, { RETRY, "not now" } },
	{ 429, 429, { RETRY, "too many requests" } },
	{ 431, 431, { PERM, "headers too large" } },
	{ 400, 499, { PERM, "the request was refused" } },
	{ 501, 501, { PERM, "not offered there" } },
	{ 503, 503, { RETRY, "unavailable for now" } },
	{ 505, 505, { PERM, "HTTP version refused" } },
	{ 507, 507, { RETRY, "no room left there" } },
	/* The rest of 5xx, the 520-530 of CDNs included: whoever stands behind may have acted. */
	{ 500, 599, { AMBIG, "server error, the message may have passed" } },
	/* No meaning is registered above 599; something read the request, though. */
	{ 600, 999, { AMBIG, "unknown status, the message may have passed" } },
};

struct curl_row {
	int curl;
	enum bef_outcome outcome;
	const char *why;
};

/* While some of the body was still here: surely not delivered, so the question is whose fault. */
static const struct curl_row curl_rows[] = {
	{ 0, RETRY, "no final answer" },
	/* Code 1 is also "protocol switched off", but then nothing has left. */
	{ 1, SELF, "the answer is not HTTP" },
	{ 3, SELF, "the address is malformed" },
	{ 4, SELF, "libcurl lacks a feature" },
	{ 5, RETRY, "the proxy's name does not resolve" },
	{ 6, RETRY, "the name does not resolve" },
	{ 7, RETRY, "connection refused or no route" },
	{ 8, RETRY, "the answer is not understood" },
	{ 9, RETRY, "it refused our greeting" },
	{ 18, RETRY, "the answer was cut short" },
	{ 23, RETRY, "the answer is too large" },
	{ 27, RETRY, "out of memory, or an oversized answer" },
	{ 28, RETRY, "no complete answer in time" },
	{ 35, RETRY, "TLS could not be agreed" },
	{ 42, RETRY, "no complete answer in time" },
	{ 43, SELF, "libcurl refused an argument, or met a malformed header" },
	{ 48, SELF, "libcurl lacks an option" },
	{ 52, RETRY, "closed without an answer" },
	{ 53, SELF, "TLS engine missing" },
	{ 54, SELF, "TLS engine unusable" },
	{ 55, RETRY, "the connection broke while sending" },
	{ 56, RETRY, "the connection broke before an answer" },
	{ 58, SELF, "our client certificate is unusable" },
	{ 59, SELF, "our list of TLS ciphers is unusable" },
	{ 60, RETRY, "its certificate is not valid" },
	{ 64, SUSPEND, "it does not offer encryption, or somebody in between hides the offer" },
	{ 66, SELF, "TLS engine unusable" },
	{ 67, SUSPEND, "the user name and password were not accepted" },
	{ 77, SELF, "the CA file cannot be read" },
	{ 82, SELF, "the revocation list cannot be read" },
	{ 90, SUSPEND, "its public key is not the pinned one" },
	{ 91, RETRY, "its certificate status is not valid" },
	{ 94, SUSPEND, "no way of proving who we are was accepted" },
	{ 97, RETRY, "the proxy failed" },
	{ 98, SUSPEND, "it demands a client certificate" },
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
	return (struct bef_verdict){ RETRY, "the transfer failed" };
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
		return (struct bef_verdict){ AMBIG, "it answered before the whole message was sent" };
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
		return (struct bef_verdict){ SELF, "the proxy wants credentials" };
	if (status / 100 == 4)
		return (struct bef_verdict){ SELF, "the proxy refuses to go there" };
	return (struct bef_verdict){ RETRY, "the proxy did not get through" };
}

struct bef_verdict bef_classify(const struct bef_attempt *attempt)
{
	bool answered = attempt->status && !attempt->mail;
	struct bef_verdict verdict;

	if (attempt->vetoed && !answered)
		return (struct bef_verdict){ SELF, "the address is not allowed" };
	if (attempt->cert_wanted && !answered)
		return (struct bef_verdict){ SUSPEND, "it demands a client certificate" };
	if (attempt->proxy_status >= 300 && !attempt->status)
		return by_proxy(attempt->proxy_status);
	verdict = attempt->mail ? bef_classify_mail(attempt) : by_http(attempt);
	if (attempt->asks && verdict.outcome == AMBIG)
		verdict = (struct bef_verdict){ RETRY, attempt->status / 100 == 5 ? "server error" : verdict.why };
	return verdict;
}
