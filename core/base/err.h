/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * One error, said once, by the code that knows; carried by the caller in a
 * struct of its own; printed by main and by nobody else.
 *
 * The codes 0 to 8 are the exit statuses promised in 'beffroi help codes'.
 */
#include <stdbool.h>
#include <stddef.h>

enum bef_rc {
	BEF_OK = 0,
	BEF_FAILED = 1,      /* disk, database, memory: the message says which */
	BEF_USAGE = 2,       /* wrong words, or a question that could not be asked */
	BEF_NOT_FOUND = 3,   /* no such incident, entry, step, file */
	BEF_REFUSED = 4,     /* a rule says no; the hint says how to go on */
	BEF_BROKEN = 5,      /* what is stored does not match its digest or signature */
	BEF_UNDELIVERED = 6, /* recorded, but an alert has not arrived */
	BEF_ATTENTION = 7,   /* nothing failed, something is overdue or to be mended */
	BEF_BUSY = 8,        /* another writer held the lock too long; a retry is safe */
	BEF_INTERRUPTED = 130, /* Ctrl-C */
};

struct bef_err {
	enum bef_rc rc;
	char msg[400];  /* one line, no final full stop, already in the user's language */
	char hint[400]; /* what to type next, or "" */
};

#define BEF_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define BEF_MUST_CHECK __attribute__((warn_unused_result))

/* Declare a local of type `struct bef_NAME` that is cleared when it leaves scope. */
#define BEF_AUTO(name) __attribute__((cleanup(bef_##name##_clear))) struct bef_##name
/* Declare an owning pointer that is freed with free() when it leaves scope. */
#define BEF_AUTO_FREE __attribute__((cleanup(bef_free_pointer)))

void bef_free_pointer(void *pointer_to_pointer);

/* Fill `err` (which may be NULL) and return `rc`, so that a failure is one statement. */
enum bef_rc bef_fail(struct bef_err *err, enum bef_rc rc, const char *fmt, ...) BEF_PRINTF(3, 4);

/* Set the hint of a failure already filled in. */
void bef_hint(struct bef_err *err, const char *fmt, ...) BEF_PRINTF(2, 3);

/* Put "fmt: " before the message already there; returns `rc`. */
enum bef_rc bef_context(struct bef_err *err, enum bef_rc rc, const char *fmt, ...) BEF_PRINTF(3, 4);

/* The failure everybody may have. */
enum bef_rc bef_no_memory(struct bef_err *err);
