/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/screen.h"

#include "unit.h"

static const struct {
	const char *name, *role;
	bool thing;
} known[] = {
	{ "lea", NULL, false },          { "karim", "technical", false },   { "j.dupont", NULL, false },
	{ "Marc Petit", NULL, false },   { "Gendarmerie, M. Durand", NULL, false }, { "Zoé de La Tour", NULL, false },
	{ "the night guard", NULL, false }, { "sms-cellule", NULL, true },  { "عمر الخطيب", NULL, false },
	{ "technical", NULL, false },    { "Şükrü", NULL, false },
};

static void know(struct bef_names *names)
{
	bef_lang_set(BEF_EN);
	*names = (struct bef_names){ .count = 0 };
	for (size_t i = 0; i < ROWS(known); i++)
		bef_names_add(names, known[i].name, known[i].role, known[i].thing);
	bef_names_seal(names);
	assert_false(names->failed);
}

static void names_are_replaced_and_other_words_are_not(void **state)
{
	static const struct {
		const char *text, *expected;
	} rows[] = {
		{ "", "" },
		{ "lea", "person A" },
		{ "Léa, LÉA et Le\xcc\x81" "a", "person A, person A et person A" },
		{ "release, cléa, leaf", "release, cléa, leaf" },
		{ "/home/lea/x", "/home/person A/x" },
		{ "lea@example.org (karim)", "person A@example.org (technical lead)" },
		{ "j.dupont, Dupont, dupont, J. Dupont", "person B, person B, person B, person B" },
		{ "Marc Petit", "person C" },
		{ "Petit ; un petit retard ; PETIT ; marc de café", "person C ; un petit retard ; person C ; marc de café" },
		{ "Marc, puis Petit Marc", "person C, puis person C" },
		{ "Gendarmerie, M. Durand", "person D" },
		{ "la gendarmerie et M. Durand", "la gendarmerie et M. person D" },
		{ "Zoé de La Tour a dit", "person E a dit" },
		{ "de la tour", "de la tour" },
		{ "the night guard called; the night", "person F called; the night" },
		{ "envoyé à sms-cellule", "envoyé à destination 1" },
		{ "قال عمر الخطيب اليوم", "قال person G اليوم" },
		{ "the technical side", "the technical side" },
		{ "Şükrü", "person H" },
	};
	struct bef_names names;

	(void)state;
	know(&names);
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct bef_text out = { .max = 4096 };

		bef_names_replace(&names, rows[i].text, &out);
		must(strcmp(bef_text_str(&out), rows[i].expected) == 0, "'%s' gives '%s'", rows[i].text, bef_text_str(&out));
		bef_text_clear(&out);
	}
	assert_int_equal(bef_names_persons(&names), 9);
	bef_names_clear(&names);
}

static void two_who_hold_one_role_get_letters(void **state)
{
	struct bef_names names = { .count = 0 };
	struct bef_text out = { .max = 4096 };

	(void)state;
	bef_lang_set(BEF_EN);
	bef_names_add(&names, "anne", "director", false);
	bef_names_add(&names, "paul", "director", false);
	bef_names_add(&names, "Anne Martin", NULL, false);
	bef_names_seal(&names);
	bef_names_replace(&names, "anne, Paul, Martin", &out);
	assert_string_equal(bef_text_str(&out), "person A, person B, person A");
	bef_text_clear(&out);
	bef_names_clear(&names);
}

static void details_are_told_by_their_shape(void **state)
{
	static const char *const hidden[] = {
		"10.20.30.40", "10[.]20[.]30[.]40", "10.0.0.0/8", "203.0.113.7:8443", "2001:db8::1", "[2001:db8::1]", "fe80::1%eth0",
		"00:1a:2b:3c:4d:5e", "00-1A-2B-3C-4D-5E", "https://evil.example/a?b=c", "hxxps://evil[.]example", "www.example.org",
		"marc@example.org", "@marc", "vpn.example.fr", "vpn[.]example[.]fr:443", "/var/log/auth.log", "~/secret", "C:\\Users\\marc",
		"\\\\SRV-FIC\\paie", "1:2:3:4:5:6:7:8",
	};
	static const char *const shown[] = {
		"14:05:09", "14:05", "03/11/2025", "03.11.2025", "1200,50", "et/ou", "INC-2025-001", "#12", "fait.", "M.", "v1.2", "a@b",
		"D1", "etc...", "«ici»", "e.g.", "2025-11-03T05:12:00Z", "ransom.txt", "12:30",
	};

	(void)state;
	bef_lang_set(BEF_EN);
	for (size_t i = 0; i < ROWS(hidden); i++) {
		struct bef_text out = { .max = 4096 };
		char text[200];

		snprintf(text, sizeof(text), "vu (%s), ip=%s.", hidden[i], hidden[i]);
		must(bef_details_replace(text, &out) == 2, "'%s' gives '%s'", text, bef_text_str(&out));
		must(!strstr(bef_text_str(&out), hidden[i]), "'%s' gives '%s'", text, bef_text_str(&out));
		bef_text_clear(&out);
	}
	for (size_t i = 0; i < ROWS(shown); i++) {
		struct bef_text out = { .max = 4096 };

		must(bef_details_replace(shown[i], &out) == 0, "'%s' gives '%s'", shown[i], bef_text_str(&out));
		assert_string_equal(bef_text_str(&out), shown[i]);
		bef_text_clear(&out);
	}
}

/* Nothing that was written down is lost, and nothing breaks, whatever the bytes. */
static void any_bytes_pass(void **state)
{
	struct bef_names names;

	(void)state;
	know(&names);
	for (uint64_t seed = unit_seed(); seed < unit_seed() + 3000; seed++) {
		struct dice dice = { seed };
		char text[200] = "Léa a vu 10.0.0.1 et karim, M. Petit (Gendarmerie) /a/b de La Tour \xff";
		size_t len = dice_mutate(&dice, text, strlen(text), sizeof(text) - 1);
		struct bef_text out = { .max = 8192 };
		struct bef_text more = { .max = 8192 };

		text[len] = '\0';
		bef_names_replace(&names, text, &out);
		bef_details_replace(bef_text_str(&out), &more);
		must(!out.failed && !more.failed, "seed %llu", (unsigned long long)seed);
		bef_text_clear(&out);
		bef_text_clear(&more);
	}
	bef_names_clear(&names);
}

UNIT_MAIN(unit(names_are_replaced_and_other_words_are_not), unit(two_who_hold_one_role_get_letters),
          unit(details_are_told_by_their_shape), unit(any_bytes_pass))
