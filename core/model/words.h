/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * The closed vocabularies: what is stored (English, for ever), what is shown
 * (in the chosen language), what is accepted when typed (both languages, plain
 * words, accents and case folded).
 *
 * Terms: ANSSI and CERT-FR in French, NIST and ENISA's RSIT in English.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct bef_word {
	const char *name;  /* stored in entries and printed in JSON */
	const char *label; /* shown, through tr() */
	const char *also;  /* further words accepted, separated by commas, already folded; or NULL */
};

struct bef_words {
	const char *what; /* for messages: "severity", through tr() */
	const struct bef_word *row; /* ends with a NULL name */
};

extern const struct bef_words bef_severities; /* 1 to 4, ANSSI/InterCERT qualification levels */
extern const struct bef_words bef_tlps;       /* FIRST TLP 2.0 */
extern const struct bef_words bef_types;      /* RSIT 1003 machine names, and plain words above them */
extern const struct bef_words bef_phases;     /* incident handling; first one is where all start */
extern const struct bef_words bef_states;     /* crisis state of the organisation */
extern const struct bef_words bef_note_sorts;
extern const struct bef_words bef_action_states;
extern const struct bef_words bef_priorities;
extern const struct bef_words bef_roles; /* functions in the crisis cells */
extern const struct bef_words bef_alert_levels, bef_alert_events, bef_alert_endings, bef_due_sorts;
extern const struct bef_words bef_answers; /* to a legal question */
extern const struct bef_words bef_run_marks, bef_measure_marks; /* what was said of a step */
extern const struct bef_words bef_observable_types, bef_observable_states, bef_paps;
extern const struct bef_words bef_causes; /* what let an incident happen */
extern const struct bef_words bef_asset_types, bef_asset_states, bef_criticalities;

/* The row stored as `name`, or NULL. */
const struct bef_word *bef_word_find(const struct bef_words *words, const char *name);
/* Position of `name` in the list, or -1. */
int bef_word_index(const struct bef_words *words, const char *name);
/* The label of `name` in the chosen language; `name` itself if it is not in the list. */
const char *bef_word_label(const struct bef_words *words, const char *name);
/* The same of a playbook step's phase: an incident's, or one of two that go along with them all. */
const char *bef_step_phase_label(const char *name);

/* The row meant by what was typed.  BEF_USAGE: none; the hint lists the words. */
enum bef_rc bef_word_parse(const struct bef_words *words, const char *typed,
                           const struct bef_word **out, struct bef_err *err) BEF_MUST_CHECK;
