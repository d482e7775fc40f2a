/* SPDX-License-Identifier: EUPL-1.2 */
/* What every rendering of an alarm says, in its language and within its reach.  Declared in alarm.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alert/alarm.h"
#include "base/date.h"
#include "model/words.h"

/* A delay after which a reader wants to know that the words are old. */
enum { OLD_MS = 30 * 60 * 1000 };

static void say_offset(int seconds, char out[16])
{
	int minutes = abs(seconds) / 60;

	if (minutes == 0)
		snprintf(out, 16, "UTC");
	else if (minutes % 60)
		snprintf(out, 16, "UTC%c%d:%02d", seconds < 0 ? '-' : '+', minutes / 60 % 100, minutes % 60);
	else
		snprintf(out, 16, "UTC%c%d", seconds < 0 ? '-' : '+', minutes / 60 % 100);
}

/* "21/11/2026 16:00 (UTC+1)": an offset is understood in any language, and names of zones are not. */
static const char *say_when(int64_t at_ms, const char *zone, char out[BEF_DATE_SIZE])
{
	int offset = bef_zone_offset(zone, at_ms);
	char shift[16];
	struct bef_civil c;

	bef_civil_from(at_ms / 1000 + offset, &c);
	say_offset(offset, shift);
	snprintf(out, BEF_DATE_SIZE, "%02d/%02d/%d %02d:%02d (%s)", c.day, c.month, c.year, c.hour, c.minute, shift);
	return out;
}

void bef_alarm_title(const struct bef_alarm *alarm, struct bef_text *out)
{
	enum bef_lang former = bef_lang_set(alarm->lang);
	bool test = alarm->test || strcmp(alarm->kind->name, "test") == 0;
	const char *gap = "";

	if (test || alarm->drill) {
		bef_text_puts(out, test ? tr("[TEST]") : tr("[DRILL]"));
		gap = " ";
	}
	/* A thin call does not tell what sort of thing happened. */
	if (alarm->reach >= BEF_REACH_REDUCED && strcmp(alarm->kind->name, "test") != 0) {
		bef_text_printf(out, "%s[%s]", gap, tr(alarm->kind->mark));
		gap = " ";
	}
	bef_lang_set(former);
	if (*alarm->ref) {
		bef_text_printf(out, "%s%s", gap, alarm->ref);
		gap = " ";
	}
	if (alarm->seq > 0) {
		bef_text_printf(out, "%s#%d", gap, alarm->seq);
		gap = " ";
	}
	if (alarm->reach == BEF_REACH_FULL && *alarm->title)
		bef_text_printf(out, "%s%s", gap, alarm->title);
	if (out->len == 0)
		bef_text_puts(out, "beffroi");
}

/* Said first, since what comes last is what a short message loses. */
static void say_delay(const struct bef_alarm *alarm, struct bef_text *out)
{
	int issued = bef_zone_offset(alarm->zone, alarm->at_ms);
	int sent = bef_zone_offset(alarm->zone, alarm->now_ms);
	bool same_day = (alarm->at_ms / 1000 + issued) / 86400 == (alarm->now_ms / 1000 + sent) / 86400;
	char from[BEF_DATE_SIZE], to[BEF_DATE_SIZE];

	if (same_day && issued == sent) {
		bef_date_format(alarm->at_ms, alarm->zone, BEF_DATE_CLOCK, from);
		bef_date_format(alarm->now_ms, alarm->zone, BEF_DATE_CLOCK, to);
		bef_text_printf(out, tr("(issued at %s, sent at %s)"), from, to);
	} else {
		/* When it came, every telephone and mailbox tells. */
		say_when(alarm->at_ms, alarm->zone, from);
		bef_text_printf(out, tr("(issued on %s)"), from);
	}
	bef_text_putc(out, ' ');
}

static void say_reduced(const struct bef_alarm *alarm, struct bef_text *out)
{
	char when[BEF_DATE_SIZE];

	say_when(alarm->at_ms, alarm->zone, when);
	if (*alarm->severity)
		bef_text_printf(out, tr("Severity %s (%s), %s. The rest is in beffroi."), alarm->severity,
		                bef_word_label(&bef_severities, alarm->severity), when);
	else
		bef_text_printf(out, tr("%s. The rest is in beffroi."), when);
}

