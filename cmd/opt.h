/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Options as data: parsing, help, the man page and completion come from the
 * same rows.  Each long option has an English and a French name, both always
 * accepted, accents and case folded; abbreviations are not, since "--js" would
 * one day mean two things.
 */
#include <stddef.h>

#include "base/err.h"

enum bef_opt_type { BEF_OPT_FLAG, BEF_OPT_TEXT, BEF_OPT_FILE, BEF_OPT_NUMBER, BEF_OPT_LIST };

enum { BEF_LIST_MOST = 32 };

/* Values of an option that may be given several times. */
struct bef_list {
	const char *item[BEF_LIST_MOST];
	int count;
};

struct bef_opt {
	const char *en, *fr;
	char letter; /* or 0 */
	enum bef_opt_type type;
	size_t offset;   /* of the bool, const char *, int or struct bef_list in the command's options */
	const char *arg; /* placeholder of the value, through tr(); or NULL */
	const char *help; /* through tr() */
};

/* The member's type must be the option's. */
#define BEF_FLAG(s, m, letter, en, fr, help) \
	{ en, fr, letter, BEF_OPT_FLAG, offsetof(s, m) + 0 * sizeof(&((s *)0)->m == (bool *)0), NULL, help }
#define BEF_TEXT(s, m, letter, en, fr, arg, help) \
	{ en, fr, letter, BEF_OPT_TEXT, offsetof(s, m) + 0 * sizeof(&((s *)0)->m == (const char **)0), arg, help }
/* The name of a file or directory: any bytes, where the others are UTF-8. */
#define BEF_FILE(s, m, letter, en, fr, arg, help) \
	{ en, fr, letter, BEF_OPT_FILE, offsetof(s, m) + 0 * sizeof(&((s *)0)->m == (const char **)0), arg, help }
/* The number of something shown, from 1: bef_number(). */
#define BEF_NUMBER(s, m, letter, en, fr, arg, help) \
	{ en, fr, letter, BEF_OPT_NUMBER, offsetof(s, m) + 0 * sizeof(&((s *)0)->m == (int *)0), arg, help }
#define BEF_LIST(s, m, letter, en, fr, arg, help) \
	{ en, fr, letter, BEF_OPT_LIST, offsetof(s, m) + 0 * sizeof(&((s *)0)->m == (struct bef_list *)0), arg, help }
#define BEF_OPT_END { NULL, NULL, 0, BEF_OPT_FLAG, 0, NULL, NULL }

/* One table and the struct its offsets point into. */
struct bef_opt_set {
	const struct bef_opt *row;
	void *values;
};

/* A number from 1, with or without "#", "D", "A", "O", "S" before it; 0 if it is none. */
int bef_number(const char *word);

/*
 * Sort `argv` (argc words, the program's name not among them) into options,
 * stored through the sets, and words, moved to the front of argv; *words counts
 * them.  "--" ends the options; "-" is a word; so is "-10m" (a time).
 * BEF_USAGE: an option that is not there (the hint names one that is near),
 * without its value, or whose value is not UTF-8 or not the number it must be.
 */
enum bef_rc bef_opt_parse(const struct bef_opt_set *sets, size_t count, int argc, char **argv, int *words,
                          struct bef_err *err) BEF_MUST_CHECK;

/* Position of the first word of `argv` that is neither an option of `row` nor the value of one, or -1. */
int bef_opt_first_word(const struct bef_opt *row, int argc, char **argv);

/* The name in the chosen language. */
const char *bef_opt_name(const struct bef_opt *opt);
