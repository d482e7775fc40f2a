/* SPDX-License-Identifier: EUPL-1.2 */
/* Alerts and their final results. */
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/case.h"
#include "model/detail.h"

#define TEXT_OF(line, name, fallback) bef_json_text_or(bef_line_body(line), name, fallback)

static const struct bef_field raised_fields[] = {
	{ "text", BEF_FIELD_PROSE, true, NULL },
	{ "text_fr", BEF_FIELD_PROSE, false, NULL }, /* of a sentence of the program's own: the same in French */
	{ "level", BEF_FIELD_WORD, true, &bef_alert_levels },
	{ "to", BEF_FIELD_LINES, true, NULL },      /* destinations by name; their addresses are not here */
	{ "event", BEF_FIELD_WORD, false, &bef_alert_events }, /* what rang; absent: somebody wrote a message */
	{ "about", BEF_FIELD_ID, false, NULL },     /* the entry that made it ring */
	{ "corrects", BEF_FIELD_ID, false, NULL },  /* an alert that was wrong */
	{ NULL, 0, false, NULL },
};

static bool is(const struct bef_line *line, const char *kind)
{
	return strcmp(line->entry->kind, kind) == 0;
}

/* The delivery of this alert to this destination, or NULL. */
static struct bef_delivery *delivery_of(const struct bef_case *c, int alert, const char *destination)
{
	for (size_t i = 0; destination && i < c->delivery_count; i++)
		if (c->delivery[i].alert == alert && strcmp(c->delivery[i].destination, destination) == 0)
			return &c->delivery[i];
	return NULL;
}

/* The destinations that the line names are waited for from now on. */
static bool add_deliveries(struct bef_case *c, const struct bef_line *line, int alert)
{
	const json_t *to = json_object_get(bef_line_body(line), "to");

	for (size_t i = 0; i < json_array_size(to); i++) {
		const char *destination = json_string_value(json_array_get(to, i));
		struct bef_delivery *delivery;

		if (!destination || delivery_of(c, alert, destination))
			continue; /* named twice: sent once */
		delivery = bef_case_grow(&c->delivery, &c->delivery_count, sizeof(*delivery));
		if (!delivery)
			return false;
		delivery->alert = alert;
		delivery->destination = destination;
		c->alert[alert].waiting++;
	}
	return true;
}

static bool fold_raised(struct bef_case *c, struct bef_line *line)
{
	struct bef_alert *alert = bef_case_grow(&c->alert, &c->alert_count, sizeof(*alert));

	if (!alert)
		return false;
	line->about = (int)c->alert_count - 1;
	alert->line = line;
	alert->about = bef_line_target(c, line, "about");
	return add_deliveries(c, line, line->about);
}

/* The alert that the line is about, its index put into the line; NULL: it is about none. */
static struct bef_alert *alert_of(struct bef_case *c, struct bef_line *line)
{
	const struct bef_line *target = bef_line_target(c, line, "alert");

	if (!target || target->about == BEF_NONE || !is(target, "alert.raised"))
		return NULL;
	line->about = target->about;
	return &c->alert[line->about];
}

const char *bef_alert_text(const struct bef_line *line)
{
	const char *text = bef_line_text(line, "text");

	return bef_lang() == BEF_FR ? bef_json_text_or(bef_line_body(line), "text_fr", text) : text;
}

static void say_raised(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const json_t *to = json_object_get(bef_line_body(line), "to");
	const struct bef_line *former = bef_line_target(c, line, "corrects");

	bef_text_printf(out, tr("alert %d (%s) to "), line->about + 1,
	                bef_line_text(line, "event") ? bef_word_label(&bef_alert_events, TEXT_OF(line, "event", ""))
	                                             : bef_word_label(&bef_alert_levels, TEXT_OF(line, "level", "")));
	for (size_t i = 0; i < json_array_size(to); i++)
		bef_text_printf(out, "%s%s", i ? ", " : "", json_string_value(json_array_get(to, i)));
	bef_text_printf(out, tr(": %s"), bef_alert_text(line) ? bef_alert_text(line) : "");
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
	{ "ending", BEF_FIELD_WORD, false, &bef_alert_endings }, /* absent: accepted, or given up */
	{ "reason", BEF_FIELD_PROSE, false, NULL }, /* of somebody who dropped it */
	{ "status", BEF_FIELD_INT, false, NULL }, /* HTTP status of the last answer */
	{ "detail", BEF_FIELD_LINE, false, NULL }, /* English: see detail.h */
	{ NULL, 0, false, NULL },
};

bool bef_delivery_arrived(const struct bef_delivery *delivery)
{
	return delivery->line && is(delivery->line, "alert.delivered");
}

const char *bef_delivery_state(const struct bef_delivery *delivery)
{
	if (!delivery->line)
		return "waiting";
	return bef_json_text_or(bef_line_body(delivery->line), "ending", bef_delivery_arrived(delivery) ? "accepted" : "failed");
}

