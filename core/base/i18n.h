/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * The two languages of the interface.
 *
 * The source text is English; the French catalogue is compiled by msgfmt from
 * core/base/fr.po and embedded, so no locale needs to be generated and both
 * languages are at hand in one process.  A missing translation shows English
 * (and fails the lint).
 *
 * The language is chosen once, before anything is printed.
 */
#include <stdbool.h>

enum bef_lang { BEF_EN, BEF_FR, BEF_LANG_COUNT };

/* Choose the language from `option` ("fr", "en" or NULL), then the environment in the order
 * BEFFROI_LANG, LANGUAGE, LC_ALL, LC_MESSAGES, LANG.  Anything that starts with "fr" is French,
 * all else and nothing at all are English.  False: `option` names neither language. */
bool bef_lang_choose(const char *option);

enum bef_lang bef_lang(void);
const char *bef_lang_name(enum bef_lang lang); /* "en", "fr" */

/* Switch the language for a while (a report in the other language); returns the former one. */
enum bef_lang bef_lang_set(enum bef_lang lang);

/* The text in the chosen language.  The result lives for ever. */
const char *tr(const char *text) __attribute__((format_arg(1)));

/* The form for `n`: in French 0 and 1 are singular, in English only 1 is. */
const char *trn(const char *one, const char *many, long n)
	__attribute__((format_arg(1), format_arg(2)));

/* Mark a text in a constant table for translation; the table's reader calls tr(). */
#define N_(text) text
