/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"

#include "unit.h"

static void utf_8_is_decoded_as_rfc_3629_says(void **state)
{
	static const struct { const char *bytes; size_t len; size_t n; uint32_t c; } rows[] = {
		{ "a", 1, 1, 'a' }, { "\x00", 1, 1, 0 }, { "\x7f", 1, 1, 0x7f },
		{ "\xc2\x80", 2, 2, 0x80 }, { "\xc3\xa9", 2, 2, 0xe9 }, { "\xdf\xbf", 2, 2, 0x7ff },
		{ "\xe0\xa0\x80", 3, 3, 0x800 }, { "\xe2\x82\xac", 3, 3, 0x20ac },
		{ "\xed\x9f\xbf", 3, 3, 0xd7ff },
		{ "\xee\x80\x80", 3, 3, 0xe000 }, { "\xef\xbf\xbf", 3, 3, 0xffff },
		{ "\xf0\x90\x80\x80", 4, 4, 0x10000 }, { "\xf4\x8f\xbf\xbf", 4, 4, 0x10ffff },
		/* not shortest */
		{ "\xc0\x80", 2, 0, 0 }, { "\xc1\xbf", 2, 0, 0 }, { "\xe0\x80\xaf", 3, 0, 0 },
		{ "\xe0\x9f\xbf", 3, 0, 0 },
		{ "\xf0\x80\x80\xaf", 4, 0, 0 }, { "\xf0\x8f\xbf\xbf", 4, 0, 0 },
		/* surrogates, too large, five and six bytes */
		{ "\xed\xa0\x80", 3, 0, 0 }, { "\xed\xbf\xbf", 3, 0, 0 }, { "\xf4\x90\x80\x80", 4, 0, 0 },
		{ "\xf5\x80\x80\x80", 4, 0, 0 }, { "\xf8\x88\x80\x80\x80", 5, 0, 0 }, { "\xfe", 1, 0, 0 },
		{ "\xff", 1, 0, 0 },
		/* cut, or broken off */
		{ "\x80", 1, 0, 0 }, { "\xbf", 1, 0, 0 }, { "\xc3", 1, 0, 0 }, { "\xe2\x82", 2, 0, 0 },
		{ "\xf0\x90\x80", 3, 0, 0 }, { "\xc3\x28", 2, 0, 0 }, { "\xe2\x28\xa1", 3, 0, 0 },
		{ "\xe2\x82\x28", 3, 0, 0 },
		{ "\xf0\x28\x8c\xbc", 4, 0, 0 }, { "\xc3\xc3", 2, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		char *exact = malloc(rows[i].len);
		uint32_t c = 0;

		memcpy(exact, rows[i].bytes, rows[i].len);
		must(bef_utf8_next(exact, rows[i].len, &c) == rows[i].n && c == rows[i].c, "row %zu: %#x", i,
		     c);
		free(exact);
	}
}

static size_t encode(uint32_t c, char out[5])
{
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const uint8_t lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

	for (size_t i = n; i-- > 1; c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3f));
	out[0] = (char)(lead[n] | c);
	out[n] = '\0';
	return n;
}

static void every_character_there_is_is_decoded(void **state)
{
	(void)state;
	for (uint32_t c = 1; c < 0x110000; c++) {
		char text[5];
		uint32_t read = 0;
		size_t n = encode(c, text);
		bool surrogate = c >= 0xd800 && c <= 0xdfff;

		must(bef_utf8_next(text, n, &read) == (surrogate ? 0 : n), "U+%04X", c);
		must(surrogate || read == c, "U+%04X", c);
	}
}

