/* SPDX-License-Identifier: EUPL-1.2 */
/* Mails as raw bytes: readers repair what is wrong, so that only the bytes tell. */
#include "unit.h"

#include "alert/mail.h"
#include "alerts.h"

/* Undo one encoded word (RFC 2047); returns where it ends. */
static const char *decode_word(const char *s, struct bef_text *out)
{
	const char *end = strstr(s + 10, "?=");

	must(strncmp(s, "=?UTF-8?Q?", 10) == 0 && end && end + 2 - s <= 75, "%s", s);
	for (s += 10; s < end; s++) {
		uint8_t byte = 0;

		if (*s == '=') {
			must(bef_unhex((char[]){ s[1], s[2], '\0' }, &byte, 1), "%s", s);
			s += 2;
			bef_text_putc(out, (char)byte);
		} else
			bef_text_putc(out, *s == '_' ? ' ' : *s);
	}
	return end + 2;
}

/* Of a whole header: each word is text by itself, lines are short and pure ASCII. */
static void header_says(const char *header, const char *name, const char *expected)
{
	BEF_AUTO(text) whole = { .max = 100000 };
	const char *s = header + strlen(name) + 2;

	must(strncmp(header, name, strlen(name)) == 0, "%s", header);
	if (strncmp(s, "=?", 2) != 0)
		bef_text_add(&whole, s, strcspn(s, "\r"));
	while (strncmp(s, "=?", 2) == 0) {
		BEF_AUTO(text) word = { .max = 100 };

		s = decode_word(s, &word);
		must(bef_utf8_check(bef_text_str(&word), word.len) == word.len, "a word ends inside a character: %s", header);
		bef_text_puts(&whole, bef_text_str(&word));
		must(strncmp(s, "\r\n", 2) == 0, "%s", s);
		s += s[2] == ' ' ? 3 : 0;
	}
	assert_string_equal(bef_text_str(&whole), expected);
}

static void lines_are_sound(const char *message, size_t most)
{
	for (const char *s = message; *s;) {
		size_t len = strcspn(s, "\r\n");

		must(len <= most, "%zu columns: %.90s", len, s);
		for (size_t i = 0; i < len; i++)
			must((s[i] >= ' ' && s[i] <= '~') || s[i] == '\t', "a byte that is not ASCII: %.40s", s);
		must(strncmp(s + len, "\r\n", 2) == 0, "no CRLF after: %.90s", s);
		s += len + 2;
	}
}

static void a_header_is_encoded_when_it_must_be(void **state)
{
	static const char *const rows[] = {
		"plain", "été", "=?looks?=encoded", "", " blank first",
		"Une phrase assez longue pour ne pas tenir sur une seule ligne d'en-tête, même sans accents.",
		"only ascii but far too long for a line of seventy-six columns, so that it must be encoded",
		"🚒🚒🚒🚒🚒🚒🚒🚒🚒🚒🚒🚒🚒🚒🚒🚒🚒🚒🚒🚒",
		"aéééééééééééééééééééééééééééééééééééééééééééééééééééé",
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		BEF_AUTO(text) out = { .max = 4000 };

		bef_mail_text_header(&out, "Subject", rows[i]);
		header_says(bef_text_str(&out), "Subject", rows[i]);
		lines_are_sound(bef_text_str(&out), 76);
	}
}

static void undo_quoted_printable(const char *s, struct bef_text *out)
{
	for (; *s; s++) {
		uint8_t byte = 0;

		if (*s == '\r' && s[1] == '\n') {
			bef_text_putc(out, '\n');
			s++;
		} else if (*s == '=' && s[1] == '\r')
			s += 2;
		else if (*s == '=') {
			must(bef_unhex((char[]){ s[1], s[2], '\0' }, &byte, 1), "%.10s", s);
			bef_text_putc(out, (char)byte);
			s += 2;
		} else
			bef_text_putc(out, *s);
	}
}

