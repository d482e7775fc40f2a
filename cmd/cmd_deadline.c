/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/i18n.h"
#include "base/text.h"
#include "deadline_compute.h"

static const struct bef_opt deadline_options[] = {
	BEF_TEXT(struct bef_deadline_opts, from, 0, "from", "de", N_("TIME"), N_("compute: when the limit starts; ISO 8601 with an offset too")),
	BEF_TEXT(struct bef_deadline_opts, offset, 0, "offset", "delai", N_("LENGTH"), N_("compute: how long: PT72H, P14D, P2W, P1M")),
	BEF_TEXT(struct bef_deadline_opts, calc, 0, "calc", "calcul", N_("HOW"), N_("compute: eu1182 (default), fr_statute, dora5_4, contract, elapsed, none")),
	BEF_TEXT(struct bef_deadline_opts, zone, 0, "zone", "fuseau", N_("ZONE"), N_("compute: time zone, such as Europe/Paris (default: yours)")),
	BEF_TEXT(struct bef_deadline_opts, holidays, 0, "holidays", "feries", N_("PLACE"), N_("compute: whose holidays: fr (default), fr-alsace-moselle, fr-martinique..., none")),
	BEF_LIST(struct bef_deadline_opts, extra, 0, "holiday-extra", "feries-locaux", N_("DAYS"), N_("compute: further holidays, YYYY-MM-DD between commas")),
	BEF_FLAG(struct bef_deadline_opts, roll, 0, "roll", "report-midi", N_("compute: with dora5_4, an entity and a report that may wait until noon")),
	BEF_OPT_END,
};

/* What 'deadline' does, by the word that follows it. */
static const struct {
	const char *en, *fr;
	enum bef_rc (*run)(struct bef_app *app, const struct bef_deadline_opts *opts, char **words, int count,
	                   struct bef_err *err);
} gestures[] = {
	{ "compute", "calculer", bef_deadline_compute },
};

static enum bef_rc deadline_run(struct bef_app *app, const void *opts, char **words, int count, struct bef_err *err)
{
	for (size_t i = 0; count > 0 && i < sizeof(gestures) / sizeof(*gestures); i++)
		if (bef_fold_equal(words[0], gestures[i].en) || bef_fold_equal(words[0], gestures[i].fr))
			return gestures[i].run(app, opts, words + 1, count - 1, err);
	if (count > 0)
		bef_fail(err, BEF_USAGE, tr("'%.60s' is nothing that 'deadline' does"), words[0]);
	else
		bef_fail(err, BEF_USAGE, "%s", tr("what about deadlines?"));
	bef_hint(err, "%s", tr("beffroi deadline compute --from \"2026-11-20 18:30\" --offset PT72H"));
	return BEF_USAGE;
}

const struct bef_cmd bef_cmd_deadline = {
	.en = "deadline", .fr = "echeance", .also = "deadlines,echeances,delais",
	.group = BEF_GROUP_CELL,
	.summary = N_("compute the end of a legal or contractual time limit"),
	.args = N_("compute --from TIME --offset LENGTH"),
	.about = N_("Two instants come out. The safe one is never later than any reading of the text: work to it. The extended one is the most favourable reading (week-ends, holidays, the hour not counted) and is guaranteed by nobody. With --verbose, each step of the count is told."),
	.examples_en = "beffroi deadline compute --from \"2026-11-20 18:30\" --offset PT72H\n"
	               "beffroi deadline compute --from 2027-01-31T09:00+01:00 --offset P1M --verbose\n"
	               "beffroi deadline compute --from \"20/11 18:30\" --offset P5D --calc contract\n",
	.examples_fr = "beffroi echeance calculer --de \"2026-11-20 18:30\" --delai PT72H\n"
	               "beffroi echeance calculer --de 2027-01-31T09:00+01:00 --delai P1M --bavard\n"
	               "beffroi echeance calculer --de \"20/11 18:30\" --delai P5D --calcul contrat\n",
	.most_words = 4,
	.opts = deadline_options, .opts_size = sizeof(struct bef_deadline_opts),
	.run = deadline_run,
};