static void the_first_bad_byte_or_nul_is_found(void **state)
{
	static const struct { const char *text; size_t len, at; } rows[] = {
		{ "", 0, 0 }, { "abc", 3, 3 }, { "été", 5, 5 }, { "a\xff", 2, 1 }, { "\xff", 1, 0 },
		{ "ab\0c", 4, 2 },
		{ "é\xc3", 3, 2 }, { "日本", 5, 3 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++)
		must(bef_utf8_check(rows[i].text, rows[i].len) == rows[i].at, "row %zu", i);
}

static void a_cut_never_halves_a_character(void **state)
{
	const char *text = "aé日🔔z";
	static const size_t expected[] = { 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11, 11 };

	(void)state;
	for (size_t max = 0; max < ROWS(expected); max++)
		must(bef_utf8_cut(text, max) == expected[max], "at most %zu", max);
}

static void what_can_trick_a_terminal_or_an_eye_is_hostile(void **state)
{
	static const uint32_t hostile[] = {
		0x00, 0x01, 0x07, 0x08, 0x0b, 0x0c, 0x0d, 0x1b, 0x1f, 0x7f,  /* C0 and DEL: ESC starts them all */
		0x80, 0x84, 0x85, 0x90, 0x9b, 0x9c, 0x9d, 0x9f,              /* C1: CSI, OSC, DCS in one character */
		0x61c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069,
		0x2028, 0x2029, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff, 0x180e, 0xfff9, 0xfffb, 0xe0001,
		0xe0041, 0xe007f,
	};
	static const uint32_t harmless[] = {
		'\n', '\t', ' ', '~', 0xa0, 0xe9, 0x153, 0x2019, 0x202f, 0x20ac, 0x300, 0x65e5, 0xfffd,
		0x1f514, 0x10ffff,
	};

	(void)state;
	for (size_t i = 0; i < ROWS(hostile); i++)
		must(bef_char_is_hostile(hostile[i]), "U+%04X", hostile[i]);
	for (size_t i = 0; i < ROWS(harmless); i++)
		must(!bef_char_is_hostile(harmless[i]), "U+%04X", harmless[i]);
	for (uint32_t c = 0; c < 0xa0; c++)
		must(bef_char_is_hostile(c) == ((c < 0x20 && c != '\n' && c != '\t') || c >= 0x7f), "U+%04X",
		     c);
}

#define BAD "\xef\xbf\xbd"

static void untrusted_text_is_tamed(void **state)
{
	static const struct { const char *text, *lines, *line; } rows[] = {
		{ "", "", "" },
		{ "été 2025, 3 €, 日本 🔔", "été 2025, 3 €, 日本 🔔", "été 2025, 3 €, 日本 🔔" },
		{ "a\nb\tc", "a\nb\tc", "a b c" },
		{ "a\r\nb", "a" BAD "\nb", "a" BAD " b" },
		{ "\x1b[31mred\x1b[0m", BAD "[31mred" BAD "[0m", BAD "[31mred" BAD "[0m" },
		{ "\x1b]0;title\x07", BAD "]0;title" BAD, BAD "]0;title" BAD },
		{ "\x1b]8;;http://x\x1b\\y", BAD "]8;;http://x" BAD "\\y", BAD "]8;;http://x" BAD "\\y" },
		{ "\xc2\x9b" "31m", BAD "31m", BAD "31m" },
		{ "\x9b" "31m", BAD "31m", BAD "31m" },
		{ "a\x08\x08" "b", "a" BAD BAD "b", "a" BAD BAD "b" },
		{ "user\xe2\x80\xae" "exe.txt", "user" BAD "exe.txt", "user" BAD "exe.txt" },
		{ "\xe2\x81\xa6x\xe2\x81\xa9", BAD "x" BAD, BAD "x" BAD },
		{ "a\xe2\x80\xa8" "b", "a" BAD "b", "a" BAD "b" },
		{ "a\xe2\x80\x8b" "b", "a" BAD "b", "a" BAD "b" },
		{ "\xf3\xa0\x81\xa1", BAD, BAD },
		{ "\xff\xfe", BAD BAD, BAD BAD },
		{ "\xed\xa0\x80", BAD BAD BAD, BAD BAD BAD },
		{ "\xe2\x82", BAD BAD, BAD BAD },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++)
		for (int one_line = 0; one_line < 2; one_line++) {
			struct bef_text out;

			bef_text_init(&out, 1000);
			bef_text_tame(&out, rows[i].text, one_line);
			assert_string_equal(bef_text_str(&out), one_line ? rows[i].line : rows[i].lines);
			bef_text_clear(&out);
		}
}

static void whatever_the_bytes_tamed_text_is_harmless_utf_8(void **state)
{
	struct dice dice = { unit_seed() };

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char bytes[40];
		size_t len = dice_below(&dice, sizeof(bytes));
		char fixed[16];
		char *exact = malloc(len + 1);
		struct bef_text out;

		dice_bytes(&dice, bytes, len);
		memcpy(exact, bytes, len);
		exact[len] = '\0';
		bef_text_init(&out, 1000);
		bef_text_tame(&out, exact, true);
		assert_int_equal(bef_utf8_check(bef_text_str(&out), out.len), out.len);
		for (size_t at = 0; at < out.len;) {
			uint32_t c;

			at += bef_utf8_next(out.data + at, out.len - at, &c);
			assert_true(!bef_char_is_hostile(c) && c != '\n' && c != '\t');
		}
		assert_true(bef_text_fit(exact, 5) <= strlen(exact));
		assert_true(bef_text_width(exact) <= 2 * strlen(exact));
		bef_fold(exact, fixed, sizeof(fixed));
		assert_true(strlen(fixed) < sizeof(fixed));
		assert_true(bef_fold_equal(exact, exact));
		bef_text_clear(&out);
		bef_text_fold(&out, exact);
		bef_text_clear(&out);
		free(exact);
	}
}

