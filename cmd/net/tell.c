/* SPDX-License-Identifier: EUPL-1.2 */
#include "tell.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "mark.h"
#include "text.h"

#define CURL_BAD_CERTIFICATE 60
#define URL_SECRET_MIN 8 /* shorter pieces of a path are words such as "hooks" */
#define HEADER_SECRET_MIN 12
#define BODY_SECRET_MIN 12
#define PASSWORD_MIN 4
#define PLAIN_MAX (2 * BEF_SECRET_MAX + 3)

struct fault {
	long number;
	const char *text;
};

/* The faults of a certificate that an operator can act upon. */
static const struct fault faults[] = {
	{ 9, N_("its certificate is not valid yet (is the clock right?)") },
	{ 10, N_("its certificate has expired (or the clock is wrong)") },
	{ 18, N_("its certificate is self-signed") },
	{ 19, N_("its certificate comes from an unknown authority") },
	{ 20, N_("its certificate comes from an unknown authority") },
	{ 21, N_("its certificate comes from an unknown authority") },
	{ 23, N_("its certificate has been revoked") },
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
	return N_("its certificate is not valid, or not for this host");
}

/* Where a redirect points, its host only: the rest may carry a token. */
static void redirect_host(const char *location, char *out, size_t size)
{
	const char *host = strstr(location, "//");
	size_t len;

	*out = '\0';
	if (!host)
		return;
	host += 2;
	len = strcspn(host, "/?#\\");
	for (const char *at; (at = memchr(host, '@', len)); host = at + 1)
		len -= (size_t)(at + 1 - host);
	bef_text_tame(host, len, out, size);
}

static void tell_status(const struct bef_attempt *attempt, const char *why,
                        const struct bef_circumstances *known, char *out, size_t size)
{
	char redirect[BEF_HOST_SIZE] = "";

	if (attempt->status / 100 == 3 && !attempt->mail)
		redirect_host(known->location, redirect, sizeof(redirect));
	snprintf(out, size, "%s answered %ld%s%s%s%s%s", known->host, attempt->status,
	         *redirect ? ", a redirect to " : "", redirect, *why ? ": " : "", why,
	         attempt->curl && !attempt->mail ? " (the rest of its answer was not read)" : "");
}

/* Of mail, a status is often only the last thing that went well. */
static bool was_answered(const struct bef_attempt *attempt, const struct bef_verdict *verdict)
{
	if (!attempt->mail)
		return attempt->status != 0;
	return bef_mail_was_answered(attempt) || verdict->outcome == BEF_OUTCOME_OK;
}

void bef_tell_detail(const struct bef_attempt *attempt, const struct bef_verdict *verdict,
                     const struct bef_circumstances *known, char *out, size_t size)
{
	if (was_answered(attempt, verdict))
		tell_status(attempt, verdict->why, known, out, size);
	else if (attempt->vetoed)
		snprintf(out, size, "not sent to %s: %s address is %s", known->host,
		         known->proxied ? "the proxy's" : "its", known->vetoed);
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

/* RFC 4616: what AUTH PLAIN sends, in base64, and AUTH LOGIN's two halves; some servers quote it. */
static void redact_authentication(const struct bef_job *job, char *bytes, size_t len)
{
	char plain[PLAIN_MAX], coded[PLAIN_MAX / 3 * 4 + 8];
	int plain_len = snprintf(plain, sizeof(plain), "%c%s%c%s", 0, job->user, 0, job->password);

	bef_text_redact(bytes, len, job->password, "", PASSWORD_MIN);
	bef_text_base64(plain, (size_t)plain_len, coded);
	bef_text_redact(bytes, len, coded, "", 1);
	bef_text_base64(job->password, strlen(job->password), coded);
	bef_text_redact(bytes, len, coded, "", PASSWORD_MIN);
	bef_text_base64(job->user, strlen(job->user), coded);
	bef_text_redact(bytes, len, coded, "", BODY_SECRET_MIN);
	explicit_bzero(plain, sizeof(plain));
	explicit_bzero(coded, sizeof(coded));
}

/* Error pages like to repeat what they were sent, and where. */
void bef_tell_answer(const struct bef_job *job, char *bytes, size_t len, char *out, size_t size)
{
	const char *authority = strstr(job->url, "://") + 3;

	if (!job->mail) /* whose path is a host name */
		bef_text_redact(bytes, len, authority + strcspn(authority, "/?"), "/?&=", URL_SECRET_MIN);
	for (size_t i = 0; i < job->header_count; i++)
		if (!is_public(job->headers[i]))
			bef_text_redact(bytes, len, strchr(job->headers[i], ':') + 1, " ,", HEADER_SECRET_MIN);
	if (job->password)
		redact_authentication(job, bytes, len);
	if (job->proxy)
		bef_text_redact(bytes, len, job->proxy, "/:@", URL_SECRET_MIN);
	if (job->body)
		bef_text_redact(bytes, len, job->body, "\"\\&=\r\n", BODY_SECRET_MIN);
	bef_text_tame(bytes, len, out, size);
}
