/* SPDX-License-Identifier: EUPL-1.2 */
/* Opening, qualifying, moving through phases and crisis states, closing. */
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/case.h"

#define TEXT_OF(line, name, fallback) bef_json_text_or(bef_line_body(line), name, fallback)

static const struct bef_field opened_fields[] = {
	{ "ref", BEF_FIELD_LINE, true, NULL },
	{ "title", BEF_FIELD_LINE, true, NULL },
	{ "type", BEF_FIELD_WORD, true, &bef_types },
	{ "severity", BEF_FIELD_WORD, true, &bef_severities },
	{ "tlp", BEF_FIELD_WORD, true, &bef_tlps },
	{ "zone", BEF_FIELD_LINE, true, NULL },
	{ "drill", BEF_FIELD_BOOL, false, NULL },
	{ "detected_at", BEF_FIELD_TIME, false, NULL },
	{ "aware_at", BEF_FIELD_TIME, false, NULL },
	{ "reporter", BEF_FIELD_LINE, false, NULL },
	{ "summary", BEF_FIELD_PROSE, false, NULL },
	{ NULL, 0, false, NULL },
};

/* What may be said at the opening and again later; absent members change nothing. */
static void take_facts(struct bef_case *c, const struct bef_line *line)
{
	const json_t *body = bef_line_body(line);

	c->title = bef_json_text_or(body, "title", c->title);
	c->type = bef_json_text_or(body, "type", c->type);
	c->severity = bef_json_text_or(body, "severity", c->severity);
	c->tlp = bef_json_text_or(body, "tlp", c->tlp);
	if (bef_json_text(body, "cause")) {
		c->cause = bef_json_text(body, "cause");
		c->caused = line;
	}
	c->reporter = bef_json_text_or(body, "reporter", c->reporter);
	c->summary = bef_json_text_or(body, "summary", c->summary);
	c->detected_at_ms = bef_json_int(body, "detected_at", c->detected_at_ms);
	c->aware_at_ms = bef_json_int(body, "aware_at", c->aware_at_ms);
}

static bool add_move(struct bef_case *c, struct bef_line *line, const char **axis, const char *to)
{
	struct bef_move *move = bef_case_grow(&c->move, &c->move_count, sizeof(*move));

	if (!move)
		return false;
	*move = (struct bef_move){ .line = line, .from = *axis, .to = to, .is_state = axis == &c->state };
	line->about = (int)c->move_count - 1;
	*axis = to;
	return true;
}

/* A second opening in one journal (which no honest writer makes) is ignored. */
static bool fold_opened(struct bef_case *c, struct bef_line *line)
{
	if (c->opened)
		return true;
	c->opened = line;
	c->opened_at_ms = line->entry->recorded_at_ms;
	c->phase_since_ms = c->opened_at_ms;
	c->ref = TEXT_OF(line, "ref", "");
	c->zone = TEXT_OF(line, "zone", line->entry->zone);
	c->type = "undetermined";
	/* A drill is for ever: it cannot be amended away, nor erased with the text. */
	c->drill = bef_json_bool(bef_line_body(line), "drill");
	take_facts(c, line);
	if (!c->detected_at_ms)
		c->detected_at_ms = line->at_ms;
	return true;
}

static void say_opened(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const char *reporter = bef_line_text(line, "reporter");

	if (c->drill)
		bef_text_printf(out, "%s ", tr("[DRILL]"));
	bef_text_printf(out, tr("incident opened: %s"), TEXT_OF(line, "title", ""));
	if (reporter)
		bef_text_printf(out, tr(" (reported by %s)"), reporter);
}

const struct bef_kind bef_kind_incident_opened = {
	.name = "incident.opened",
	.label = N_("opening"),
	.flags = BEF_KIND_CLOCKS,
	.prose = "title",
	.fields = opened_fields,
	.fold = fold_opened,
	.say = say_opened,
};

static const struct bef_field changed_fields[] = {
	{ "title", BEF_FIELD_LINE, false, NULL },
	{ "type", BEF_FIELD_WORD, false, &bef_types },
	{ "severity", BEF_FIELD_WORD, false, &bef_severities },
	{ "tlp", BEF_FIELD_WORD, false, &bef_tlps },
	{ "cause", BEF_FIELD_WORD, false, &bef_causes },
	{ "detected_at", BEF_FIELD_TIME, false, NULL },
	{ "aware_at", BEF_FIELD_TIME, false, NULL },
	{ "reporter", BEF_FIELD_LINE, false, NULL },
	{ "summary", BEF_FIELD_PROSE, false, NULL },
	{ "reason", BEF_FIELD_PROSE, false, NULL },
	{ NULL, 0, false, NULL },
};

static bool fold_changed(struct bef_case *c, struct bef_line *line)
{
	take_facts(c, line);
	return true;
}

static void say_words(const struct bef_line *line, const char *field, const struct bef_words *words,
                      struct bef_text *out)
{
	const char *value = bef_line_text(line, field);

	if (value)
		bef_text_printf(out, tr("; %s: %s"), tr(words->what), bef_word_label(words, value));
}

static void say_instant(const struct bef_case *c, const struct bef_line *line, const char *field,
                        const char *label, struct bef_text *out)
{
	char when[BEF_DATE_SIZE];

	if (bef_line_int(line, field))
		bef_text_printf(out, tr("; %s: %s"), label,
		                bef_date_format(bef_line_int(line, field), c->zone, BEF_DATE_DAY, when));
}

