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
		BEF_AUTO(text) line = { .max = 1000 };
		const char *start, *gap;
		int column;

		bef_text_add(&line, text, len);
		start = bef_text_str(&line);
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
		text += len + (text[len] == '\n');
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
	bef_wrap(app, BEF_PLAIN, 0, 0, tr("More: beffroi help COMMAND, or a topic: first-steps, times, codes, variables, formats."));
	return BEF_OK;
}

/* A page of lines; what stands before two spaces is set apart. */
struct topic {
	const char *en, *fr, *text_en, *text_fr;
};

static const struct topic topics[] = {
	{ "first-steps", "premiers-pas",
	  "1. Open an incident at the first odd signal: it costs nothing to be wrong.\n"
	  "     beffroi open\n"
	  "2. Write down what happens, as it happens.\n"
	  "     beffroi note                  the question is asked: no quotes needed\n"
	  "     beffroi note --continuous     one line, one entry\n"
	  "3. Follow the playbook.\n"
	  "     beffroi run\n"
	  "4. Record decisions and who does what.\n"
	  "     beffroi decide \"...\" --reason \"...\"\n"
	  "     beffroi action \"...\" --for NAME --before 13:00\n"
	  "5. Answer the questions that decide which notifications are owed, and until when.\n"
	  "     beffroi deadline qualify      then: beffroi deadline\n"
	  "6. Look, hand over, close.\n"
	  "     beffroi status    beffroi log    beffroi report    beffroi close\n"
	  "Before anything happens: beffroi deadline profile    beffroi deadline contacts\n"
	  "To try without consequence: beffroi open --drill \"Exercise\"\n",
	  "1. Ouvrez un incident au premier signal bizarre : se tromper ne coûte rien.\n"
	  "     beffroi ouvrir\n"
	  "2. Notez ce qui se passe, quand cela se passe.\n"
	  "     beffroi noter                 la question s'affiche : pas besoin de guillemets\n"
	  "     beffroi noter --continu       une ligne, une entrée\n"
	  "3. Suivez la fiche réflexe.\n"
	  "     beffroi suivre\n"
	  "4. Consignez les décisions et qui fait quoi.\n"
	  "     beffroi decider \"...\" --motif \"...\"\n"
	  "     beffroi action \"...\" --pour NOM --avant 13h\n"
	  "5. Répondez aux questions qui décident des notifications dues, et des délais.\n"
	  "     beffroi echeance qualifier    puis : beffroi echeance\n"
	  "6. Faites le point, rendez compte, clôturez.\n"
	  "     beffroi etat    beffroi journal    beffroi rapport    beffroi clore\n"
	  "Avant qu'il n'arrive rien : beffroi echeance profil    beffroi echeance contacts\n"
	  "Pour essayer sans conséquence : beffroi ouvrir --exercice \"Exercice\"\n" },
	{ "times", "heures",
	  "now                         now\n"
	  "14:05   14h05   14h         for a fact the last such moment, for a due time the next\n"
	  "-10m   -1h30m   12 min ago  before now\n"
	  "+2h   in 2 h                from now (due times, reviews)\n"
	  "yesterday 18:30             today and tomorrow too; the hour is needed\n"
	  "3/11 06:12   3/11/2025 6h12 day first, always\n"
	  "2025-11-03 06:12            ISO 8601, also with Z or +01:00\n"
	  "\n"
	  "Times are kept in UTC and shown in the incident's zone, which is named.\n"
	  "A time that the clocks skipped is refused; one they showed twice is asked.\n",
	  "maintenant                  maintenant\n"
	  "14:05   14h05   14h         pour un fait, la dernière fois ; pour une échéance, la prochaine\n"
	  "-10m   -1h30m   il y a 12 min   avant maintenant\n"
	  "+2h   dans 2 h              à partir de maintenant (échéances, revues)\n"
	  "hier 18h30                  aussi avant-hier, aujourd'hui, demain ; l'heure est nécessaire\n"
	  "3/11 06:12   3/11/2025 6h12 le jour d'abord, toujours\n"
	  "2025-11-03 06:12            ISO 8601, aussi avec Z ou +01:00\n"
	  "\n"
	  "Les heures sont conservées en UTC et affichées dans le fuseau de l'incident, qui est nommé.\n"
	  "Une heure sautée par le changement d'heure est refusée ; une heure doublée fait l'objet d'une question.\n" },
	{ "codes", "codes",
	  "0    done\n"
	  "1    failed: disk, database, memory; the line says which\n"
	  "2    wrong words, or a question that could not be asked\n"
	  "3    not found\n"
	  "4    refused by a rule; the line says how to go on\n"
	  "5    integrity broken\n"
	  "6    recorded, but an alert has not arrived\n"
	  "7    attention: something is late or to be mended (status --check, doctor)\n"
	  "8    busy: somebody else was writing too long; a retry is safe\n"
	  "130  interrupted\n",
	  "0    fait\n"
	  "1    échec : disque, base, mémoire ; la ligne dit lequel\n"
	  "2    mots incorrects, ou question impossible à poser\n"
	  "3    introuvable\n"
	  "4    refusé par une règle ; la ligne dit comment poursuivre\n"
	  "5    intégrité rompue\n"
	  "6    consigné, mais une alerte n'est pas arrivée\n"
	  "7    attention : un retard ou un point à corriger (etat --controle, docteur)\n"
	  "8    occupé : quelqu'un d'autre écrivait trop longtemps ; réessayer est sans risque\n"
	  "130  interrompu\n" },
	{ "variables", "variables",
	  "BEFFROI_BASE      directory of the journal (as --base)\n"
	  "BEFFROI_LANG      fr or en; then LANGUAGE, LC_ALL, LC_MESSAGES, LANG\n"
	  "BEFFROI_AUTHOR    your handle in the log; default: the account's name\n"
	  "BEFFROI_ROLE      the function in which you write\n"
	  "BEFFROI_EDITOR    then VISUAL, EDITOR\n"
	  "NO_COLOR          no colours; CLICOLOR_FORCE or FORCE_COLOR: colours\n"
	  "ACCESSIBLE        no rules or symbols\n"
	  "TZ                time zone\n"
	  "XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME\n"
	  "\n"
	  "Configuration: ~/.config/beffroi/beffroi.conf, then /etc/beffroi/beffroi.conf\n"
	  "  lang = en\n"
	  "  zone = Europe/Paris\n"
	  "  author = lea\n"
	  "  role = technical\n"
	  "  organisation = Example SARL\n"
	  "  [destination.cell]\n"
	  "  url_file = /home/lea/.config/beffroi/cell.url\n"
	  "  secret_file = /home/lea/.config/beffroi/cell.secret\n",
	  "BEFFROI_BASE      dossier du journal (comme --base)\n"
	  "BEFFROI_LANG      fr ou en ; puis LANGUAGE, LC_ALL, LC_MESSAGES, LANG\n"
	  "BEFFROI_AUTHOR    votre nom court dans la main courante ; par défaut celui du compte\n"
	  "BEFFROI_ROLE      la fonction dans laquelle vous écrivez\n"
	  "BEFFROI_EDITOR    puis VISUAL, EDITOR\n"
	  "NO_COLOR          sans couleurs ; CLICOLOR_FORCE ou FORCE_COLOR : avec\n"
	  "ACCESSIBLE        ni filets ni symboles\n"
	  "TZ                fuseau horaire\n"
	  "XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME\n"
	  "\n"
	  "Configuration : ~/.config/beffroi/beffroi.conf, puis /etc/beffroi/beffroi.conf\n"
	  "  langue = fr\n"
	  "  fuseau = Europe/Paris\n"
	  "  auteur = lea\n"
	  "  role = technique\n"
	  "  organisation = Exemple SARL\n"
	  "  [destination.cellule]\n"
	  "  url_fichier = /home/lea/.config/beffroi/cellule.url\n"
	  "  secret_fichier = /home/lea/.config/beffroi/cellule.secret\n" },
};

