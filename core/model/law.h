/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * The law as data: the rules of playbooks/regimes/ (each with its article, its
 * source and the date it was last checked) and the questions that decide which
 * of them apply.  Files of the same shape given later replace rules of the same
 * id and add others: contract clauses, an insurer's terms.
 *
 * Nothing here says that anybody is subject to anything: it says which question
 * was answered how, and what follows if that is right.
 */
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

enum { BEF_REGIME_MOST = 1 << 20, BEF_RULES_MOST = 400 };

struct bef_rule {
	const char *id, *regime;
	const char *status;  /* in_force, not_transposed, proposed, soft */
	const json_t *json;  /* the rule */
	const json_t *file;  /* the regime it stands in: its name, its banner */
};

struct bef_question {
	const char *id;
	bool of_organisation; /* asked once, kept in the organisation's journal */
	bool is_text;         /* words for the papers; else yes, no or unknown */
	const json_t *json;
};

struct bef_law {
	json_t *docs; /* an array: what all below borrows from */
	struct bef_rule rule[BEF_RULES_MOST];
	size_t rule_count;
	struct bef_question *question;
	size_t question_count;
	json_t *contacts; /* whom to call, an array of objects (playbooks/regimes/contacts.schema.json) */
};

/* What the program carries.  *out is the caller's. */
enum bef_rc bef_law_shipped(struct bef_law **out, struct bef_err *err) BEF_MUST_CHECK;
void bef_law_free(struct bef_law *law);
void bef_law_clear(struct bef_law **law); /* for cleanup */

/* Add a regime file, whole or not at all; or a file of contacts, those of the same id replaced.  BEF_USAGE: the message says what is wrong with it, and where. */
enum bef_rc bef_law_add(struct bef_law *law, const char *text, size_t len, struct bef_err *err) BEF_MUST_CHECK;

/* What reading does not see: a fact or a rule that is not there, a length or a way of counting that is none.
 * BEF_USAGE: the first of them. */
enum bef_rc bef_law_lint(const struct bef_law *law, struct bef_err *err) BEF_MUST_CHECK;

/* The rule or question named: an id, or one of a rule's short words, accents and case folded; or NULL. */
const struct bef_rule *bef_law_rule(const struct bef_law *law, const char *word);
const struct bef_question *bef_law_question(const struct bef_law *law, const char *id);

/* Days since something was last read against its source ("checked_on"); -1: it does not say. */
long bef_checked_days(const json_t *object, int64_t now_ms);

/* What to say of how far something was checked against its source, or NULL when it was read there. */
const char *bef_confidence_label(const json_t *object);

/* False of those that are not law yet: they are shown only if the organisation asked for it, by answering
 * yes to "follow-REGIME". */
bool bef_rule_is_on(const struct bef_rule *rule);

/* A member that holds both languages, in the chosen one; or NULL. */
const char *bef_both(const json_t *object, const char *member);
/* The same of a list; an array or NULL. */
const json_t *bef_both_list(const json_t *object, const char *member);

/* True of an instant that somebody has to decide ("aware.rgpd"); false of what stands in the record
 * ("detected", "sent:RULE") and of what may or may not come ("ordered", "fix-available"). */
bool bef_event_is_decided(const char *event);
/* True of an event that people may date: those that 'deadline instant' takes; and their names. */
bool bef_event_is_known(const char *event);
const char *bef_event_names(void);
/* An event in words, for people. */
void bef_event_say(const struct bef_law *law, const char *event, struct bef_text *out);
