/* SPDX-License-Identifier: EUPL-1.2 */
/* The telephone's alphabet, what stands for the other letters, and what fits. */
#include "unit.h"

#include "alert/sms.h"
#include "alerts.h"

static void letters_outside_the_alphabet_are_replaced(void **state)
{
	static const char *const rows[][2] = {
		{ "é è à ù ì ò É Ç Ä Ö Ü ä ö ü ñ", "é è à ù ì ò É Ç Ä Ö Ü ä ö ü ñ" },
		{ "ça, forêt, âge, île, rôle, flûte, Noël, naïf", "ca, foret, age, ile, role, flute, Noel, naif" },
		{ "À ÊTRE Œuvre cœur", "A ETRE OEuvre coeur" },
		{ "« l’été » – “non”… 5\u00a0%", "\" l'été \" - \"non\"... 5 %" },
		{ "e\u0301te\u0302", "ete" },
		{ "12 €", "12 €" },
		{ "a\nb\tc", "a b c" },
		{ "feu 🚒!", "feu ?!" },
		{ "日本", "??" },
		{ "`x`", "'x'" },
		{ "\xff", "?" },
		{ "{a}[b]~^|\\_@$", "{a}[b]~^|\\_@$" },
		{ "ΔΩ", "ΔΩ" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		BEF_AUTO(text) out = { .max = 300 };

		bef_sms_put(&out, rows[i][0], BEF_SMS_ONE);
		must(strcmp(bef_text_str(&out), rows[i][1]) == 0, "row %zu: %s", i, bef_text_str(&out));
		must(bef_sms_size(bef_text_str(&out)) <= BEF_SMS_ONE, "row %zu", i);
	}
}

static void septets_are_counted(void **state)
{
	(void)state;
	assert_int_equal(bef_sms_size(""), 0);
	assert_int_equal(bef_sms_size("abcé"), 4);
	assert_int_equal(bef_sms_size("[]{}~^|\\€"), 18);
	assert_int_equal(bef_sms_size("ê"), SIZE_MAX);
	assert_int_equal(bef_sms_size("\xff"), SIZE_MAX);
}

/* At every length, of letters that cost one, two and three. */
static void a_long_text_is_cut_within_its_room(void **state)
{
	struct dice dice = { unit_seed() };

	(void)state;
	for (int i = 0; i < 2000; i++) {
		static const char *const letters[] = { "a", "é", "[", "€", "œ", "…", " ", "🚒", "\xc3", "\n" };
		BEF_AUTO(text) text = { .max = 4000 };
		BEF_AUTO(text) out = { .max = 4000 };
		size_t max = dice_below(&dice, 200);

		for (size_t n = dice_below(&dice, 300); n > 0; n--)
			bef_text_puts(&text, letters[dice_below(&dice, ROWS(letters))]);
		bef_sms_put(&out, bef_text_str(&text), max);
		must(bef_sms_size(bef_text_str(&out)) <= max, "seed %d, row %d", (int)unit_seed(), i);
		must(text.len < 400 || max < 10 || bef_sms_size(bef_text_str(&out)) + 3 >= max, "seed %d, row %d",
		     (int)unit_seed(), i);
	}
}

static void an_alarm_keeps_room_for_its_sentence(void **state)
{
	BEF_AUTO_ALERTS a = { .c.ref = NULL };
	BEF_AUTO(text) out = { .max = 1000 };
	struct bef_err err;
	char title[2000];

	(void)state;
	memset(title, 't', sizeof(title));
	title[sizeof(title) - 1] = '\0';
	alerts_case(&a.c);
	a.c.drill = true;
	assert_ok(alerts_write(&a, bef_alarm_kind_find("crisis"), title, "Ne rallumez rien.", &err), err);
	assert_ok(alerts_read(&a, BEF_FR, BEF_REACH_FULL, &err), err);
	assert_ok(bef_sms_alarm(&a.alarm, BEF_SMS_ONE, &out, &err), err);
	must(strncmp(out.data, "[EXERCICE] [CRISE] INC-2026-001 #7 ttt", 38) == 0, "%s", out.data);
	must(strstr(out.data, "... - Ne rallumez rien.") != NULL, "%s", out.data);
	assert_true(bef_sms_size(out.data) <= BEF_SMS_ONE);
}

UNIT_MAIN(unit(letters_outside_the_alphabet_are_replaced), unit(septets_are_counted),
          unit(a_long_text_is_cut_within_its_room), unit(an_alarm_keeps_room_for_its_sentence))
