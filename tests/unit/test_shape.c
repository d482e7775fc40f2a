/* SPDX-License-Identifier: EUPL-1.2 */
/* Cutting, escaping and degrading, shared by the formats. */
#include "unit.h"

#include "alert/shape.h"
#include "alerts.h"

#define DOTS "…"

static void a_cut_counts_what_the_service_counts(void **state)
{
	static const struct {
		const char *text;
		size_t max;
		enum bef_unit unit;
		const char *expected;
	} rows[] = {
		{ "abcdef", 6, BEF_UNIT_BYTES, "abcdef" },
		{ "abcdefg", 6, BEF_UNIT_BYTES, "abc" DOTS },
		{ "abcdefg", 6, BEF_UNIT_POINTS, "abcde" DOTS },
		{ "éééé", 8, BEF_UNIT_BYTES, "éééé" },
		{ "ééééé", 8, BEF_UNIT_BYTES, "éé" DOTS },
		{ "ééééé", 4, BEF_UNIT_POINTS, "ééé" DOTS },
		{ "🚒🚒🚒", 6, BEF_UNIT_UTF16, "🚒🚒🚒" },
		{ "🚒🚒🚒🚒", 6, BEF_UNIT_UTF16, "🚒🚒" DOTS },
		{ "🚒🚒🚒🚒", 3, BEF_UNIT_POINTS, "🚒🚒" DOTS },
		{ "abc", 2, BEF_UNIT_BYTES, "" },
		{ "abc", 0, BEF_UNIT_POINTS, "" },
		{ "", 0, BEF_UNIT_POINTS, "" },
		/* Graphemes: an accent apart, a skin colour, a flag, a family. */
		{ "xe\u0301e\u0301", 4, BEF_UNIT_POINTS, "xe\u0301" DOTS },
		{ "xe\u0301e\u0301", 3, BEF_UNIT_POINTS, "x" DOTS },
		{ "a👍🏽b👍🏽", 3, BEF_UNIT_POINTS, "a" DOTS },
		{ "a👍🏽b👍🏽", 4, BEF_UNIT_POINTS, "a👍🏽" DOTS },
		{ "🇫🇷🇩🇪🇧🇪", 4, BEF_UNIT_POINTS, "🇫🇷" DOTS },
		{ "🇫🇷🇩🇪🇧🇪", 5, BEF_UNIT_POINTS, "🇫🇷🇩🇪" DOTS },
		{ "ab👩‍🚒cdef", 5, BEF_UNIT_POINTS, "ab" DOTS },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		BEF_AUTO(text) out = { .max = 100 };

		bef_shape_cut(&out, rows[i].text, rows[i].max, rows[i].unit, NULL);
		must(strcmp(bef_text_str(&out), rows[i].expected) == 0, "row %zu: %s", i, bef_text_str(&out));
		must(bef_shape_size(bef_text_str(&out), rows[i].unit) <= rows[i].max, "row %zu", i);
	}
}

static void a_cut_is_made_before_escaping_and_measured_after(void **state)
{
	char text[400];

	(void)state;
	memset(text, 'x', sizeof(text));
	for (size_t i = 0; i < sizeof(text); i += 3)
		text[i] = '&';
	text[sizeof(text) - 1] = '\0';
	for (size_t max = 0; max < 1000; max += 7) {
		BEF_AUTO(text) out = { .max = 4000 };
		const char *amp;

		bef_shape_cut(&out, text, max, BEF_UNIT_BYTES, bef_shape_entities);
		must(out.len <= max, "%zu of %zu", out.len, max);
		must(max < 10 || max > 900 || out.len + 8 > max, "%zu of %zu", out.len, max);
		for (amp = bef_text_str(&out); (amp = strchr(amp, '&')); amp++)
			must(strncmp(amp, "&amp;", 5) == 0, "at %zu: %s", max, amp);
	}
}

/* A letter with a thousand accents is no reason to say nothing. */
static void an_endless_grapheme_is_cut(void **state)
{
	BEF_AUTO(text) text = { .max = 10000 };
	BEF_AUTO(text) out = { .max = 10000 };

	(void)state;
	bef_text_putc(&text, 'e');
	for (int i = 0; i < 1000; i++)
		bef_text_puts(&text, "\u0301");
	bef_shape_cut(&out, bef_text_str(&text), 500, BEF_UNIT_BYTES, NULL);
	assert_in_range(out.len, 300, 500);
	assert_int_equal(bef_utf8_check(out.data, out.len), out.len);
}

