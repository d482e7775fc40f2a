/* SPDX-License-Identifier: EUPL-1.2 */
/* Known names in free text.  Declared in screen.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "model/entry.h"
#include "model/words.h"
#include "report/screen.h"
#include "report/screening.h"

enum { WORD = BEF_SCREEN_WORD, WORDS_MOST = 12, LABEL = 64 };

struct bef_name {
	char word[WORDS_MOST][WORD]; /* folded */
	int words;
	const char *role;
	bool thing;
	char label[LABEL];
};

/* Where a name begins, or a word of it that is enough by itself. */
struct bef_name_key {
	char word[WORD];
	int name;
	int count;               /* words that must follow each other */
	char rest[WORDS_MOST][WORD];
	bool capital;            /* only when written with one */
};

void bef_names_clear(struct bef_names *names)
{
	free(names->name);
	free(names->key);
	*names = (struct bef_names){ .failed = names->failed };
}

/* --- what is known --- */

/* Words that stand in names and are none. */
static bool is_common(const char *folded)
{
	return bef_word_in_list("madame,monsieur,mme,mlle,mrs,maitre,docteur,doctor,chef,adjudant,capitaine,major,brigadier,"
	                        "commandant,lieutenant,gendarmerie,police,brigade,service,services,societe,company,cabinet,"
	                        "direction,cellule,equipe,team,anssi,cnil,cert,csirt,expert,support,mairie,prestataire,"
	                        "assurance,assurances,assureur,nuit,jour,garde,nationale,national,france,and,the,les,des",
	                        folded);
}

static bool add_key(struct bef_names *names, const struct bef_name_key *key)
{
	struct bef_name_key *more = realloc(names->key, (names->key_count + 1) * sizeof(*more));

	if (!more)
		return !(names->failed = true);
	names->key = more;
	names->key[names->key_count++] = *key;
	return true;
}

static bool holds(const struct bef_name *name, const char *word)
{
	for (int i = 0; i < name->words; i++)
		if (strcmp(name->word[i], word) == 0)
			return true;
	return false;
}

static bool all_in(const struct bef_name *a, const struct bef_name *b)
{
	for (int i = 0; i < a->words; i++)
		if (!holds(b, a->word[i]))
			return false;
	return true;
}

static int same_as(const struct bef_names *names, const struct bef_name *name)
{
	int same = -1;

	for (size_t i = 0; i < names->count; i++)
		if (names->name[i].thing == name->thing && (all_in(name, &names->name[i]) || all_in(&names->name[i], name))) {
			if (same >= 0)
				return (int)i == same ? same : -1;
			same = (int)i;
		}
	return same;
}

/* The person's place in the list, there before or new; -1: no memory. */
static int place(struct bef_names *names, const struct bef_name *name)
{
	int at = same_as(names, name);
	struct bef_name *more;

	if (at >= 0) {
		if (name->words > names->name[at].words) {
			memcpy(names->name[at].word, name->word, sizeof(name->word));
			names->name[at].words = name->words;
		}
		if (!names->name[at].role)
			names->name[at].role = name->role;
		return at;
	}
	more = realloc(names->name, (names->count + 1) * sizeof(*more));
	if (!more) {
		names->failed = true;
		return -1;
	}
	names->name = more;
	names->name[names->count] = *name;
	return (int)names->count++;
}

static bool key_is_known(const struct bef_names *names, const struct bef_name_key *key)
{
	for (size_t i = 0; i < names->key_count; i++)
		if (names->key[i].count == key->count && names->key[i].capital == key->capital &&
		    strcmp(names->key[i].word, key->word) == 0 &&
		    memcmp(names->key[i].rest, key->rest, sizeof(key->rest)) == 0)
			return true;
	return false;
}

/* The name of a function is nobody's. */
static bool is_role(const char *name)
{
	char folded[WORD];

	bef_fold(name, folded, sizeof(folded));
	for (const struct bef_word *row = bef_roles.row; row->name; row++)
		if (strcmp(row->name, folded) == 0 || bef_fold_equal(tr(row->label), folded))
			return true;
	return false;
}

