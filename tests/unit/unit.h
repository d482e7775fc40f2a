/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * What the unit tests share: checks that show the error's own words, a
 * repeatable source of chance, and builders of entries by posts whose keys,
 * clocks and random numbers are fixed.
 *
 * build/debug/unit/test_text '*untouched*' runs the tests that match.
 * UNIT_SEED=n starts the properties at another seed; a failure prints its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/json.h"
#include "model/entry.h"
#include "model/journal.h"

#define ROWS(table) (sizeof(table) / sizeof(*(table)))

#define assert_rc(rc, expected, err)                                                           \
	do {                                                                                   \
		enum bef_rc unit_rc = (rc);                                                    \
		if (unit_rc != (expected))                                                     \
			fail_msg("%s: %d instead of %d: %s", #rc, unit_rc, (expected),         \
			         unit_rc ? (err).msg : "");                                    \
	} while (0)
#define assert_ok(rc, err) assert_rc(rc, BEF_OK, err)

/* Like assert_true(), with words: what row, what seed. */
#define must(condition, ...)                                                                   \
	do {                                                                                   \
		if (!(condition)) {                                                            \
			print_error("%s: ", #condition);                                       \
			fail_msg(__VA_ARGS__);                                                 \
		}                                                                              \
	} while (0)

/* UNIT_MAIN(unit(a_sentence), unit(another_sentence)) */
#define unit(name) cmocka_unit_test(name)
#define UNIT_MAIN(...)                                                                         \
	int main(int argc, char **argv)                                                        \
	{                                                                                      \
		static const struct CMUnitTest tests[] = { __VA_ARGS__ };                      \
		struct bef_err err;                                                            \
                                                                                               \
		if (bef_crypto_init(&err) != BEF_OK)                                           \
			return 1;                                                              \
		if (argc > 1)                                                                  \
			cmocka_set_test_filter(argv[1]);                                       \
		return cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL) != 0;          \
	}

/* --- chance ------------------------------------------------------------------ */

struct dice {
	uint64_t state;
};

