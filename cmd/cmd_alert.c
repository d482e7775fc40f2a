/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "alert.h"
#include "base/i18n.h"

static const struct bef_opt alert_options[] = {
	BEF_LIST(struct bef_alert_opts, to, 0, "to", "vers", N_("NAME"), N_("destination or group (may be repeated; default: all that want messages)")),
	BEF_TEXT(struct bef_alert_opts, level, 0, "level", "niveau", N_("LEVEL"), N_("info, urgent (default) or critical")),
	BEF_NUMBER(struct bef_alert_opts, corrects, 0, "corrects", "rectifie", N_("N"), N_("number of an alert that was wrong")),
	BEF_FLAG(struct bef_alert_opts, all, 0, "all", "tout", N_("queue: those that arrived or were given up too")),
	BEF_TEXT(struct bef_alert_opts, reason, 'm', "reason", "motif", N_("TEXT"), N_("drop: why it is given up")),
	BEF_TEXT(struct bef_alert_opts, format, 'f', "format", "format", N_("FORMAT"), N_("add: the service (see: beffroi help alerts)")),
	BEF_LIST(struct bef_alert_opts, set, 0, "set", "mettre", N_("KEY=VALUE"), N_("add: a setting (may be repeated)")),
	BEF_OPT_END,
};

const struct bef_alert_word bef_alert_words[] = {
	{ "queue", "file", 0, 0, false, bef_alert_queue },
	{ "send", "envoyer", 0, 0, false, bef_alert_send },
	{ "test", "tester", 0, 1, false, bef_alert_test },
	{ "list", "liste", 0, 0, false, bef_alert_list },
	{ "show", "montrer", 1, 1, true, bef_alert_show },
	{ "log", "journal", 0, 0, false, bef_alert_log },
	{ "retry", "relancer", 0, 1, false, bef_alert_retry },
	{ "drop", "abandonner", 1, 1, true, bef_alert_drop },
	{ "ack", "acquitter", 1, 1000, false, bef_alert_ack },
	{ "add", "ajouter", 0, 1, false, bef_alert_add },
	{ .en = NULL },
};

static enum bef_rc alert_run(struct bef_app *app, const void *opts, char **words, int count, struct bef_err *err)
{
	for (const struct bef_alert_word *word = bef_alert_words; count > 0 && word->en; word++)
		if ((bef_fold_equal(words[0], word->en) || bef_fold_equal(words[0], word->fr)) && count - 1 >= word->least &&
		    count - 1 <= word->most && (!word->number || bef_number(words[1])))
			return word->run(app, opts, words + 1, count - 1, err);
	return bef_alert_raise(app, opts, words, count, err);
}

const struct bef_cmd bef_cmd_alert = {
	.en = "alert", .fr = "alerter",
	.group = BEF_GROUP_CELL,
	.summary = N_("alert people, see what has not arrived"),
	.args = N_("[TEXT... | queue | send | list | test [NAME] | show N | log | retry [NAME] | drop N | ack TEXT | add NAME]"),
	.about = N_("The alert is in the journal before anything is sent. 'accepted' means that the receiver's machine took it, 'posted' that the service says the message exists; neither means that somebody read it. An incident that is opened, gets graver, becomes a crisis or ends, deadlines, overdue steps and situation reports ring by themselves. After a command, five seconds at most are spent on sending; 'watch' goes on. See: beffroi help alerts."),
	.examples_en = "beffroi alert \"Do not switch any computer on\" --level critical\n"
	               "beffroi alert queue                   what has not arrived\n"
	               "beffroi alert send                    try again now\n"
	               "beffroi alert add cell                a new destination, step by step\n"
	               "beffroi alert test                    a test to each destination\n"
	               "beffroi alert list                    the destinations and how they are doing\n"
	               "beffroi alert show 3                  one alert: where it went, every attempt\n"
	               "beffroi alert drop 3 -m \"told by phone\"\n"
	               "beffroi alert ack \"phoned Anne Martin at 03:20\"\n",
	.examples_fr = "beffroi alerter \"Ne rallumez aucun poste\" --niveau critique\n"
	               "beffroi alerter file                  ce qui n'est pas arrivé\n"
	               "beffroi alerter envoyer               nouvel essai maintenant\n"
	               "beffroi alerter ajouter cellule       une nouvelle destination, pas à pas\n"
	               "beffroi alerter tester                un essai vers chaque destination\n"
	               "beffroi alerter liste                 les destinations et leur état\n"
	               "beffroi alerter montrer 3             une alerte : où elle est allée, chaque essai\n"
	               "beffroi alerter abandonner 3 -m \"dit par téléphone\"\n"
	               "beffroi alerter acquitter \"Anne Martin appelée à 03:20\"\n",
	.most_words = -1,
	.opts = alert_options, .opts_size = sizeof(struct bef_alert_opts),
	.run = alert_run,
};
