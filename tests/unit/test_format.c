/* SPDX-License-Identifier: EUPL-1.2 */
/* Every format of the table, with every kind of alarm, in both languages, at every reach: what must hold of them
 * all.  A new format is tested by being in the table. */
#include "unit.h"

#include "alert/shape.h"
#include "alerts.h"

#define TITLE "zTITLEz"
#define TEXT "zTEXTz"

/* The most that each may send, in bytes of body: what the services publish (or our own lower figure). */
static const struct {
	const char *format;
	size_t most;
	bool secret_in_body;
} bounds[] = {
	{ "generic", 20000, false },     { "cloudevents", 24000, false }, { "slack", 100000, false },
	{ "mattermost", 100000, false }, { "rocketchat", 100000, false }, { "zulip", 100000, false },
	{ "teams", 18432, false },       { "discord", 50000, false },     { "google_chat", 32000, false },
	{ "matrix", 60000, false },      { "ntfy", 32768, false },        { "gotify", 100000, false },
	{ "telegram", 60000, false },    { "pagerduty", 512000, true },   { "alertmanager", 64000, false },
	{ "free_mobile", 2000, true },   { "ovh_sms", 2000, false },      { "mail", 500000, false },
};

static size_t bound_of(const struct bef_format *format)
{
	size_t i = 0;

	while (i < ROWS(bounds) && strcmp(bounds[i].format, format->name) != 0)
		i++;
	must(i < ROWS(bounds), "%s: say here how long its body may be", format->name);
	return i;
}

/* Control, bidi and lone bytes, what mail, Markdown and chats take for orders, and accents without end. */
static void hostile(struct bef_text *out, const char *first, size_t size)
{
	static const char piece[] = "\x01\x1b[31m\x7f\xff\xc3\xed\xa0\x80\xe2\x80\xae\xe2\x81\xa6 é🚒\"\\'&<>{}[]()*_~`|#@all <!channel> "
				    "<@U1> @**all** \r\n.\r\nQUIT\r\n\t=?x?= %00 </script> https://x.example/?a=b&c ";

	bef_text_puts(out, first);
	while (out->len + sizeof(piece) < size / 2)
		bef_text_puts(out, piece);
	bef_text_puts(out, "e");
	while (out->len + 2 < size / 2 + size / 20)
		bef_text_puts(out, "\u0301");
	while (out->len + sizeof(piece) < size)
		bef_text_puts(out, piece);
}

static void string_is_clean(const char *s, const char *where)
{
	uint32_t c = 0;

	/* Our own zero-width space, which breaks mentions, is the only one. */
	for (size_t n; *s; s += n) {
		n = bef_utf8_next(s, strlen(s), &c);
		must(n > 0, "%s: a byte that is not UTF-8", where);
		must(!bef_char_is_hostile(c) || c == 0x200b, "%s: U+%04X", where, c);
	}
}

static void json_is_clean(const json_t *value, const char *where)
{
	const char *key;
	json_t *member;
	size_t i;

	if (json_is_string(value))
		string_is_clean(json_string_value(value), where);
	json_object_foreach ((json_t *)(uintptr_t)value, key, member)
		json_is_clean(member, where);
	json_array_foreach (value, i, member)
		json_is_clean(member, where);
}

static bool body_is_json(const struct bef_request *request)
{
	for (int i = 0; i < request->header_count; i++)
		if (strncasecmp(bef_text_str(&request->header[i]), "content-type:", 13) == 0)
			return strstr(bef_text_str(&request->header[i]), "json") != NULL;
	return false;
}

static void body_is_sound(const struct bef_request *request, const char *where)
{
	const char *body = bef_text_str(&request->body);
	json_t *value = NULL;
	struct bef_err err;

	must(bef_utf8_check(body, request->body.len) == request->body.len, "%s: not UTF-8", where);
	if (!body_is_json(request)) {
		for (const char *s = body; *s; s++)
			must((*s >= ' ' && *s <= '~') || strchr("\r\n\t", *s), "%s: a byte that is not ASCII", where);
		return;
	}
	assert_ok(bef_json_load(body, request->body.len, &value, &err), err);
	json_is_clean(value, where);
	json_decref(value);
}

