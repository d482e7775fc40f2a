/* SPDX-License-Identifier: EUPL-1.2 */
#include "unit.h"

static const char *const names[] = { "BEFFROI_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG" };

static void forget(void)
{
	for (size_t i = 0; i < ROWS(names); i++)
		unsetenv(names[i]);
}

static void the_first_variable_that_is_set_chooses(void **state)
{
	static const struct { const char *value; enum bef_lang lang; } rows[] = {
		{ "fr", BEF_FR }, { "fr_FR.UTF-8", BEF_FR }, { "fr_CA", BEF_FR }, { "FR", BEF_FR },
		{ "french", BEF_FR },
		{ "fr:en", BEF_FR }, { "en", BEF_EN }, { "en_GB.UTF-8", BEF_EN }, { "C", BEF_EN },
		{ "POSIX", BEF_EN },
		{ "C.UTF-8", BEF_EN }, { "de_DE", BEF_EN }, { "f", BEF_EN }, { " fr", BEF_EN },
	};

	(void)state;
	forget();
	assert_true(bef_lang_choose(NULL));
	assert_int_equal(bef_lang(), BEF_EN);
	for (size_t n = 0; n < ROWS(names); n++)
		for (size_t i = 0; i < ROWS(rows); i++) {
			forget();
			for (size_t later = n + 1; later < ROWS(names); later++)
				setenv(names[later], rows[i].lang == BEF_FR ? "en" : "fr", 1);
			for (size_t former = 0; former < n; former++)
				setenv(names[former], "", 1); /* empty is not set */
			setenv(names[n], rows[i].value, 1);
			assert_true(bef_lang_choose(NULL));
			must(bef_lang() == rows[i].lang, "%s=%s", names[n], rows[i].value);
		}
	forget();
}

static void the_option_goes_before_all_and_must_name_a_language(void **state)
{
	static const struct { const char *option; bool known; enum bef_lang lang; } rows[] = {
		{ "fr", true, BEF_FR }, { "FR", true, BEF_FR }, { "en", true, BEF_EN }, { "de", false, BEF_FR },
		{ "", false, BEF_FR }, { "french", false, BEF_FR }, { "fr_FR", false, BEF_FR },
	};

	(void)state;
	setenv("BEFFROI_LANG", "fr", 1);
	for (size_t i = 0; i < ROWS(rows); i++) {
		must(bef_lang_choose(rows[i].option) == rows[i].known, "'%s'", rows[i].option);
		must(bef_lang() == rows[i].lang, "'%s'", rows[i].option);
	}
	forget();
	bef_lang_choose(NULL);
}

static void a_language_is_switched_for_a_while(void **state)
{
	enum bef_lang former;

	(void)state;
	bef_lang_set(BEF_EN);
	former = bef_lang_set(BEF_FR);
	assert_int_equal(former, BEF_EN);
	assert_int_equal(bef_lang_set(former), BEF_FR);
	assert_int_equal(bef_lang(), BEF_EN);
	assert_string_equal(bef_lang_name(BEF_FR), "fr");
	assert_string_equal(bef_lang_name(BEF_EN), "en");
}

static void what_has_no_translation_is_shown_in_english(void **state)
{
	static const char *const texts[] = { "", "a", "no such text in any catalogue", "zzzz", "\x01",
	                                     "%d \xff" };

	(void)state;
	for (int lang = 0; lang < BEF_LANG_COUNT; lang++) {
		bef_lang_set((enum bef_lang)lang);
		for (size_t i = 0; i < ROWS(texts); i++)
			assert_ptr_equal(tr(texts[i]), texts[i]);
		assert_string_equal(trn("%ld xylophone", "%ld xylophones", 1), "%ld xylophone");
		assert_string_equal(trn("%ld xylophone", "%ld xylophones", 2), "%ld xylophones");
		assert_string_equal(trn("%ld xylophone", "%ld xylophones", 0), "%ld xylophones");
	}
	bef_lang_set(BEF_EN);
}

static void english_is_never_translated(void **state)
{
	(void)state;
	bef_lang_set(BEF_EN);
	assert_string_equal(tr("out of memory"), "out of memory");
	assert_string_equal(trn(" after %lld attempt", " after %lld attempts", 1), " after %lld attempt");
	assert_string_equal(trn(" after %lld attempt", " after %lld attempts", 0), " after %lld attempts");
}

UNIT_MAIN(unit(the_first_variable_that_is_set_chooses),
          unit(the_option_goes_before_all_and_must_name_a_language),
          unit(a_language_is_switched_for_a_while), unit(what_has_no_translation_is_shown_in_english),
          unit(english_is_never_translated))
