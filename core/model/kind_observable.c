/* SPDX-License-Identifier: EUPL-1.2 */
/* What was seen of the attacker, typed, and what became of each. */
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/case.h"
#include "model/observable.h"

#define TEXT_OF(line, name, fallback) bef_json_text_or(bef_line_body(line), name, fallback)

static const struct bef_field added_fields[] = {
	{ "type", BEF_FIELD_WORD, true, &bef_observable_types },
	{ "value", BEF_FIELD_PROSE, true, NULL }, /* normal form, on one line: model/observable.h */
	{ "status", BEF_FIELD_WORD, true, &bef_observable_states },
	{ "tlp", BEF_FIELD_WORD, false, &bef_tlps }, /* absent: the incident's */
	{ "pap", BEF_FIELD_WORD, false, &bef_paps },
	{ "source", BEF_FIELD_LINE, false, NULL },
	{ "first_seen", BEF_FIELD_TIME, false, NULL },
	{ "last_seen", BEF_FIELD_TIME, false, NULL },
	{ "to_ids", BEF_FIELD_BOOL, false, NULL },
	{ "text", BEF_FIELD_PROSE, false, NULL },
	{ "asset", BEF_FIELD_ID, false, NULL }, /* where it was seen */
	{ NULL, 0, false, NULL },
};

/* What an entry says of it stands until another says otherwise. */
static void take(const struct bef_case *c, const struct bef_line *line, struct bef_observable *into)
{
	const json_t *body = bef_line_body(line);
	const struct bef_line *asset = bef_line_target(c, line, "asset");

	into->status = bef_json_text_or(body, "status", into->status);
	into->tlp = bef_json_text_or(body, "tlp", into->tlp);
	into->pap = bef_json_text_or(body, "pap", into->pap);
	into->source = bef_json_text_or(body, "source", into->source);
	into->first_seen_at_ms = bef_json_int(body, "first_seen", into->first_seen_at_ms);
	into->last_seen_at_ms = bef_json_int(body, "last_seen", into->last_seen_at_ms);
	if (json_object_get(body, "to_ids"))
		into->detect = bef_json_bool(body, "to_ids");
	if (asset && asset->kind == bef_kind_find("asset.added") && asset->about != BEF_NONE)
		into->asset = asset->about;
}

static bool fold_added(struct bef_case *c, struct bef_line *line)
{
	struct bef_observable *one = bef_case_grow(&c->observable, &c->observable_count, sizeof(*one));

	if (!one)
		return false;
	line->about = (int)c->observable_count - 1;
	*one = (struct bef_observable){
		.line = line,
		.type = TEXT_OF(line, "type", "other"),
		.status = "suspected",
		.value = bef_line_text(line, "value"),
		.detect = -1,
		.asset = BEF_NONE,
	};
	take(c, line, one);
	return true;
}

const char *bef_observable_tlp(const struct bef_case *c, const struct bef_observable *observable)
{
	return observable->tlp ? observable->tlp : c->tlp;
}

bool bef_observable_detects(const struct bef_observable *observable)
{
	const struct bef_observable_form *form = bef_observable_form(observable->type);

	if (observable->detect >= 0)
		return observable->detect == 1;
	return strcmp(observable->status, "confirmed") == 0 && form && form->detects;
}

static void say_value(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const struct bef_observable *one = line->about == BEF_NONE ? NULL : &c->observable[line->about];

	if (!one)
		return;
	bef_text_printf(out, "O%d %s ", line->about + 1, bef_word_label(&bef_observable_types, one->type));
	if (one->value)
		bef_defang(one->type, one->value, out);
	else
		bef_text_puts(out, "...");
}

static void say_more(const struct bef_line *line, const char *prose, struct bef_text *out)
{
	const char *status = bef_line_text(line, "status");
	const char *tlp = bef_line_text(line, "tlp");
	const char *source = bef_line_text(line, "source");
	const char *text = bef_line_text(line, prose);

	if (status)
		bef_text_printf(out, tr(": %s"), bef_word_label(&bef_observable_states, status));
	if (tlp)
		bef_text_printf(out, ", %s", bef_word_label(&bef_tlps, tlp));
	if (source)
		bef_text_printf(out, tr(", source: %s"), source);
	if (text)
		bef_text_printf(out, " (%s)", text);
}

static void say_added(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	say_value(c, line, out);
	say_more(line, "text", out);
}

const struct bef_kind bef_kind_observable_added = {
	.name = "observable.added",
	.label = N_("observable"),
	.flags = BEF_KIND_STRIKE | BEF_KIND_UNDO | BEF_KIND_KEEPS_NUMBER,
	.prose = "text",
	.fields = added_fields,
	.fold = fold_added,
	.say = say_added,
};

static const struct bef_field changed_fields[] = {
	{ "observable", BEF_FIELD_ID, true, NULL },
	{ "status", BEF_FIELD_WORD, false, &bef_observable_states },
	{ "tlp", BEF_FIELD_WORD, false, &bef_tlps },
	{ "pap", BEF_FIELD_WORD, false, &bef_paps },
	{ "source", BEF_FIELD_LINE, false, NULL },
	{ "first_seen", BEF_FIELD_TIME, false, NULL },
	{ "last_seen", BEF_FIELD_TIME, false, NULL },
	{ "to_ids", BEF_FIELD_BOOL, false, NULL },
	{ "asset", BEF_FIELD_ID, false, NULL },
	{ "reason", BEF_FIELD_PROSE, false, NULL },
	{ NULL, 0, false, NULL },
};

static bool fold_changed(struct bef_case *c, struct bef_line *line)
{
	const struct bef_line *target = bef_line_target(c, line, "observable");

	if (!target || target->about == BEF_NONE || target->kind != &bef_kind_observable_added)
		return true;
	line->about = target->about;
	if (line->undone)
		return true;
	c->observable[target->about].changed = line;
	take(c, line, &c->observable[target->about]);
	return true;
}

static void say_changed(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	say_value(c, line, out);
	say_more(line, "reason", out);
}

const struct bef_kind bef_kind_observable_changed = {
	.name = "observable.changed",
	.label = N_("observable"),
	.flags = BEF_KIND_UNDO | BEF_KIND_REF,
	.prose = "reason",
	.fields = changed_fields,
	.fold = fold_changed,
	.say = say_changed,
};
