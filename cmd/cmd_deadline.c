/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/i18n.h"
#include "base/text.h"
#include "deadline.h"

static const struct bef_opt deadline_options[] = {
	BEF_TEXT(struct bef_deadline_opts, from, 0, "from", "de", N_("TIME"), N_("compute: when the limit starts; ISO 8601 with an offset too")),
	BEF_TEXT(struct bef_deadline_opts, offset, 0, "offset", "delai", N_("LENGTH"), N_("compute: how long: PT72H, P14D, P2W, P1M")),
	BEF_TEXT(struct bef_deadline_opts, calc, 0, "calc", "calcul", N_("HOW"), N_("compute: eu1182 (default), fr_statute, dora5_4, contract, elapsed, none")),
	BEF_TEXT(struct bef_deadline_opts, zone, 0, "zone", "fuseau", N_("ZONE"), N_("compute: time zone, such as Europe/Paris (default: yours)")),
	BEF_TEXT(struct bef_deadline_opts, holidays, 0, "holidays", "feries", N_("PLACE"), N_("compute: whose holidays: fr (default), fr-alsace-moselle, fr-martinique..., none")),
	BEF_LIST(struct bef_deadline_opts, extra, 0, "holiday-extra", "feries-locaux", N_("DAYS"), N_("compute: further holidays, YYYY-MM-DD between commas")),
	BEF_FLAG(struct bef_deadline_opts, roll, 0, "roll", "report-midi", N_("compute: with dora5_4, an entity and a report that may wait until noon")),
	BEF_TEXT(struct bef_deadline_opts, at, 't', "at", "heure", N_("TIME"), N_("sent: when it was")),
	BEF_TEXT(struct bef_deadline_opts, reference, 0, "reference", "reference", N_("TEXT"), N_("sent: number on the receipt; add: the clause")),
	BEF_TEXT(struct bef_deadline_opts, channel, 0, "channel", "canal", N_("TEXT"), N_("sent: by which way; add: which way to use")),
	BEF_FILE(struct bef_deadline_opts, proof, 0, "proof", "preuve", N_("FILE"), N_("sent: the receipt, kept among the evidence")),
	BEF_TEXT(struct bef_deadline_opts, late, 0, "late-because", "retard-car", N_("TEXT"), N_("sent after the limit: why")),
	BEF_TEXT(struct bef_deadline_opts, reason, 'm', "reason", "motif", N_("TEXT"), N_("why")),
	BEF_FLAG(struct bef_deadline_opts, all, 'a', "all", "tout", N_("those that do not apply too; profile: what was said")),
	BEF_FLAG(struct bef_deadline_opts, check, 0, "check", "controle", N_("exit status only: 7 if a limit has passed")),
	BEF_TEXT(struct bef_deadline_opts, format, 'f', "format", "format", N_("FORMAT"), N_("ics: reminders for a calendar; contacts: json, to be edited")),
	BEF_FILE(struct bef_deadline_opts, output, 'o', "output", "sortie", N_("FILE"), N_("where to; - is standard output")),
	BEF_FLAG(struct bef_deadline_opts, overwrite, 0, "overwrite", "ecraser", N_("replace a file that is there")),
	BEF_TEXT(struct bef_deadline_opts, older, 0, "older-than", "plus-vieux-que", N_("AGE"), N_("rules: those not checked since 6m, 1y, 90d")),
	BEF_TEXT(struct bef_deadline_opts, hours, 0, "within", "sous", N_("LENGTH"), N_("add: 24h, or 5d for working days")),
	BEF_TEXT(struct bef_deadline_opts, contact, 0, "contact", "contact", N_("TEXT"), N_("add: who is to be told")),
	BEF_OPT_END,
};

/* What 'deadline' does, by the word that follows it. */
struct gesture {
	const char *words; /* both languages and synonyms, folded */
	bef_deadline_fn *run;
};

static const struct gesture gestures[] = {
	{ "list,liste", bef_deadline_list },
	{ "qualify,qualifier", bef_deadline_qualify },
	{ "profile,profil", bef_deadline_profile },
	{ "answer,repondre,reponse", bef_deadline_answer },
	{ "instant", bef_deadline_instant },
	{ "rules,regles", bef_deadline_rules },
	{ "add,ajouter", bef_deadline_add },
	{ "check,verifier", bef_deadline_check },
	{ "contacts,annuaire", bef_deadline_contacts },
	{ "refresh,recalculer", bef_deadline_refresh },
	{ "compute,calculer", bef_deadline_compute },
};

