/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * The playbooks at hand: those in the data directory (playbooks/NAME.json),
 * which win, then those that the program carries, so that it runs from a USB
 * key.
 */
#include "base/file.h"
#include "model/playbook.h"

struct bef_shipped {
	const char *name; /* of its file */
	const char *data; /* NUL-terminated */
};
extern const struct bef_shipped bef_shipped[]; /* ends with a NULL name */

/* The playbook meant by `word`: a key, an alias, a name in either language, a type of incident, or the path
 * of a file; its text in *document (cleared by the caller).  BEF_NOT_FOUND; BEF_USAGE: a file that cannot be run. */
enum bef_rc bef_playbook_find(const char *base, const char *word, struct bef_playbook **out,
                              struct bef_text *document, struct bef_err *err) BEF_MUST_CHECK;

/* The key of the playbook made for this type of incident; "" if there is none. */
enum { BEF_PLAYBOOK_KEY = 64 };
enum bef_rc bef_playbook_for(const char *base, const char *type, char key[BEF_PLAYBOOK_KEY], struct bef_err *err)
	BEF_MUST_CHECK;

typedef enum bef_rc bef_playbook_fn(void *arg, const struct bef_playbook *playbook, const char *from,
                                    struct bef_err *err);
/* Each playbook at hand; one that cannot be read is passed over.  With a `word`, at least those that hold
 * it as a value: a key, an alias, a type of incident. */
enum bef_rc bef_playbook_each(const char *base, const char *word, bef_playbook_fn *fn, void *arg, struct bef_err *err)
	BEF_MUST_CHECK;
