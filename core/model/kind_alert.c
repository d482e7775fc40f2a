/* SPDX-License-Identifier: EUPL-1.2 */
/* Alerts and their final results. */
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/case.h"

#define TEXT_OF(line, name, fallback) bef_json_text_or(bef_line_body(line), name, fallback)

static const struct bef_field raised_fields[] = {
	{ "text", BEF_FIELD_PROSE, true, NULL },
	{ "level", BEF_FIELD_WORD, true, &bef_alert_levels },
	{ "to", BEF_FIELD_LINES, true, NULL },      /* destinations by name; their addresses are not here */
	{ "corrects", BEF_FIELD_ID, false, NULL },  /* an alert that was wrong */
	{ NULL, 0, false, NULL },
};

/* The delivery of this alert to this destination, or NULL. */
static struct bef_delivery *delivery_of(const struct bef_case *c, int alert, const char *destination)
{
	for (size_t i = 0; destination && i < c->delivery_count; i++)
		if (c->delivery[i].alert == alert && strcmp(c->delivery[i].destination, destination) == 0)
			return &c->delivery[i];
	return NULL;
}

static bool fold_raised(struct bef_case *c, struct bef_line *line)
{
	const json_t *to = json_object_get(bef_line_body(line), "to");
	struct bef_alert *alert = bef_case_grow(&c->alert, &c->alert_count, sizeof(*alert));

	if (!alert)
		return false;
	line->about = (int)c->alert_count - 1;
	alert->line = line;
	for (size_t i = 0; i < json_array_size(to); i++) {
		const char *destination = json_string_value(json_array_get(to, i));
		struct bef_delivery *delivery;

		if (!destination || delivery_of(c, line->about, destination))
			continue; /* named twice: sent once */
		delivery = bef_case_grow(&c->delivery, &c->delivery_count, sizeof(*delivery));
		if (!delivery)
			return false;
		delivery->alert = line->about;
		delivery->destination = destination;
		alert->waiting++;
	}
	return true;
}

static void say_raised(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const json_t *to = json_object_get(bef_line_body(line), "to");
	const struct bef_line *former = bef_line_target(c, line, "corrects");

	bef_text_printf(out, tr("alert %d (%s) to "), line->about + 1,
	                bef_word_label(&bef_alert_levels, TEXT_OF(line, "level", "")));
	for (size_t i = 0; i < json_array_size(to); i++)
		bef_text_printf(out, "%s%s", i ? ", " : "", json_string_value(json_array_get(to, i)));
	bef_text_printf(out, tr(": %s"), TEXT_OF(line, "text", ""));
	if (former && former->about != BEF_NONE)
		bef_text_printf(out, tr(" (corrects alert %d)"), former->about + 1);
}

const struct bef_kind bef_kind_alert_raised = {
	.name = "alert.raised",
	.label = N_("alert"),
	.prose = "text",
	.fields = raised_fields,
	.fold = fold_raised,
	.say = say_raised,
};

static const struct bef_field result_fields[] = {
	{ "alert", BEF_FIELD_ID, true, NULL },
	{ "destination", BEF_FIELD_LINE, true, NULL },
	{ "attempts", BEF_FIELD_INT, true, NULL },
	{ "status", BEF_FIELD_INT, false, NULL }, /* HTTP status of the last answer */
	{ "detail", BEF_FIELD_LINE, false, NULL },
	{ NULL, 0, false, NULL },
};

static bool fold_result(struct bef_case *c, struct bef_line *line)
{
	const struct bef_line *target = bef_line_target(c, line, "alert");
	struct bef_delivery *delivery;

	if (!target || target->about == BEF_NONE || target->kind != &bef_kind_alert_raised)
		return true;
	line->about = target->about;
	delivery = line->undone ? NULL : delivery_of(c, line->about, bef_line_text(line, "destination"));
	/* What arrived has arrived: a later failure of another attempt does not take it back. */
	if (!delivery || (delivery->line && strcmp(delivery->line->entry->kind, "alert.delivered") == 0))
		return true;
	if (!delivery->line)
		c->alert[line->about].waiting--;
	delivery->line = line;
	return true;
}

static void say_result(const struct bef_line *line, const char *fmt, struct bef_text *out)
{
	const char *detail = bef_line_text(line, "detail");

	bef_text_printf(out, fmt, line->about + 1, TEXT_OF(line, "destination", ""));
	bef_text_printf(out, trn(" after %lld attempt", " after %lld attempts", (long)bef_line_int(line, "attempts")),
	                (long long)bef_line_int(line, "attempts"));
	if (detail)
		bef_text_printf(out, " (%s)", detail);
}

static void say_delivered(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	(void)c;
	say_result(line, tr("alert %d accepted by %s"), out);
}

static void say_failed(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	(void)c;
	say_result(line, tr("alert %d NOT delivered to %s"), out);
}

const struct bef_kind bef_kind_alert_delivered = {
	.name = "alert.delivered",
	.label = N_("alert"),
	.flags = BEF_KIND_REF,
	.fields = result_fields,
	.fold = fold_result,
	.say = say_delivered,
};

const struct bef_kind bef_kind_alert_failed = {
	.name = "alert.failed",
	.label = N_("alert"),
	.flags = BEF_KIND_REF,
	.fields = result_fields,
	.fold = fold_result,
	.say = say_failed,
};