void bef_names_add(struct bef_names *names, const char *text, const char *role, bool thing)
{
	struct bef_name name = { .role = role, .thing = thing };
	struct bef_name_key key = { .count = 0 };
	bool capital[WORDS_MOST];
	bool handle = bef_handle_ok(text);
	struct bef_found word;

	if (is_role(text))
		return;
	for (const char *rest = text; name.words < WORDS_MOST && bef_found_next(rest, &word); rest = word.start + word.len) {
		capital[name.words] = word.capital;
		memcpy(key.rest[name.words], word.folded, WORD);
		memcpy(name.word[name.words++], word.folded, WORD);
	}
	if (name.words == 0)
		return;
	key.count = name.words;
	memcpy(key.word, key.rest[0], WORD);
	if (key_is_known(names, &key) && !role)
		return;
	key.name = place(names, &name);
	if (key.name < 0 || key_is_known(names, &key) || !add_key(names, &key))
		return;
	for (int i = 0; i < name.words && name.words > 1; i++) {
		struct bef_name_key one = { .name = key.name, .count = 1, .capital = !handle };

		memcpy(one.word, name.word[i], WORD);
		memcpy(one.rest[0], name.word[i], WORD);
		if (strlen(one.word) > 2 && (handle || capital[i]) && !is_common(one.word) && !key_is_known(names, &one))
			add_key(names, &one);
	}
}

static int by_word(const void *a_, const void *b_)
{
	const struct bef_name_key *a = a_;
	const struct bef_name_key *b = b_;
	int order = strcmp(a->word, b->word);

	return order ? order : a->count != b->count ? b->count - a->count : a->name - b->name;
}

/* True if one person alone wrote in that role. */
static bool holds_alone(const struct bef_names *names, size_t at)
{
	for (size_t i = 0; i < names->count; i++)
		if (i != at && names->name[i].role && strcmp(names->name[i].role, names->name[at].role) == 0)
			return false;
	return true;
}

void bef_names_seal(struct bef_names *names)
{
	int letter = 0;
	int things = 0;

	for (size_t i = 0; i < names->count; i++) {
		struct bef_name *name = &names->name[i];

		if (name->thing)
			snprintf(name->label, LABEL, tr("destination %d"), ++things);
		else if (name->role && holds_alone(names, i))
			snprintf(name->label, LABEL, "%s", bef_word_label(&bef_roles, name->role));
		else if (letter < 26)
			snprintf(name->label, LABEL, tr("person %c"), 'A' + letter++);
		else
			snprintf(name->label, LABEL, tr("person %d"), ++letter);
	}
	if (names->key_count)
		qsort(names->key, names->key_count, sizeof(*names->key), by_word);
}

int bef_names_persons(const struct bef_names *names)
{
	int persons = 0;

	for (size_t i = 0; i < names->count; i++)
		persons += !names->name[i].thing;
	return persons;
}

/* --- replacing --- */

/* The first key for this word, or NULL. */
static const struct bef_name_key *first_key(const struct bef_names *names, const char *word)
{
	size_t low = 0;
	size_t high = names->key_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(names->key[middle].word, word) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < names->key_count && strcmp(names->key[low].word, word) == 0 ? &names->key[low] : NULL;
}

/* Where the name ends if it stands here, the first word being found; else NULL. */
static const char *match(const struct bef_name_key *key, const struct bef_found *first)
{
	struct bef_found word = *first;

	if (key->capital && !first->capital)
		return NULL;
	for (int i = 1; i < key->count; i++) {
		const char *end = word.start + word.len;

		if (!bef_found_next(end, &word) || word.start - end > 3 || strcmp(word.folded, key->rest[i]) != 0)
			return NULL;
	}
	return word.start + word.len;
}

/* Words of the same name that follow: "Léa" then "Martin" is one person once. */
static const char *swallow(const struct bef_names *names, const struct bef_name *name, const char *end)
{
	struct bef_found word;

	for (const char *from = end; bef_found_next(from, &word) && word.start == from + strspn(from, " .-_'") && holds(name, word.folded);) {
		from = word.start + word.len;
		if (word.capital || first_key(names, word.folded))
			end = from;
	}
	return end;
}

int bef_names_replace(const struct bef_names *names, const char *text, struct bef_text *out)
{
	struct bef_found word;
	int count = 0;

	out->failed = out->failed || names->failed;
	while (bef_found_next(text, &word)) {
		const struct bef_name_key *key = first_key(names, word.folded);
		const char *end = NULL;

		for (; key && !end && key < names->key + names->key_count && strcmp(key->word, word.folded) == 0; key++)
			end = match(key, &word);
		if (end) {
			const struct bef_name *name = &names->name[key[-1].name];

			bef_text_add(out, text, (size_t)(word.start - text));
			bef_text_puts(out, name->label);
			text = swallow(names, name, end);
			count++;
		} else {
			bef_text_add(out, text, (size_t)(word.start + word.len - text));
			text = word.start + word.len;
		}
	}
	bef_text_puts(out, text);
	return count;
}
