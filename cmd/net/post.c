/* SPDX-License-Identifier: EUPL-1.2 */
#include "post.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "retry_after.h"
#include "tell.h"
#include "text.h"

#ifndef BEF_VERSION
#define BEF_VERSION "0"
#endif

#define HOST_SIZE 254
#define KEEP_BYTES 8192           /* of the answer, for its first words */
#define ANSWER_MAX (1024 * 1024)  /* of the answer, before hanging up */
#define HEAD_MAX (64 * 1024)      /* of its headers, 1xx ones included */
#define TRICKLE_BYTES_S 10
#define TRICKLE_S 5

struct post {
	const struct bef_job *job;
	CURL *easy;
	CURLU *url;
	struct curl_slist *headers;
	char host[HOST_SIZE]; /* for messages: the one part of a URL that is no secret */
	bool plain;
	int opened;           /* sockets */
	const char *vetoed;   /* why the last refused address was refused */
	size_t head_bytes, body_bytes;
	size_t kept_len;
	char kept[KEEP_BYTES];
	char error[CURL_ERROR_SIZE];
};

struct long_option {
	CURLoption option;
	long value;
};

/* What never depends on the job; each line closes a trap or says a default aloud. */
static const struct long_option fixed_options[] = {
	{ CURLOPT_NOSIGNAL, 1 },
	{ CURLOPT_POST, 1 },
	/* A reused connection that dies makes libcurl send the POST again, unseen. */
	{ CURLOPT_FRESH_CONNECT, 1 },
	{ CURLOPT_FORBID_REUSE, 1 },
	/* HTTP/2 would also repeat refused streams by itself. */
	{ CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1 },
	{ CURLOPT_HTTP09_ALLOWED, 0 },
	{ CURLOPT_FOLLOWLOCATION, 0 },
	{ CURLOPT_FAILONERROR, 0 },
	/* Without it a stalled resolver is waited for, whatever the time limit. */
	{ CURLOPT_QUICK_EXIT, 1 },
	{ CURLOPT_SSL_VERIFYPEER, 1 },
	{ CURLOPT_SSL_VERIFYHOST, 2 },
	{ CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2 },
	{ CURLOPT_DISALLOW_USERNAME_IN_URL, 1 },
	{ CURLOPT_NETRC, CURL_NETRC_IGNORED },
	{ CURLOPT_VERBOSE, 0 },
};

static const char out_of_memory[] = "out of memory";

/* Nothing was sent; unless memory was short, nothing will be until somebody changes the job. */
static bool refuse(struct bef_result *out, const char *host, const char *why)
{
	out->outcome = why == out_of_memory ? BEF_OUTCOME_RETRY : BEF_OUTCOME_SELF;
	snprintf(out->detail, sizeof(out->detail), "not sent%s%s: %s", *host ? " to " : "", host, why);
	return false;
}

static void post_clear(struct post *post)
{
	curl_slist_free_all(post->headers);
	curl_easy_cleanup(post->easy);
	curl_url_cleanup(post->url);
	explicit_bzero(post->kept, sizeof(post->kept));
}

/* ---- what libcurl calls back ---- */

/* Judged here, on the address about to be used, no later answer of the DNS can change it. */
static curl_socket_t on_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct post *post = arg;
	const char *why = bef_policy_address(&address->addr, post->plain);

	(void)purpose;
	if (why) {
		post->vetoed = why;
		return CURL_SOCKET_BAD;
	}
	post->opened++;
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t on_header(char *bytes, size_t size, size_t count, void *arg)
{
	struct post *post = arg;

	(void)bytes;
	post->head_bytes += size * count;
	return post->head_bytes > HEAD_MAX ? 0 : size * count;
}

/*
 * Only once the answer has begun: set from the start, this limit also cuts the
 * wait for a receiver that takes sixteen silent seconds to think, which then
 * gets the message twice.
 */
static void limit_trickle(CURL *easy)
{
	(void)curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, (long)TRICKLE_BYTES_S);
	(void)curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)TRICKLE_S);
}

static size_t on_body(char *bytes, size_t size, size_t count, void *arg)
{
	struct post *post = arg;
	size_t len = size * count;
	size_t room = sizeof(post->kept) - post->kept_len;

	if (post->body_bytes == 0)
		limit_trickle(post->easy);
	memcpy(post->kept + post->kept_len, bytes, len < room ? len : room);
	post->kept_len += len < room ? len : room;
	post->body_bytes += len;
	return post->body_bytes > ANSWER_MAX ? 0 : len;
}

/* ---- before ---- */

