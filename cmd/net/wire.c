/* SPDX-License-Identifier: EUPL-1.2 */
#include "wire.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "exchange.h"
#include "judge.h"
#include "mark.h"
#include "text.h"

#ifndef BEF_VERSION
#define BEF_VERSION "0"
#endif

#define TRICKLE_BYTES_S 10
#define TRICKLE_S 5
#define REPLY_MAX_S 30 /* between two replies of an SMTP server */

struct wire {
	struct bef_exchange exchange;
	CURL *easy;
	CURLU *url;
	struct curl_slist *list; /* of headers, or the one recipient */
	char error[CURL_ERROR_SIZE];
};

static const char out_of_memory[] = N_("out of memory");

static void wire_clear(struct wire *wire)
{
	curl_slist_free_all(wire->list);
	curl_easy_cleanup(wire->easy);
	curl_url_cleanup(wire->url);
	bef_exchange_wipe(&wire->exchange);
}

/* ---- what libcurl calls back ---- */

static curl_socket_t on_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct wire *wire = arg;

	(void)purpose;
	if (!bef_exchange_may_open(&wire->exchange, &address->addr))
		return CURL_SOCKET_BAD;
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/*
 * The limit is set only once the answer has begun: from the start, it would
 * also cut the wait for a receiver that takes sixteen silent seconds to think,
 * which then gets the message twice.
 */
static size_t on_body(char *bytes, size_t size, size_t count, void *arg)
{
	struct wire *wire = arg;

	if (wire->exchange.body_bytes == 0) {
		(void)curl_easy_setopt(wire->easy, CURLOPT_LOW_SPEED_LIMIT, (long)TRICKLE_BYTES_S);
		(void)curl_easy_setopt(wire->easy, CURLOPT_LOW_SPEED_TIME, (long)TRICKLE_S);
	}
	return bef_exchange_body(bytes, size, count, &wire->exchange);
}

/* libcurl's own time limit does not hold while it waits for the answer to QUIT. */
static int on_progress(void *arg, curl_off_t down_all, curl_off_t down, curl_off_t up_all, curl_off_t up)
{
	const struct wire *wire = arg;

	(void)down_all, (void)down, (void)up_all, (void)up;
	return bef_exchange_is_late(&wire->exchange);
}

/* ---- before ---- */

static const struct { CURLUPart part; size_t offset; } url_parts[] = {
	{ CURLUPART_SCHEME, offsetof(struct bef_url_parts, scheme) },
	{ CURLUPART_USER, offsetof(struct bef_url_parts, user) },
	{ CURLUPART_PASSWORD, offsetof(struct bef_url_parts, password) },
	{ CURLUPART_HOST, offsetof(struct bef_url_parts, host) },
	{ CURLUPART_PORT, offsetof(struct bef_url_parts, port) },
	{ CURLUPART_FRAGMENT, offsetof(struct bef_url_parts, fragment) },
	{ CURLUPART_PATH, offsetof(struct bef_url_parts, path) },
	{ CURLUPART_QUERY, offsetof(struct bef_url_parts, query) },
};

#define URL_PARTS (sizeof(url_parts) / sizeof(*url_parts))

static const char *load_url(struct wire *wire)
{
	struct bef_url_parts parts = { 0 };
	char *owned[URL_PARTS] = { 0 };
	const char *why;
	CURLUcode fault;

	/* As it is: a token may stand in a path that "normalising" would change. */
	fault = curl_url_set(wire->url, CURLUPART_URL, wire->exchange.job->url, CURLU_PATH_AS_IS);
	if (!wire->url || fault == CURLUE_OUT_OF_MEMORY)
		return out_of_memory;
	if (fault)
		return N_("the URL cannot be read");
	for (size_t i = 0; i < URL_PARTS; i++)
		if (curl_url_get(wire->url, url_parts[i].part, &owned[i], 0) == CURLUE_OK)
			memcpy((char *)&parts + url_parts[i].offset, &owned[i], sizeof(owned[i]));
	why = bef_exchange_aim(&wire->exchange, &parts);
	for (size_t i = 0; i < URL_PARTS; i++)
		curl_free(owned[i]);
	if (!why && *wire->exchange.ehlo_path &&
	    curl_url_set(wire->url, CURLUPART_PATH, wire->exchange.ehlo_path, 0) != CURLUE_OK)
		return out_of_memory;
	return why;
}

static bool load_list(struct wire *wire)
{
	const char *lines[BEF_LINES_MAX];
	size_t count = bef_exchange_lines(&wire->exchange, lines);

	for (size_t i = 0; i < count; i++) {
		struct curl_slist *longer = curl_slist_append(wire->list, lines[i]);

		if (!longer)
			return false;
		wire->list = longer;
	}
	return true;
}

