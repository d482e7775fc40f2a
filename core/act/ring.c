/* SPDX-License-Identifier: EUPL-1.2 */
/* What rings by itself: one row a kind of entry.  Declared in bell.h. */
#include <stdlib.h>
#include <string.h>

#include "act/alert.h"
#include "act/bell.h"
#include "base/i18n.h"
#include "base/json.h"

#define TEXT_OF(line, name, fallback) bef_json_text_or(bef_line_body(line), name, fallback)

/* What a row says: the sentence in the chosen language; event and level are constants. */
struct ring {
	const char *event, *level;
	int corrects;
	struct bef_text text;
};

static bool is_grave(const char *severity)
{
	return severity && strcmp(severity, "3") >= 0;
}

static void say_opened(const struct bef_case *c, const struct bef_line *line, struct ring *out)
{
	const char *summary = bef_line_text(line, "summary");

	out->event = "opened";
	out->level = is_grave(c->severity) ? "critical" : "urgent";
	bef_text_printf(&out->text, tr("Incident opened. Type: %s. Severity %s: %s."), bef_word_label(&bef_types, c->type), c->severity,
	                bef_word_label(&bef_severities, c->severity));
	if (summary)
		bef_text_printf(&out->text, "\n%s", summary);
}

static void say_reopened(const struct bef_case *c, const struct bef_line *line, struct ring *out)
{
	(void)c;
	out->event = "opened";
	out->level = "urgent";
	bef_text_printf(&out->text, tr("Incident opened again: %s"), TEXT_OF(line, "reason", "-"));
}

/* The severity before this line, NULL if it said none. */
static const char *former_severity(const struct bef_case *c, const struct bef_line *line)
{
	const char *former = NULL;

	for (size_t i = 0; i < c->line_count && &c->line[i] != line; i++) {
		const char *kind = c->line[i].entry->kind;

		if (bef_line_counts(&c->line[i]) && (strcmp(kind, "incident.opened") == 0 || strcmp(kind, "incident.changed") == 0))
			former = TEXT_OF(&c->line[i], "severity", former);
	}
	return former;
}

static void say_changed(const struct bef_case *c, const struct bef_line *line, struct ring *out)
{
	const char *now = TEXT_OF(line, "severity", "");
	const char *former = former_severity(c, line);

	if (!*now || (former && strcmp(now, former) <= 0))
		return;
	out->event = "severity";
	out->level = is_grave(now) ? "critical" : "urgent";
	bef_text_printf(&out->text, tr("Severity raised from %s to %s: %s."), former ? former : "?", now,
	                bef_word_label(&bef_severities, now));
	if (bef_line_text(line, "reason"))
		bef_text_printf(&out->text, "\n%s", bef_line_text(line, "reason"));
}

static const struct {
	const char *state, *event, *level;
} states[] = {
	{ "crisis", "crisis", "critical" },
	{ "alert", "severity", "urgent" },
	{ "winding-down", "sitrep", "urgent" },
	{ "open", "all-clear", "critical" },
};

static void say_state(const struct bef_case *c, const struct bef_line *line, struct ring *out)
{
	const struct bef_move *move = line->about != BEF_NONE ? &c->move[line->about] : NULL;

	for (size_t i = 0; move && i < sizeof(states) / sizeof(*states); i++) {
		if (strcmp(move->to, states[i].state) != 0 || strcmp(move->from, move->to) == 0)
			continue;
		out->event = states[i].event;
		out->level = states[i].level;
		if (strcmp(move->to, "crisis") == 0)
			bef_text_puts(&out->text, tr("Crisis declared."));
		else
			bef_text_printf(&out->text, tr("Crisis state: %s -> %s."), bef_word_label(&bef_states, move->from),
			                bef_word_label(&bef_states, move->to));
	}
	if (out->event && bef_line_text(line, "reason"))
		bef_text_printf(&out->text, "\n%s", bef_line_text(line, "reason"));
}

