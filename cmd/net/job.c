/* SPDX-License-Identifier: EUPL-1.2 */
#include "job.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "keyfile.h"
#include "mark.h"
#include "text.h"

#define ID_MAX 256
#define TIMEOUT_MAX_MS 300000
#define CONNECT_MS 10000
#define TOTAL_MS 25000
#define MAIL_TOTAL_MS 60000 /* a relay may look at a message for a while before it says yes */

enum kind { KNOWN, TEXT, MILLISECONDS, FLAG, LINES };

enum use { ANY, HTTP, MAIL };

struct member {
	const char *name;
	enum kind kind;
	enum use use; /* which jobs may have it */
	bool required;
	size_t offset;
	const char *(*check)(const char *text); /* of a TEXT: why it is refused, or NULL */
};

#define AT(member) offsetof(struct bef_job, member)

static const struct member members[] = {
	{ "v", KNOWN, ANY, true, 0, NULL },
	{ "type", KNOWN, ANY, true, 0, NULL },
	{ "job", KNOWN, ANY, true, 0, NULL },
	{ "url", TEXT, ANY, true, AT(url), bef_policy_url_text },
	{ "body", TEXT, ANY, false, AT(body), NULL },
	{ "method", TEXT, HTTP, false, AT(method), bef_policy_method },
	{ "headers", LINES, HTTP, false, 0, NULL },
	{ "mail_from", TEXT, MAIL, true, AT(mail_from), bef_policy_mail_address },
	{ "mail_to", TEXT, MAIL, true, AT(mail_to), bef_policy_mail_address },
	{ "user", TEXT, MAIL, false, AT(user), bef_policy_secret },
	{ "password", TEXT, MAIL, false, AT(password), bef_policy_secret },
	{ "connect_ms", MILLISECONDS, ANY, false, AT(connect_ms), NULL },
	{ "total_ms", MILLISECONDS, ANY, false, AT(total_ms), NULL },
	{ "ca_file", TEXT, ANY, false, AT(ca_file), NULL },
	{ "cert_file", TEXT, ANY, false, AT(cert_file), NULL },
	{ "key_file", TEXT, ANY, false, AT(key_file), bef_key_file_fault },
	{ "pin", TEXT, ANY, false, AT(pin), bef_policy_pin },
	{ "proxy", TEXT, ANY, false, AT(proxy), bef_policy_proxy },
	{ "public_only", FLAG, ANY, false, AT(public_only), NULL },
	{ "insecure_http", FLAG, ANY, false, AT(insecure_http), NULL },
	{ "binary", FLAG, HTTP, false, AT(binary), NULL },
};

#define MEMBERS (sizeof(members) / sizeof(*members))

static const struct member *find_member(const char *name)
{
	for (size_t i = 0; i < MEMBERS; i++)
		if (strcmp(members[i].name, name) == 0)
			return &members[i];
	return NULL;
}

/* An empty body is judged later: a GET may have one. */
static const char *load_text(const struct member *member, const json_t *value, const char **out)
{
	if (!json_is_string(value))
		return N_("is not a string");
	if (json_string_length(value) == 0 && member->offset != AT(body))
		return N_("is empty");
	*out = json_string_value(value);
	return member->check ? member->check(*out) : NULL;
}

static const char *load_ms(const json_t *value, long *out)
{
	json_int_t n = json_integer_value(value);

	if (!json_is_integer(value) || n < 1 || n > TIMEOUT_MAX_MS)
		return N_("is not a number of milliseconds from 1 to 300000");
	*out = (long)n;
	return NULL;
}

static const char *load_flag(const json_t *value, bool *out)
{
	if (!json_is_boolean(value))
		return N_("is neither true nor false");
	*out = json_is_true(value);
	return NULL;
}

static const char *load_headers(const json_t *list, struct bef_job *job)
{
	if (!json_is_array(list))
		return N_("is not a list");
	if (json_array_size(list) > BEF_HEADERS_MAX)
		return N_("has more than 32 lines");
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *line = json_string_value(json_array_get(list, i));
		const char *why = line ? bef_policy_header(line) : N_("holds something that is not a string");

		if (why)
			return why;
		job->headers[job->header_count++] = line;
	}
	return NULL;
}

static const char *load_member(const struct member *member, const json_t *value, struct bef_job *job)
{
	char *place = (char *)job + member->offset;

	switch (member->kind) {
	case TEXT:
		return load_text(member, value, (const char **)(void *)place);
	case MILLISECONDS:
		return load_ms(value, (long *)(void *)place);
	case FLAG:
		return load_flag(value, (bool *)place);
	case LINES:
		return load_headers(value, job);
	case KNOWN:
		break;
	}
	return NULL;
}

static bool refuse(char *why, size_t size, const char *name, const char *fault)
{
	char shown[40];

	bef_text_tame(name, strlen(name), shown, sizeof(shown));
	snprintf(why, size, "job refused: '%s': %s", shown, fault);
	return false;
}

/*
 * A member nobody here knows is refused rather than skipped: it may be a
 * safeguard (a pin, a proxy) that the caller believes is applied.
 */
