/* SPDX-License-Identifier: EUPL-1.2 */
/* Which way text goes, with a font in which every character is one wide. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bidi.h"

static int width(void *arg, uint32_t c)
{
	(void)arg;
	return bef_bidi_is_mark(c) ? 0 : 1000;
}

static const struct bef_ruler ruler = { width, NULL, 1 };

/* The lines of `text` as they stand on paper, "<" before each that is set from the right, "|" after. */
static const char *paper(const char *text, double room)
{
	static char out[4096];
	char *shaped = bef_bidi_shape(text);
	struct bef_flow flow;
	struct bef_span line;
	size_t len = 0;

	assert_non_null(shaped);
	bef_flow_begin(&flow, shaped);
	for (int guard = 0; flow.next && guard < 100; guard++) {
		char *visual;

		assert_true(bef_flow_line(&flow, &ruler, room, &line));
		visual = bef_bidi_visual(&line);
		assert_non_null(visual);
		len += (size_t)snprintf(out + len, sizeof(out) - len, "%s%s|", line.rtl ? "<" : "", visual);
		free(visual);
	}
	bef_flow_end(&flow);
	free(shaped);
	return out;
}

static void test_what_goes_from_left_to_right_is_left_alone(void **state)
{
	(void)state;
	assert_string_equal(paper("", 9), "|");
	assert_string_equal(paper("l’été (a) → [b]", 99), "l’été (a) → [b]|");
	assert_string_equal(paper("un deux\n\ntrois", 4), "un|deux||troi|s|");
	assert_string_equal(paper("un\u200b\u200e\ufeffdeux", 99), "undeux|"); /* no mark is shown */
}

static void test_hebrew_is_turned_by_paragraph_and_line(void **state)
{
	(void)state;
	assert_string_equal(paper("אבג דהו", 99), "<והד גבא|");
	assert_string_equal(paper("אבג דהו", 3), "<גבא|<והד|");        /* the first word on the first line */
	assert_string_equal(paper("abc אבג דהו", 99), "abc והד גבא|"); /* the first strong letter decides */
	assert_string_equal(paper("abc אבג דהו", 7), "abc גבא|והד|");
	assert_string_equal(paper("אב\nabc\n12", 99), "<בא|abc|12|"); /* for its own paragraph */
	assert_string_equal(paper("אבג abc דהו", 99), "<והד abc גבא|");
	assert_string_equal(paper("אבג abc דהו", 8), "<abc גבא|<והד|");
}

static void test_numbers_keep_their_way_and_brackets_are_mirrored(void **state)
{
	(void)state;
	assert_string_equal(paper("אב 12:30 גד", 99), "<דג 12:30 בא|");
	assert_string_equal(paper("אב (גד).", 99), "<.(דג) בא|");
	assert_string_equal(paper("א «ב» [c]", 99), "<[c] «ב» א|");
	assert_string_equal(paper("see (אב)", 99), "see (בא)|");
	/* A vowel stands before its letter: that is how the font draws it over. */
	assert_string_equal(paper("אָב", 99), "<ב\u05b8א|");
}

static void test_arabic_joins(void **state)
{
	(void)state;
	/* Beh at the beginning, in the middle, at the end; dal joins nothing after it. */
	assert_string_equal(paper("ببب دب", 99), "<\ufe8f\ufea9 \ufe90\ufe92\ufe91|");
	assert_string_equal(paper("ب", 99), "<\ufe8f|");
	/* Lam-alef is one form, with a mark before it that stands for the alef. */
	assert_string_equal(paper("لا", 99), "<\u200f\ufefb|");
	assert_string_equal(paper("بلأ", 99), "<\u200d\ufef8\ufe91|");
	/* A line end does not part letters that join. */
	assert_string_equal(paper("ببب", 2), "<\ufe92\ufe91|<\ufe90|");
}

static void test_forms_are_read_back_as_letters(void **state)
{
	(void)state;
	assert_int_equal(bef_bidi_letter('a'), 'a');
	assert_int_equal(bef_bidi_letter(0x5d0), 0x5d0);
	assert_int_equal(bef_bidi_letter(0xfb01), 0xfb01); /* Latin */
	for (uint32_t form = 0xfe8f; form <= 0xfe92; form++)
		assert_int_equal(bef_bidi_letter(form), 0x628);
	assert_int_equal(bef_bidi_letter(0xfb56), 0x67e); /* Persian peh */
	assert_int_equal(bef_bidi_letter(0xfefb), 0x644);
	assert_int_equal(bef_bidi_letter(0x200f), 0x627);
	assert_int_equal(bef_bidi_letter(0xfef8), 0x644);
	assert_int_equal(bef_bidi_letter(0x200d), 0x623);
}

/* More than is looked at at once, and a line of marks that takes no room at all. */
static void test_long_paragraphs_and_endless_lines(void **state)
{
	size_t many = BEF_BIDI_MOST + 1000, lines = 0, letters = 0;
	char *text = malloc(3 * many + 8), *to = stpcpy(text, "א"), *shaped;
	struct bef_flow flow;
	struct bef_span line;

	(void)state;
	for (size_t i = 0; i < many; i++)
		to = stpcpy(to, i % 50 == 49 ? " " : i % 100 < 50 ? "ב" : "a");
	shaped = bef_bidi_shape(text);
	assert_string_equal(shaped, text);
	bef_flow_begin(&flow, shaped);
	while (flow.next) {
		assert_true(bef_flow_line(&flow, &ruler, 60, &line));
		assert_true(line.rtl);
		assert_non_null(line.levels);
		lines++;
		letters += line.len;
	}
	bef_flow_end(&flow);
	free(shaped);
	assert_true(lines >= many / 60 && letters > many);

	to = stpcpy(text, "א");
	for (size_t i = 0; i < many; i++)
		to = stpcpy(to, "\u200f");
	bef_flow_begin(&flow, text);
	assert_true(bef_flow_line(&flow, &ruler, 60, &line));
	assert_null(flow.next);
	assert_null(line.levels);
	bef_flow_end(&flow);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_goes_from_left_to_right_is_left_alone),
		cmocka_unit_test(test_hebrew_is_turned_by_paragraph_and_line),
		cmocka_unit_test(test_numbers_keep_their_way_and_brackets_are_mirrored),
		cmocka_unit_test(test_arabic_joins),
		cmocka_unit_test(test_forms_are_read_back_as_letters),
		cmocka_unit_test(test_long_paragraphs_and_endless_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