static void say_changed(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const char *title = bef_line_text(line, "title");
	const char *reporter = bef_line_text(line, "reporter");
	const char *reason = bef_line_text(line, "reason");

	bef_text_puts(out, tr("qualified"));
	if (title)
		bef_text_printf(out, tr("; %s"), title);
	say_words(line, "type", &bef_types, out);
	say_words(line, "severity", &bef_severities, out);
	say_words(line, "tlp", &bef_tlps, out);
	say_words(line, "cause", &bef_causes, out);
	say_instant(c, line, "detected_at", tr("detected"), out);
	say_instant(c, line, "aware_at", tr("aware"), out);
	if (reporter)
		bef_text_printf(out, tr("; reported by %s"), reporter);
	if (bef_line_text(line, "summary"))
		bef_text_puts(out, tr("; summary written"));
	if (reason)
		bef_text_printf(out, " (%s)", reason);
}

const struct bef_kind bef_kind_incident_changed = {
	.name = "incident.changed",
	.label = N_("qualification"),
	.flags = BEF_KIND_UNDO | BEF_KIND_CLOCKS,
	.prose = "reason",
	.fields = changed_fields,
	.fold = fold_changed,
	.say = say_changed,
};

static const struct bef_field phase_fields[] = {
	{ "phase", BEF_FIELD_WORD, true, &bef_phases },
	{ "reason", BEF_FIELD_PROSE, false, NULL },
	{ NULL, 0, false, NULL },
};

static bool fold_phase(struct bef_case *c, struct bef_line *line)
{
	const char *to = bef_line_text(line, "phase");

	if (!to)
		return true;
	c->phase_since_ms = line->at_ms;
	return add_move(c, line, &c->phase, to);
}

/* A move that was undone came from nowhere: only where it went is said. */
static void say_move(const struct bef_case *c, const struct bef_line *line, const char *title,
                     const char *field, const struct bef_words *words, struct bef_text *out)
{
	const struct bef_move *move = line->about != BEF_NONE ? &c->move[line->about] : NULL;
	const char *reason = bef_line_text(line, "reason");

	bef_text_printf(out, tr("%s: "), title);
	if (move)
		bef_text_printf(out, "%s -> ", bef_word_label(words, move->from));
	bef_text_puts(out, bef_word_label(words, TEXT_OF(line, field, "")));
	if (reason)
		bef_text_printf(out, " (%s)", reason);
}

static void say_phase(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	say_move(c, line, tr("phase"), "phase", &bef_phases, out);
}

const struct bef_kind bef_kind_phase_changed = {
	.name = "phase.changed",
	.label = N_("phase"),
	.flags = BEF_KIND_UNDO,
	.prose = "reason",
	.fields = phase_fields,
	.fold = fold_phase,
	.say = say_phase,
};

static const struct bef_field state_fields[] = {
	{ "state", BEF_FIELD_WORD, true, &bef_states },
	{ "reason", BEF_FIELD_PROSE, false, NULL },
	{ "by", BEF_FIELD_LINE, false, NULL }, /* who decided it, if not the author */
	{ NULL, 0, false, NULL },
};

static bool fold_state(struct bef_case *c, struct bef_line *line)
{
	const char *to = bef_line_text(line, "state");

	return !to || add_move(c, line, &c->state, to);
}

static void say_state(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const char *by = bef_line_text(line, "by");

	say_move(c, line, tr("crisis state"), "state", &bef_states, out);
	if (by)
		bef_text_printf(out, tr(", decided by %s"), by);
}

const struct bef_kind bef_kind_state_changed = {
	.name = "state.changed",
	.label = N_("crisis"),
	.flags = BEF_KIND_UNDO,
	.prose = "reason",
	.fields = state_fields,
	.fold = fold_state,
	.say = say_state,
};

static const struct bef_field closed_fields[] = {
	{ "reason", BEF_FIELD_PROSE, false, NULL },
	{ "despite", BEF_FIELD_LINES, false, NULL }, /* what was still open */
	{ NULL, 0, false, NULL },
};

static bool fold_closed(struct bef_case *c, struct bef_line *line)
{
	c->closed = line;
	c->closed_at_ms = line->at_ms;
	return add_move(c, line, &c->state, "closed");
}

static void say_closed(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const json_t *despite = json_object_get(bef_line_body(line), "despite");
	const char *reason = bef_line_text(line, "reason");
	long open = (long)json_array_size(despite);

	(void)c;
	bef_text_puts(out, tr("incident closed"));
	if (open)
		bef_text_printf(out, trn(" despite %ld open point", " despite %ld open points", open), open);
	if (reason)
		bef_text_printf(out, " (%s)", reason);
}

const struct bef_kind bef_kind_incident_closed = {
	.name = "incident.closed",
	.label = N_("closing"),
	.flags = BEF_KIND_UNDO,
	.prose = "reason",
	.fields = closed_fields,
	.fold = fold_closed,
	.say = say_closed,
};

static const struct bef_field reopened_fields[] = {
	{ "reason", BEF_FIELD_PROSE, true, NULL },
	{ NULL, 0, false, NULL },
};

static bool fold_reopened(struct bef_case *c, struct bef_line *line)
{
	c->closed = NULL;
	c->closed_at_ms = 0;
	return add_move(c, line, &c->state, "open");
}

static void say_reopened(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	(void)c;
	bef_text_printf(out, tr("incident reopened (%s)"), TEXT_OF(line, "reason", ""));
}

const struct bef_kind bef_kind_incident_reopened = {
	.name = "incident.reopened",
	.label = N_("reopening"),
	.flags = BEF_KIND_UNDO | BEF_KIND_CLOCKS,
	.prose = "reason",
	.fields = reopened_fields,
	.fold = fold_reopened,
	.say = say_reopened,
};
