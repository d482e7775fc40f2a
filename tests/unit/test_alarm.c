/* SPDX-License-Identifier: EUPL-1.2 */
/* An alarm written and read again, what it says, and how far a marking lets it go. */
#include "unit.h"

#include "alerts.h"

static void start(struct alerts *a, const char *kind, enum bef_lang lang)
{
	struct bef_err err;

	alerts_case(&a->c);
	assert_ok(alerts_write(a, bef_alarm_kind_find(kind), NULL, NULL, &err), err);
	assert_ok(alerts_read(a, lang, BEF_REACH_FULL, &err), err);
}

static void says(void (*say)(const struct bef_alarm *, struct bef_text *), const struct alerts *a, const char *expected)
{
	BEF_AUTO(text) out = { .max = 4096 };

	say(&a->alarm, &out);
	assert_string_equal(bef_text_str(&out), expected);
}

static void kinds_have_names_in_both_languages(void **state)
{
	size_t count = 0;

	(void)state;
	for (const struct bef_alarm_kind *kind = bef_alarm_kinds; kind->name; kind++, count++) {
		assert_ptr_equal(bef_alarm_kind_find(kind->name), kind);
		assert_ptr_equal(bef_alarm_kind_find(kind->fr), kind);
		must(strspn(kind->type, "abcdefghijklmnopqrstuvwxyz._") == strlen(kind->type), "%s", kind->type);
		must(kind->life_h > 0, "%s", kind->name);
		bef_lang_set(BEF_FR);
		must(bef_utf8_check(tr(kind->mark), strlen(tr(kind->mark))) == strlen(tr(kind->mark)), "%s", kind->name);
		bef_lang_set(BEF_EN);
	}
	assert_int_equal(count, 13);
	assert_true(count <= BEF_KINDS_MOST);
	assert_ptr_equal(bef_alarm_kind_find("Échéance"), bef_alarm_kind_find("deadline"));
	assert_null(bef_alarm_kind_find("nothing"));
	assert_null(bef_alarm_kind_find(""));
}

static void what_is_written_is_read_again(void **state)
{
	BEF_AUTO_ALERTS a = { .c.ref = NULL };

	(void)state;
	start(&a, "crisis", BEF_EN);
	assert_string_equal(a.alarm.ref, "INC-2026-001");
	assert_string_equal(a.alarm.title, "Fichiers chiffrés à l'atelier");
	assert_string_equal(a.alarm.zone, "Europe/Paris");
	assert_string_equal(a.alarm.level, "critical");
	assert_string_equal(a.alarm.role, "director");
	assert_string_equal(a.alarm.text, "The crisis is declared. Cell at 16:30, bridge 42.");
	assert_string_equal(a.alarm.kind->name, "crisis");
	assert_int_equal(a.alarm.at_ms, ALERTS_AT_MS);
	assert_int_equal(a.alarm.opened_at_ms, ALERTS_AT_MS - 2 * BEF_HOUR_MS);
	assert_int_equal(a.alarm.seq, 7);
	assert_int_equal(a.alarm.entries, 42);
	assert_false(a.alarm.test || a.alarm.drill);
	start(&a, "crisis", BEF_FR);
	assert_string_equal(a.alarm.text, "La crise est déclarée. Cellule à 16:30, pont 42.");
	/* What somebody typed has one language. */
	start(&a, "message", BEF_EN);
	assert_non_null(strstr(a.alarm.text, "Ne rallumez rien"));
	start(&a, "correction", BEF_FR);
	assert_int_equal(a.alarm.corrects, 6);
}

static void hostile_text_is_tamed_when_it_is_written(void **state)
{
	BEF_AUTO_ALERTS a = { .c.ref = NULL };
	struct bef_err err;

	(void)state;
	alerts_case(&a.c);
	assert_ok(alerts_write(&a, bef_alarm_kind_find("message"), "a\nb\x1b[31m", "x\xff\xe2\x80\xae\xed\xa0\x80y\nz", &err), err);
	assert_ok(alerts_read(&a, BEF_FR, BEF_REACH_FULL, &err), err);
	assert_string_equal(a.alarm.title, "a b\xef\xbf\xbd[31m");
	must(bef_utf8_check(a.alarm.text, strlen(a.alarm.text)) == strlen(a.alarm.text), "%s", a.alarm.text);
	assert_null(strstr(a.alarm.text, "\xe2\x80\xae"));
	assert_non_null(strstr(a.alarm.text, "y\nz"));
}