static void text_is_escaped(void **state)
{
	static const struct {
		bef_escape_fn escape;
		const char *text, *expected;
	} rows[] = {
		{ bef_shape_entities, "<b>&\"'", "&lt;b&gt;&amp;\"'" },
		{ bef_shape_html, "<b>&\"'é", "&lt;b&gt;&amp;&quot;&#39;é" },
		{ bef_shape_quiet, "@all <!here> <@U1> a<b @", "@\u200ball <\u200b!here> <\u200b@\u200bU1> a<b @\u200b" },
		{ bef_shape_percent, "!r:é/~a", "%21r%3A%C3%A9%2F~a" },
		{ bef_shape_entities, "", "" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		BEF_AUTO(text) out = { .max = 200 };

		rows[i].escape(&out, rows[i].text);
		must(strcmp(bef_text_str(&out), rows[i].expected) == 0, "row %zu: %s", i, bef_text_str(&out));
	}
}

static void forms_and_passwords_are_written(void **state)
{
	BEF_AUTO(request) request = { .body.max = 200 };
	struct bef_err err;

	(void)state;
	bef_shape_form(&request.body, "a", "1 &=é");
	bef_shape_form(&request.body, "b", "");
	assert_string_equal(bef_text_str(&request.body), "a=1%20%26%3D%C3%A9&b=");
	/* RFC 7617's own example. */
	assert_true(bef_shape_basic(&request, "Aladdin", "open sesame"));
	assert_string_equal(bef_text_str(&request.header[0]), "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
	assert_false(bef_request_header(&request, "X", "a\r\nY: b"));
	assert_rc(bef_request_end(&request, false, &err), BEF_USAGE, err);
	for (int i = request.header_count; i < BEF_REQUEST_HEADERS; i++)
		assert_true(bef_request_header(&request, "X", "y"));
	assert_false(bef_request_header(&request, "X", "one too many"));
}

/* A body as long as its words, with a cost for each fact. */
static enum bef_rc plain_body(const struct bef_shape *shape, struct bef_text *body, struct bef_err *err)
{
	bef_text_printf(body, "%s|%s|%d|", bef_text_str(&shape->title), bef_text_str(&shape->text), shape->fact_count);
	for (int i = 0; i < shape->fact_count; i++)
		bef_text_puts(body, "fact fact fact ");
	return bef_text_rc(body, err);
}

static void what_is_too_large_is_said_with_less(void **state)
{
	static const struct {
		size_t body;
		const char *expected; /* how it ends, or NULL: refused */
	} rows[] = {
		{ 5000, "x|8|" }, { 1300, "x|0|" }, { 500, DOTS "|0|" }, { 90, DOTS "|0|" }, { 30, "||0|" }, { 10, NULL },
	};
	BEF_AUTO_ALERTS a = { .c.ref = NULL };
	struct bef_err err;
	char text[1200];

	(void)state;
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	alerts_case(&a.c);
	alerts_destination(&a, bef_format_find("generic"));
	assert_ok(alerts_write(&a, bef_alarm_kind_find("message"), "A", text, &err), err);
	assert_ok(alerts_read(&a, BEF_EN, BEF_REACH_FULL, &err), err);
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct bef_limits limits = { BEF_UNIT_BYTES, 100, 1200, rows[i].body };
		struct bef_rendering in = alerts_rendering(&a);
		BEF_AUTO(request) request = { .method = NULL };
		enum bef_rc rc;

		bef_request_start(&in, &request);
		rc = bef_shape_body(&in, &limits, plain_body, &request, &err);
		must(rc == (rows[i].expected ? BEF_OK : BEF_FAILED), "row %zu: %s", i, err.msg);
		if (!rows[i].expected)
			continue;
		must(request.body.len <= rows[i].body, "row %zu: %zu", i, request.body.len);
		must(strstr(request.body.data, rows[i].expected) != NULL, "row %zu: %s", i, request.body.data);
	}
}

static void a_locked_screen_shows_no_title_above_green(void **state)
{
	static const char *const tlps[][2] = {
		{ "clear", "[CRISIS] INC-2026-001 #7 Zebra" }, { "green", "[CRISIS] INC-2026-001 #7 Zebra" },
		{ "amber", "[CRISIS] INC-2026-001 #7" },       { "red", "[CRISIS] INC-2026-001 #7" },
		{ "purple", "[CRISIS] INC-2026-001 #7" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(tlps); i++) {
		BEF_AUTO_ALERTS a = { .c.ref = NULL };
		BEF_AUTO(text) out = { .max = 200 };
		struct bef_err err;

		alerts_case(&a.c);
		a.c.tlp = tlps[i][0];
		assert_ok(alerts_write(&a, bef_alarm_kind_find("crisis"), "Zebra", NULL, &err), err);
		assert_ok(alerts_read(&a, BEF_EN, BEF_REACH_FULL, &err), err);
		bef_shape_headline(&a.alarm, &out);
		assert_string_equal(bef_text_str(&out), tlps[i][1]);
	}
}

static void each_tone_has_its_colour(void **state)
{
	(void)state;
	for (int tone = 0; tone < BEF_TONE_COUNT; tone++) {
		char hex[16];

		snprintf(hex, sizeof(hex), "#%06X", (unsigned)bef_shape_rgb((enum bef_tone)tone));
		assert_string_equal(hex, bef_shape_hex((enum bef_tone)tone));
	}
	assert_int_equal(bef_shape_rgb(BEF_TONE_CRISIS), 11534368);
	assert_int_equal(bef_shape_rgb(BEF_TONE_CLEAR), 3046706);
}

UNIT_MAIN(unit(a_cut_counts_what_the_service_counts), unit(a_cut_is_made_before_escaping_and_measured_after),
          unit(an_endless_grapheme_is_cut), unit(text_is_escaped), unit(forms_and_passwords_are_written),
          unit(what_is_too_large_is_said_with_less), unit(a_locked_screen_shows_no_title_above_green),
          unit(each_tone_has_its_colour))
