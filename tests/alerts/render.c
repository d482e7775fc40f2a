/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the formats make of the alarms of alerts.h.
 *
 *     render list                      the names of the formats
 *     render FORMAT LANG               every kind's request, secrets masked, for reading and for the golden files
 *     render FORMAT LANG KIND [X=Y...] one request as JSON: method, url, headers, body as it leaves
 *
 * X is now (seconds), at (seconds before now), old (a second signing secret), mode, url, mention, reach (1 to 3),
 * drill, tlp, sign (yes: give the signing secret to a format that does not need it).
 */
#include <jansson.h>

#include "alerts.h"
#include "base/crypto.h"
#include "base/json.h"

/* Put `text` with every secret replaced by the name of its slot. */
static void print_masked(const struct alerts *a, const char *text)
{
	static const char *const names[BEF_SECRET_COUNT] = { "URL", "SIGNING", "SIGNING-OLD", "TOKEN", "PASSWORD", "CONSUMER" };

	while (*text) {
		size_t len = 0;

		for (int i = 0; i < BEF_SECRET_COUNT && !len; i++) {
			const char *secret = a->keys.value[i];

			if (!secret || strncmp(text, secret, strlen(secret)) != 0)
				continue;
			printf("{%s}", names[i]);
			len = strlen(secret);
		}
		if (!len && *text != '\r')
			putchar(*text);
		text += len ? len : 1;
	}
}

static void print_body(const struct alerts *a, const char *body)
{
	json_t *value = json_loads(body, JSON_REJECT_DUPLICATES, NULL);
	char *pretty = value ? json_dumps(value, JSON_INDENT(2)) : NULL;

	print_masked(a, pretty ? pretty : body);
	printf("\n");
	free(pretty);
	json_decref(value);
}

static void print_request(const struct alerts *a, const struct bef_request *request)
{
	print_masked(a, request->method ? request->method : "POST");
	printf(" ");
	print_masked(a, bef_text_str(&request->url));
	printf("\n");
	for (int i = 0; i < request->header_count; i++) {
		print_masked(a, bef_text_str(&request->header[i]));
		printf("\n");
	}
	if (request->mail_to.len > 0)
		printf("MAIL FROM:<%s>\nRCPT TO:<%s>\n", bef_text_str(&request->mail_from), bef_text_str(&request->mail_to));
	printf("\n");
	print_body(a, bef_text_str(&request->body));
}

static int fail(const struct bef_err *err)
{
	fprintf(stderr, "render: %s\n", err->msg);
	return 1;
}

static int show(struct alerts *a, const char *heading)
{
	BEF_AUTO(request) request = { .method = NULL };
	struct bef_rendering in = alerts_rendering(a);
	struct bef_err err = { 0 };

	printf("=== %s\n", heading);
	if (a->to.format->render(&in, &request, &err) != BEF_OK)
		return fail(&err);
	print_request(a, &request);
	return 0;
}

/* The usual, then what changes a body: a marking, a repeat, an exercise. */
static int show_all(const struct bef_format *format, enum bef_lang lang)
{
	BEF_AUTO_ALERTS a = { .c.ref = NULL };
	struct bef_err err = { 0 };
	int failed = 0;

	alerts_case(&a.c);
	alerts_destination(&a, format);
	for (const struct bef_alarm_kind *kind = bef_alarm_kinds; kind->name && !failed; kind++) {
		if (alerts_write(&a, kind, NULL, NULL, &err) || alerts_read(&a, lang, BEF_REACH_FULL, &err))
			return fail(&err);
		failed = show(&a, kind->name);
	}
	a.c.drill = true;
	if (failed || alerts_write(&a, bef_alarm_kind_find("crisis"), NULL, NULL, &err) ||
	    alerts_read(&a, lang, BEF_REACH_FULL, &err))
		return failed ? failed : fail(&err);
	a.alarm.again = true;
	a.alarm.now_ms += BEF_HOUR_MS;
	failed = show(&a, "crisis, exercise, sent again an hour later");
	a.alarm.again = false;
	a.alarm.now_ms -= BEF_HOUR_MS;
	a.alarm.reach = BEF_REACH_REDUCED;
	failed = failed ? failed : show(&a, "crisis, exercise, reduced");
	a.alarm.reach = BEF_REACH_THIN;
	return failed ? failed : show(&a, "crisis, exercise, thin");
}

static void set(char **slot, const char *value)
{
	free(*slot);
	*slot = strdup(value);
}

