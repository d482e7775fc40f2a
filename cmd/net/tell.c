/* SPDX-License-Identifier: EUPL-1.2 */
#include "tell.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "text.h"

#define CURL_BAD_CERTIFICATE 60
#define URL_SECRET_MIN 8 /* shorter pieces of a path are words such as "hooks" */
#define HEADER_SECRET_MIN 12

struct fault {
	long number;
	const char *text;
};

/* The faults of a certificate that an operator can act upon. */
static const struct fault faults[] = {
	{ 9, "its certificate is not valid yet (is the clock right?)" },
	{ 10, "its certificate has expired (or the clock is wrong)" },
	{ 18, "its certificate is self-signed" },
	{ 19, "its certificate comes from an unknown authority" },
	{ 20, "its certificate comes from an unknown authority" },
	{ 21, "its certificate comes from an unknown authority" },
	{ 23, "its certificate has been revoked" },
};

/* Headers that say nothing secret; any other may hold a token. */
static const char *const public_headers[] = {
	"Accept:", "Content-", "User-Agent:", "Idempotency-Key:", "webhook-id:", "webhook-timestamp:", "ce-",
};

static const char *certificate_fault(long number)
{
	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++)
		if (faults[i].number == number)
			return faults[i].text;
	return "its certificate is not valid, or not for this host";
}

static void tell_status(const struct bef_attempt *attempt, const char *why,
                        const struct bef_circumstances *known, char *out, size_t size)
{
	bool redirected = attempt->status / 100 == 3 && *known->redirect;

	snprintf(out, size, "%s answered %ld%s%s%s%s%s", known->host, attempt->status,
	         redirected ? ", a redirect to " : "", redirected ? known->redirect : "",
	         *why ? ": " : "", why, attempt->curl ? " (the rest of its answer was not read)" : "");
}

void bef_tell_detail(const struct bef_attempt *attempt, const struct bef_verdict *verdict,
                     const struct bef_circumstances *known, char *out, size_t size)
{
	if (attempt->status)
		tell_status(attempt, verdict->why, known, out, size);
	else if (attempt->vetoed)
		snprintf(out, size, "not sent to %s: its address is %s", known->host, known->vetoed);
	else if (attempt->curl == CURL_BAD_CERTIFICATE)
		snprintf(out, size, "%s: %s", known->host, certificate_fault(known->certificate));
	else
		snprintf(out, size, "%s: %s%s", known->host, verdict->why,
		         verdict->outcome == BEF_OUTCOME_AMBIGUOUS ? "; the message may have arrived" : "");
}

static bool is_public(const char *header)
{
	for (size_t i = 0; i < sizeof(public_headers) / sizeof(*public_headers); i++)
		if (strncasecmp(header, public_headers[i], strlen(public_headers[i])) == 0)
			return true;
	return false;
}

/* Error pages like to repeat the address they were asked for. */
void bef_tell_answer(const struct bef_job *job, char *bytes, size_t len, char *out, size_t size)
{
	const char *authority = strstr(job->url, "://") + 3;

	bef_text_redact(bytes, len, authority + strcspn(authority, "/?"), "/?&=", URL_SECRET_MIN);
	for (size_t i = 0; i < job->header_count; i++)
		if (!is_public(job->headers[i]))
			bef_text_redact(bytes, len, strchr(job->headers[i], ':') + 1, " ,", HEADER_SECRET_MIN);
	bef_text_tame(bytes, len, out, size);
}