static bool load_members(struct bef_job *job, char *why, size_t why_size)
{
	const char *name;
	json_t *value;

	json_object_foreach(job->doc, name, value) {
		const struct member *member = find_member(name);
		const char *fault = member ? load_member(member, value, job) : N_("is unknown");

		if (fault)
			return refuse(why, why_size, name, fault);
	}
	return true;
}

static bool check_presence(const struct bef_job *job, char *why, size_t why_size)
{
	for (size_t i = 0; i < MEMBERS; i++) {
		bool used = members[i].use == ANY || members[i].use == (job->mail ? MAIL : HTTP);
		bool there = json_object_get(job->doc, members[i].name) != NULL;

		if (used && members[i].required && !there)
			return refuse(why, why_size, members[i].name, N_("is missing"));
		if (!used && there)
			return refuse(why, why_size, members[i].name, job->mail ? N_("is not for mail") : N_("is for mail only"));
	}
	return true;
}

struct rule {
	bool broken;
	const char *name, *fault;
};

/* What members ask of each other. */
static bool check_together(const struct bef_job *job, char *why, size_t why_size)
{
	bool get = strcmp(job->method, "GET") == 0;
	const char *lines = job->mail && job->body ? bef_policy_mail_text(job->body) : NULL;
	const struct rule rules[] = {
		{ !get && !job->body, "body", N_("is missing") },
		{ !get && job->body_len == 0, "body", N_("is empty") },
		{ get && job->body_len > 0, "body", N_("is not for GET") },
		{ lines != NULL, "body", lines },
		{ !job->user != !job->password, "user", N_("goes with 'password'") },
		{ !job->cert_file != !job->key_file, "cert_file", N_("goes with 'key_file'") },
		/* Only the proxy would know where it connects to. */
		{ job->public_only && job->proxy, "public_only", N_("cannot be checked through a proxy") },
	};

	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		if (rules[i].broken)
			return refuse(why, why_size, rules[i].name, rules[i].fault);
	return true;
}

/* The bytes that base64 stands for, in memory of their own. */
static bool load_bytes(struct bef_job *job, char *why, size_t why_size)
{
	if (!job->binary || !job->body)
		return true;
	job->bytes = malloc(job->body_len + 1);
	if (!job->bytes || !bef_text_unbase64(job->body, job->bytes, &job->body_len))
		return refuse(why, why_size, "body", "is not base64");
	job->body = job->bytes;
	return true;
}

static bool load_job(struct bef_job *job, char *why, size_t why_size)
{
	if (!load_members(job, why, why_size))
		return false;
	job->mail = job->url && (strncasecmp(job->url, "smtp:", 5) == 0 || strncasecmp(job->url, "smtps:", 6) == 0);
	job->body_len = job->body ? strlen(job->body) : 0; /* jansson lets no NUL in */
	if (!load_bytes(job, why, why_size))
		return false;
	if (job->total_ms == 0)
		job->total_ms = job->mail ? MAIL_TOTAL_MS : TOTAL_MS;
	return check_presence(job, why, why_size) && check_together(job, why, why_size);
}

bool bef_job_has_header(const struct bef_job *job, const char *name)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < job->header_count; i++)
		if (strncasecmp(job->headers[i], name, len) == 0 && job->headers[i][len] == ':')
			return true;
	return false;
}

static const char *check_envelope(struct bef_job *job)
{
	const json_t *id = json_object_get(job->doc, "job");
	const char *type = json_string_value(json_object_get(job->doc, "type"));

	if (!json_is_object(job->doc))
		return "not a JSON object";
	if (json_integer_value(json_object_get(job->doc, "v")) != BEF_JOB_VERSION)
		return "'v' is not 1";
	if (!type || strcmp(type, "job") != 0)
		return "'type' is not 'job'";
	if (!json_is_string(id) || json_string_length(id) == 0 || json_string_length(id) > ID_MAX)
		return "'job' is not a string of 1 to 256 bytes";
	job->id = json_string_value(id);
	return NULL;
}

enum bef_job_rc bef_job_parse(const char *line, size_t len, struct bef_job *out,
                              char *why, size_t why_size)
{
	const char *fault;
	json_error_t error;

	*out = (struct bef_job){ .connect_ms = CONNECT_MS, .method = "POST" };
	out->doc = json_loadb(line, len, JSON_REJECT_DUPLICATES, &error);
	/* jansson's own text quotes the input, which holds secrets; the place is enough. */
	if (!out->doc) {
		snprintf(why, why_size, "not JSON, at byte %d", error.position);
		return BEF_JOB_UNUSABLE;
	}
	fault = check_envelope(out);
	if (fault) {
		snprintf(why, why_size, "%s", fault);
		return BEF_JOB_UNUSABLE;
	}
	return load_job(out, why, why_size) ? BEF_JOB_READY : BEF_JOB_REFUSED;
}

void bef_job_clear(struct bef_job *job)
{
	json_decref(job->doc);
	free(job->bytes);
	*job = (struct bef_job){ 0 };
}