/* Whatever the bytes, a reader gets what was written or a refusal. */
static void damaged_bytes_are_refused_or_harmless(void **state)
{
	struct dice dice = { unit_seed() };
	BEF_AUTO_ALERTS a = { .c.ref = NULL };
	size_t refused = 0;

	(void)state;
	start(&a, "crisis", BEF_FR);
	for (int i = 0; i < 3000; i++) {
		struct bef_alarm alarm;
		struct bef_err err;
		char copy[4096];
		size_t len = dice_mutate(&dice, memcpy(copy, a.json.data, a.json.len), a.json.len, sizeof(copy) - 1);
		enum bef_rc rc;

		copy[len] = '\0';
		rc = bef_alarm_read(copy, ALERTS_ID, BEF_FR, &alarm, &err);
		must(rc == BEF_OK || rc == BEF_BROKEN, "seed %d, row %d: %d", (int)unit_seed(), i, rc);
		refused += rc != BEF_OK;
		if (rc == BEF_OK) {
			BEF_AUTO(text) out = { .max = 1 << 16 };

			bef_alarm_title(&alarm, &out);
			bef_alarm_say(&alarm, &out);
			assert_false(out.failed);
			bef_alarm_clear(&alarm);
		}
	}
	assert_true(refused > 500);
}

static void a_title_begins_with_what_matters(void **state)
{
	BEF_AUTO_ALERTS a = { .c.ref = NULL };

	(void)state;
	start(&a, "crisis", BEF_EN);
	says(bef_alarm_title, &a, "[CRISIS] INC-2026-001 #7 Fichiers chiffrés à l'atelier");
	start(&a, "all-clear", BEF_FR);
	says(bef_alarm_title, &a, "[FIN D'ALERTE] INC-2026-001 #7 Fichiers chiffrés à l'atelier");
	a.alarm.drill = true;
	says(bef_alarm_title, &a, "[EXERCICE] [FIN D'ALERTE] INC-2026-001 #7 Fichiers chiffrés à l'atelier");
	a.alarm.test = true;
	says(bef_alarm_title, &a, "[ESSAI] [FIN D'ALERTE] INC-2026-001 #7 Fichiers chiffrés à l'atelier");
	a.alarm.test = false;
	a.alarm.reach = BEF_REACH_REDUCED;
	says(bef_alarm_title, &a, "[EXERCICE] [FIN D'ALERTE] INC-2026-001 #7");
	a.alarm.reach = BEF_REACH_THIN;
	says(bef_alarm_title, &a, "[EXERCICE] INC-2026-001 #7");
	start(&a, "test", BEF_EN);
	says(bef_alarm_title, &a, "[TEST] INC-2026-001 #7 Fichiers chiffrés à l'atelier");
	assert_int_equal(bef_lang(), BEF_EN);
}

static void the_sentence_tells_what_the_reach_allows(void **state)
{
	BEF_AUTO_ALERTS a = { .c.ref = NULL };

	(void)state;
	start(&a, "correction", BEF_EN);
	says(bef_alarm_say, &a, "Corrects alert #6. The bridge is 43, not 42.");
	a.alarm.reach = BEF_REACH_REDUCED;
	a.alarm.corrects = 0;
	says(bef_alarm_say, &a, "Severity 3 (major incident), 21/11/2026 16:00 (UTC+1). The rest is in beffroi.");
	a.alarm.reach = BEF_REACH_THIN;
	says(bef_alarm_say, &a, "Something new in INC-2026-001: look in beffroi.");
	start(&a, "test", BEF_FR);
	a.alarm.reach = BEF_REACH_THIN;
	says(bef_alarm_say, &a, "Ceci est un essai : il n'y a rien à faire.");
}

static void a_repeat_and_a_delay_are_told_first(void **state)
{
	BEF_AUTO_ALERTS a = { .c.ref = NULL };

	(void)state;
	start(&a, "correction", BEF_FR);
	a.alarm.corrects = 0;
	a.alarm.again = true;
	says(bef_alarm_say, &a, "(renvoi, doublon possible) Le pont est le 43, non le 42.");
	a.alarm.again = false;
	a.alarm.now_ms = a.alarm.at_ms + 30 * BEF_MINUTE_MS;
	says(bef_alarm_say, &a, "Le pont est le 43, non le 42.");
	a.alarm.now_ms += 1000;
	says(bef_alarm_say, &a, "(émis à 16:00, envoyé à 16:30) Le pont est le 43, non le 42.");
	a.alarm.now_ms = a.alarm.at_ms + 9 * BEF_HOUR_MS;
	says(bef_alarm_say, &a, "(émis le 21/11/2026 16:00 (UTC+1)) Le pont est le 43, non le 42.");
}