static void say_thin(const struct bef_alarm *alarm, struct bef_text *out)
{
	if (*alarm->ref)
		bef_text_printf(out, tr("Something new in %s: look in beffroi."), alarm->ref);
	else
		bef_text_puts(out, tr("Something new: look in beffroi."));
}

void bef_alarm_say(const struct bef_alarm *alarm, struct bef_text *out)
{
	enum bef_lang former = bef_lang_set(alarm->lang);

	if (alarm->again) {
		bef_text_puts(out, tr("(sent again, perhaps a repeat)"));
		bef_text_putc(out, ' ');
	}
	if (alarm->now_ms - alarm->at_ms > OLD_MS)
		say_delay(alarm, out);
	if (alarm->corrects > 0 && alarm->reach >= BEF_REACH_REDUCED) {
		bef_text_printf(out, tr("Corrects alert #%d."), alarm->corrects);
		bef_text_putc(out, ' ');
	}
	if (alarm->reach == BEF_REACH_FULL)
		bef_text_puts(out, alarm->text);
	else if (alarm->test)
		bef_text_puts(out, tr("This is a test: there is nothing to do."));
	else if (alarm->reach == BEF_REACH_REDUCED)
		say_reduced(alarm, out);
	else
		say_thin(alarm, out);
	bef_lang_set(former);
}

/* A row of the table; a value is cut on a character, since some come from a journal written elsewhere. */
static void add_fact(struct bef_alarm_fact *facts, int *count, const char *name, const char *label, const char *value)
{
	struct bef_alarm_fact *fact = &facts[*count];

	if (!value || !*value)
		return;
	fact->name = name;
	snprintf(fact->label, sizeof(fact->label), "%.*s", (int)bef_utf8_cut(label, sizeof(fact->label) - 1), label);
	snprintf(fact->value, sizeof(fact->value), "%.*s", (int)bef_utf8_cut(value, sizeof(fact->value) - 1), value);
	(*count)++;
}

static void add_severity(const struct bef_alarm *alarm, struct bef_alarm_fact *facts, int *count)
{
	char severity[160];

	if (!*alarm->severity)
		return;
	snprintf(severity, sizeof(severity), "%.20s (%.100s)", alarm->severity,
	         bef_word_label(&bef_severities, alarm->severity));
	add_fact(facts, count, "severity", tr("Severity"), severity);
}

int bef_alarm_facts(const struct bef_alarm *alarm, struct bef_alarm_fact facts[BEF_ALARM_FACTS])
{
	enum bef_lang former = bef_lang_set(alarm->lang);
	bool full = alarm->reach == BEF_REACH_FULL;
	char when[BEF_DATE_SIZE];
	int count = 0;

	if (alarm->reach >= BEF_REACH_REDUCED)
		add_severity(alarm, facts, &count);
	if (full) {
		add_fact(facts, &count, "type", tr("Type"), bef_word_label(&bef_types, alarm->type));
		add_fact(facts, &count, "phase", tr("Phase"), bef_word_label(&bef_phases, alarm->phase));
		add_fact(facts, &count, "state", tr("Crisis state"), bef_word_label(&bef_states, alarm->state));
	}
	if (alarm->reach >= BEF_REACH_REDUCED)
		add_fact(facts, &count, "when", tr("When"), say_when(alarm->at_ms, alarm->zone, when));
	if (full)
		add_fact(facts, &count, "role", tr("From"), bef_word_label(&bef_roles, alarm->role));
	/* The marking itself goes everywhere: whoever reads must know what may be passed on. */
	add_fact(facts, &count, "tlp", tr("Marking"), bef_word_label(&bef_tlps, alarm->tlp));
	if (full)
		add_fact(facts, &count, "head", tr("Journal head"), alarm->head);
	bef_lang_set(former);
	return count;
}
