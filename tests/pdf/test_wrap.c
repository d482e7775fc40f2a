/* SPDX-License-Identifier: EUPL-1.2 */
/* Where lines end, with a font in which every letter is one wide and combining accents are none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "wrap.h"

static int width(void *arg, uint32_t c)
{
	(void)arg;
	return c >= 0x300 && c < 0x370 ? 0 : 1000;
}

static const struct bef_ruler ruler = { width, NULL, 1 };

/* The lines of `text`, "|" between them. */
static const char *lines(const char *text, double room)
{
	static char out[4096];
	struct bef_span line;
	size_t len = 0;
	int guard = 0;

	while (text && guard++ < 400) {
		text = bef_wrap(&ruler, text, room, &line);
		len += (size_t)snprintf(out + len, sizeof(out) - len, "%.*s%s", (int)line.len, line.start, text ? "|" : "");
	}
	return out;
}

static void test_words(void **state)
{
	(void)state;
	assert_string_equal(lines("", 10), "");
	assert_string_equal(lines("un deux trois", 8), "un deux|trois");
	assert_string_equal(lines("un deux trois", 7), "un deux|trois");
	assert_string_equal(lines("un deux trois", 6), "un|deux|trois");
	assert_string_equal(lines("a\n\nb", 10), "a||b");
	assert_string_equal(lines("a  \nb", 10), "a|b");
}

static void test_a_long_word_is_cut_and_loses_nothing(void **state)
{
	(void)state;
	assert_string_equal(lines("abcdefghij", 4), "abcd|efgh|ij");
	assert_string_equal(lines("x abcdefghij", 4), "x|abcd|efgh|ij");
	assert_string_equal(lines("éééééé", 4), "éééé|éé");
	assert_string_equal(lines("abc", 0), "a|b|c"); /* one character at least, however narrow */
	assert_string_equal(lines("e\u0301e\u0301e\u0301", 2), "e\u0301e\u0301|e\u0301");
}

static void test_hyphens_and_slashes_end_lines_but_dates_do_not(void **state)
{
	(void)state;
	assert_string_equal(lines("sous-traitant", 8), "sous-|traitant");
	assert_string_equal(lines("voir un/deux", 8), "voir un/|deux");
	assert_string_equal(lines("le 2025-11-03", 11), "le|2025-11-03");
	assert_string_equal(lines("dire --head", 9), "dire|--head");
}

static void test_french_spaces_hold(void **state)
{
	(void)state;
	assert_string_equal(lines("cause : vol", 6), "cause|: vol"); /* too narrow for both: cut, not lost */
	assert_string_equal(lines("la cause : vol", 8), "la|cause :|vol" + 0 * 0);
	assert_string_equal(lines("dit « non »", 8), "dit|« non »");
	assert_string_equal(lines("perte 12 000 €", 9), "perte|12 000 €");
	assert_string_equal(lines("a\u00a0b c", 3), "a\u00a0b|c");
}

static void test_counts_and_extents(void **state)
{
	double line, word;

	(void)state;
	assert_int_equal(bef_wrap_count(&ruler, "", 4, 9), 1);
	assert_int_equal(bef_wrap_count(&ruler, "abcdefghij", 4, 9), 3);
	assert_int_equal(bef_wrap_count(&ruler, "abcdefghij", 4, 2), 2);
	bef_wrap_extent(&ruler, "un deux\ntrois", &line, &word);
	assert_int_equal((int)line, 7);
	assert_int_equal((int)word, 5);
	bef_wrap_extent(&ruler, "a 12 000 € b", &line, &word);
	assert_int_equal((int)word, 8); /* where no line may end is one word */
	assert_int_equal(bef_ruler_fit(&ruler, "été", 2), 3);
	assert_int_equal((int)bef_ruler_measure(&ruler, "été", 5), 3);
}

static void test_a_cut_character_ends_nothing(void **state)
{
	size_t len;

	(void)state;
	assert_int_equal(bef_char_at("\xc3", &len), 0xfffd);
	assert_int_equal(len, 1);
	assert_int_equal(bef_char_at("\xf0\x9f\x93\x9e", &len), 0x1f4de);
	assert_int_equal(len, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_a_long_word_is_cut_and_loses_nothing),
		cmocka_unit_test(test_hyphens_and_slashes_end_lines_but_dates_do_not),
		cmocka_unit_test(test_french_spaces_hold),
		cmocka_unit_test(test_counts_and_extents),
		cmocka_unit_test(test_a_cut_character_ends_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