static void the_tone_follows_kind_and_level(void **state)
{
	static const struct {
		const char *kind, *level;
		bool test;
		enum bef_tone tone;
	} rows[] = {
		{ "crisis", "critical", false, BEF_TONE_CRISIS },  { "opened", "urgent", false, BEF_TONE_MAJOR },
		{ "opened", "info", false, BEF_TONE_INFO },        { "all-clear", "critical", false, BEF_TONE_CLEAR },
		{ "overdue", "urgent", false, BEF_TONE_MINOR },    { "review", "info", false, BEF_TONE_MINOR },
		{ "overdue", "critical", false, BEF_TONE_CRISIS }, { "crisis", "critical", true, BEF_TONE_INFO },
		{ "test", "critical", false, BEF_TONE_INFO },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct bef_alarm alarm = { .kind = bef_alarm_kind_find(rows[i].kind), .level = rows[i].level,
			                   .test = rows[i].test };

		must(bef_alarm_tone(&alarm) == rows[i].tone, "row %zu", i);
	}
}

static void facts_are_dropped_with_the_reach(void **state)
{
	BEF_AUTO_ALERTS a = { .c.ref = NULL };
	struct bef_alarm_fact facts[BEF_ALARM_FACTS];

	(void)state;
	start(&a, "crisis", BEF_FR);
	assert_int_equal(bef_alarm_facts(&a.alarm, facts), BEF_ALARM_FACTS);
	assert_string_equal(facts[0].name, "severity");
	assert_string_equal(facts[0].label, "Gravité");
	assert_string_equal(facts[0].value, "3 (incident majeur)");
	a.alarm.reach = BEF_REACH_REDUCED;
	assert_int_equal(bef_alarm_facts(&a.alarm, facts), 3);
	assert_string_equal(facts[1].value, "21/11/2026 16:00 (UTC+1)");
	a.alarm.reach = BEF_REACH_THIN;
	assert_int_equal(bef_alarm_facts(&a.alarm, facts), 1);
	assert_string_equal(facts[0].value, "TLP:AMBER");
}

/* Full, reduced, thin, none for clear, green, amber, amber+strict, red. */
static void a_marking_bounds_what_a_place_is_told(void **state)
{
	static const char *const tlps[] = { "clear", "green", "amber", "amber+strict", "red", "purple" };
	static const struct {
		enum bef_audience audience;
		const char *max_tlp;
		bool red_ping;
		const char *reaches;
	} rows[] = {
		{ BEF_AUDIENCE_THIRD_PARTY, "", false, "FFRTNN" },  { BEF_AUDIENCE_THIRD_PARTY, "", true, "FFRTTT" },
		{ BEF_AUDIENCE_ORGANISATION, "", false, "FFFFTT" }, { BEF_AUDIENCE_PERSONS, "", false, "FFFFFF" },
		{ BEF_AUDIENCE_E2EE, "", false, "FFFFFF" },         { BEF_AUDIENCE_E2EE, "green", false, "FFTTNN" },
		{ BEF_AUDIENCE_PERSONS, "amber", true, "FFFTTT" },  { BEF_AUDIENCE_THIRD_PARTY, "clear", false, "FTTTNN" },
		{ BEF_AUDIENCE_ORGANISATION, "amber+strict", false, "FFFFNN" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct bef_destination d = { .audience = rows[i].audience, .red_ping = rows[i].red_ping };

		snprintf(d.max_tlp, sizeof(d.max_tlp), "%s", rows[i].max_tlp);
		for (size_t t = 0; t < ROWS(tlps); t++)
			must("NTRF"[bef_destination_reach(&d, tlps[t])] == rows[i].reaches[t], "row %zu, %s", i, tlps[t]);
		assert_int_equal(bef_destination_reach(&d, NULL), bef_destination_reach(&d, "red"));
	}
}

UNIT_MAIN(unit(kinds_have_names_in_both_languages), unit(what_is_written_is_read_again),
          unit(hostile_text_is_tamed_when_it_is_written), unit(damaged_bytes_are_refused_or_harmless),
          unit(a_title_begins_with_what_matters), unit(the_sentence_tells_what_the_reach_allows),
          unit(a_repeat_and_a_delay_are_told_first), unit(the_tone_follows_kind_and_level),
          unit(facts_are_dropped_with_the_reach), unit(a_marking_bounds_what_a_place_is_told))
