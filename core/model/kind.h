/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * The kinds of entry: one closed list.  Validation, fold, display text, the
 * page 'help formats' and the tests all come from these rows.
 *
 * To add a kind: one row in kinds.def, and its fields, fold and sentence in the
 * kind_*.c of its family.
 */
#include <jansson.h>
#include <stdbool.h>

#include "base/err.h"
#include "base/text.h"
#include "model/words.h"

struct bef_case;
struct bef_line;

enum bef_field_type {
	BEF_FIELD_LINE,  /* one line of at most 500 bytes */
	BEF_FIELD_PROSE, /* text of at most BEF_PROSE_MOST bytes */
	BEF_FIELD_DOC,   /* a document kept whole, within BEF_BODY_MOST */
	BEF_FIELD_INT,
	BEF_FIELD_TIME, /* UTC milliseconds */
	BEF_FIELD_BOOL,
	BEF_FIELD_WORD,  /* a stored word of `words` */
	BEF_FIELD_ID,    /* an entry's id, 64 digits */
	BEF_FIELD_LINES, /* a list of lines */
	BEF_FIELD_IDS,
	BEF_FIELD_OBJECTS, /* a list of objects of the program's own making */
	BEF_FIELD_SET, /* an object: new values for the fields of another entry */
};

struct bef_field {
	const char *name;
	enum bef_field_type type;
	bool required;
	const struct bef_words *words; /* for BEF_FIELD_WORD */
};

enum {
	BEF_KIND_LIGHT = 1,   /* changes nothing of the case but its log: no fold needed to append it */
	BEF_KIND_SYSTEM = 2,  /* written by the program about itself: hidden from the log by default */
	BEF_KIND_STRIKE = 4,  /* may be struck */
	BEF_KIND_UNDO = 8,    /* may be undone */
	BEF_KIND_ORG = 16,    /* belongs to the organisation's journal */
	BEF_KIND_REF = 32,    /* its first BEF_FIELD_ID names the entry it is about; folded even when
	                       * undone, to tell what it is about, and then changes nothing else */
	BEF_KIND_KEEPS_NUMBER = 64, /* numbered for people: folded even when undone, so D2 stays D2 */
	BEF_KIND_CLOCKS = 128, /* legal clocks may follow from it: they are computed in the same transaction */
	BEF_KIND_FOLLOWS = 256, /* computed from what came before, a gesture of nobody's: undo passes over it */
};

struct bef_kind {
	const char *name;
	const char *label; /* a word or two for the log, through tr() */
	unsigned flags;
	const char *prose; /* the field that holds what was said: searched, shown, amended; or NULL */
	const struct bef_field *fields; /* ends with a NULL name */
	/* Bring the case up to date with this line.  False: out of memory. */
	bool (*fold)(struct bef_case *c, struct bef_line *line);
	/* Add one sentence about this line in the chosen language; not tamed. */
	void (*say)(const struct bef_case *c, const struct bef_line *line, struct bef_text *out);
};

extern const struct bef_kind *const bef_kinds[]; /* ends with NULL */

const struct bef_kind *bef_kind_find(const char *name);

/* BEF_USAGE: a field is missing, unknown, of the wrong type or too long; the message names it.
 * With `lenient`, unknown fields pass: they come from a newer version. */
enum bef_rc bef_kind_check(const struct bef_kind *kind, const json_t *body, bool lenient,
                           struct bef_err *err) BEF_MUST_CHECK;

const char *bef_field_type_name(enum bef_field_type type); /* for 'help formats' */