/* Before the alarm is written. */
static void prepare(struct alerts *a, const char *name, const char *value)
{
	if (strcmp(name, "drill") == 0)
		a->c.drill = true;
	if (strcmp(name, "tlp") == 0)
		a->c.tlp = value;
}

static void apply(struct alerts *a, const char *name, const char *value)
{
	if (strcmp(name, "now") == 0)
		a->alarm.now_ms = a->alarm.at_ms = strtoll(value, NULL, 10) * 1000;
	if (strcmp(name, "at") == 0)
		a->alarm.at_ms = a->alarm.now_ms - strtoll(value, NULL, 10) * 1000;
	if (strcmp(name, "reach") == 0)
		a->alarm.reach = (enum bef_reach)strtol(value, NULL, 10);
	if (strcmp(name, "mode") == 0)
		set(&a->to.set[BEF_SET_MODE], value);
	if (strcmp(name, "mention") == 0)
		set(&a->to.set[BEF_SET_MENTION], value);
	if (strcmp(name, "url") == 0)
		set(&a->keys.value[BEF_SECRET_URL], value);
	if (strcmp(name, "sign") == 0)
		set(&a->keys.value[BEF_SECRET_SIGNING], ALERTS_SIGNING);
	if (strcmp(name, "old") == 0)
		set(&a->keys.value[BEF_SECRET_SIGNING_OLD], ALERTS_SIGNING_OLD);
}

static void each_option(struct alerts *a, char **options, void (*use)(struct alerts *, const char *, const char *))
{
	for (; *options; options++) {
		char name[16] = "";
		const char *value = strchr(*options, '=');

		if (!value || value - *options >= (ptrdiff_t)sizeof(name))
			continue;
		memcpy(name, *options, (size_t)(value - *options));
		use(a, name, value + 1);
	}
}

static int print_json(const struct bef_request *request)
{
	json_t *headers = json_array();
	json_t *out = json_object();
	char *line;
	bool ok = headers && out;

	for (int i = 0; ok && i < request->header_count; i++)
		ok = json_array_append_new(headers, json_string(bef_text_str(&request->header[i]))) == 0;
	bef_json_put_text(out, "method", request->method ? request->method : "POST", &ok);
	bef_json_put_text(out, "url", bef_text_str(&request->url), &ok);
	bef_json_put(out, "headers", headers, &ok);
	bef_json_put_text(out, "body", bef_text_str(&request->body), &ok);
	bef_json_put_text(out, "mail_from", bef_text_str(&request->mail_from), &ok);
	bef_json_put_text(out, "mail_to", bef_text_str(&request->mail_to), &ok);
	line = ok ? json_dumps(out, JSON_COMPACT) : NULL;
	printf("%s\n", line ? line : "");
	free(line);
	json_decref(out);
	return ok ? 0 : 1;
}

static int one(const struct bef_format *format, enum bef_lang lang, const char *kind_name, char **options)
{
	const struct bef_alarm_kind *kind = bef_alarm_kind_find(kind_name);
	BEF_AUTO_ALERTS a = { .c.ref = NULL };
	BEF_AUTO(request) request = { .method = NULL };
	struct bef_rendering in = alerts_rendering(&a);
	struct bef_err err = { .msg = "no such kind" };

	alerts_case(&a.c);
	alerts_destination(&a, format);
	each_option(&a, options, prepare);
	if (!kind || alerts_write(&a, kind, NULL, NULL, &err) || alerts_read(&a, lang, BEF_REACH_FULL, &err))
		return fail(&err);
	each_option(&a, options, apply);
	if (format->render(&in, &request, &err) != BEF_OK)
		return fail(&err);
	return print_json(&request);
}

int main(int argc, char **argv)
{
	const struct bef_format *format = argc > 2 ? bef_format_find(argv[1]) : NULL;
	enum bef_lang lang = argc > 2 && strcmp(argv[2], "fr") == 0 ? BEF_FR : BEF_EN;
	struct bef_err err = { 0 };

	if (bef_crypto_init(&err) != BEF_OK)
		return fail(&err);
	if (argc == 2 && strcmp(argv[1], "list") == 0) {
		for (const struct bef_format *const *f = bef_formats; *f; f++)
			printf("%s\n", (*f)->name);
		return 0;
	}
	if (!format) {
		fprintf(stderr, "usage: render list | render FORMAT LANG [KIND [NAME=VALUE...]]\n");
		return 2;
	}
	return argc > 3 ? one(format, lang, argv[3], argv + 4) : show_all(format, lang);
}
