/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * What a command runs in: the desk, the streams, the global options, and the
 * row that makes it a command.
 */
#include "act/act.h"
#include "base/when.h"
#include "config.h"
#include "opt.h"

struct bef_app;

/* Options that every command has. */
struct bef_globals {
	const char *incident, *by, *role, *lang, *base, *color;
	bool json, quiet, verbose, yes, dry_run, no_input, ascii, help, version;
};
extern const struct bef_opt bef_global_options[];

enum bef_group { BEF_GROUP_GESTURES, BEF_GROUP_CELL, BEF_GROUP_THREAD, BEF_GROUP_PROOF, BEF_GROUP_HOUSE, BEF_GROUP_HIDDEN, BEF_GROUP_COUNT };

struct bef_cmd {
	const char *en, *fr;
	const char *also; /* frozen synonyms, separated by commas; or NULL */
	enum bef_group group;
	const char *summary;      /* through tr() */
	const char *args;         /* what follows the name in the usage line, through tr(); or NULL */
	const char *about;        /* a paragraph or more, through tr(); or NULL */
	const char *examples_en, *examples_fr; /* lines: command, two spaces or more, what it does */
	int most_words;
	const struct bef_opt *opts; /* or NULL */
	size_t opts_size;
	enum bef_rc (*run)(struct bef_app *app, const void *opts, char **words, int count, struct bef_err *err);
};

extern const struct bef_cmd *const bef_cmds[]; /* in the order of help; ends with NULL */

struct bef_app {
	struct bef_desk desk;
	struct bef_globals g;
	struct bef_config config;
	struct bef_bell bell; /* the destinations and groups of the configuration */
	const struct bef_cmd *cmd;
	bool in_tty, out_tty, err_tty, color, fancy; /* fancy: Unicode rules and marks */
	int width;
	char *said; /* a text given as words of the command line: a draft if anything fails; or NULL */
	bool drill; /* the incident at hand is an exercise: said in every prompt */
	char net[BEF_PATH]; /* path of beffroi-net */
	int64_t began_ms;   /* when this command did */
};

/* The row named `word` in either language, or a synonym; or NULL. */
const struct bef_cmd *bef_cmd_find(const char *word);
/* Its name in the chosen language. */
const char *bef_cmd_name(const struct bef_cmd *cmd);

/* Path of a program of ours, beside this one or where it was installed; it may not be there. */
void bef_app_program(const char *name, char out[BEF_PATH]);

/* The wall clock.  In builds made for testing only, BEFFROI_TEST_NOW (RFC 3339) stops it. */
int64_t bef_now_ms(void);
/* True if it was stopped: whoever waits for it waits for ever. */
bool bef_clock_stands(void);
/* Bring the desk's pen up to now. */
void bef_app_tick(struct bef_app *app);

/* The streams: terminals or not, how wide, with colours or without.  First of all, for help too. */
enum bef_rc bef_app_measure(struct bef_app *app, struct bef_err *err) BEF_MUST_CHECK;
/* From the environment, the configuration and the global options. */
enum bef_rc bef_app_init(struct bef_app *app, struct bef_err *err) BEF_MUST_CHECK;
void bef_app_clear(struct bef_app *app);

/* The words of the command line are in the shell's history, so they are kept only when something
 * fails: making a file for them would cost a short command as much as a sync.  What is typed at a
 * question, in an editor or comes through a pipe is kept at once. */
void bef_app_keep_said(struct bef_app *app);
/* They are recorded: so is what an earlier command could not record of the same text. */
void bef_app_drop_said(struct bef_app *app);

/* Open the store for reading; *store is the caller's. */
enum bef_rc bef_app_read(struct bef_app *app, struct bef_store **store, struct bef_err *err) BEF_MUST_CHECK;
/* The incident meant, folded, and its row; *c is the caller's. */
enum bef_rc bef_app_case(struct bef_app *app, struct bef_case **c, struct bef_incident_row *row,
                         struct bef_err *err) BEF_MUST_CHECK;

#define BEF_AUTO_STORE __attribute__((cleanup(bef_store_clear))) struct bef_store
#define BEF_AUTO_CASE __attribute__((cleanup(bef_case_clear))) struct bef_case

/* Words of the command line with a space between, into `out` (at most `max` bytes).
 * BEF_USAGE: they are not UTF-8. */
enum bef_rc bef_words_join(char **words, int count, size_t max, struct bef_text *out, struct bef_err *err)
	BEF_MUST_CHECK;
/* An option's time, checked, echoed to the person when it was typed; 0 for NULL. */
enum bef_rc bef_app_time(struct bef_app *app, const char *text, enum bef_when_sense sense, int64_t *out,
                         struct bef_err *err) BEF_MUST_CHECK;
/* The stored word of an option, or `fallback` for NULL. */
enum bef_rc bef_app_word(const struct bef_words *words, const char *typed, const char *fallback,
                         const char **out, struct bef_err *err) BEF_MUST_CHECK;