/* The first fault sticks. */
#define ALWAYS(option, value) WHEN(true, option, value)
#define WHEN(condition, option, value)                                              \
	if (!fault && (condition))                                                  \
		fault = curl_easy_setopt(wire->easy, CURLOPT_##option, value);

static CURLcode set_options(struct wire *wire)
{
	struct bef_exchange *exchange = &wire->exchange;
	const struct bef_job *job = exchange->job;
	long total_s = (job->total_ms + 999) / 1000;
	long reply_s = total_s < REPLY_MAX_S ? total_s : REPLY_MAX_S;
	CURLcode fault = CURLE_OK;

#include "wire_options.def"
	return fault;
}

static const char *prepare(struct wire *wire)
{
	const char *why = load_url(wire);
	CURLcode fault;

	if (why)
		return why;
	if (!wire->easy || !load_list(wire))
		return out_of_memory;
	fault = set_options(wire);
	if (fault)
		return fault == CURLE_OUT_OF_MEMORY ? out_of_memory : N_("this libcurl lacks an option");
	return NULL;
}

/* ---- after ---- */

/* The value of a header of the final response, never of a 1xx one. */
static void header_copy(CURL *easy, const char *name, char *out, size_t size)
{
	struct curl_header *found;

	/* Copied at once: in 7.88 the next look-up overwrites this one. */
	if (curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &found) == CURLHE_OK)
		snprintf(out, size, "%s", found->value);
}

/* The receiver's own certificate is the first of the chain. */
static void certificate_end(CURL *easy, char *out, size_t size)
{
	static const char name[] = "Expire date:";
	struct curl_certinfo *chain = NULL;

	curl_easy_getinfo(easy, CURLINFO_CERTINFO, &chain);
	if (!chain || chain->num_of_certs < 1)
		return;
	for (const struct curl_slist *line = chain->certinfo[0]; line; line = line->next)
		if (strncmp(line->data, name, strlen(name)) == 0)
			snprintf(out, size, "%s", line->data + strlen(name));
}

static void read_facts(struct wire *wire, CURLcode code, struct bef_facts *out)
{
	CURL *easy = wire->easy;
	curl_off_t uploaded = 0, total_us = 0;

	curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &out->status);
	curl_easy_getinfo(easy, CURLINFO_HTTP_CONNECTCODE, &out->proxy_status);
	curl_easy_getinfo(easy, CURLINFO_SSL_VERIFYRESULT, &out->certificate);
	curl_easy_getinfo(easy, CURLINFO_SIZE_UPLOAD_T, &uploaded);
	curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME_T, &total_us);
	out->curl = (int)code;
	out->uploaded = uploaded;
	out->elapsed_ms = total_us / 1000;
	out->error = wire->error;
	header_copy(easy, "Retry-After", out->retry_after, sizeof(out->retry_after));
	header_copy(easy, "Date", out->date, sizeof(out->date));
	header_copy(easy, "Location", out->location, sizeof(out->location));
	certificate_end(easy, out->cert_expires, sizeof(out->cert_expires));
}

/* ---- */

bool bef_wire_open(void)
{
	return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

void bef_wire_close(void)
{
	curl_global_cleanup();
}

void bef_wire_send(const struct bef_job *job, struct bef_result *out)
{
	struct wire wire __attribute__((cleanup(wire_clear))) = {
		.exchange = { .job = job },
		.easy = curl_easy_init(),
		.url = curl_url(),
	};
	const char *why = prepare(&wire);
	struct bef_facts facts = { 0 };

	if (why) {
		/* Nothing will be sent until somebody changes the job, unless memory was short. */
		bef_judge_unsent(wire.exchange.host, why == out_of_memory ? BEF_OUTCOME_RETRY : BEF_OUTCOME_SELF, why, out);
		return;
	}
	if (job->binary)
		wire.exchange.bytes = malloc(BEF_BYTES_MOST);
	bef_exchange_start(&wire.exchange);
	read_facts(&wire, curl_easy_perform(wire.easy), &facts);
	bef_judge(&wire.exchange, &facts, out);
	if (wire.exchange.bytes && wire.exchange.bytes_len == wire.exchange.body_bytes)
		out->bytes = malloc(4 * (BEF_BYTES_MOST + 2) / 3 + 1);
	if (out->bytes)
		bef_text_base64(wire.exchange.bytes, wire.exchange.bytes_len, out->bytes);
	free(wire.exchange.bytes);
}