static void a_body_comes_out_as_it_went_in(void **state)
{
	struct dice dice = { unit_seed() };
	static const char *const pieces[] = { "mot ", "été ",       "=",    "🚒",    "\n", ".",
		                              "\n.\n", "\nFrom me", " \n", "\t\n", "\t", "xxxxxxxxxxxxxxxxxxxx" };

	(void)state;
	for (int i = 0; i < 1000; i++) {
		BEF_AUTO(text) text = { .max = 20000 };
		BEF_AUTO(text) out = { .max = 80000 };
		BEF_AUTO(text) back = { .max = 20000 };

		for (size_t n = dice_below(&dice, 80); n > 0; n--)
			bef_text_puts(&text, pieces[dice_below(&dice, ROWS(pieces))]);
		bef_text_puts(&text, "x\n");
		bef_mail_body(&out, bef_text_str(&text));
		lines_are_sound(bef_text_str(&out), 76);
		must(!strstr(out.data, " \r\n") && !strstr(out.data, "\t\r\n"), "row %d: a blank ends a line", i);
		must(!strstr(out.data, "\n.") && !strstr(out.data, "\nFrom "), "row %d: %s", i, out.data);
		undo_quoted_printable(out.data, &back);
		must(strcmp(back.data, text.data) == 0, "seed %d, row %d", (int)unit_seed(), i);
	}
}

static void dates_are_english_with_an_offset(void **state)
{
	static const struct {
		int64_t at_ms;
		const char *zone, *expected;
	} rows[] = {
		{ ALERTS_AT_MS, "Europe/Paris", "Date: Sat, 21 Nov 2026 16:00:00 +0100\r\n" },
		{ ALERTS_AT_MS, "UTC", "Date: Sat, 21 Nov 2026 15:00:00 +0000\r\n" },
		{ ALERTS_AT_MS, "Asia/Kolkata", "Date: Sat, 21 Nov 2026 20:30:00 +0530\r\n" },
		{ ALERTS_AT_MS, "America/Cayenne", "Date: Sat, 21 Nov 2026 12:00:00 -0300\r\n" },
		{ INT64_C(1767225599000), "UTC", "Date: Wed, 31 Dec 2025 23:59:59 +0000\r\n" },
	};

	(void)state;
	bef_lang_set(BEF_FR);
	for (size_t i = 0; i < ROWS(rows); i++) {
		BEF_AUTO(text) out = { .max = 100 };

		bef_mail_date_header(&out, rows[i].at_ms, rows[i].zone);
		assert_string_equal(bef_text_str(&out), rows[i].expected);
	}
	bef_lang_set(BEF_EN);
}

static void an_address_that_could_be_a_command_is_refused(void **state)
{
	static const char *const good[] = { "a@b.fr", "cell+alert@sub.example.org", "x_y.z-1@localhost" };
	static const char *const bad[] = { "", "a", "@b.fr", "a@", "a@b@c.fr", "a b@c.fr", "a@c.fr\r\nDATA", "a@c.fr\n",
		                           "<a@c.fr>", "Cell <a@c.fr>", "é@c.fr", "a@é.fr", "a@c.fr,b@c.fr", "\"a\"@c.fr",
		                           "a@[127.0.0.1]", "a\x7f@c.fr", "a@c.fr " };
	char longest[300];

	(void)state;
	for (size_t i = 0; i < ROWS(good); i++)
		must(bef_mail_address_ok(good[i]), "%s", good[i]);
	for (size_t i = 0; i < ROWS(bad); i++)
		must(!bef_mail_address_ok(bad[i]), "%s", bad[i]);
	memset(longest, 'a', sizeof(longest));
	memcpy(longest + 250, "@b.fr", 6);
	assert_false(bef_mail_address_ok(longest));
	assert_true(bef_mail_address_ok(longest + 1));
}

