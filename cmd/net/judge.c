/* SPDX-License-Identifier: EUPL-1.2 */
#include "judge.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "date.h"
#include "retry_after.h"
#include "tell.h"

#define SKEW_MIN_S 2 /* the Date header has no fractions, and took its time to come */

static struct bef_attempt attempt_of(const struct bef_exchange *exchange, const struct bef_facts *facts)
{
	const struct bef_job *job = exchange->job;

	return (struct bef_attempt){
		.mail = job->mail,
		.asks = strcmp(job->method, "GET") == 0,
		.curl = facts->curl,
		/* A 1xx announces an answer and is none. */
		.status = facts->status < 200 ? 0 : facts->status,
		.proxy_status = facts->proxy_status,
		/* Dot stuffing makes libcurl's own count of a mail larger than the mail. */
		.uploaded = job->mail ? (int64_t)exchange->handed : facts->uploaded,
		.body_len = (int64_t)job->body_len,
		.vetoed = exchange->vetoed && exchange->opened == 0,
		/* TLS 1.3: the refusal comes after our body, and would look like a broken connection. */
		.cert_wanted = strstr(facts->error, "certificate required") != NULL,
	};
}

static int64_t skew_of(const struct bef_exchange *exchange, const struct bef_facts *facts)
{
	int64_t theirs, skew;

	if (!bef_http_date_parse(facts->date, &theirs))
		return 0;
	skew = theirs - exchange->answered_at_s;
	return skew >= SKEW_MIN_S || skew <= -SKEW_MIN_S ? skew : 0;
}

static void read_hints(const struct bef_exchange *exchange, const struct bef_facts *facts, struct bef_result *out)
{
	if (out->status && out->outcome != BEF_OUTCOME_OK)
		out->retry_after_s = bef_retry_after_s(facts->retry_after, facts->date, (int64_t)time(NULL));
	if (!bef_certificate_date_parse(facts->cert_expires, &out->cert_expires_at))
		out->cert_expires_at = 0;
	out->skew_s = skew_of(exchange, facts);
}

void bef_judge(struct bef_exchange *exchange, const struct bef_facts *facts, struct bef_result *out)
{
	struct bef_attempt attempt = attempt_of(exchange, facts);
	struct bef_verdict verdict = bef_classify(&attempt);
	struct bef_circumstances known = {
		.host = exchange->host,
		.location = facts->location,
		.vetoed = exchange->vetoed ? exchange->vetoed : "",
		.proxied = exchange->job->proxy != NULL,
		.certificate = facts->certificate,
	};

	*out = (struct bef_result){
		.outcome = verdict.outcome,
		.mail = attempt.mail,
		.curl = attempt.curl,
		.status = attempt.status,
		.uploaded = attempt.uploaded,
		.elapsed_ms = facts->elapsed_ms,
	};
	read_hints(exchange, facts, out);
	bef_tell_detail(&attempt, &verdict, &known, out->detail, sizeof(out->detail));
	bef_tell_answer(exchange->job, exchange->kept, exchange->kept_len, out->answer, sizeof(out->answer));
}

void bef_judge_unsent(const char *host, enum bef_outcome outcome, const char *why, struct bef_result *out)
{
	*out = (struct bef_result){ .outcome = outcome };
	snprintf(out->detail, sizeof(out->detail), "not sent%s%s: %s", *host ? " to " : "", host, why);
}