static char *url_part(CURLU *url, CURLUPart part)
{
	char *text = NULL;

	return curl_url_get(url, part, &text, 0) == CURLUE_OK ? text : NULL;
}

static const char *check_parts(struct post *post, const struct bef_url_parts *parts)
{
	const char *why = bef_policy_url_parts(parts, post->job->allow_http);

	if (why)
		return why;
	bef_text_tame(parts->host, strlen(parts->host), post->host, sizeof(post->host));
	post->plain = strcmp(parts->scheme, "http") == 0;
	return NULL;
}

static const char *load_url(struct post *post)
{
	const char *why = bef_policy_url_text(post->job->url);
	CURLUcode fault;
	char *part[6];

	if (why)
		return why;
	/* As it is: a token may stand in a path that "normalising" would change. */
	fault = curl_url_set(post->url, CURLUPART_URL, post->job->url, CURLU_PATH_AS_IS);
	if (!post->url || fault == CURLUE_OUT_OF_MEMORY)
		return out_of_memory;
	if (fault)
		return "the URL cannot be read";
	part[0] = url_part(post->url, CURLUPART_SCHEME);
	part[1] = url_part(post->url, CURLUPART_USER);
	part[2] = url_part(post->url, CURLUPART_PASSWORD);
	part[3] = url_part(post->url, CURLUPART_HOST);
	part[4] = url_part(post->url, CURLUPART_PORT);
	part[5] = url_part(post->url, CURLUPART_FRAGMENT);
	why = check_parts(post, &(struct bef_url_parts){ part[0], part[1], part[2], part[3], part[4], part[5] });
	for (int i = 0; i < 6; i++)
		curl_free(part[i]);
	return why;
}

static bool add_header(struct post *post, const char *line)
{
	struct curl_slist *longer = curl_slist_append(post->headers, line);

	if (longer)
		post->headers = longer;
	return longer != NULL;
}

static bool has_header(const struct bef_job *job, const char *name)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < job->header_count; i++)
		if (strncasecmp(job->headers[i], name, len) == 0 && job->headers[i][len] == ':')
			return true;
	return false;
}

static bool load_headers(struct post *post)
{
	const struct bef_job *job = post->job;
	/* "Expect" is emptied: above 1 MiB libcurl would wait a second for "100 Continue". */
	bool ok = add_header(post, "Expect:");

	/* libcurl's own default calls the body a web form. */
	if (!has_header(job, "Content-Type"))
		ok &= add_header(post, "Content-Type: application/json; charset=utf-8");
	for (size_t i = 0; i < job->header_count; i++)
		ok &= add_header(post, job->headers[i]);
	return ok;
}

/* The first fault sticks. */
#define SET(option, value) (fault = fault ? fault : curl_easy_setopt(easy, option, value))

static CURLcode set_request(struct post *post)
{
	CURL *easy = post->easy;
	const struct bef_job *job = post->job;
	CURLcode fault = CURLE_OK;

	SET(CURLOPT_CURLU, post->url);
	SET(CURLOPT_HTTPHEADER, post->headers);
	SET(CURLOPT_USERAGENT, "beffroi/" BEF_VERSION);
	SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)job->body_len);
	SET(CURLOPT_POSTFIELDS, job->body);
	SET(CURLOPT_CONNECTTIMEOUT_MS, job->connect_ms);
	SET(CURLOPT_TIMEOUT_MS, job->total_ms);
	if (job->ca_file) {
		SET(CURLOPT_CAINFO, job->ca_file);
		/* Else the system's directory of authorities would still be trusted. */
		SET(CURLOPT_CAPATH, NULL);
	}
	return fault;
}

static CURLcode set_surroundings(struct post *post)
{
	CURL *easy = post->easy;
	CURLcode fault = CURLE_OK;

	for (size_t i = 0; i < sizeof(fixed_options) / sizeof(*fixed_options); i++)
		SET(fixed_options[i].option, fixed_options[i].value);
	SET(CURLOPT_PROTOCOLS_STR, post->plain ? "http" : "https");
	SET(CURLOPT_REDIR_PROTOCOLS_STR, "https");
	SET(CURLOPT_PROXY, "");
	SET(CURLOPT_ERRORBUFFER, post->error);
	SET(CURLOPT_OPENSOCKETFUNCTION, on_socket);
	SET(CURLOPT_OPENSOCKETDATA, post);
	SET(CURLOPT_HEADERFUNCTION, on_header);
	SET(CURLOPT_HEADERDATA, post);
	SET(CURLOPT_WRITEFUNCTION, on_body);
	SET(CURLOPT_WRITEDATA, post);
	return fault;
}