static void wire_is_sound(const struct bef_request *request, const char *where)
{
	for (int i = 0; i < request->header_count; i++)
		for (const char *s = bef_text_str(&request->header[i]); *s; s++)
			must(*s >= ' ' && *s <= '~', "%s: header %d", where, i);
	for (const char *s = bef_text_str(&request->url); *s; s++)
		must(*s > ' ' && *s <= '~', "%s: url", where);
	must(strncmp(bef_text_str(&request->url), "https://", 8) == 0 || strncmp(bef_text_str(&request->url), "smtps://", 8) == 0,
	     "%s: url", where);
	must(request->method && strstr("POST PUT", request->method), "%s: method", where);
}

/* Who may not read a title, a text or how grave it is gets none of it, in whatever member. */
static void reach_is_kept(const struct alerts *a, const struct bef_request *request, bool hidden, const char *where)
{
	const char *body = bef_text_str(&request->body);

	must(strstr(body, "INC-2026-001") || strstr(bef_text_str(&request->url), "INC-2026-001"), "%s: no number", where);
	if (a->alarm.reach == BEF_REACH_FULL) {
		must(strstr(body, TEXT) != NULL, "%s: no text", where);
		return;
	}
	for (int i = -1; i < request->header_count; i++) {
		const char *part = i < 0 ? body : bef_text_str(&request->header[i]);

		must(!strstr(part, TITLE) && !strstr(part, TEXT), "%s: more than it may be told", where);
		must(!hidden || (!strstr(part, "majeur") && !strstr(part, "major incident")), "%s: how grave", where);
	}
}

static void secrets_are_kept(const struct alerts *a, const struct bef_request *request, const char *where)
{
	const char *body = bef_text_str(&request->body);

	must(bounds[bound_of(a->to.format)].secret_in_body || !strstr(body, ALERTS_MARK), "%s: a secret in the body", where);
	must(!strstr(body, "whsec_"), "%s: a signing secret in the body", where);
}

static void check(struct alerts *a, const struct bef_request *request)
{
	char where[120];
	size_t most = bounds[bound_of(a->to.format)].most;

	snprintf(where, sizeof(where), "%s, %s, %s, reach %d", a->to.format->name, a->alarm.kind->name,
	         bef_lang_name(a->alarm.lang), a->alarm.reach);
	must(request->body.len > 0 && request->body.len <= most, "%s: %zu bytes", where, request->body.len);
	body_is_sound(request, where);
	wire_is_sound(request, where);
	reach_is_kept(a, request, a->alarm.reach == BEF_REACH_THIN, where);
	secrets_are_kept(a, request, where);
}

static void render_checked(struct alerts *a)
{
	BEF_AUTO(request) request = { .method = NULL };
	struct bef_rendering in = alerts_rendering(a);
	struct bef_err err = { 0 };

	assert_ok(a->to.format->render(&in, &request, &err), err);
	check(a, &request);
}

/* All kinds, languages and reaches of these words. */
static void sweep(const struct bef_format *format, const char *title, const char *text)
{
	BEF_AUTO_ALERTS a = { .c.ref = NULL };
	struct bef_err err;

	alerts_destination(&a, format);
	for (const struct bef_alarm_kind *kind = bef_alarm_kinds; kind->name; kind++) {
		alerts_case(&a.c);
		assert_ok(alerts_write(&a, kind, title, text, &err), err);
		for (int lang = 0; lang < BEF_LANG_COUNT; lang++)
			for (int reach = BEF_REACH_THIN; reach <= BEF_REACH_FULL; reach++) {
				assert_ok(alerts_read(&a, (enum bef_lang)lang, (enum bef_reach)reach, &err), err);
				render_checked(&a);
				a.alarm.again = true;
				a.alarm.now_ms += BEF_DAY_MS;
				render_checked(&a);
			}
	}
}