static bool fold_result(struct bef_case *c, struct bef_line *line)
{
	struct bef_alert *alert = alert_of(c, line);
	struct bef_delivery *delivery;

	if (!alert || line->undone)
		return true;
	delivery = delivery_of(c, line->about, bef_line_text(line, "destination"));
	/* Somebody is heard again. */
	if (is(line, "alert.delivered"))
		c->unheard = NULL;
	/* What arrived has arrived: a later failure of another attempt does not take it back. */
	if (!delivery || bef_delivery_arrived(delivery))
		return true;
	if (!delivery->line)
		alert->waiting--;
	delivery->line = line;
	return true;
}

static void say_result(const struct bef_line *line, const char *fmt, struct bef_text *out)
{
	const char *detail = bef_line_text(line, "detail");
	const char *reason = bef_line_text(line, "reason");
	long attempts = (long)bef_line_int(line, "attempts");

	bef_text_printf(out, fmt, line->about + 1, TEXT_OF(line, "destination", ""));
	if (attempts)
		bef_text_printf(out, trn(" after %ld attempt", " after %ld attempts", attempts), attempts);
	if (!detail && !reason)
		return;
	bef_text_puts(out, " (");
	if (detail)
		bef_detail_say(detail, out);
	else
		bef_text_puts(out, reason);
	bef_text_puts(out, ")");
}

static void say_delivered(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	(void)c;
	say_result(line, strcmp(TEXT_OF(line, "ending", ""), "posted") == 0 ? tr("alert %d posted at %s")
	                                                                    : tr("alert %d accepted by %s"), out);
}

static void say_failed(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const char *ending = TEXT_OF(line, "ending", "failed");

	(void)c;
	say_result(line, tr("alert %d NOT delivered to %s"), out);
	if (strcmp(ending, "failed") != 0)
		bef_text_printf(out, tr(": %s"), bef_word_label(&bef_alert_endings, ending));
}

const struct bef_kind bef_kind_alert_delivered = {
	.name = "alert.delivered",
	.label = N_("alert"),
	.flags = BEF_KIND_REF | BEF_KIND_FOLLOWS,
	.fields = result_fields,
	.fold = fold_result,
	.say = say_delivered,
};

const struct bef_kind bef_kind_alert_failed = {
	.name = "alert.failed",
	.label = N_("alert"),
	.flags = BEF_KIND_REF | BEF_KIND_FOLLOWS,
	.fields = result_fields,
	.fold = fold_result,
	.say = say_failed,
};

/* --- when it did not go as it should --- */

static const struct bef_field rerouted_fields[] = {
	{ "alert", BEF_FIELD_ID, true, NULL },
	{ "destination", BEF_FIELD_LINE, true, NULL }, /* the one that does not answer */
	{ "to", BEF_FIELD_LINES, true, NULL },         /* those that stand in for it */
	{ NULL, 0, false, NULL },
};

static bool fold_rerouted(struct bef_case *c, struct bef_line *line)
{
	return !alert_of(c, line) || add_deliveries(c, line, line->about);
}

static void say_rerouted(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const json_t *to = json_object_get(bef_line_body(line), "to");

	(void)c;
	bef_text_printf(out, tr("alert %d: %s does not answer, also sent to "), line->about + 1, TEXT_OF(line, "destination", ""));
	for (size_t i = 0; i < json_array_size(to); i++)
		bef_text_printf(out, "%s%s", i ? ", " : "", json_string_value(json_array_get(to, i)));
}

const struct bef_kind bef_kind_alert_rerouted = {
	.name = "alert.rerouted",
	.label = N_("alert"),
	.flags = BEF_KIND_REF | BEF_KIND_FOLLOWS,
	.fields = rerouted_fields,
	.fold = fold_rerouted,
	.say = say_rerouted,
};

static const struct bef_field unheard_fields[] = {
	{ "alert", BEF_FIELD_ID, true, NULL },
	{ NULL, 0, false, NULL },
};

static bool fold_unheard(struct bef_case *c, struct bef_line *line)
{
	struct bef_alert *alert = alert_of(c, line);

	if (!alert)
		return true;
	alert->unheard = true;
	c->unheard = line;
	return true;
}

static void say_unheard(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	(void)c;
	bef_text_printf(out, tr("NOBODY WAS REACHED by alert %d: none of its destinations took it"), line->about + 1);
}

const struct bef_kind bef_kind_alert_unheard = {
	.name = "alert.unheard",
	.label = N_("alert"),
	.flags = BEF_KIND_REF | BEF_KIND_FOLLOWS,
	.fields = unheard_fields,
	.fold = fold_unheard,
	.say = say_unheard,
};

static const struct bef_field acknowledged_fields[] = {
	{ "text", BEF_FIELD_PROSE, true, NULL }, /* who was told, and how */
	{ "by", BEF_FIELD_LINE, false, NULL },
	{ NULL, 0, false, NULL },
};

static bool fold_acknowledged(struct bef_case *c, struct bef_line *line)
{
	(void)line;
	c->unheard = NULL;
	return true;
}

static void say_acknowledged(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	(void)c;
	bef_text_printf(out, tr("alerts that do not arrive: acknowledged, %s"), TEXT_OF(line, "text", ""));
}

const struct bef_kind bef_kind_alert_acknowledged = {
	.name = "alert.acknowledged",
	.label = N_("alert"),
	.flags = BEF_KIND_UNDO,
	.prose = "text",
	.fields = acknowledged_fields,
	.fold = fold_acknowledged,
	.say = say_acknowledged,
};
