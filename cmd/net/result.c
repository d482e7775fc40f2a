/* SPDX-License-Identifier: EUPL-1.2 */
#include "result.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "job.h"

static char *dump_line(const json_t *object)
{
	char *text = json_dumps(object, JSON_COMPACT);
	char *line = NULL;

	if (text && asprintf(&line, "%s\n", text) < 0)
		line = NULL;
	free(text);
	return line;
}

/* What is not known is not there. */
static bool put_known(json_t *line, const char *name, int64_t value)
{
	return value == 0 || json_object_set_new(line, name, json_integer(value)) == 0;
}

char *bef_result_format(const char *job_id, const struct bef_result *result)
{
	json_auto_t *line = json_pack("{s:i, s:s, s:s, s:s, s:i, s:I, s:I}",
	                              "v", BEF_JOB_VERSION, "type", "result", "job", job_id,
	                              "class", bef_outcome_name(result->outcome),
	                              "curl", result->curl, "status", (json_int_t)result->status,
	                              "uploaded", (json_int_t)result->uploaded);

	if (!line || (result->mail && json_object_set_new(line, "smtp", json_true()) != 0))
		return NULL;
	if (!put_known(line, "retry_after_s", result->retry_after_s) ||
	    !put_known(line, "cert_expires_at", result->cert_expires_at) ||
	    !put_known(line, "skew_s", result->skew_s))
		return NULL;
	if (json_object_set_new(line, "elapsed_ms", json_integer(result->elapsed_ms)) != 0 ||
	    json_object_set_new(line, "detail", json_string(result->detail)) != 0 ||
	    json_object_set_new(line, "answer", json_string(result->answer)) != 0)
		return NULL;
	if (result->bytes && json_object_set_new(line, "bytes", json_string(result->bytes)) != 0)
		return NULL;
	return dump_line(line);
}
