/* SPDX-License-Identifier: EUPL-1.2 */
/* Find the command, run it, print the one error line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app.h"
#include "ask.h"
#include "base/i18n.h"
#include "base/json.h"
#include "deliver.h"
#include "help.h"
#include "out.h"

#define BEF_CMD(name) extern const struct bef_cmd bef_cmd_##name;
#include "commands.def"
#undef BEF_CMD

const struct bef_cmd *const bef_cmds[] = {
#define BEF_CMD(name) &bef_cmd_##name,
#include "commands.def"
#undef BEF_CMD
	NULL,
};

const char *bef_cmd_name(const struct bef_cmd *cmd)
{
	return bef_lang() == BEF_FR ? cmd->fr : cmd->en;
}

const struct bef_cmd *bef_cmd_find(const char *word)
{
	char folded[64];

	bef_fold(word, folded, sizeof(folded));
	for (const struct bef_cmd *const *cmd = bef_cmds; *cmd; cmd++)
		if (strcmp(folded, (*cmd)->en) == 0 || strcmp(folded, (*cmd)->fr) == 0 ||
		    ((*cmd)->also && bef_word_in_list((*cmd)->also, folded)))
			return *cmd;
	return NULL;
}

/* At most three names of the same language, near enough; never run. */
static void suggest(const char *word, struct bef_err *err)
{
	unsigned limit = (unsigned)strlen(word) / 3 > 1 ? (unsigned)strlen(word) / 3 : 1;
	char list[120] = "";
	char folded[64];
	int found = 0;

	bef_fold(word, folded, sizeof(folded));
	for (unsigned distance = 1; distance <= limit; distance++)
		for (const struct bef_cmd *const *cmd = bef_cmds; *cmd && found < 3; cmd++) {
			const char *names[2] = { bef_cmd_name(*cmd), bef_lang() == BEF_FR ? (*cmd)->en : (*cmd)->fr };

			if (bef_edit_distance(folded, names[0], limit) != distance &&
			    bef_edit_distance(folded, names[1], limit) != distance)
				continue;
			snprintf(list + strlen(list), sizeof(list) - strlen(list), "%s%s", found++ ? ", " : "",
			         bef_edit_distance(folded, names[0], limit) == distance ? names[0] : names[1]);
		}
	if (found)
		bef_hint(err, tr("did you mean: %s?"), list);
	else
		bef_hint(err, "%s", tr("see the commands with: beffroi help"));
}

/* The language is wanted before anything can go wrong. */
static bool early_language(int argc, char **argv)
{
	const char *lang = NULL;

	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--lang") == 0 || strcmp(argv[i], "--langue") == 0)
			lang = i + 1 < argc ? argv[i + 1] : NULL;
		else if (strncmp(argv[i], "--lang=", 7) == 0)
			lang = argv[i] + 7;
		else if (strncmp(argv[i], "--langue=", 9) == 0)
			lang = argv[i] + 9;
	}
	return bef_lang_choose(lang);
}

/* What the command rang leaves now.  What went wrong before that is said first. */
static enum bef_rc after(struct bef_app *app, enum bef_rc rc, struct bef_err *err)
{
	struct bef_err undelivered = { 0 };
	enum bef_rc sent;

	if (!rc)
		bef_app_drop_said(app); /* it is recorded, whatever becomes of the alerts */
	sent = app->desk.rang ? bef_deliver_after(app, &undelivered) : BEF_OK;
	if (rc || !sent)
		return rc;
	*err = undelivered;
	return sent;
}

static enum bef_rc run(struct bef_app *app, void *opts, char **words, int count, struct bef_err *err)
{
	const struct bef_cmd *cmd = app->cmd;
	enum bef_rc rc = bef_app_measure(app, err);

