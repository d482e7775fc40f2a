/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * What no schema says of a playbook, and what the CACAO 2.0 schemas reject,
 * said with its place and a remedy (OASIS CACAO 2.0, CS01, sections 3 to 10).
 * bef_playbook_load() says whether it can be run; this says whether it is right.
 */
#include <jansson.h>

#include "base/err.h"
#include "model/playbook.h"

enum bef_finding_level {
	BEF_FINDING_ERROR,   /* against the standard: it must not be published so */
	BEF_FINDING_WARNING, /* allowed, but somebody will stumble over it */
};

struct bef_finding {
	enum bef_finding_level level;
	const char *step;   /* its id; NULL: the playbook itself */
	const char *member; /* of it, or NULL */
	const char *what, *remedy; /* in the chosen language */
};

typedef void bef_finding_fn(void *arg, const struct bef_finding *finding);

/* Call `fn` for each finding; `playbook` is the same document as it was read, or NULL if it cannot be run.
 * Everything is lent for the length of the call. */
void bef_playbook_check(const json_t *document, const struct bef_playbook *playbook, bef_finding_fn *fn, void *arg);
