/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Saying something: one entry of a given kind, whose body the command has
 * built.  Numbers that people use (#42, D3, A7, item 2, step 4) are turned into
 * ids inside the transaction, so that nobody can mean another entry.
 */
#include <jansson.h>

#include "act/desk.h"

struct bef_done;

enum bef_link_list { BEF_LINK_NONE, BEF_LINK_ENTRY, BEF_LINK_DECISION, BEF_LINK_ACTION, BEF_LINK_EVIDENCE, BEF_LINK_ALERT };

enum { BEF_LINKS_MOST = 16 };

struct bef_link {
	const char *field; /* member that will hold the id */
	enum bef_link_list list;
	int number[BEF_LINKS_MOST];
	int count;   /* numbers given */
	bool many;   /* the member is a list of ids */
};

struct bef_saying {
	const char *kind;
	json_t *body;           /* owned by the saying: bef_saying_clear() */
	int64_t happened_at_ms; /* 0: now */
	struct bef_link link;
};

void bef_saying_clear(struct bef_saying *what);

/* BEF_NOT_FOUND: a number that does not exist.  BEF_REFUSED: the incident is closed, or a rule of
 * the kind says no. */
enum bef_rc bef_act_say(struct bef_desk *desk, struct bef_saying *what, struct bef_done *done,
                        struct bef_err *err) BEF_MUST_CHECK;