/* The page of formats: the entries' fields come from the table of kinds, so they cannot lie. */
static void put_formats(struct bef_app *app)
{
	bef_wrap(app, BEF_PLAIN, 0, 0, tr("--json prints one object per line: v and type first, keys in English and stable, times RFC 3339 in UTC, absent means absent. Types: done, status, case (report -f json), entry, journal.entry, incident, action, step, phase, playbook, simulation, competency, delivery, queued, due, verdict, finding, report, current."));
	bef_put(app, BEF_STRONG, "\n%s\n", tr("Bodies of entries, by kind (! needed)"));
	for (const struct bef_kind *const *kind = bef_kinds; *kind; kind++) {
		BEF_AUTO(text) line = { .max = 4096 };

		for (const struct bef_field *field = (*kind)->fields; field->name; field++)
			bef_text_printf(&line, "%s%s%s: %s", line.len ? ", " : "", field->name, field->required ? "!" : "",
			                bef_field_type_name(field->type));
		bef_put_cell(app, BEF_STRONG, 22, (*kind)->name);
		bef_wrap_text(app, BEF_PLAIN, 22, 22, &line);
	}
	bef_put(app, BEF_STRONG, "\n%s\n", tr("Webhook"));
	bef_wrap(app, BEF_PLAIN, 0, 0, tr("Standard Webhooks 1.0: headers webhook-id, webhook-timestamp, webhook-signature (v1, HMAC-SHA256 with the whsec_ secret); body {type, timestamp, data}. A destination is a section of the configuration with url or url_file, and secret_file; see: beffroi help variables."));
}