static void every_format_renders_every_alarm(void **state)
{
	(void)state;
	for (const struct bef_format *const *format = bef_formats; *format; format++) {
		assert_ptr_equal(bef_format_find((*format)->name), *format);
		must((*format)->label && (*format)->per_minute > 0 && (*format)->render, "%s", (*format)->name);
		must((*format)->url || (*format)->needs & 1u << BEF_SECRET_URL, "%s: where is it?", (*format)->name);
		must(!(*format)->ask == !(*format)->asked, "%s: a question without an ear", (*format)->name);
		sweep(*format, TITLE " Fichiers chiffrés", TEXT " Ne rallumez rien.");
		sweep(*format, TITLE, TEXT);
	}
	assert_null(bef_format_find("nothing"));
}

static void no_text_is_too_hostile_or_too_long(void **state)
{
	BEF_AUTO(text) title = { .max = 10100 };
	BEF_AUTO(text) text = { .max = 100100 };

	(void)state;
	hostile(&title, TITLE, 10000);
	hostile(&text, TEXT, 100000);
	for (const struct bef_format *const *format = bef_formats; *format; format++)
		sweep(*format, title.data, text.data);
}

/* A setting or a secret with line ends gives no header and no address of its own. */
static void settings_cannot_add_headers(void **state)
{
	static const char evil[] = "x\r\nX-Evil: 1";

	(void)state;
	for (const struct bef_format *const *format = bef_formats; *format; format++)
		for (int slot = 0; slot < (int)BEF_SET_COUNT + (int)BEF_SECRET_COUNT; slot++) {
			BEF_AUTO_ALERTS a = { .c.ref = NULL };
			BEF_AUTO(request) request = { .method = NULL };
			struct bef_rendering in = alerts_rendering(&a);
			struct bef_err err;
			char **value;

			alerts_case(&a.c);
			alerts_destination(&a, *format);
			assert_ok(alerts_write(&a, bef_alarm_kind_find("crisis"), NULL, NULL, &err), err);
			assert_ok(alerts_read(&a, BEF_FR, BEF_REACH_FULL, &err), err);
			value = slot < (int)BEF_SET_COUNT ? &a.to.set[slot] : &a.keys.value[slot - BEF_SET_COUNT];
			free(*value);
			*value = strdup(evil);
			if ((*format)->render(&in, &request, &err) == BEF_OK)
				wire_is_sound(&request, (*format)->name);
			must(!strpbrk(bef_text_str(&request.mail_to), "\r\n") && !strpbrk(bef_text_str(&request.mail_from), "\r\n"),
			     "%s, slot %d", (*format)->name, slot);
		}
}

/* --- no memory ----------------------------------------------------------------- */

static long allocations, fail_at;

static void *failing_malloc(size_t size)
{
	return ++allocations == fail_at ? NULL : malloc(size);
}

static void a_failed_allocation_is_an_error(void **state)
{
	(void)state;
	for (const struct bef_format *const *format = bef_formats; *format; format++) {
		BEF_AUTO_ALERTS a = { .c.ref = NULL };
		struct bef_rendering in = alerts_rendering(&a);
		struct bef_err err;
		enum bef_rc rc = BEF_FAILED;

		alerts_case(&a.c);
		alerts_destination(&a, *format);
		assert_ok(alerts_write(&a, bef_alarm_kind_find("crisis"), NULL, NULL, &err), err);
		assert_ok(alerts_read(&a, BEF_FR, BEF_REACH_FULL, &err), err);
		/* jansson's memory: ours is the business of tests/alerts/alloc.bats. */
		for (long n = 1; rc != BEF_OK && n < 2000; n++) {
			BEF_AUTO(request) request = { .method = NULL };

			allocations = 0;
			fail_at = n;
			json_set_alloc_funcs(failing_malloc, free);
			rc = (*format)->render(&in, &request, &err);
			json_set_alloc_funcs(malloc, free);
			must(rc == BEF_OK ? allocations < n : rc == BEF_FAILED, "%s: allocation %ld: %d", (*format)->name, n, rc);
		}
		must(rc == BEF_OK, "%s", (*format)->name);
	}
}

UNIT_MAIN(unit(every_format_renders_every_alarm), unit(no_text_is_too_hostile_or_too_long),
          unit(settings_cannot_add_headers), unit(a_failed_allocation_is_an_error))
