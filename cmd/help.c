/* SPDX-License-Identifier: EUPL-1.2 */
#include "help.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "out.h"

static const char *const group_titles[BEF_GROUP_COUNT] = {
	N_("Everyday gestures"), N_("The crisis cell"), N_("The log"), N_("Proof"), N_("The house"), "",
};

static void put_options(struct bef_app *app, const struct bef_opt *row)
{
	for (; row && row->en; row++) {
		char name[80];

		snprintf(name, sizeof(name), "  %c%c%c --%s%s%s", row->letter ? '-' : ' ', row->letter ? row->letter : ' ',
		         row->letter ? ',' : ' ', bef_opt_name(row), row->arg ? " " : "", row->arg ? tr(row->arg) : "");
		bef_put_cell(app, BEF_PLAIN, 30, name);
		bef_wrap(app, BEF_PLAIN, 30, 30, tr(row->help));
	}
}

/* Lines of two columns after `margin`, the second one wrapped under itself. */
static void put_page(struct bef_app *app, int margin, const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "\n");
		size_t first = strspn(text, " ");
		size_t shown;
		BEF_AUTO(text) line = { .max = 4096 };
		const char *start, *gap;
		int column;

		bef_text_add(&line, text, len);
		start = bef_text_str(&line);
		text += len + (text[len] == '\n');
		if (strncmp(start, "# ", 2) == 0) {
			bef_put(app, BEF_STRONG, "%*s%s\n", margin, "", start + 2);
			continue;
		}
		gap = first < len ? strstr(start + first, "  ") : NULL;
		if (gap)
			first = (size_t)(gap - start) + strspn(gap, " ");
		column = margin + (int)(bef_text_width(start) - bef_text_width(start + first));
		shown = first;
		/* What goes below leaves no blanks behind. */
		while (app->out_tty && column + 16 > app->width && shown > 0 && start[shown - 1] == ' ')
			shown--;
		bef_put(app, BEF_PLAIN, "%*s%.*s", margin, "", (int)shown, start);
		bef_wrap(app, BEF_PLAIN, column, column, start + first);
		if (first == len)
			bef_put(app, BEF_PLAIN, "\n");
	}
}

enum bef_rc bef_help_command(struct bef_app *app, const struct bef_cmd *cmd)
{
	const char *examples = bef_lang() == BEF_FR ? cmd->examples_fr : cmd->examples_en;
	BEF_AUTO(text) usage = { .max = 1000 };

	bef_put(app, BEF_STRONG, "beffroi %s", bef_cmd_name(cmd));
	bef_text_printf(&usage, " %s   %s", cmd->args ? tr(cmd->args) : "", tr(cmd->summary));
	bef_wrap_text(app, BEF_PLAIN, 8 + (int)bef_text_width(bef_cmd_name(cmd)), 2, &usage);
	bef_put(app, BEF_PLAIN, "\n");
	if (cmd->about) {
		bef_wrap(app, BEF_PLAIN, 0, 0, tr(cmd->about));
		bef_put(app, BEF_PLAIN, "\n");
	}
	if (examples)
		put_page(app, 2, examples);
	if (cmd->opts) {
		bef_put(app, BEF_STRONG, "\n%s\n", tr("Options"));
		put_options(app, cmd->opts);
	}
	bef_put(app, BEF_STRONG, "\n%s\n", tr("Options of every command"));
	put_options(app, bef_global_options);
	bef_text_clear(&usage);
	bef_text_printf(&usage, tr("\nEn français : beffroi %s --langue fr -h\n"), cmd->fr);
	bef_wrap_text(app, BEF_FAINT, 0, 0, &usage);
	return BEF_OK;
}

enum bef_rc bef_help_version(struct bef_app *app)
{
	bef_put(app, BEF_PLAIN, "beffroi %s\n", BEF_VERSION);
#ifdef BEF_TESTING
	bef_put(app, BEF_PLAIN, "%s\n", tr("built for testing: its clock can be set, so its record proves nothing"));
#endif
	return BEF_OK;
}

/* --- the page 'help' and its topics --- */

static enum bef_rc put_commands(struct bef_app *app)
{
	bef_wrap(app, BEF_STRONG, 0, 0, tr("beffroi: the log, the playbooks and the proof of a cyber incident"));
	for (int group = 0; group < BEF_GROUP_HIDDEN; group++) {
		bef_put(app, BEF_STRONG, "\n%s\n", tr(group_titles[group]));
		for (const struct bef_cmd *const *cmd = bef_cmds; *cmd; cmd++) {
			if ((*cmd)->group != (enum bef_group)group)
				continue;
			bef_put(app, BEF_PLAIN, "  ");
			bef_put_cell(app, BEF_STRONG, 12, bef_cmd_name(*cmd));
			bef_wrap(app, BEF_PLAIN, 14, 14, tr((*cmd)->summary));
		}
	}
	bef_put(app, BEF_PLAIN, "\n");
	bef_wrap(app, BEF_PLAIN, 0, 0, tr("More: beffroi help COMMAND, or a topic: first-steps, times, codes, variables, alerts, formats."));
	return BEF_OK;
}

