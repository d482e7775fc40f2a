/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Reading what a service answered.  All there is of it is its beginning, tamed
 * and perhaps cut in the middle, so nothing here parses a whole document: a
 * member is looked for by its name.  In JSON a quoted name followed by a colon
 * cannot stand inside a string, whose quotes have a backslash before them, so
 * our own text sent back to us is never taken for the service's word.
 */
#include <stdbool.h>
#include <stddef.h>

#include "alert/format.h"

/* Copy the value of the first member of that name, at any depth: a string without its quotes (escapes
 * as they are), or a number or word as written; "" for an object or a list.  False: there is none. */
bool bef_reply_member(const char *text, const char *key, char *out, size_t size);

/* What an answer means beyond HTTP: one row of a table, of which the first that fits is applied. */
struct bef_ruling {
	int status;      /* 0: any of an answer that came */
	const char *key; /* NULL: the whole text is `word`; "": the text holds it; else that member's value is it */
	const char *word; /* NULL: whatever the member's value is, as long as it is there */
	const char *class_name; /* NULL: as HTTP says */
	const char *detail;     /* N_(): stored in English; NULL: as it was */
	int retry_after_s;      /* when none was asked for */
	bool posted;            /* the service says that the message exists */
};

/* Apply the first row that fits, if any; the table ends with a row that has neither key nor word. */
void bef_reply_rule(struct bef_response *reply, const struct bef_ruling *rows);

/* Of an answer with class "retry" that named no delay in its headers: take it from member `key`, in
 * units of which `per_second` make a second.  Rounded up, an hour at most; anything odd is ignored. */
void bef_reply_wait(struct bef_response *reply, const char *key, int per_second);

/* Set class and detail; either may be NULL.  `detail` is a marked English sentence: whoever shows it
 * translates it (model/detail.h). */
void bef_reply_set(struct bef_response *reply, const char *class_name, const char *detail);