static void render(struct alerts *a, const char *kind, const char *title, const char *text, struct bef_request *out)
{
	struct bef_rendering in = alerts_rendering(a);
	struct bef_err err;

	alerts_destination(a, bef_format_find("mail"));
	assert_ok(alerts_write(a, bef_alarm_kind_find(kind), title, text, &err), err);
	assert_ok(alerts_read(a, BEF_FR, BEF_REACH_FULL, &err), err);
	assert_ok(a->to.format->render(&in, out, &err), err);
}

static const char *line_of(const struct bef_request *request, const char *name)
{
	char start[40];
	const char *found;

	snprintf(start, sizeof(start), "\r\n%s:", name);
	found = strstr(bef_text_str(&request->body), start);
	must(found != NULL, "no %s", name);
	return found + 2;
}

static void a_hostile_mail_is_sound_ascii(void **state)
{
	BEF_AUTO_ALERTS a = { .c.ref = NULL };
	BEF_AUTO(request) request = { .method = NULL };
	BEF_AUTO(text) back = { .max = 100000 };

	(void)state;
	alerts_case(&a.c);
	a.c.tlp = "green";
	render(&a, "deadline", "Échéance 🚒\r\nBcc: all@example.org", "a\r\n.\r\nMAIL FROM:<x>\n\xff\x1b[31m é", &request);
	lines_are_sound(bef_text_str(&request.body), 78);
	assert_null(strstr(bef_text_str(&request.body), "\nBcc:"));
	header_says(line_of(&request, "Subject"), "Subject",
	            "[ÉCHÉANCE] INC-2026-001 #7 Échéance 🚒\xef\xbf\xbd Bcc: all@example.org");
	undo_quoted_printable(strstr(request.body.data, "\r\n\r\n") + 4, &back);
	assert_non_null(strstr(back.data, "MAIL FROM:<x>\n\xef\xbf\xbd\xef\xbf\xbd[31m é"));
	assert_string_equal(bef_text_str(&request.mail_to), "cellule@menuiserie.example");
	assert_string_equal(request.password, "pass-s3cr3t");
}

static void a_repeat_has_the_same_id_and_every_recipient_another(void **state)
{
	BEF_AUTO_ALERTS a = { .c.ref = NULL };
	BEF_AUTO(request) first = { .method = NULL };
	BEF_AUTO(request) second = { .method = NULL };
	BEF_AUTO(request) other = { .method = NULL };
	struct bef_rendering in = alerts_rendering(&a);
	struct bef_err err;

	(void)state;
	alerts_case(&a.c);
	render(&a, "crisis", "Zebra", NULL, &first);
	a.alarm.now_ms += BEF_HOUR_MS;
	assert_ok(a.to.format->render(&in, &second, &err), err);
	assert_memory_equal(line_of(&first, "Message-ID"), line_of(&second, "Message-ID"), 90);
	free(a.to.set[BEF_SET_TO]);
	a.to.set[BEF_SET_TO] = strdup("autre@menuiserie.example");
	assert_ok(a.to.format->render(&in, &other, &err), err);
	assert_memory_not_equal(line_of(&first, "Message-ID"), line_of(&other, "Message-ID"), 60);
	/* The subject is for anybody to see, and the incident is TLP:AMBER. */
	header_says(line_of(&first, "Subject"), "Subject", "[CRISE] INC-2026-001 #7");
	assert_non_null(strstr(first.body.data, "Zebra"));
	free(a.to.set[BEF_SET_TO]);
	a.to.set[BEF_SET_TO] = strdup("x@y.fr\r\nRCPT TO:<z@y.fr>");
	bef_request_clear(&other);
	assert_rc(a.to.format->render(&in, &other, &err), BEF_USAGE, err);
}

UNIT_MAIN(unit(a_header_is_encoded_when_it_must_be), unit(a_body_comes_out_as_it_went_in),
          unit(dates_are_english_with_an_offset), unit(an_address_that_could_be_a_command_is_refused),
          unit(a_hostile_mail_is_sound_ascii), unit(a_repeat_has_the_same_id_and_every_recipient_another))
