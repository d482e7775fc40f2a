/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "act/say.h"
#include "base/i18n.h"
#include "base/json.h"
#include "out.h"

struct phase_opts {
	const char *reason, *at;
};

static const struct bef_opt phase_options[] = {
	BEF_TEXT(struct phase_opts, reason, 'm', "reason", "motif", N_("TEXT"), N_("why")),
	BEF_TEXT(struct phase_opts, at, 't', "at", "heure", N_("TIME"), N_("when it happened")),
	BEF_OPT_END,
};

static enum bef_rc show(struct bef_app *app, struct bef_err *err)
{
	BEF_AUTO_CASE *c = NULL;
	struct bef_incident_row row;
	BEF_AUTO(text) road = { .max = 1000 };
	json_t *object;
	bool ok = true;
	enum bef_rc rc = bef_app_case(app, &c, &row, err);

	if (rc)
		return rc;
	if (app->g.json) {
		object = bef_json_begin("phase");
		bef_json_put_text(object, "incident", row.ref, &ok);
		bef_json_put_text(object, "phase", c->phase, &ok);
		bef_json_put_text(object, "state", c->state, &ok);
		return bef_put_json(object, err);
	}
	bef_put(app, BEF_STRONG, "%s  ", row.ref);
	for (const struct bef_word *word = bef_phases.row; word->name; word++) {
		bool here = strcmp(word->name, c->phase) == 0;

		bef_text_printf(&road, "%s%s%s%s", word == bef_phases.row ? "" : " > ", here ? "[" : "", tr(word->label),
		                here ? "]" : "");
	}
	bef_wrap_text(app, BEF_PLAIN, 2 + (int)strlen(row.ref), 4, &road);
	bef_put(app, BEF_PLAIN, tr("%s: %s\n"), tr("crisis state"), bef_word_label(&bef_states, c->state));
	bef_next(app, tr("phase containment"), tr("move to a phase"));
	bef_next(app, tr("phase crisis --reason ..."), tr("escalate"));
	return BEF_OK;
}

/* A phase of the incident, or a crisis state of the organisation: the words are apart. */
static enum bef_rc choose(const char *typed, const struct bef_word **word, bool *is_state, struct bef_err *err)
{
	enum bef_rc rc = bef_word_parse(&bef_phases, typed, word, err);

	*is_state = rc && bef_word_parse(&bef_states, typed, word, NULL) == BEF_OK;
	if (rc && !*is_state) {
		bef_hint(err, "%s", tr("phases: detection qualification containment evidence eradication recovery return lessons; crisis: open alert crisis winding-down"));
		return rc;
	}
	if (!*is_state || strcmp((*word)->name, "closed") != 0)
		return BEF_OK;
	bef_fail(err, BEF_REFUSED, "%s", tr("closing has its own command"));
	bef_hint(err, "%s", tr("beffroi close"));
	return BEF_REFUSED;
}

static enum bef_rc fill(struct bef_app *app, const struct phase_opts *opts, const struct bef_word *word, bool is_state,
                        struct bef_saying *what, struct bef_err *err)
{
	bool ok = what->body != NULL;
	enum bef_rc rc;

	/* Escalation is a decision somebody will be asked about. */
	if (is_state && strcmp(word->name, "crisis") == 0 && !opts->reason) {
		bef_fail(err, BEF_USAGE, "%s", tr("say why this is a crisis"));
		bef_hint(err, "%s", tr("add: --reason \"...\" (and --by NAME if somebody else decided it)"));
		return BEF_USAGE;
	}
	rc = bef_app_time(app, opts->at, BEF_WHEN_FACT, &what->happened_at_ms, err);
	what->kind = is_state ? "state.changed" : "phase.changed";
	bef_json_put_text(what->body, is_state ? "state" : "phase", word->name, &ok);
	bef_json_put_text(what->body, "reason", opts->reason, &ok);
	if (is_state)
		bef_json_put_text(what->body, "by", app->g.by, &ok);
	return rc == BEF_OK && !ok ? bef_no_memory(err) : rc;
}

static enum bef_rc phase_run(struct bef_app *app, const void *opts, char **words, int count, struct bef_err *err)
{
	__attribute__((cleanup(bef_saying_clear))) struct bef_saying what = { .body = json_object() };
	const struct bef_word *word = NULL;
	struct bef_done done;
	char now[BEF_DATE_SIZE];
	bool is_state;
	enum bef_rc rc;

	if (count == 0)
		return show(app, err);
	rc = choose(words[0], &word, &is_state, err);
	if (rc == BEF_OK)
		rc = fill(app, opts, word, is_state, &what, err);
	bef_app_tick(app);
	if (rc == BEF_OK)
		rc = bef_act_say(&app->desk, &what, &done, err);
	if (rc)
		return rc;
	bef_date_format(app->desk.pen.now_ms, app->desk.pen.zone, BEF_DATE_CLOCK, now);
	return bef_put_done(app, &done, what.kind, err, tr("%s: %s, %s (#%u)"),
	                    is_state ? tr("crisis state") : tr("phase"), tr(word->label), now, done.number);
}

const struct bef_cmd bef_cmd_phase = {
	.en = "phase", .fr = "phase",
	.group = BEF_GROUP_CELL,
	.summary = N_("move to a phase, or escalate to a crisis"),
	.args = N_("[PHASE | alert | crisis | winding-down]"),
	.about = N_("Two axes. The incident goes through detection, qualification, containment, evidence, eradication, recovery, return to normal, lessons. The organisation goes from open to alert, crisis, winding down."),
	.examples_en = "beffroi phase containment\n"
	               "beffroi phase crisis --reason \"production stopped\" --by anne\n",
	.examples_fr = "beffroi phase endiguement\n"
	               "beffroi phase crise --motif \"production arrêtée\" --par anne\n",
	.most_words = 1,
	.opts = phase_options, .opts_size = sizeof(struct phase_opts),
	.run = phase_run,
};
