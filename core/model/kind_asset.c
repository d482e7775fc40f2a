/* SPDX-License-Identifier: EUPL-1.2 */
/* What of ours is affected, and how each stands. */
#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "model/case.h"

#define TEXT_OF(line, name, fallback) bef_json_text_or(bef_line_body(line), name, fallback)

static const struct bef_field added_fields[] = {
	{ "name", BEF_FIELD_LINE, true, NULL },
	{ "type", BEF_FIELD_WORD, true, &bef_asset_types },
	{ "status", BEF_FIELD_WORD, true, &bef_asset_states },
	{ "owner", BEF_FIELD_LINE, false, NULL },
	{ "criticality", BEF_FIELD_WORD, false, &bef_criticalities },
	{ "rto_s", BEF_FIELD_INT, false, NULL },
	{ "rpo_s", BEF_FIELD_INT, false, NULL },
	{ "data_until", BEF_FIELD_TIME, false, NULL },
	{ "text", BEF_FIELD_PROSE, false, NULL },
	{ NULL, 0, false, NULL },
};

/* Seconds as somebody wrote them, which may be anything: a length of at most ten years, else what was known. */
static int64_t length_of(const struct bef_line *line, const char *field, int64_t known_ms)
{
	int64_t seconds = bef_json_int(bef_line_body(line), field, -1);

	return seconds >= 0 && seconds <= 3660 * BEF_DAY_MS / 1000 ? seconds * 1000 : known_ms;
}

static void take(const struct bef_line *line, struct bef_asset *into)
{
	if (bef_line_text(line, "status") && line->at_ms >= into->status_at_ms) {
		into->status = bef_line_text(line, "status");
		into->status_at_ms = line->at_ms;
	}
	into->rto_ms = length_of(line, "rto_s", into->rto_ms);
	into->rpo_ms = length_of(line, "rpo_s", into->rpo_ms);
	into->data_until_ms = bef_json_int(bef_line_body(line), "data_until", into->data_until_ms);
	into->owner = TEXT_OF(line, "owner", into->owner);
	into->criticality = TEXT_OF(line, "criticality", into->criticality);
}

static bool fold_added(struct bef_case *c, struct bef_line *line)
{
	struct bef_asset *one = bef_case_grow(&c->asset, &c->asset_count, sizeof(*one));

	if (!one)
		return false;
	line->about = (int)c->asset_count - 1;
	*one = (struct bef_asset){
		.line = line,
		.name = bef_line_text(line, "name"),
		.type = TEXT_OF(line, "type", "other"),
		.status = "suspected",
		.rpo_ms = -1,
	};
	take(line, one);
	return true;
}

static void say_name(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const struct bef_asset *one = line->about == BEF_NONE ? NULL : &c->asset[line->about];

	if (one)
		bef_text_printf(out, "S%d %s %s", line->about + 1, bef_word_label(&bef_asset_types, one->type),
		                one->name ? one->name : "...");
}

static void say_length(const struct bef_line *line, const char *field, const char *label, struct bef_text *out)
{
	int64_t length_ms = length_of(line, field, -1);
	char span[BEF_DATE_SIZE];

	if (length_ms >= 0)
		bef_text_printf(out, tr("; %s: %s"), label, bef_span_format(length_ms, span));
}

static void say_objectives(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	char when[BEF_DATE_SIZE];

	say_length(line, "rto_s", tr("RTO"), out);
	say_length(line, "rpo_s", tr("RPO"), out);
	if (bef_line_int(line, "data_until"))
		bef_text_printf(out, tr("; data back up to %s"),
		                bef_date_format(bef_line_int(line, "data_until"), c->zone, BEF_DATE_DAY, when));
}

static void say_more(const struct bef_case *c, const struct bef_line *line, const char *prose, struct bef_text *out)
{
	const char *status = bef_line_text(line, "status");
	const char *owner = bef_line_text(line, "owner");
	const char *text = bef_line_text(line, prose);

	if (status)
		bef_text_printf(out, tr(": %s"), bef_word_label(&bef_asset_states, status));
	if (owner)
		bef_text_printf(out, " -> %s", owner);
	say_objectives(c, line, out);
	if (text)
		bef_text_printf(out, " (%s)", text);
}

static void say_added(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	say_name(c, line, out);
	say_more(c, line, "text", out);
}

const struct bef_kind bef_kind_asset_added = {
	.name = "asset.added",
	.label = N_("asset"),
	.flags = BEF_KIND_STRIKE | BEF_KIND_UNDO | BEF_KIND_KEEPS_NUMBER,
	.prose = "text",
	.fields = added_fields,
	.fold = fold_added,
	.say = say_added,
};

static const struct bef_field changed_fields[] = {
	{ "asset", BEF_FIELD_ID, true, NULL },
	{ "status", BEF_FIELD_WORD, false, &bef_asset_states },
	{ "owner", BEF_FIELD_LINE, false, NULL },
	{ "criticality", BEF_FIELD_WORD, false, &bef_criticalities },
	{ "rto_s", BEF_FIELD_INT, false, NULL },
	{ "rpo_s", BEF_FIELD_INT, false, NULL },
	{ "data_until", BEF_FIELD_TIME, false, NULL },
	{ "reason", BEF_FIELD_PROSE, false, NULL },
	{ NULL, 0, false, NULL },
};

static bool fold_changed(struct bef_case *c, struct bef_line *line)
{
	const struct bef_line *target = bef_line_target(c, line, "asset");

	if (!target || target->about == BEF_NONE || target->kind != &bef_kind_asset_added)
		return true;
	line->about = target->about;
	if (line->undone)
		return true;
	c->asset[target->about].changed = line;
	take(line, &c->asset[target->about]);
	return true;
}

static void say_changed(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	say_name(c, line, out);
	say_more(c, line, "reason", out);
}

const struct bef_kind bef_kind_asset_changed = {
	.name = "asset.changed",
	.label = N_("asset"),
	.flags = BEF_KIND_UNDO | BEF_KIND_REF,
	.prose = "reason",
	.fields = changed_fields,
	.fold = fold_changed,
	.say = say_changed,
};