/* After a rule's name. */
static const struct gesture ends[] = {
	{ "sent,done,envoye,envoyee,fait,faite", bef_deadline_sent },
	{ "not-applicable,sans-objet,na,so", bef_deadline_dismiss },
};

static const struct gesture *find(const struct gesture *list, size_t count, const char *word)
{
	char folded[80];

	bef_fold(word, folded, sizeof(folded));
	for (size_t i = 0; i < count; i++)
		if (bef_word_in_list(list[i].words, folded))
			return &list[i];
	return NULL;
}

static enum bef_rc deadline_run(struct bef_app *app, const void *opts, char **words, int count, struct bef_err *err)
{
	const struct gesture *gesture = count ? find(gestures, sizeof(gestures) / sizeof(*gestures), words[0]) : gestures;

	if (gesture)
		return gesture->run(app, opts, words + (count > 0), count - (count > 0), err);
	if (count == 1)
		return bef_deadline_show(app, opts, words, count, err);
	gesture = find(ends, sizeof(ends) / sizeof(*ends), words[1]);
	if (gesture)
		return gesture->run(app, opts, words, count, err);
	bef_fail(err, BEF_USAGE, tr("'%.60s' is nothing that can be said of a deadline"), words[1]);
	bef_hint(err, "%s", tr("beffroi deadline RULE sent, or: beffroi deadline RULE not-applicable --reason \"...\""));
	return BEF_USAGE;
}

const struct bef_cmd bef_cmd_deadline = {
	.en = "deadline", .fr = "echeance", .also = "deadlines,echeances,delais",
	.group = BEF_GROUP_CELL,
	.summary = N_("legal and contractual time limits"),
	.args = N_("[RULE [sent | not-applicable] | qualify | profile | answer FACT=yes... | instant EVENT TIME | rules | add | check FILE | contacts | refresh | compute]"),
	.about = N_("Clocks start from what was answered: yes, no or unknown, about the organisation once, about the incident each time. Each has a safe limit, never later than any reading of the text: work to it. The extended one, shown with --verbose, is the most favourable reading and is guaranteed by nobody. The program files nothing: people do, and record it here."),
	.examples_en = "beffroi deadline                                  what runs, what is late\n"
	               "beffroi deadline qualify                          the questions that decide\n"
	               "beffroi deadline cnil                             what to send, to whom, how\n"
	               "beffroi deadline cnil sent -t 11:30 --reference 2026-1234 --proof receipt.pdf\n"
	               "beffroi deadline people not-applicable -m \"data were encrypted, key safe\"\n"
	               "beffroi deadline add \"Customer X\" --within 24h --reference \"article 12\"\n"
	               "beffroi deadline compute --from \"2026-11-20 18:30\" --offset PT72H\n"
	               "beffroi deadline compute --from 2027-01-31T09:00+01:00 --offset P1M --verbose\n"
	               "beffroi deadline compute --from \"20/11 18:30\" --offset P5D --calc contract\n",
	.examples_fr = "beffroi echeance                                  ce qui court, ce qui est en retard\n"
	               "beffroi echeance qualifier                        les questions qui décident\n"
	               "beffroi echeance cnil                             quoi envoyer, à qui, par où\n"
	               "beffroi echeance cnil fait -t 11h30 --reference 2026-1234 --preuve accuse.pdf\n"
	               "beffroi echeance personnes sans-objet -m \"données chiffrées, clé sauve\"\n"
	               "beffroi echeance ajouter \"Client X\" --sous 24h --reference \"article 12\"\n"
	               "beffroi echeance calculer --de \"2026-11-20 18:30\" --delai PT72H\n"
	               "beffroi echeance calculer --de 2027-01-31T09:00+01:00 --delai P1M --bavard\n"
	               "beffroi echeance calculer --de \"20/11 18:30\" --delai P5D --calcul contrat\n",
	.most_words = -1,
	.opts = deadline_options, .opts_size = sizeof(struct bef_deadline_opts),
	.run = deadline_run,
};