	if (rc)
		return rc;
	if (app->g.help)
		return bef_help_command(app, cmd);
	if (app->g.version)
		return bef_help_version(app);
	if (cmd->most_words >= 0 && count > cmd->most_words) {
		bef_fail(err, BEF_USAGE, tr("'%.60s' is a word too many"), words[cmd->most_words]);
		bef_hint(err, tr("see: beffroi help %s"), bef_cmd_name(cmd));
		return BEF_USAGE;
	}
	rc = bef_app_init(app, err);
	if (rc)
		return rc;
	rc = cmd->run(app, opts, words, count, err);
	rc = after(app, rc, err);
	bef_deliver_warn(app);
	return rc;
}

/* Help comes even when other words are wrong. */
static bool wants_help(int argc, char **argv)
{
	for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "-h") == 0 || strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "--aide") == 0)
			return true;
	return false;
}

static enum bef_rc parse_and_run(struct bef_app *app, int argc, char **argv, struct bef_err *err)
{
	struct bef_opt_set sets[2] = { { bef_global_options, &app->g } };
	BEF_AUTO_FREE void *opts = NULL;
	int at = bef_opt_first_word(bef_global_options, argc, argv);
	bool asked = wants_help(argc, argv); /* before parsing moves the words about */
	int words = 0;
	enum bef_rc rc;

	app->cmd = at >= 0 ? bef_cmd_find(argv[at]) : bef_help_bare();
	if (!app->cmd) {
		bef_fail(err, BEF_USAGE, tr("there is no command '%s'"), BEF_SHORT(argv[at], 60));
		suggest(argv[at], err);
		return BEF_USAGE;
	}
	if (at >= 0) {
		memmove(argv + at, argv + at + 1, (size_t)(argc - at) * sizeof(*argv));
		argc--;
	}
	opts = calloc(1, app->cmd->opts_size + 1);
	if (!opts)
		return bef_no_memory(err);
	sets[1] = (struct bef_opt_set){ app->cmd->opts, opts };
	rc = bef_opt_parse(sets, app->cmd->opts ? 2 : 1, argc, argv, &words, err);
	if (rc == BEF_USAGE && asked)
		app->g.help = true;
	else if (rc)
		return rc;
	return run(app, opts, argv, words, err);
}

/* "beffroi: what" and, below, what to type next. */
static void print_error(const struct bef_err *err)
{
	BEF_AUTO(text) tame = { .max = 8192 };

	bef_text_puts(&tame, "beffroi: ");
	bef_text_tame(&tame, err->msg, true);
	if (*err->hint) {
		bef_text_puts(&tame, "\n  -> ");
		bef_text_tame(&tame, err->hint, true);
	}
	fprintf(stderr, "%s\n", bef_text_str(&tame));
}

/* The one end that is not main's return: see base/json.h. */
static void die_without_memory(void)
{
	const char *text = bef_out_done()
	                           ? tr("the answer could not be written (what was asked is done)")
	                           : tr("out of memory: nothing was written; close something and run the same command again");

	if (write(2, "beffroi: ", 9) < 0 || write(2, text, strlen(text)) < 0 || write(2, "\n", 1) < 0)
		_exit(BEF_FAILED);
	_exit(BEF_FAILED);
}

int main(int argc, char **argv)
{
	static struct bef_app app; /* large: off the stack */
	struct bef_err err = { 0 };
	bool known = early_language(argc - 1, argv + 1);
	enum bef_rc rc;

	umask(077);
	bef_json_on_no_memory(die_without_memory);
	bef_catch_interrupts();
	rc = known ? parse_and_run(&app, argc - 1, argv + 1, &err)
	           : bef_fail(&err, BEF_USAGE, "%s", tr("--lang is fr or en"));
	if (rc)
		bef_app_keep_said(&app);
	else
		bef_app_drop_said(&app);
	bef_app_clear(&app);
	/* An answer that could not be written is a failure, even though what it told is recorded. */
	if (fflush(stdout) != 0 || ferror(stdout) || bef_out_lost()) {
		if (rc == BEF_OK)
			rc = bef_fail(&err, BEF_FAILED, "%s",
			              tr("the answer could not be written (what was asked is done)"));
	}
	if (rc && err.rc == rc) /* some statuses are answers: they have no line */
		print_error(&err);
	return (int)rc;
}
