/* SPDX-License-Identifier: EUPL-1.2 */
#include "exchange.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "mark.h"
#include "text.h"

#define ANSWER_MAX (1024 * 1024) /* before hanging up */
#define HEAD_MAX (64 * 1024)     /* 1xx ones, and every SMTP reply, included */
#define SLACK_MS 50              /* libcurl's own limit comes first, and says more */
#define LEAVE_MS 1000            /* libcurl waits for the answer to QUIT in steps of a second */

/* ---- where it goes ---- */

/* The path of a mail's URL is what we call ourselves; left to itself, libcurl tells this machine's name. */
static const char *aim_mail(struct bef_exchange *exchange, const struct bef_url_parts *parts)
{
	const char *name = parts->path ? parts->path + strspn(parts->path, "/") : "";

	if (parts->query)
		return N_("the URL has a query, which mail does not");
	if (*name)
		return bef_policy_is_name(name) ? NULL : N_("the URL's path is not a host name");
	snprintf(exchange->ehlo_path, sizeof(exchange->ehlo_path), "/%s", strchr(exchange->job->mail_from, '@') + 1);
	return NULL;
}

/* Through a proxy we see no address but its own, so what is written is all there is to judge. */
static const char *aim_past_proxy(struct bef_exchange *exchange, const char *host)
{
	struct sockaddr_storage address;

	if (exchange->reach == BEF_REACH_LOOPBACK)
		return N_("http through a proxy needs insecure_http");
	if (bef_address_literal(host, &address) &&
	    bef_address_refusal((const struct sockaddr *)&address, BEF_REACH_ANY))
		return N_("its address is none that a message may go to");
	return NULL;
}

static void choose_reach(struct bef_exchange *exchange, const char *host)
{
	const struct bef_job *job = exchange->job;

	if (strcmp(exchange->scheme, "http") == 0) {
		exchange->plain = true;
		exchange->reach = job->insecure_http ? BEF_REACH_ANY : BEF_REACH_LOOPBACK;
	} else if (strcmp(exchange->scheme, "smtp") == 0 && job->insecure_http && bef_address_is_loopback(host)) {
		exchange->plain = true;
		exchange->reach = BEF_REACH_LOOPBACK;
	}
}

const char *bef_exchange_aim(struct bef_exchange *exchange, const struct bef_url_parts *parts)
{
	const struct bef_job *job = exchange->job;
	const char *why = bef_policy_url_parts(parts);

	if (why)
		return why;
	bef_text_tame(parts->host, strlen(parts->host), exchange->host, sizeof(exchange->host));
	snprintf(exchange->scheme, sizeof(exchange->scheme), "%s", parts->scheme);
	choose_reach(exchange, parts->host);
	if (exchange->plain && (job->ca_file || job->cert_file || job->pin))
		return N_("ca_file, cert_file and pin need encryption, and this has none");
	if (job->public_only && exchange->reach == BEF_REACH_LOOPBACK)
		return N_("public_only keeps it from loopback, and without encryption it goes nowhere else");
	if (job->public_only)
		exchange->reach = BEF_REACH_PUBLIC;
	why = job->mail ? aim_mail(exchange, parts) : NULL;
	if (!why && job->proxy)
		why = aim_past_proxy(exchange, parts->host);
	return why;
}

bool bef_exchange_may_open(struct bef_exchange *exchange, const struct sockaddr *address)
{
	/* With a proxy this is the proxy's address: how far it may be is the proxy's business. */
	enum bef_reach reach = exchange->job->proxy ? BEF_REACH_ANY : exchange->reach;
	const char *why = bef_address_refusal(address, reach);

	if (why)
		exchange->vetoed = why;
	else
		exchange->opened++;
	return !why;
}

/* ---- what crosses ---- */

