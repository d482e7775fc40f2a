/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Observables and affected assets: noting several at once in one transaction,
 * and saying what became of one.
 */
#include <jansson.h>

#include "act/desk.h"

struct bef_done;

/* One of those to add. */
struct bef_thing {
	json_t *body;    /* owned by the list */
	int about;       /* afterwards: its number in its list, O3 or S3 */
	unsigned number; /* afterwards: its entry; 0: it was there already, and this said nothing new of it */
	const char *kind; /* afterwards: of that entry; a change of one that was there says what is new */
	struct bef_hash id;
};

struct bef_things {
	const char *kind; /* "observable.added" or "asset.added" */
	struct bef_thing *item;
	size_t count;
	int asset; /* number of the asset where they were seen, or 0 */
	int64_t happened_at_ms;
};
void bef_things_clear(struct bef_things *things);
/* Add room for one and take its body.  BEF_FAILED: no memory. */
enum bef_rc bef_things_take(struct bef_things *things, json_t *body, struct bef_err *err) BEF_MUST_CHECK;

/* All of them or none.  What stands in the incident already, of the same type and value or of the same name, is not
 * added again: what this says anew of it is a change; its item tells its number.  A new one without a status is
 * "suspected", an asset without a type "other".  BEF_NOT_FOUND: no such asset. */
enum bef_rc bef_act_things_add(struct bef_desk *desk, struct bef_things *things, struct bef_done *done,
                               struct bef_err *err) BEF_MUST_CHECK;

struct bef_thing_change {
	bool of_asset; /* else of an observable */
	int number;    /* O3, S3 */
	int asset;     /* of an observable: where it was seen, or 0 */
	json_t *body;  /* owned by the caller */
	int64_t happened_at_ms; /* or 0: now */
};
/* BEF_NOT_FOUND: no such number. */
enum bef_rc bef_act_thing_change(struct bef_desk *desk, struct bef_thing_change *what, struct bef_done *done,
                                 struct bef_err *err) BEF_MUST_CHECK;
