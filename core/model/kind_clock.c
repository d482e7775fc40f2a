/* SPDX-License-Identifier: EUPL-1.2 */
/* Legal clocks, and what became of them. */
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/case.h"

#define TEXT_OF(line, name, fallback) bef_json_text_or(bef_line_body(line), name, fallback)

static const struct bef_field clocks_fields[] = {
	{ "clocks", BEF_FIELD_OBJECTS, true, NULL }, /* those that changed: core/model/assess.h */
	{ NULL, 0, false, NULL },
};

enum { CLOCKS_MOST = 1000 };

/* The clock of this rule, made if it is not there; *out is NULL without a rule, or once there are far more
 * clocks than rules can be.  False: no memory. */
static bool clock_for(struct bef_case *c, const char *rule, struct bef_clock **out)
{
	*out = (struct bef_clock *)(uintptr_t)bef_case_clock(c, rule);
	if (*out || !rule || !*rule || c->clock_count == CLOCKS_MOST)
		return true;
	*out = bef_case_grow(&c->clock, &c->clock_count, sizeof(**out));
	if (*out)
		(*out)->rule = rule;
	return *out != NULL;
}

static int64_t instant_of(const json_t *json, const char *member)
{
	int64_t at_ms = bef_json_int(json, member, 0);

	return at_ms > 0 && at_ms <= BEF_DATE_MOST_MS ? at_ms : 0;
}

/* A limit that moved is reminded of anew. */
static bool fold_clocks(struct bef_case *c, struct bef_line *line)
{
	const json_t *clocks = json_object_get(bef_line_body(line), "clocks");
	json_t *json;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)clocks, i, json) {
		struct bef_clock *clock;

		if (!clock_for(c, bef_json_text(json, "rule"), &clock))
			return false;
		if (!clock)
			continue;
		if (clock->safe_at_ms != instant_of(json, "safe_at"))
			clock->reminded = 0;
		clock->json = json;
		clock->line = line;
		clock->start_at_ms = instant_of(json, "start_at");
		clock->safe_at_ms = instant_of(json, "safe_at");
		clock->extended_at_ms = instant_of(json, "extended_at");
	}
	return true;
}

static bool is_state(const json_t *clock, const char *state)
{
	return strcmp(bef_json_text_or(clock, "state", ""), state) == 0;
}

enum { CLOCKS_SAID = 4 };

/* The first few that have a limit, then how many others. */
static void say_clocks(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const json_t *clocks = json_object_get(bef_line_body(line), "clocks");
	const char *lang = bef_lang() == BEF_FR ? "fr" : "en";
	char when[BEF_DATE_SIZE];
	long to_qualify = 0, off = 0, others = 0, said = 0;
	json_t *clock;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)clocks, i, clock) {
		bool running = is_state(clock, "running");

		to_qualify += is_state(clock, "to-qualify");
		off += is_state(clock, "not-applicable");
		if (!running || !instant_of(clock, "safe_at") || said == CLOCKS_SAID) {
			others += running;
			continue;
		}
		bef_text_printf(out, tr("%s%s, before %s"), said++ ? tr("; ") : "",
		                bef_json_text_or(clock, lang, bef_json_text_or(clock, "rule", "")),
		                bef_date_format(instant_of(clock, "safe_at"), c->zone, BEF_DATE_DAY, when));
	}
	if (others)
		bef_text_printf(out, said ? tr("; %ld more running") : tr("%ld running"), others);
	if (to_qualify)
		bef_text_printf(out, said || others ? tr("; %ld to qualify") : tr("%ld to qualify"), to_qualify);
	if (off)
		bef_text_printf(out, said || others || to_qualify ? tr("; %ld not applicable") : tr("%ld not applicable"), off);
}

const struct bef_kind bef_kind_clocks_set = {
	.name = "clocks.set",
	.label = N_("legal clocks"),
	.flags = BEF_KIND_FOLLOWS,
	.fields = clocks_fields,
	.fold = fold_clocks,
	.say = say_clocks,
};

/* --- what became of them --- */

static const struct bef_field sent_fields[] = {
	{ "rule", BEF_FIELD_LINE, true, NULL },
	{ "reference", BEF_FIELD_LINE, false, NULL }, /* the receipt's number */
	{ "channel", BEF_FIELD_LINE, false, NULL },
	{ "receipt", BEF_FIELD_ID, false, NULL },     /* the item of evidence */
	{ "late_reasons", BEF_FIELD_PROSE, false, NULL },
	{ "text", BEF_FIELD_PROSE, false, NULL },
	{ "by", BEF_FIELD_LINE, false, NULL }, /* who sent it, if not the author */
	{ NULL, 0, false, NULL },
};

