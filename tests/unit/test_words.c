/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/words.h"

#include "base/text.h"
#include "model/due.h"

#include "unit.h"

static const struct bef_words *const lists[] = {
	&bef_severities, &bef_tlps, &bef_types, &bef_phases, &bef_states, &bef_note_sorts, &bef_action_states,
	&bef_priorities, &bef_roles, &bef_alert_levels, &bef_run_marks, &bef_calcs, &bef_observable_types,
	&bef_observable_states, &bef_paps, &bef_asset_types, &bef_asset_states, &bef_criticalities,
};

static const char *parsed(const struct bef_words *words, const char *typed)
{
	const struct bef_word *row = NULL;
	struct bef_err err;

	return bef_word_parse(words, typed, &row, &err) == BEF_OK ? row->name : NULL;
}

static void must_mean(const struct bef_words *words, const char *typed, const char *name)
{
	const char *meant = parsed(words, typed);

	must(meant && strcmp(meant, name) == 0, "%s: '%s' means '%s', not '%s'", words->what, typed, meant,
	     name);
}

static void every_word_means_its_own_row_whatever_the_language(void **state)
{
	(void)state;
	for (size_t l = 0; l < ROWS(lists); l++)
		for (const struct bef_word *row = lists[l]->row; row->name; row++)
			for (int lang = 0; lang < BEF_LANG_COUNT; lang++) {
				char *also = strdup(row->also ? row->also : "");
				char *rest = also;
				char *word;

				bef_lang_set((enum bef_lang)lang);
				must_mean(lists[l], row->name, row->name);
				must_mean(lists[l], row->label, row->name);
				must_mean(lists[l], bef_word_label(lists[l], row->name), row->name);
				while ((word = strsep(&rest, ",")) != NULL)
					if (*word)
						must_mean(lists[l], word, row->name);
				assert_ptr_equal(bef_word_find(lists[l], row->name), row);
				assert_int_equal(bef_word_index(lists[l], row->name), row - lists[l]->row);
				free(also);
			}
	bef_lang_set(BEF_EN);
}

static void further_words_are_folded_already(void **state)
{
	(void)state;
	for (size_t l = 0; l < ROWS(lists); l++)
		for (const struct bef_word *row = lists[l]->row; row->name; row++) {
			char folded[200];

			bef_fold(row->name, folded, sizeof(folded));
			assert_string_equal(folded, row->name);
			if (!row->also)
				continue;
			bef_fold(row->also, folded, sizeof(folded));
			assert_string_equal(folded, row->also);
			must(row->also[0] != ',' && !strstr(row->also, ",,") &&
			     row->also[strlen(row->also) - 1] != ',' &&
			     !strchr(row->also, ' '), "'%s'", row->also);
		}
}

static void words_are_taken_with_accents_and_capitals(void **state)
{
	static const struct { const struct bef_words *words; const char *typed, *name; } rows[] = {
		{ &bef_severities, "Majeure", "3" }, { &bef_severities, "CRITIQUE", "4" },
		{ &bef_severities, "2", "2" },
		{ &bef_tlps, "Rouge", "red" }, { &bef_tlps, "TLP:AMBER+STRICT", "amber+strict" },
		{ &bef_tlps, "Tlp:Red", "red" },
		{ &bef_types, "Rançon", "ransomware" }, { &bef_types, "Hameçonnage", "phishing" },
		{ &bef_types, "écoute", "sniffing" }, { &bef_types, "data leak", "data-leak" },
		{ &bef_types, "?", "undetermined" },
		{ &bef_types, "fraude au virement", "wire-fraud" }, { &bef_types, "Faux virement", "wire-fraud" },
		{ &bef_types, "fraude au président", "wire-fraud" }, { &bef_types, "faux RIB", "wire-fraud" },
		{ &bef_types, "Faux ordre de virement", "wire-fraud" }, { &bef_types, "fuite donnees", "data-leak" },
		{ &bef_phases, "Éviction", "eradication" }, { &bef_states, "crise", "crisis" },
		{ &bef_note_sorts, "hypothèse", "hypothesis" },
		{ &bef_note_sorts, "RAS", "nothing-to-report" }, { &bef_roles, "Métiers", "business" },
		{ &bef_roles, "DPO", "legal" },
		{ &bef_run_marks, "échec", "failed" }, { &bef_run_marks, "passée", "skipped" },
		{ &bef_priorities, "P0", "0" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++)
		must_mean(rows[i].words, rows[i].typed, rows[i].name);
}

static void other_words_are_refused_with_the_list(void **state)
{
	static const char *const typed[] = {
		"", " ", ",", "no such word", "minor,mineure", "mineure,anomalie", "minor,", ",minor", "5",
		"-1", "\xff", "%s",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	};

	(void)state;
	for (size_t i = 0; i < ROWS(typed); i++) {
		const struct bef_word *row = NULL;
		struct bef_err err;

		must(bef_word_parse(&bef_severities, typed[i], &row, &err) == BEF_USAGE, "'%s' means '%s'",
		     typed[i],
		     row ? row->name : "?");
		assert_null(row);
		assert_non_null(strstr(err.msg, "severity"));
		assert_string_equal(err.hint, "one of: 1, 2, 3, 4");
		assert_int_equal(bef_word_parse(&bef_types, typed[i], &row, NULL), BEF_USAGE);
	}
}

static void the_hint_of_a_long_list_is_cut_between_words(void **state)
{
	const struct bef_word *row;
	struct bef_err err;
	const char *last;

	(void)state;
	assert_rc(bef_word_parse(&bef_types, "no such word", &row, &err), BEF_USAGE, err);
	last = strrchr(err.hint, ' ') + 1;
	must(bef_word_find(&bef_types, last), "%s", err.hint);
}

static void a_stored_word_that_is_not_known_is_shown_as_it_is(void **state)
{
	(void)state;
	assert_string_equal(bef_word_label(&bef_types, "from-a-newer-version"), "from-a-newer-version");
	assert_string_equal(bef_word_label(&bef_types, NULL), "");
	assert_null(bef_word_find(&bef_types, NULL));
	assert_null(bef_word_find(&bef_types, "RANSOMWARE"));
	assert_int_equal(bef_word_index(&bef_types, "x"), -1);
}

static void a_step_has_two_phases_that_an_incident_has_not(void **state)
{
	(void)state;
	bef_lang_set(BEF_FR);
	assert_string_equal(bef_step_phase_label("legal"), "Juridique");
	assert_string_equal(bef_step_phase_label("communication"), "Communication");
	assert_string_equal(bef_step_phase_label("lessons"), bef_word_label(&bef_phases, "lessons"));
	assert_string_equal(bef_step_phase_label("no such"), "no such");
	bef_lang_set(BEF_EN);
	assert_null(parsed(&bef_phases, "legal"));
	assert_null(parsed(&bef_phases, "communication"));
}

UNIT_MAIN(unit(every_word_means_its_own_row_whatever_the_language), unit(further_words_are_folded_already),
          unit(words_are_taken_with_accents_and_capitals), unit(other_words_are_refused_with_the_list),
          unit(the_hint_of_a_long_list_is_cut_between_words),
          unit(a_stored_word_that_is_not_known_is_shown_as_it_is),
          unit(a_step_has_two_phases_that_an_incident_has_not))