static enum bef_rc put_topic(struct bef_app *app, const char *word, bool *found)
{
	*found = true;
	if (bef_fold_equal(word, "formats") || bef_fold_equal(word, "format")) {
		put_formats(app);
		return BEF_OK;
	}
	for (size_t i = 0; i < sizeof(topics) / sizeof(*topics); i++)
		if (bef_fold_equal(word, topics[i].en) || bef_fold_equal(word, topics[i].fr)) {
			put_page(app, 0, bef_lang() == BEF_FR ? topics[i].text_fr : topics[i].text_en);
			return BEF_OK;
		}
	*found = false;
	return BEF_OK;
}

static enum bef_rc help_run(struct bef_app *app, const void *opts, char **words, int count, struct bef_err *err)
{
	const struct bef_cmd *cmd = count > 0 ? bef_cmd_find(words[0]) : NULL;
	bool found;
	enum bef_rc rc;

	(void)opts;
	if (count == 0)
		return put_commands(app);
	if (bef_fold_equal(words[0], "man")) {
		bef_help_man();
		return BEF_OK;
	}
	if (cmd)
		return bef_help_command(app, cmd);
	rc = put_topic(app, words[0], &found);
	if (found)
		return rc;
	bef_fail(err, BEF_NOT_FOUND, tr("there is no command and no topic '%s'"), BEF_SHORT(words[0], 40));
	bef_hint(err, "%s", tr("see the commands with: beffroi help"));
	return BEF_NOT_FOUND;
}

const struct bef_cmd bef_cmd_help = {
	.en = "help", .fr = "aide",
	.group = BEF_GROUP_HOUSE,
	.summary = N_("this help, of a command, of a topic"),
	.args = N_("[COMMAND | first-steps | times | codes | variables | formats]"),
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

/* --- the man page --- */

/* A backslash, a leading dot or quote, and a hyphen mean something to man(7). */
static void man_text(const char *text)
{
	bool start = true;

	for (; *text; text++) {
		if (start && (*text == '.' || *text == '\''))
			fputs("\\&", stdout);
		if (*text == '\\')
			fputs("\\e", stdout);
		else if (*text == '-')
			fputs("\\-", stdout);
		else
			putchar(*text);
		start = *text == '\n';
	}
}

static void man_options(const struct bef_opt *row)
{
	for (; row && row->en; row++) {
		printf(".TP\n\\fB");
		if (row->letter)
			printf("\\-%c\\fR, \\fB", row->letter);
		printf("\\-\\-%s\\fR", bef_opt_name(row));
		if (row->arg)
			printf(" \\fI%s\\fR", tr(row->arg));
		putchar('\n');
		man_text(tr(row->help));
		putchar('\n');
	}
}

static void man_command(const struct bef_cmd *cmd)
{
	const char *examples = bef_lang() == BEF_FR ? cmd->examples_fr : cmd->examples_en;

	printf(".SS \"beffroi %s ", bef_cmd_name(cmd));
	man_text(cmd->args ? tr(cmd->args) : "");
	printf("\"\n");
	man_text(tr(cmd->summary));
	putchar('\n');
	if (cmd->about) {
		printf(".PP\n");
		man_text(tr(cmd->about));
		putchar('\n');
	}
	if (examples) {
		printf(".PP\n.nf\n");
		man_text(examples);
		printf(".fi\n");
	}
	man_options(cmd->opts);
}

void bef_help_man(void)
{
	bool fr = bef_lang() == BEF_FR;

	printf(".\\\" %s\n.TH BEFFROI 1 \"\" \"beffroi %s\" \"\"\n",
	       "Generated by 'beffroi help man' from the tables of commands: do not edit.", BEF_VERSION);
	printf(".SH %s\nbeffroi \\- ", fr ? "NOM" : "NAME");
	man_text(tr("the log, the playbooks and the proof of a cyber incident"));
	printf("\n.SH %s\n\\fBbeffroi\\fR \\fI%s\\fR\n", "SYNOPSIS", tr("command [words] [options]"));
	printf(".SH %s\n", fr ? "COMMANDES" : "COMMANDS");
	for (const struct bef_cmd *const *cmd = bef_cmds; *cmd; cmd++)
		if ((*cmd)->group != BEF_GROUP_HIDDEN)
			man_command(*cmd);
	printf(".SH OPTIONS\n");
	man_options(bef_global_options);
	for (size_t i = 0; i < sizeof(topics) / sizeof(*topics); i++) {
		printf(".SH \"%s\"\n.nf\n", fr ? topics[i].fr : topics[i].en);
		man_text(fr ? topics[i].text_fr : topics[i].text_en);
		printf(".fi\n");
	}
}