static bool fold_sent(struct bef_case *c, struct bef_line *line)
{
	struct bef_clock *clock;

	if (!clock_for(c, bef_line_text(line, "rule"), &clock))
		return false;
	if (!clock)
		return true;
	if (!clock->first_sent)
		clock->first_sent = line;
	clock->sent = line;
	clock->dismissed = NULL;
	return true;
}

/* What the clock is called, also when nothing was computed of it. */
static const char *name_of(const struct bef_case *c, const struct bef_line *line)
{
	const char *rule = TEXT_OF(line, "rule", "");
	const struct bef_clock *clock = bef_case_clock(c, rule);

	return clock ? bef_clock_name(clock) : rule;
}

static void say_sent(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const char *reference = bef_line_text(line, "reference");
	const char *late = bef_line_text(line, "late_reasons");
	const char *text = bef_line_text(line, "text");

	bef_text_printf(out, tr("sent: %s"), name_of(c, line));
	if (reference)
		bef_text_printf(out, tr(", reference %s"), reference);
	if (text)
		bef_text_printf(out, ", %s", text);
	if (late)
		bef_text_printf(out, tr(" (late because: %s)"), late);
	if (bef_line_text(line, "by"))
		bef_text_printf(out, " (%s)", bef_line_text(line, "by"));
}

const struct bef_kind bef_kind_deadline_sent = {
	.name = "deadline.sent",
	.label = N_("notification"),
	.flags = BEF_KIND_UNDO | BEF_KIND_CLOCKS,
	.prose = "text",
	.fields = sent_fields,
	.fold = fold_sent,
	.say = say_sent,
};

static const struct bef_field dismissed_fields[] = {
	{ "rule", BEF_FIELD_LINE, true, NULL },
	{ "reason", BEF_FIELD_PROSE, true, NULL },
	{ "by", BEF_FIELD_LINE, false, NULL }, /* who decided it, if not the author */
	{ NULL, 0, false, NULL },
};

static bool fold_dismissed(struct bef_case *c, struct bef_line *line)
{
	struct bef_clock *clock;

	if (!clock_for(c, bef_line_text(line, "rule"), &clock))
		return false;
	if (clock)
		clock->dismissed = line;
	return true;
}

static void say_dismissed(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const char *by = bef_line_text(line, "by");

	bef_text_printf(out, tr("not applicable: %s (%s)"), name_of(c, line), TEXT_OF(line, "reason", ""));
	if (by)
		bef_text_printf(out, tr(", says %s"), by);
}

const struct bef_kind bef_kind_deadline_dismissed = {
	.name = "deadline.dismissed",
	.label = N_("notification"),
	.flags = BEF_KIND_UNDO | BEF_KIND_CLOCKS,
	.prose = "reason",
	.fields = dismissed_fields,
	.fold = fold_dismissed,
	.say = say_dismissed,
};

static const struct bef_field reminded_fields[] = {
	{ "rule", BEF_FIELD_LINE, true, NULL },
	{ "percent", BEF_FIELD_INT, true, NULL }, /* of the time that had gone: 50, 75, 90, 100 */
	{ "limit", BEF_FIELD_TIME, true, NULL },  /* the limit it was about */
	{ NULL, 0, false, NULL },
};

static bool fold_reminded(struct bef_case *c, struct bef_line *line)
{
	int64_t percent = bef_line_int(line, "percent");
	struct bef_clock *clock;

	if (!clock_for(c, bef_line_text(line, "rule"), &clock))
		return false;
	if (clock && clock->safe_at_ms == bef_line_int(line, "limit") && percent > clock->reminded && percent <= 100)
		clock->reminded = (int)percent;
	return true;
}

static void say_reminded(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	char when[BEF_DATE_SIZE];
	int64_t percent = bef_line_int(line, "percent");

	bef_date_format(bef_line_int(line, "limit"), c->zone, BEF_DATE_DAY, when);
	if (percent >= 100)
		bef_text_printf(out, tr("limit passed: %s, %s"), name_of(c, line), when);
	else
		bef_text_printf(out, tr("reminder, %lld %% of the time gone: %s, before %s"), (long long)percent,
		                name_of(c, line), when);
}

const struct bef_kind bef_kind_deadline_reminded = {
	.name = "deadline.reminded",
	.label = N_("reminder"),
	.flags = BEF_KIND_SYSTEM | BEF_KIND_FOLLOWS,
	.fields = reminded_fields,
	.fold = fold_reminded,
	.say = say_reminded,
};