void bef_topic_write(const struct bef_topic *topic, struct bef_text *out)
{
	if (topic->write)
		topic->write(out);
	else
		bef_text_puts(out, bef_lang() == BEF_FR ? topic->text_fr : topic->text_en);
}

static const struct bef_topic *find_topic(const char *word)
{
	for (const struct bef_topic *topic = bef_topics; topic->en; topic++)
		if (bef_fold_equal(word, topic->en) || bef_fold_equal(word, topic->fr) ||
		    (topic->also && bef_fold_equal(word, topic->also)))
			return topic;
	return NULL;
}

static enum bef_rc put_topic(struct bef_app *app, const struct bef_topic *topic, struct bef_err *err)
{
	BEF_AUTO(text) page = { .max = 1 << 16 };

	bef_topic_write(topic, &page);
	put_page(app, 0, bef_text_str(&page));
	return bef_text_rc(&page, err);
}

static enum bef_rc help_run(struct bef_app *app, const void *opts, char **words, int count, struct bef_err *err)
{
	const struct bef_cmd *cmd = count > 0 ? bef_cmd_find(words[0]) : NULL;
	const struct bef_topic *topic = count > 0 ? find_topic(words[0]) : NULL;

	(void)opts;
	if (count == 0)
		return put_commands(app);
	if (bef_fold_equal(words[0], "man")) {
		bef_help_man();
		return BEF_OK;
	}
	if (cmd)
		return bef_help_command(app, cmd);
	if (topic)
		return put_topic(app, topic, err);
	bef_fail(err, BEF_NOT_FOUND, tr("there is no command and no topic '%s'"), BEF_SHORT(words[0], 40));
	bef_hint(err, "%s", tr("see the commands with: beffroi help"));
	return BEF_NOT_FOUND;
}

const struct bef_cmd bef_cmd_help = {
	.en = "help", .fr = "aide",
	.group = BEF_GROUP_HOUSE,
	.summary = N_("this help, of a command, of a topic"),
	.args = N_("[COMMAND | first-steps | times | codes | variables | alerts | formats]"),
	.examples_en = "beffroi help\nbeffroi help note\nbeffroi help times\n",
	.examples_fr = "beffroi aide\nbeffroi aide noter\nbeffroi aide heures\n",
	.most_words = 1,
	.run = help_run,
};

/* --- "beffroi" alone --- */

static enum bef_rc bare_run(struct bef_app *app, const void *opts, char **words, int count, struct bef_err *err)
{
	static const struct {
		const char *cmd, *what;
	} gestures[] = {
		{ "open", N_("open an incident, at the first odd signal") },
		{ "note", N_("record a fact") },
		{ "run", N_("follow the playbook") },
		{ "status", N_("where things stand") },
		{ "report", N_("write the report") },
	};
	const struct bef_cmd *status = bef_cmd_find("status");
	BEF_AUTO_STORE *store = NULL;
	const struct { bool check; } no_options = { false };
	int64_t log;

	(void)opts;
	if (bef_app_read(app, &store, NULL) == BEF_OK && bef_desk_resolve(&app->desk, store, &log, NULL) == BEF_OK) {
		bef_store_clear(&store);
		return status->run(app, &no_options, words, count, err);
	}
	bef_put(app, BEF_PLAIN, "%s\n\n", tr("No incident is open. Five gestures are enough:"));
	for (size_t i = 0; i < sizeof(gestures) / sizeof(*gestures); i++) {
		bef_put(app, BEF_PLAIN, "  beffroi ");
		bef_put_cell(app, BEF_STRONG, 12, bef_cmd_name(bef_cmd_find(gestures[i].cmd)));
		bef_put(app, BEF_PLAIN, "%s\n", tr(gestures[i].what));
	}
	bef_put(app, BEF_PLAIN, "\n");
	bef_wrap(app, BEF_PLAIN, 0, 0, tr("To try without consequence: beffroi open --drill \"Exercise\"   Help: beffroi help"));
	return BEF_OK;
}

const struct bef_cmd *bef_help_bare(void)
{
	static const struct bef_cmd bare = { .en = "", .fr = "", .summary = "", .run = bare_run };

	return &bare;
}