static bool prepare(struct post *post, struct bef_result *out)
{
	const char *why = load_url(post);
	CURLcode fault;

	if (why)
		return refuse(out, "", why);
	if (!post->easy || !load_headers(post))
		return refuse(out, post->host, out_of_memory);
	fault = set_surroundings(post);
	if (!fault)
		fault = set_request(post);
	if (fault)
		return refuse(out, post->host, fault == CURLE_OUT_OF_MEMORY ? out_of_memory : "this libcurl lacks an option");
	return true;
}

/* ---- after ---- */

/* The value of a header of the final response, never of a 1xx one. */
static bool header_copy(CURL *easy, const char *name, char *out, size_t size)
{
	struct curl_header *found;

	if (curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &found) != CURLHE_OK)
		return false;
	/* At once: in 7.88 the next look-up overwrites this one. */
	snprintf(out, size, "%s", found->value);
	return true;
}

static int read_retry_after(CURL *easy)
{
	char value[128], date[128];
	bool has_value = header_copy(easy, "Retry-After", value, sizeof(value));
	bool has_date = header_copy(easy, "Date", date, sizeof(date));

	return has_value ? bef_retry_after_s(value, has_date ? date : NULL, (int64_t)time(NULL)) : 0;
}

/* Where a redirect points, its host only: the rest may carry a token. */
static void redirect_host(CURL *easy, char *out, size_t size)
{
	char *location = NULL, *host = NULL;
	CURLU *url = curl_url();

	*out = '\0';
	curl_easy_getinfo(easy, CURLINFO_REDIRECT_URL, &location);
	if (url && location && curl_url_set(url, CURLUPART_URL, location, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK)
		host = url_part(url, CURLUPART_HOST);
	if (host)
		bef_text_tame(host, strlen(host), out, size);
	curl_free(host);
	curl_url_cleanup(url);
}

static void read_numbers(struct post *post, CURLcode code, struct bef_result *out)
{
	curl_off_t uploaded = 0, total_us = 0;

	curl_easy_getinfo(post->easy, CURLINFO_RESPONSE_CODE, &out->status);
	curl_easy_getinfo(post->easy, CURLINFO_SIZE_UPLOAD_T, &uploaded);
	curl_easy_getinfo(post->easy, CURLINFO_TOTAL_TIME_T, &total_us);
	if (out->status < 200) /* a 1xx announces an answer and is none */
		out->status = 0;
	out->curl = (int)code;
	out->uploaded = uploaded;
	out->elapsed_ms = total_us / 1000;
}

static struct bef_attempt attempt_of(const struct post *post, const struct bef_result *result)
{
	return (struct bef_attempt){
		.curl = result->curl,
		.status = result->status,
		.uploaded = result->uploaded,
		.body_len = (int64_t)post->job->body_len,
		.vetoed = post->vetoed && post->opened == 0,
		/* TLS 1.3: the refusal comes after our body, and would look like a broken connection. */
		.cert_wanted = strstr(post->error, "certificate required") != NULL,
	};
}

static void tell(struct post *post, const struct bef_attempt *attempt,
                 const struct bef_verdict *verdict, struct bef_result *out)
{
	char redirect[HOST_SIZE];
	struct bef_circumstances known = {
		.host = post->host,
		.redirect = redirect,
		.vetoed = post->vetoed ? post->vetoed : "",
	};

	redirect_host(post->easy, redirect, sizeof(redirect));
	curl_easy_getinfo(post->easy, CURLINFO_SSL_VERIFYRESULT, &known.certificate);
	bef_tell_detail(attempt, verdict, &known, out->detail, sizeof(out->detail));
	bef_tell_answer(post->job, post->kept, post->kept_len, out->answer, sizeof(out->answer));
}

static void read_result(struct post *post, CURLcode code, struct bef_result *out)
{
	struct bef_attempt attempt;
	struct bef_verdict verdict;

	read_numbers(post, code, out);
	attempt = attempt_of(post, out);
	verdict = bef_classify(&attempt);
	out->outcome = verdict.outcome;
	if (out->status && out->outcome != BEF_OUTCOME_OK)
		out->retry_after_s = read_retry_after(post->easy);
	tell(post, &attempt, &verdict, out);
}

/* ---- */

bool bef_post_open(void)
{
	return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

void bef_post_close(void)
{
	curl_global_cleanup();
}

void bef_post(const struct bef_job *job, struct bef_result *out)
{
	struct post post __attribute__((cleanup(post_clear))) = {
		.job = job,
		.easy = curl_easy_init(),
		.url = curl_url(),
	};

	*out = (struct bef_result){ 0 };
	if (prepare(&post, out))
		read_result(&post, curl_easy_perform(post.easy), out);
}
