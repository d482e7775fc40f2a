/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * An alarm: what happened, before any service's format.  It is the only input
 * of every renderer.
 *
 * It is written once, in the transaction of its alert.raised entry, as one JSON
 * object that holds no address, no secret and no person's name, and that keeps
 * automatic sentences in both languages.  Renderers turn it into a request at
 * each attempt: the marking (TLP) may have been raised meanwhile, an attempt
 * may have to say that it is perhaps a repeat, and its destination's language
 * or format may have been corrected.  Its id never changes.
 */
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/text.h"
#include "model/case.h"

/* What may ring.  The rows are in alarm.c. */
struct bef_alarm_kind {
	const char *name; /* as in the journal and in the configuration: "opened", "crisis"... */
	const char *fr;   /* as a French configuration may write it */
	const char *type; /* on the wire: "incident.opened", lower-case, dots */
	const char *mark; /* first word of every title, through tr(): "CRISIS" */
	bool merges;      /* a newer one about the same incident takes the place of one that still waits */
	bool rings_quiet; /* heard in quiet hours too */
	int life_h;       /* hours after which sending it has no sense any more */
};
extern const struct bef_alarm_kind bef_alarm_kinds[]; /* ends with a NULL name */
const struct bef_alarm_kind *bef_alarm_kind_find(const char *name); /* in either language; or NULL */

enum { BEF_MESSAGE_SIZE = 40 };

/* How much of it a destination may be told (its audience against the incident's TLP). */
enum bef_reach {
	BEF_REACH_NONE,    /* nothing leaves: the row ends as withheld */
	BEF_REACH_THIN,    /* "something new in INC-2026-001: look at the tool" */
	BEF_REACH_REDUCED, /* what sort, which incident, how grave, when: neither title nor text */
	BEF_REACH_FULL,
};

/* The shade of a rendering: colours, icons, priorities come from it, never the words. */
enum bef_tone { BEF_TONE_INFO, BEF_TONE_MINOR, BEF_TONE_MAJOR, BEF_TONE_CRISIS, BEF_TONE_CLEAR, BEF_TONE_COUNT };

struct bef_alarm {
	const struct bef_alarm_kind *kind;
	const char *id; /* "msg_" and 32 hex digits: stable for all attempts, no dot in it */
	const char *ref, *uuid, *title, *type, *severity, *phase, *state, *tlp, *zone;
	const char *level; /* info, urgent, critical */
	const char *text;  /* in the language asked for; may hold line feeds */
	const char *role;  /* of who raised it, or NULL */
	const char *head;  /* where the journal ended, or NULL: each recipient becomes a witness */
	int64_t entries;
	int64_t at_ms, opened_at_ms;
	int seq;      /* #7: the incident's seventh alert, from 1 */
	int corrects; /* number of a former alert, or 0 */
	bool test, drill;
	/* Of this attempt, filled in by the sender. */
	int64_t now_ms;
	enum bef_reach reach;
	enum bef_lang lang;
	bool again; /* a former attempt may have arrived: the text says so */
	json_t *doc; /* owns the strings */
};

/* Everything an alarm is made of, at the moment it is raised. */
struct bef_alarm_words {
	const struct bef_case *c; /* as it stands */
	const struct bef_alarm_kind *kind;
	const char *text;    /* what somebody wrote, or the sentence in English */
	const char *text_fr; /* the same in French; NULL: there is one text only */
	const char *level, *role;
	int64_t at_ms;
	int seq, corrects;
	bool test;
};

/* Write it down, tamed: one JSON object without the id, which is each row's own.  BEF_FAILED: no memory. */
enum bef_rc bef_alarm_write(const struct bef_alarm_words *words, struct bef_text *out, struct bef_err *err)
	BEF_MUST_CHECK;
/* Read it again, for one row, in one language.  `id` is lent.  BEF_BROKEN: it is not what was written. */
enum bef_rc bef_alarm_read(const char *json, const char *id, enum bef_lang lang, struct bef_alarm *out,
                           struct bef_err *err) BEF_MUST_CHECK;
void bef_alarm_clear(struct bef_alarm *alarm);

enum bef_tone bef_alarm_tone(const struct bef_alarm *alarm);

/*
 * What every rendering says, in alarm->lang, within alarm->reach, on one line, not escaped:
 * "[DRILL] [CRISIS] INC-2026-001 #7 Files encrypted".  The vital words come first: push previews
 * show 60 characters.
 */
void bef_alarm_title(const struct bef_alarm *alarm, struct bef_text *out);
/* The sentence or sentences, "perhaps a repeat" and "issued at ..., sent at ..." included; may hold line feeds. */
void bef_alarm_say(const struct bef_alarm *alarm, struct bef_text *out);
/* Pairs of label and value for tables: severity, phase, state, when (local, with offset), TLP, head.
 * Strings live until the alarm is cleared or the next call.  Returns how many. */
struct bef_alarm_fact {
	const char *name; /* of the member: "severity" */
	char label[48], value[160];
};
enum { BEF_ALARM_FACTS = 8 };
int bef_alarm_facts(const struct bef_alarm *alarm, struct bef_alarm_fact facts[BEF_ALARM_FACTS]);
