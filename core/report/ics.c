/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/ics.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"

enum { LINE_MOST = 75 }; /* octets, RFC 5545, 3.1 */

/* One content line, folded without cutting a character. */
static void put_line(struct bef_text *out, const struct bef_text *line)
{
	const char *rest = bef_text_str(line);
	size_t room = LINE_MOST;

	while (strlen(rest) > room) {
		size_t cut = bef_utf8_cut(rest, room);

		bef_text_add(out, rest, cut);
		bef_text_puts(out, "\r\n ");
		rest += cut;
		room = LINE_MOST - 1;
	}
	bef_text_printf(out, "%s\r\n", rest);
}

/* TEXT values: backslash, comma, semicolon and newline are escaped (3.3.11). */
static void put_text(struct bef_text *out, const char *name, const char *value)
{
	BEF_AUTO(text) line = { .max = 1 << 16 };

	bef_text_printf(&line, "%s:", name);
	for (; *value; value++) {
		if (*value == '\n')
			bef_text_puts(&line, "\\n");
		else if (strchr("\\,;", *value))
			bef_text_printf(&line, "\\%c", *value);
		else
			bef_text_putc(&line, *value);
	}
	out->failed = out->failed || line.failed;
	put_line(out, &line);
}

/* 20261127T083000Z */
static void put_instant(struct bef_text *out, const char *name, int64_t at_ms)
{
	char utc[BEF_DATE_SIZE];

	bef_date_utc(at_ms, utc);
	bef_text_printf(out, "%s:", name);
	for (const char *c = utc; *c; c++)
		if (*c != '-' && *c != ':')
			bef_text_putc(out, *c);
	bef_text_puts(out, "\r\n");
}

static void put_alarm(struct bef_text *out, int hours, const char *summary)
{
	bef_text_puts(out, "BEGIN:VALARM\r\nACTION:DISPLAY\r\n");
	bef_text_printf(out, "TRIGGER:-PT%dH\r\n", hours);
	put_text(out, "DESCRIPTION", summary);
	bef_text_puts(out, "END:VALARM\r\n");
}

static void put_event(const struct bef_case *c, const struct bef_clock *clock, const char *ref, int64_t now_ms,
                      struct bef_text *out)
{
	BEF_AUTO(text) summary = { .max = 4096 };
	BEF_AUTO(text) about = { .max = 1 << 14 };
	BEF_AUTO(text) uid = { .max = 300 };
	char log[BEF_UUID_TEXT], when[BEF_DATE_SIZE];

	bef_uuid_format(&c->log, log);
	bef_text_printf(&uid, "%s.%.80s@beffroi", log, clock->rule);
	bef_text_printf(&summary, "%s%s: %s", c->drill ? tr("[DRILL] ") : "", ref, bef_clock_name(clock));
	if (strcmp(c->tlp, "red") != 0)
		bef_text_printf(&about, "%s\n", bef_case_title(c));
	bef_text_printf(&about, tr("Before %s (%s). %s. To be confirmed by a lawyer."),
	                bef_date_format(clock->safe_at_ms, c->zone, BEF_DATE_YEAR, when), c->zone,
	                bef_json_text_or(clock->json, "article", ""));
	bef_text_puts(out, "BEGIN:VEVENT\r\n");
	put_text(out, "UID", bef_text_str(&uid));
	put_instant(out, "DTSTAMP", now_ms);
	put_instant(out, "DTSTART", clock->safe_at_ms);
	put_text(out, "SUMMARY", bef_text_str(&summary));
	put_text(out, "DESCRIPTION", bef_text_str(&about));
	bef_text_puts(out, "TRANSP:TRANSPARENT\r\n");
	put_alarm(out, 24, bef_text_str(&summary));
	put_alarm(out, 6, bef_text_str(&summary));
	put_alarm(out, 1, bef_text_str(&summary));
	bef_text_puts(out, "END:VEVENT\r\n");
	out->failed = out->failed || summary.failed || about.failed || uid.failed;
}

enum bef_rc bef_ics_write(const struct bef_case *c, const char *ref, int64_t now_ms, struct bef_text *out, int *events,
                          struct bef_err *err)
{
	*events = 0;
	bef_text_puts(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//beffroi//beffroi//EN\r\nMETHOD:PUBLISH\r\n");
	for (size_t i = 0; i < c->clock_count; i++) {
		const struct bef_clock *clock = &c->clock[i];

		if (bef_clock_state(clock, 0) != BEF_CLOCK_RUNNING || !clock->safe_at_ms)
			continue;
		put_event(c, clock, ref, now_ms, out);
		(*events)++;
	}
	bef_text_puts(out, "END:VCALENDAR\r\n");
	return bef_text_rc(out, err);
}