static void width_counts_columns(void **state)
{
	static const struct { const char *text; size_t width; } rows[] = {
		{ "", 0 }, { "abc", 3 }, { "été", 3 }, { "e\u0301te\u0301", 3 }, { "日本", 4 }, { "🔔", 2 },
		{ "ｈ", 2 },
		{ "a\nb", 2 }, { "\x1b[1m", 3 }, { "\xff", 1 }, { "œuvre", 5 }, { "3\u00a0€", 3 }, { "→", 1 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++)
		must(bef_text_width(rows[i].text) == rows[i].width, "'%s': %zu", rows[i].text,
		     bef_text_width(rows[i].text));
}

static void what_fits_is_whole_characters_with_their_accents(void **state)
{
	static const struct { const char *text; size_t columns, bytes; } rows[] = {
		{ "abc", 0, 0 }, { "abc", 2, 2 }, { "abc", 3, 3 }, { "abc", 9, 3 }, { "été", 1, 2 },
		{ "été", 2, 3 },
		{ "日本", 1, 0 }, { "日本", 2, 3 }, { "日本", 3, 3 }, { "日本", 4, 6 }, { "a日", 2, 1 },
		{ "e\u0301te\u0301", 1, 3 }, { "e\u0301te\u0301", 3, 7 }, { "🔔x", 1, 0 }, { "🔔x", 2, 4 },
		{ "\xff\xff", 1, 1 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++)
		must(bef_text_fit(rows[i].text, rows[i].columns) == rows[i].bytes, "row %zu: %zu", i,
		     bef_text_fit(rows[i].text, rows[i].columns));
}

static void french_is_folded_to_plain_letters(void **state)
{
	static const struct { const char *text, *folded; } rows[] = {
		{ "Échéances", "echeances" }, { "ŒUVRE", "oeuvre" }, { "œil", "oeil" },
		{ "Ægir æ", "aegir ae" },
		{ "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸ", "aaaceeeeiioouuuy" }, { "àâäçéèêëîïôöùûüÿ", "aaaceeeeiioouuuy" },
		{ "ñ ß ø", "n ss o" },
		{ "e\u0301te\u0301", "ete" }, { "E\u0301TE\u0301", "ete" }, { "c\u0327a", "ca" },
		{ "l’aujourd’hui", "l'aujourd'hui" }, { "3\u00a0h\u202f05", "3 h 05" },
		{ "ABCxyz019", "abcxyz019" },
		{ "", "" }, { "日本", "日本" }, { "\xff" "A", "\xff" "a" }, { "it\u0300", "it" },
		{ "NOËL", "noel" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct bef_text out;
		char fixed[100];

		bef_text_init(&out, 1000);
		bef_text_fold(&out, rows[i].text);
		assert_string_equal(bef_text_str(&out), rows[i].folded);
		bef_fold(rows[i].text, fixed, sizeof(fixed));
		assert_string_equal(fixed, rows[i].folded);
		must(bef_fold_equal(rows[i].text, rows[i].folded), "'%s'", rows[i].text);
		bef_text_clear(&out);
	}
	assert_false(bef_fold_equal("a", "b"));
	assert_false(bef_fold_equal("a", "ab"));
}

static void a_fold_into_a_short_array_keeps_whole_characters(void **state)
{
	char out[6];

	(void)state;
	bef_fold("abcdefgh", out, sizeof(out));
	assert_string_equal(out, "abcde");
	bef_fold("aa日本", out, sizeof(out));
	assert_string_equal(out, "aa日");
	bef_fold("aaaœu", out, sizeof(out));
	assert_string_equal(out, "aaaoe");
	bef_fold("aaaaœu", out, sizeof(out));
	assert_string_equal(out, "aaaa");
	bef_fold("abc", out, 1);
	assert_string_equal(out, "");
}

static void edit_distance_counts_a_swap_once(void **state)
{
	static const struct { const char *a, *b; unsigned limit, expected; } rows[] = {
		{ "", "", 3, 0 }, { "abc", "abc", 3, 0 }, { "abc", "", 3, 3 }, { "", "abc", 3, 3 },
		{ "abc", "abd", 3, 1 },
		{ "abc", "ab", 3, 1 }, { "ab", "abc", 3, 1 }, { "abc", "acb", 3, 1 },
		{ "statut", "statu", 3, 1 },
		{ "journal", "jounral", 3, 1 }, { "kitten", "sitting", 5, 3 }, { "kitten", "sitting", 2, 3 },
		{ "abcdef", "uvwxyz", 3, 4 }, { "ca", "abc", 5, 3 },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", 2,
		  1 },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 2,
		  3 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		must(bef_edit_distance(rows[i].a, rows[i].b, rows[i].limit) == rows[i].expected,
		     "'%s' '%s': %u", rows[i].a,
		     rows[i].b, bef_edit_distance(rows[i].a, rows[i].b, rows[i].limit));
		must(bef_edit_distance(rows[i].b, rows[i].a, rows[i].limit) == rows[i].expected,
		     "'%s' '%s' back", rows[i].a,
		     rows[i].b);
	}
}

static void white_space_around_is_trimmed(void **state)
{
	static const struct { const char *text, *trimmed; } rows[] = {
		{ "", "" }, { " ", "" }, { "\t\r\n", "" }, { "a", "a" }, { " a b\n", "a b" }, { "\na", "a" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		size_t len;
		const char *start = bef_trim(rows[i].text, &len);

		must(len == strlen(rows[i].trimmed) && memcmp(start, rows[i].trimmed, len) == 0, "'%s'",
		     rows[i].text);
	}
}

static void a_text_grows_to_its_limit_and_no_further(void **state)
{
	struct bef_text text;
	struct bef_err err;

	(void)state;
	bef_text_init(&text, 10);
	assert_string_equal(bef_text_str(&text), "");
	bef_text_puts(&text, "hello");
	bef_text_printf(&text, "%d", 1234);
	bef_text_putc(&text, '!');
	assert_string_equal(bef_text_str(&text), "hello1234!");
	assert_ok(bef_text_rc(&text, &err), err);
	bef_text_add(&text, "", 0);
	bef_text_puts(&text, "");
	bef_text_printf(&text, "%s", "");
	assert_ok(bef_text_rc(&text, &err), err);
	bef_text_putc(&text, '?');
	bef_text_puts(&text, "");
	assert_string_equal(bef_text_str(&text), "hello1234!");
	assert_rc(bef_text_rc(&text, &err), BEF_FAILED, err);
	assert_non_null(strstr(err.msg, "10 bytes"));
	assert_null(bef_text_take(&text));
	bef_text_clear(&text);
	assert_ok(bef_text_rc(&text, &err), err);
	bef_text_clear(&text);
}

static void the_first_failure_of_a_text_sticks_and_says_why(void **state)
{
	struct bef_text text;
	struct bef_err err;

	(void)state;
	bef_text_init(&text, 10);
	bef_text_puts(&text, "far too long for ten");
	bef_text_puts(&text, "short");
	assert_string_equal(bef_text_str(&text), "");
	assert_rc(bef_text_rc(&text, &err), BEF_FAILED, err);
	assert_non_null(strstr(err.msg, "longer than 10 bytes"));
	bef_text_clear(&text);
	bef_text_printf(&text, "%020d", 5);
	assert_rc(bef_text_rc(&text, &err), BEF_FAILED, err);
	assert_non_null(strstr(err.msg, "longer than 10 bytes"));
	bef_text_clear(&text);
}

static void a_text_is_handed_over_once(void **state)
{
	struct bef_text text;
	char *taken;

	(void)state;
	bef_text_init(&text, 10000);
	for (int i = 0; i < 1000; i++)
		bef_text_printf(&text, "%d,", i % 10);
	taken = bef_text_take(&text);
	assert_int_equal(strlen(taken), 2000);
	free(taken);
	assert_int_equal(text.len, 0);
	taken = bef_text_take(&text);
	assert_string_equal(taken, "");
	free(taken);
	bef_text_puts(&text, "again");
	assert_string_equal(bef_text_str(&text), "again");
	bef_text_clear(&text);
}

static void an_error_is_said_once_and_put_in_context(void **state)
{
	struct bef_err err = { 0 };

	(void)state;
	assert_int_equal(bef_fail(&err, BEF_REFUSED, "step %d", 3), BEF_REFUSED);
	assert_string_equal(err.msg, "step 3");
	assert_string_equal(err.hint, "");
	bef_hint(&err, "type %s", "undo");
	assert_int_equal(bef_context(&err, BEF_USAGE, "playbook '%s'", "x"), BEF_USAGE);
	assert_string_equal(err.msg, "playbook 'x': step 3");
	assert_string_equal(err.hint, "type undo");
	assert_int_equal(err.rc, BEF_USAGE);
	assert_int_equal(bef_fail(NULL, BEF_BUSY, "x"), BEF_BUSY);
	assert_int_equal(bef_context(NULL, BEF_BUSY, "x"), BEF_BUSY);
	bef_hint(NULL, "x");
	assert_int_equal(bef_no_memory(NULL), BEF_FAILED);
}

/* Messages quote what was typed, cut by bytes: what is left must still be UTF-8. */
static void a_long_message_is_cut_on_a_character(void **state)
{
	struct bef_err err = { 0 };
	char longest[1000];

	(void)state;
	for (int shift = 0; shift < 3; shift++) {
		for (size_t i = 0; i + 2 < sizeof(longest); i += 2)
			memcpy(longest + i, "é", 3);
		bef_fail(&err, BEF_USAGE, "%.*s%s", shift, "xxx", longest);
		assert_int_equal(bef_utf8_check(err.msg, strlen(err.msg)), strlen(err.msg));
		bef_hint(&err, "%.*s%s", shift, "xxx", longest);
		assert_int_equal(bef_utf8_check(err.hint, strlen(err.hint)), strlen(err.hint));
		bef_context(&err, BEF_USAGE, "%.*s%s", shift, "xxx", longest);
		assert_int_equal(bef_utf8_check(err.msg, strlen(err.msg)), strlen(err.msg));
		bef_fail(&err, BEF_USAGE, "'%.61s'", longest);
		assert_int_equal(bef_utf8_check(err.msg, strlen(err.msg)), strlen(err.msg));
	}
}

static void a_text_cut_for_a_message_shows_that_it_is(void **state)
{
	char many[2000];

	(void)state;
	assert_string_equal(BEF_SHORT("", 10), "");
	assert_string_equal(BEF_SHORT("exactly so", 10), "exactly so");
	assert_string_equal(BEF_SHORT("one more..!", 10), "one mor...");
	assert_string_equal(BEF_SHORT("ééééééééééé", 10), "ééééééé...");
	/* Accents that take no column: the room runs out before the columns do. */
	for (size_t i = 0; i + 2 < sizeof(many); i += 2)
		memcpy(many + i, "\xcc\x81", 3);
	assert_true(strlen(BEF_SHORT(many, 10)) < BEF_SHORT_SIZE);
	assert_string_equal(BEF_SHORT(many, 10) + strlen(BEF_SHORT(many, 10)) - 5, "\xcc\x81...");
}

static void a_number_may_have_one_letter_after_it(void **state)
{
	static const struct {
		const char *text;
		long number;
		char unit;
	} rows[] = {
		{ "24h", 24, 'h' }, { "60", 60, '\0' }, { "90d", 90, 'd' }, { "0s", 0, 's' },
		{ "h", -1, 0 },     { "", -1, 0 },      { "5dd", -1, 0 },  { "101h", -1, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		char unit = '?';
		long number = bef_natural_unit(rows[i].text, 100, &unit);

		must(number == rows[i].number, "%s: %ld", rows[i].text, number);
		must(number < 0 || unit == rows[i].unit, "%s: unit %c", rows[i].text, unit);
	}
}

UNIT_MAIN(unit(a_number_may_have_one_letter_after_it),
          unit(utf_8_is_decoded_as_rfc_3629_says), unit(every_character_there_is_is_decoded),
          unit(the_first_bad_byte_or_nul_is_found), unit(a_cut_never_halves_a_character),
          unit(what_can_trick_a_terminal_or_an_eye_is_hostile), unit(untrusted_text_is_tamed),
          unit(whatever_the_bytes_tamed_text_is_harmless_utf_8), unit(width_counts_columns),
          unit(what_fits_is_whole_characters_with_their_accents), unit(french_is_folded_to_plain_letters),
          unit(a_fold_into_a_short_array_keeps_whole_characters), unit(edit_distance_counts_a_swap_once),
          unit(white_space_around_is_trimmed), unit(a_text_grows_to_its_limit_and_no_further),
          unit(the_first_failure_of_a_text_sticks_and_says_why), unit(a_text_is_handed_over_once),
          unit(an_error_is_said_once_and_put_in_context), unit(a_long_message_is_cut_on_a_character),
          unit(a_text_cut_for_a_message_shows_that_it_is))