/* splitmix64 */
static inline uint64_t dice_next(struct dice *dice)
{
	uint64_t z = dice->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* From 0 to n - 1. */
static inline size_t dice_below(struct dice *dice, size_t n)
{
	return (size_t)(dice_next(dice) % n);
}

static inline bool dice_chance(struct dice *dice, unsigned percent)
{
	return dice_below(dice, 100) < percent;
}

static inline void dice_bytes(struct dice *dice, void *out, size_t len)
{
	for (size_t i = 0; i < len; i++)
		((uint8_t *)out)[i] = (uint8_t)dice_next(dice);
}

static inline uint64_t unit_seed(void)
{
	const char *seed = getenv("UNIT_SEED");

	return seed ? strtoull(seed, NULL, 10) : 1;
}

/* One to four small changes: a byte replaced, removed, doubled, or a piece copied elsewhere.
 * `data` has room for `room` bytes; returns the new length. */
static inline size_t dice_mutate(struct dice *dice, char *data, size_t len, size_t room)
{
	static const char spice[] = "\"\\{}[],:0123456789-+.eE \t\n\x00\x7f\x80\xc3\xa9\xed\xa0\xf4\xff/ahzT";

	for (size_t n = 1 + dice_below(dice, 4); n > 0 && len > 1; n--) {
		size_t at = dice_below(dice, len);

		switch (dice_below(dice, 5)) {
		case 0:
			data[at] = (char)dice_next(dice);
			break;
		case 1:
			data[at] = spice[dice_below(dice, sizeof(spice) - 1)];
			break;
		case 2:
			memmove(data + at, data + at + 1, len - at - 1);
			len--;
			break;
		case 3:
			if (len >= room)
				break;
			memmove(data + at + 1, data + at, len - at);
			data[at] = spice[dice_below(dice, sizeof(spice) - 1)];
			len++;
			break;
		default: {
			size_t piece = 1 + dice_below(dice, len - at < 40 ? len - at : 40);
			size_t to = dice_below(dice, len - piece + 1);

			memmove(data + to, data + at, piece);
		}
		}
	}
	return len;
}

/* --- entries ----------------------------------------------------------------- */

#define UNIT_ZONE "Europe/Paris"
#define UNIT_NOW INT64_C(1762146600000) /* Monday 3 November 2025, 06:10:00 in Paris */

/* A post: number 0, 1, 2... each with its own key and author. */
static inline struct bef_pen unit_pen(int number)
{
	struct bef_pen pen = { .zone = UNIT_ZONE, .now_ms = UNIT_NOW };
	uint8_t seed[BEF_SEED_SIZE] = { 0 };

	seed[0] = (uint8_t)(number + 1);
	bef_keypair_from_seed(seed, &pen.key);
	snprintf(pen.author, sizeof(pen.author), "post%d", number);
	if (number % 2)
		snprintf(pen.role, sizeof(pen.role), "scribe");
	return pen;
}

static inline struct bef_uuid unit_log(void)
{
	struct bef_uuid log = { { 0x01, 0x9a, 0x48, 0x11, 0, 0, 0x70, 1, 0x80, 2, 3, 4, 5, 6, 7, 8 } };

	return log;
}

/* JSON written with single quotes. */
static inline json_t *unit_json(const char *text)
{
	char *copy = strdup(text);
	struct bef_err err;
	json_t *value = NULL;

	for (char *c = copy; *c; c++)
		*c = *c == '\'' ? '"' : *c;
	assert_ok(bef_json_load(copy, strlen(copy), &value, &err), err);
	free(copy);
	return value;
}

struct unit_note {
	const char *kind;
	json_t *body; /* taken */
	const struct bef_hash *parents;
	unsigned parent_count;
	int64_t happened_at_ms;
};

/* What uid and salt are made of; a property sets it to start its seed afresh. */
static uint64_t unit_drawn;

/* Seal it, add it to `journal` (unless NULL), tell its id. */
static inline void unit_add(struct bef_journal *journal, const struct bef_pen *pen,
                            const struct unit_note *note, struct bef_hash *out_id)
{
	struct bef_hash parents[BEF_PARENTS_MOST];
	struct bef_uuid log = unit_log();
	struct bef_sealing what = {
		.kind = note->kind,
		.log = &log,
		.parents = parents,
		.parent_count = note->parent_count,
		.happened_at_ms = note->happened_at_ms,
		.body = note->body,
	};
	struct bef_entry entry;
	struct bef_text header;
	struct bef_text body;
	struct bef_err err;

	if (note->parent_count)
		memcpy(parents, note->parents, note->parent_count * sizeof(*parents));
	unit_drawn++;
	bef_uuid_v7(pen->now_ms, &what.uid);
	memset(what.uid.byte + 6, 0, 10);
	memcpy(what.uid.byte + 9, &unit_drawn, 7);
	what.uid.byte[6] = 0x70;
	what.uid.byte[8] = 0x80;
	memcpy(what.salt, &unit_drawn, sizeof(unit_drawn));
	assert_ok(bef_entry_seal(pen, &what, &header, &body, &entry, &err), err);
	if (journal)
		assert_ok(bef_journal_add(journal, &entry, &err), err);
	*out_id = entry.id;
	bef_text_clear(&header);
	bef_text_clear(&body);
	json_decref(note->body);
}

/* A journal by one post, each entry following the last, a minute apart. */
struct unit_story {
	struct bef_journal journal;
	struct bef_pen pen;
	struct bef_hash last;
};

static inline void unit_story_start(struct unit_story *story)
{
	*story = (struct unit_story){ .pen = unit_pen(0) };
}

/* Gives the id in hexadecimal; takes `body`. */
static inline void unit_tell_body(struct unit_story *story, char out_id[BEF_HASH_HEX], const char *kind, json_t *body)
{
	struct unit_note note = { .kind = kind, .parents = &story->last, .body = body };

	note.parent_count = story->journal.count > 0;
	unit_add(&story->journal, &story->pen, &note, &story->last);
	story->pen.now_ms += 60000;
	if (out_id)
		bef_hex(story->last.byte, sizeof(story->last.byte), out_id);
}

/* `body` is JSON with single quotes, and printf's. */
static inline void unit_tell(struct unit_story *story, char out_id[BEF_HASH_HEX], const char *kind,
                             const char *body, ...) BEF_PRINTF(4, 5);
static inline void unit_tell(struct unit_story *story, char out_id[BEF_HASH_HEX], const char *kind,
                             const char *body, ...)
{
	char text[2000];
	va_list args;

	va_start(args, body);
	vsnprintf(text, sizeof(text), body, args);
	va_end(args);
	unit_tell_body(story, out_id, kind, unit_json(text));
}

#define UNIT_OPENING                                                                           \
	"{'ref':'INC-2025-001','title':'écran de rançon','type':'ransomware','severity':'3',"  \
	"'tlp':'amber','zone':'" UNIT_ZONE "'}"