size_t bef_exchange_lines(const struct bef_exchange *exchange, const char *out[BEF_LINES_MAX])
{
	const struct bef_job *job = exchange->job;
	size_t count = 0;

	if (job->mail) {
		out[count++] = job->mail_to;
		return count;
	}
	/* Emptied: above 1 MiB libcurl would wait a second for "100 Continue". */
	out[count++] = "Expect:";
	/* libcurl's own default calls the body a web form. */
	if (job->body_len > 0 && !bef_job_has_header(job, "Content-Type"))
		out[count++] = "Content-Type: application/json; charset=utf-8";
	for (size_t i = 0; i < job->header_count; i++)
		out[count++] = job->headers[i];
	return count;
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

long bef_exchange_limit_ms(const struct bef_exchange *exchange)
{
	long total_ms = exchange->job->total_ms;

	if (!exchange->job->mail)
		return total_ms;
	return total_ms >= 2 * LEAVE_MS ? total_ms - LEAVE_MS : total_ms - total_ms / 2;
}

void bef_exchange_start(struct bef_exchange *exchange)
{
	exchange->end_ms = now_ms() + bef_exchange_limit_ms(exchange) + SLACK_MS;
}

bool bef_exchange_is_late(const struct bef_exchange *exchange)
{
	return exchange->end_ms && now_ms() > exchange->end_ms;
}

static void keep(struct bef_exchange *exchange, const char *bytes, size_t len)
{
	size_t room = sizeof(exchange->kept) - exchange->kept_len;

	if (len > room)
		len = room;
	memcpy(exchange->kept + exchange->kept_len, bytes, len);
	exchange->kept_len += len;
}

/* The reply to the whole message: what is left is to take leave, which nobody waits for. */
static void hurry(struct bef_exchange *exchange)
{
	int64_t end_ms = now_ms() + LEAVE_MS;

	exchange->answered = true;
	if (end_ms < exchange->end_ms)
		exchange->end_ms = end_ms;
}

/* One line of an SMTP reply: "250-" says that more follow.  The last whole reply is the answer. */
static void keep_reply(struct bef_exchange *exchange, const char *line, size_t len)
{
	if (exchange->answered || (exchange->kept_len > 0 && strncmp(line, "221", 3) == 0))
		return; /* to QUIT */
	if (exchange->reply_over)
		exchange->kept_len = 0;
	exchange->reply_over = len < 4 || line[3] != '-';
	keep(exchange, line, len);
	if (exchange->handed == exchange->job->body_len && exchange->reply_over && *line != '3')
		hurry(exchange);
}

size_t bef_exchange_head(char *bytes, size_t size, size_t count, void *arg)
{
	struct bef_exchange *exchange = arg;
	size_t len = size * count;

	exchange->answered_at_s = (int64_t)time(NULL);
	exchange->head_bytes += len;
	if (exchange->job->mail)
		keep_reply(exchange, bytes, len);
	return exchange->head_bytes > HEAD_MAX ? 0 : len;
}

size_t bef_exchange_body(char *bytes, size_t size, size_t count, void *arg)
{
	struct bef_exchange *exchange = arg;
	size_t len = size * count;

	keep(exchange, bytes, len);
	exchange->body_bytes += len;
	if (exchange->bytes && len <= BEF_BYTES_MOST - exchange->bytes_len) {
		memcpy(exchange->bytes + exchange->bytes_len, bytes, len);
		exchange->bytes_len += len;
	}
	return exchange->body_bytes > ANSWER_MAX ? 0 : len;
}

size_t bef_exchange_give(char *out, size_t size, size_t count, void *arg)
{
	struct bef_exchange *exchange = arg;
	size_t left = exchange->job->body_len - exchange->handed;
	size_t len = size * count < left ? size * count : left;

	memcpy(out, exchange->job->body + exchange->handed, len);
	exchange->handed += len;
	return len;
}

void bef_exchange_wipe(struct bef_exchange *exchange)
{
	explicit_bzero(exchange->kept, sizeof(exchange->kept));
}
