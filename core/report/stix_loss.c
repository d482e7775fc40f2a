/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the answers for the CNIL say of the data that were hit.  They are words
 * of people, and a program that reads "not the confidentiality" for
 * confidentiality is worse than one that reads nothing: an answer counts if it
 * says one of the three things and nothing more, a number if it is one.
 */
#include <string.h>

#include "report/stix.h"

enum { LOST_NOTHING = 0, LOST_CONFIDENTIALITY = 1, LOST_INTEGRITY = 2, LOST_AVAILABILITY = 4 };

/* All the words that an answer may be made of, in either language; accents and case are folded. */
static const struct {
	const char *word;
	int means;
} words[] = {
	{ "confidentiality", LOST_CONFIDENTIALITY }, { "confidentialite", LOST_CONFIDENTIALITY },
	{ "integrity", LOST_INTEGRITY }, { "integrite", LOST_INTEGRITY }, { "l'integrite", LOST_INTEGRITY },
	{ "l’integrite", LOST_INTEGRITY }, { "d'integrite", LOST_INTEGRITY }, { "d’integrite", LOST_INTEGRITY },
	{ "availability", LOST_AVAILABILITY }, { "disponibilite", LOST_AVAILABILITY },
	{ "and", LOST_NOTHING }, { "et", LOST_NOTHING }, { "the", LOST_NOTHING }, { "la", LOST_NOTHING },
	{ "loss", LOST_NOTHING }, { "perte", LOST_NOTHING }, { "of", LOST_NOTHING }, { "de", LOST_NOTHING },
};

/* -1: it is none of them. */
static int meaning(const char *word)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (bef_fold_equal(words[i].word, word))
			return words[i].means;
	return -1;
}

/* What the answer says was lost, as bits; 0: nothing that can be relied on. */
static int lost(const char *text)
{
	static const char between[] = " \t\n,;:.+/&()";
	int all = 0;

	for (text += strspn(text, between); *text; text += strspn(text, between)) {
		char word[32];
		size_t len = strcspn(text, between);
		int means;

		if (len >= sizeof(word))
			return 0;
		memcpy(word, text, len);
		word[len] = '\0';
		means = meaning(word);
		if (means < 0)
			return 0;
		all |= means;
		text += len;
	}
	return all;
}

/* A space between thousands: plain, or one of the two that do not break. */
static size_t space_len(const char *text)
{
	static const char *const spaces[] = { " ", "\xc2\xa0", "\xe2\x80\xaf" };

	for (size_t i = 0; i < sizeof(spaces) / sizeof(*spaces); i++)
		if (strncmp(text, spaces[i], strlen(spaces[i])) == 0)
			return strlen(spaces[i]);
	return 0;
}

/* "1200", "1 200"; -1 for "about 1200", "1000-1500" and all else. */
static long number(const char *text)
{
	char digits[16];
	size_t count = 0, group = 0, spaces = 0;

	while (*text) {
		size_t space = space_len(text);

		if (space && (group > 3 || (spaces++ && group != 3)))
			return -1;
		if (space) {
			group = 0;
			text += space;
			continue;
		}
		if (count + 1 >= sizeof(digits))
			return -1;
		digits[count++] = *text++;
		group++;
	}
	digits[count] = '\0';
	return spaces && group != 3 ? -1 : bef_natural(digits, 1000000000);
}

static const char *answer_to(const struct bef_case *c, const char *fact)
{
	const struct bef_answer *answer = bef_case_answer(c, fact);

	return answer && answer->text ? answer->text : "";
}

struct stix_data_loss stix_data_loss_of(const struct bef_case *c)
{
	const struct bef_answer *hit = bef_case_answer(c, "personal-data");
	struct stix_data_loss loss = { .records = -1, .people = -1 };
	int what = 0;

	if (hit && hit->truth == BEF_FALSE)
		loss.none = true;
	if (hit && hit->truth == BEF_TRUE) {
		what = lost(answer_to(c, "cnil-loss"));
		loss.records = number(answer_to(c, "cnil-records"));
		loss.people = number(answer_to(c, "cnil-people-count"));
	}
	loss.confidentiality = what & LOST_CONFIDENTIALITY;
	loss.integrity = what & LOST_INTEGRITY;
	return loss;
}