static void say_closed(const struct bef_case *c, const struct bef_line *line, struct ring *out)
{
	(void)c;
	out->event = "all-clear";
	out->level = "critical";
	bef_text_printf(&out->text, tr("Incident closed: %s"), TEXT_OF(line, "reason", "-"));
}

static void say_sitrep(const struct bef_case *c, const struct bef_line *line, struct ring *out)
{
	(void)c;
	out->event = "sitrep";
	out->level = "info";
	bef_text_puts(&out->text, TEXT_OF(line, "text", ""));
}

/* What was undone or struck had rung: whoever heard it is told. */
static void say_withdrawn(const struct bef_case *c, const struct bef_line *line, struct ring *out)
{
	const struct bef_line *target = bef_line_target(c, line, "target");

	for (size_t i = 0; target && i < c->alert_count; i++) {
		if (c->alert[i].about != target || strcmp(TEXT_OF(c->alert[i].line, "event", ""), "correction") == 0)
			continue;
		out->event = "correction";
		out->level = TEXT_OF(c->alert[i].line, "level", "urgent");
		out->corrects = (int)i + 1;
		bef_text_clear(&out->text);
		bef_text_puts(&out->text, tr("It no longer holds: what it told of was undone."));
	}
}

static const struct rung {
	const char *kind;
	const char *member, *value; /* only with this member (of this value), or NULL */
	void (*say)(const struct bef_case *c, const struct bef_line *line, struct ring *out);
} rows[] = {
	{ "incident.opened", NULL, NULL, say_opened },
	{ "incident.reopened", NULL, NULL, say_reopened },
	{ "incident.changed", "severity", NULL, say_changed },
	{ "state.changed", NULL, NULL, say_state },
	{ "incident.closed", NULL, NULL, say_closed },
	{ "note", "sort", "sitrep", say_sitrep },
	{ "entry.undone", NULL, NULL, say_withdrawn },
	{ "entry.struck", NULL, NULL, say_withdrawn },
};

static const struct rung *row_of(const char *kind, const json_t *body)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *value = rows[i].member ? bef_json_text(body, rows[i].member) : NULL;

		if (strcmp(kind, rows[i].kind) == 0 && (!rows[i].member || value) &&
		    (!rows[i].value || strcmp(value, rows[i].value) == 0))
			return &rows[i];
	}
	return NULL;
}

bool bef_rings(const char *kind, const json_t *body)
{
	return row_of(kind, body) != NULL;
}

/* The same sentence in one language. */
static void say_in(enum bef_lang lang, const struct rung *row, const struct bef_case *c, const struct bef_line *line,
                   struct ring *out)
{
	enum bef_lang former = bef_lang_set(lang);

	row->say(c, line, out);
	bef_lang_set(former);
}

enum bef_rc bef_act_ring(struct bef_act *act, unsigned number, struct bef_err *err)
{
	struct ring en = { .text = { .max = BEF_PROSE_MOST } }, fr = { .text = { .max = BEF_PROSE_MOST } };
	const struct bef_line *line;
	const struct rung *row;
	struct bef_raising what = { .by_itself = true };
	enum bef_rc rc = bef_act_reload(act, err);

	line = rc ? NULL : bef_case_number(act->c, number);
	row = line ? row_of(line->entry->kind, bef_line_body(line)) : NULL;
	if (!row)
		return rc;
	say_in(BEF_EN, row, act->c, line, &en);
	say_in(BEF_FR, row, act->c, line, &fr);
	what.event = en.event;
	what.level = en.level;
	what.corrects = en.corrects;
	what.about = line;
	what.text = bef_text_str(&en.text);
	what.text_fr = bef_text_str(&fr.text);
	if (what.event)
		rc = bef_act_raise(act, &what, err);
	bef_text_clear(&en.text);
	bef_text_clear(&fr.text);
	return rc;
}
