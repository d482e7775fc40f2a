/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alert.h"
#include "base/i18n.h"
#include "help.h"
#include "out.h"
#include "shipped.h"

static void offer(const char *word, const char *start)
{
	if (strncmp(word, start, strlen(start)) == 0)
		puts(word);
}

static void offer_options(const struct bef_opt *row, const char *start)
{
	for (; row && row->en; row++) {
		char name[80];

		snprintf(name, sizeof(name), "--%s", bef_opt_name(row));
		offer(name, start);
	}
}

static enum bef_rc offer_incident(void *arg, const struct bef_incident_row *row, struct bef_err *err)
{
	(void)err;
	offer(row->ref, arg);
	return BEF_OK;
}

static enum bef_rc offer_playbook(void *arg, const struct bef_playbook *playbook, const char *from, struct bef_err *err)
{
	(void)from;
	(void)err;
	offer(bef_playbook_handle(playbook), arg);
	return BEF_OK;
}

static void offer_pages(char *start)
{
	for (const struct bef_cmd *const *cmd = bef_cmds; *cmd; cmd++)
		offer(bef_cmd_name(*cmd), start);
	for (const struct bef_topic *topic = bef_topics; topic->en; topic++)
		offer(bef_lang() == BEF_FR ? topic->fr : topic->en, start);
}

/* Values that depend on what is there: nothing that fails may print. */
static enum bef_rc offer_values(struct bef_app *app, const struct bef_cmd *cmd, char *start)
{
	BEF_AUTO_STORE *store = NULL;
	enum bef_rc rc = BEF_OK;

	if (strcmp(cmd->en, "use") == 0 && bef_app_read(app, &store, NULL) == BEF_OK)
		rc = bef_store_incidents(store, true, 50, offer_incident, start, NULL);
	if (strcmp(cmd->en, "run") == 0 || strcmp(cmd->en, "playbook") == 0)
		rc = bef_playbook_each(app->desk.base, NULL, offer_playbook, start, NULL);
	if (strcmp(cmd->en, "phase") == 0)
		for (const struct bef_word *word = bef_phases.row; word->name; word++)
			offer(bef_lang() == BEF_EN ? word->name : tr(word->label), start);
	if (strcmp(cmd->en, "alert") == 0)
		for (const struct bef_alert_word *word = bef_alert_words; word->en; word++)
			offer(bef_lang() == BEF_FR ? word->fr : word->en, start);
	if (strcmp(cmd->en, "help") == 0)
		offer_pages(start);
	return rc;
}

/* bash calls us with COMP_LINE and COMP_POINT set ("complete -C"); an unknown context prints
 * nothing. */
static enum bef_rc complete(struct bef_app *app, const char *line)
{
	char copy[1024];
	char *words[32];
	int count = 0;
	const struct bef_cmd *cmd;
	char *start;
	size_t len = strlen(line);

	if (len >= sizeof(copy))
		return BEF_OK;
	memcpy(copy, line, len + 1);
	for (char *at = copy + strspn(copy, " "); *at && count < 31; at += strspn(at, " ")) {
		words[count++] = at;
		at += strcspn(at, " ");
		if (*at)
			*at++ = '\0';
	}
	words[count] = copy + len;
	start = len > 0 && line[len - 1] == ' ' ? copy + len : words[count > 0 ? --count : 0];
	if (count <= 1 && *start != '-') {
		for (const struct bef_cmd *const *one = bef_cmds; *one; one++)
			if ((*one)->group != BEF_GROUP_HIDDEN)
				offer(bef_cmd_name(*one), start);
		return BEF_OK;
	}
	cmd = count > 1 ? bef_cmd_find(words[1]) : NULL;
	if (*start == '-') {
		offer_options(cmd ? cmd->opts : NULL, start);
		offer_options(bef_global_options, start);
		return BEF_OK;
	}
	return cmd ? offer_values(app, cmd, start) : BEF_OK;
}

static enum bef_rc completion_run(struct bef_app *app, const void *opts, char **words, int count, struct bef_err *err)
{
	const char *line = getenv("COMP_LINE");

	(void)opts;
	(void)err;
	if (line)
		return complete(app, line);
	if (count > 0 && strcmp(words[0], "fish") == 0)
		puts("complete -c beffroi -f -a '(env COMP_LINE=(commandline -cp) beffroi completion)'");
	else if (count > 0 && strcmp(words[0], "zsh") == 0)
		puts("autoload -U +X bashcompinit && bashcompinit && complete -C 'beffroi completion' beffroi");
	else
		puts("complete -C 'beffroi completion' beffroi");
	return BEF_OK;
}

const struct bef_cmd bef_cmd_completion = {
	.en = "completion", .fr = "completion", .also = "__complete",
	.group = BEF_GROUP_HOUSE,
	.summary = N_("print the line that gives completion to your shell"),
	.args = N_("[bash | zsh | fish]"),
	.examples_en = "beffroi completion bash >> ~/.bashrc\n",
	.examples_fr = "beffroi completion bash >> ~/.bashrc\n",
	.most_words = 4,
	.run = completion_run,
};
