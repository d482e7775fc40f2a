/* SPDX-License-Identifier: EUPL-1.2 */
#include "job.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

#define ID_MAX 256
#define TIMEOUT_MAX_MS 300000
#define CONNECT_MS 10000
#define TOTAL_MS 25000

enum kind { KNOWN, TEXT, MILLISECONDS, FLAG, LINES };

struct member {
	const char *name;
	enum kind kind;
	bool required;
	size_t offset;
};

#define AT(member) offsetof(struct bef_job, member)

static const struct member members[] = {
	{ "v", KNOWN, true, 0 },
	{ "type", KNOWN, true, 0 },
	{ "job", KNOWN, true, 0 },
	{ "url", TEXT, true, AT(url) },
	{ "headers", LINES, false, 0 },
	{ "body", TEXT, true, AT(body) },
	{ "connect_ms", MILLISECONDS, false, AT(connect_ms) },
	{ "total_ms", MILLISECONDS, false, AT(total_ms) },
	{ "ca_file", TEXT, false, AT(ca_file) },
	{ "allow_http", FLAG, false, AT(allow_http) },
};

#define MEMBERS (sizeof(members) / sizeof(*members))

static const struct member *find_member(const char *name)
{
	for (size_t i = 0; i < MEMBERS; i++)
		if (strcmp(members[i].name, name) == 0)
			return &members[i];
	return NULL;
}

static const char *load_text(const json_t *value, const char **out)
{
	if (!json_is_string(value))
		return "is not a string";
	if (json_string_length(value) == 0)
		return "is empty";
	*out = json_string_value(value);
	return NULL;
}

static const char *load_ms(const json_t *value, long *out)
{
	json_int_t n = json_integer_value(value);

	if (!json_is_integer(value) || n < 1 || n > TIMEOUT_MAX_MS)
		return "is not a number of milliseconds from 1 to 300000";
	*out = (long)n;
	return NULL;
}

static const char *load_flag(const json_t *value, bool *out)
{
	if (!json_is_boolean(value))
		return "is neither true nor false";
	*out = json_is_true(value);
	return NULL;
}

static const char *load_headers(const json_t *list, struct bef_job *job)
{
	if (!json_is_array(list))
		return "is not a list";
	if (json_array_size(list) > BEF_HEADERS_MAX)
		return "has more than 32 lines";
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *line = json_string_value(json_array_get(list, i));
		const char *why = line ? bef_policy_header(line) : "holds something that is not a string";

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
		return load_text(value, (const char **)(void *)place);
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

/*
 * A member nobody here knows is refused rather than skipped: it may be a
 * safeguard (a pin, a proxy) that the caller believes is applied.
 */
static bool load_members(struct bef_job *job, char *why, size_t why_size)
{
	const char *name;
	char shown[40];
	json_t *value;

	json_object_foreach(job->doc, name, value) {
		const struct member *member = find_member(name);
		const char *fault = member ? load_member(member, value, job) : "is unknown";

		if (fault) {
			bef_text_tame(name, strlen(name), shown, sizeof(shown));
			snprintf(why, why_size, "job refused: '%s': %s", shown, fault);
			return false;
		}
	}
	for (size_t i = 0; i < MEMBERS; i++)
		if (members[i].required && !json_object_get(job->doc, members[i].name)) {
			snprintf(why, why_size, "job refused: '%s' is missing", members[i].name);
			return false;
		}
	job->body_len = json_string_length(json_object_get(job->doc, "body"));
	return true;
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

	*out = (struct bef_job){ .connect_ms = CONNECT_MS, .total_ms = TOTAL_MS };
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
	return load_members(out, why, why_size) ? BEF_JOB_READY : BEF_JOB_REFUSED;
}

void bef_job_clear(struct bef_job *job)
{
	json_decref(job->doc);
	*job = (struct bef_job){ 0 };
}

static char *dump_line(const json_t *object)
{
	char *text = json_dumps(object, JSON_COMPACT);
	char *line = NULL;

	if (text && asprintf(&line, "%s\n", text) < 0)
		line = NULL;
	free(text);
	return line;
}

char *bef_result_format(const char *job_id, const struct bef_result *result)
{
	json_auto_t *line = json_pack("{s:i, s:s, s:s, s:s, s:i, s:I, s:I}",
	                              "v", BEF_JOB_VERSION, "type", "result", "job", job_id,
	                              "class", bef_outcome_name(result->outcome),
	                              "curl", result->curl, "status", (json_int_t)result->status,
	                              "uploaded", (json_int_t)result->uploaded);

	if (!line)
		return NULL;
	if (result->retry_after_s > 0 &&
	    json_object_set_new(line, "retry_after_s", json_integer(result->retry_after_s)) != 0)
		return NULL;
	if (json_object_set_new(line, "elapsed_ms", json_integer(result->elapsed_ms)) != 0 ||
	    json_object_set_new(line, "detail", json_string(result->detail)) != 0 ||
	    json_object_set_new(line, "answer", json_string(result->answer)) != 0)
		return NULL;
	return dump_line(line);
}
