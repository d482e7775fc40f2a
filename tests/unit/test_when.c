/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/when.h"

#include "unit.h"

#define PARIS "Europe/Paris"
/* Monday 3 November 2025, 14:30:20 in Paris (UTC+1). */
#define NOW "2025-11-03T13:30:20Z"

static int64_t instant(const char *text)
{
	int64_t at_ms;

	must(bef_date_utc_parse(text, &at_ms), "'%s' is no instant", text);
	return at_ms;
}

#define FACT BEF_WHEN_FACT
#define DUE BEF_WHEN_DUE
#define ANY BEF_WHEN_ANY

static const struct {
	const char *typed;
	enum bef_when_sense sense;
	const char *expected; /* NULL: refused */
} rows[] = {
	/* now */
	{ "now", FACT, "2025-11-03T13:30:20Z" },
	{ "maintenant", FACT, "2025-11-03T13:30:20Z" },
	{ "MAINTENANT", DUE, "2025-11-03T13:30:20Z" },
	{ " Now ", FACT, "2025-11-03T13:30:20Z" },
	{ "now!", FACT, NULL },
	{ "now 14:05", FACT, NULL },
	{ "nowadays", FACT, NULL },
	/* a bare hour: the last one for a fact, the next for what is due */
	{ "14:05", FACT, "2025-11-03T13:05:00Z" },
	{ "14:05", DUE, "2025-11-04T13:05:00Z" },
	{ "14h05", FACT, "2025-11-03T13:05:00Z" },
	{ "14H05", FACT, "2025-11-03T13:05:00Z" },
	{ "14h", FACT, "2025-11-03T13:00:00Z" },
	{ "14 h 05", FACT, "2025-11-03T13:05:00Z" },
	{ "14 h", FACT, "2025-11-03T13:00:00Z" },
	{ "14h\u00a005", FACT, "2025-11-03T13:05:00Z" },
	{ "à 14h05", FACT, "2025-11-03T13:05:00Z" },
	{ "À 14 h", FACT, "2025-11-03T13:00:00Z" },
	{ "at 14:05", FACT, "2025-11-03T13:05:00Z" },
	{ "à 14h05\n", FACT, "2025-11-03T13:05:00Z" },
	{ "\t14:05\r\n", FACT, "2025-11-03T13:05:00Z" },
	{ "14:05:09", FACT, "2025-11-03T13:05:09Z" },
	{ "14:05:09.123", FACT, "2025-11-03T13:05:09Z" },
	{ "9h", FACT, "2025-11-03T08:00:00Z" },
	{ "09:00", DUE, "2025-11-04T08:00:00Z" },
	{ "23:50", FACT, "2025-11-02T22:50:00Z" },
	{ "23:50", DUE, "2025-11-03T22:50:00Z" },
	{ "14:31", FACT, "2025-11-03T13:31:00Z" }, /* a clock a little ahead */
	{ "14:35", FACT, "2025-11-03T13:35:00Z" },
	{ "14:36", FACT, "2025-11-02T13:36:00Z" },
	{ "14:31", DUE, "2025-11-03T13:31:00Z" },
	{ "14:30", DUE, "2025-11-04T13:30:00Z" },
	{ "00:00", FACT, "2025-11-02T23:00:00Z" },
	{ "0h", FACT, "2025-11-02T23:00:00Z" },
	{ "14:05Z", FACT, "2025-11-02T14:05:00Z" },
	{ "13:05Z", FACT, "2025-11-03T13:05:00Z" },
	{ "14:05+02:00", FACT, "2025-11-03T12:05:00Z" },
	{ "24:00", FACT, NULL },
	{ "23:60", FACT, NULL },
	{ "23:59:60", FACT, NULL },
	{ "25h", FACT, NULL },
	{ "14", FACT, NULL },
	{ "1405", FACT, NULL },
	{ "14:", FACT, NULL },
	{ ":05", FACT, NULL },
	{ "14:05 pm", FACT, NULL },
	{ "14:05 3/11", FACT, NULL },
	{ "014:05", FACT, NULL },
	{ "14:005", FACT, NULL },
	{ "-14:05", FACT, NULL },
	{ "14.05", FACT, NULL },
	/* spans */
	{ "-10m", FACT, "2025-11-03T13:20:20Z" },
	{ "-10 min", FACT, "2025-11-03T13:20:20Z" },
	{ "- 10 min", FACT, "2025-11-03T13:20:20Z" },
	{ "-1h30m", FACT, "2025-11-03T12:00:20Z" },
	{ "-1h30", FACT, "2025-11-03T12:00:20Z" },
	{ "-1h", FACT, "2025-11-03T12:30:20Z" },
	{ "-90s", FACT, "2025-11-03T13:28:50Z" },
	{ "-2j", FACT, "2025-11-01T13:30:20Z" },
	{ "-1d12h", FACT, "2025-11-02T01:30:20Z" },
	{ "il y a 12 min", FACT, "2025-11-03T13:18:20Z" },
	{ "Il y a 2 heures", FACT, "2025-11-03T11:30:20Z" },
	{ "il y a 1 h 30 min", FACT, "2025-11-03T12:00:20Z" },
	{ "il y a 1 jour", FACT, "2025-11-02T13:30:20Z" },
	{ "12 min ago", FACT, "2025-11-03T13:18:20Z" },
	{ "2 hours ago", FACT, "2025-11-03T11:30:20Z" },
	{ "1 day 2 hours ago", FACT, "2025-11-02T11:30:20Z" },
	{ "+2h", DUE, "2025-11-03T15:30:20Z" },
	{ "dans 2 h", DUE, "2025-11-03T15:30:20Z" },
	{ "dans 2h30", DUE, "2025-11-03T16:00:20Z" },
	{ "in 3 days", DUE, "2025-11-06T13:30:20Z" },
	{ "in 45 minutes", DUE, "2025-11-03T14:15:20Z" },
	{ "+0m", DUE, "2025-11-03T13:30:20Z" },
	{ "-0m", FACT, "2025-11-03T13:30:20Z" },
	{ "+5m", FACT, "2025-11-03T13:35:20Z" },
	{ "+6m", FACT, NULL },
	{ "+2h", FACT, NULL },
	{ "dans 2 h", FACT, NULL },
	{ "-10m", DUE, NULL },
	{ "il y a 12 min", DUE, NULL },
	{ "-", FACT, NULL },
	{ "-10", FACT, NULL },
	{ "-10x", FACT, NULL },
	{ "-m", FACT, NULL },
	{ "-1m2h", FACT, NULL },
	{ "-1h2h", FACT, NULL },
	{ "--10m", FACT, NULL },
	{ "+-10m", FACT, NULL },
	{ "10m", FACT, NULL },
	{ "10 min", FACT, NULL },
	{ "il y a", FACT, NULL },
	{ "il y a longtemps", FACT, NULL },
	{ "-999999m", FACT, NULL },
	{ "-99999j", FACT, NULL }, /* before 1970 */
	{ "in 10 min ago", DUE, NULL },
	/* words for days */
	{ "hier 18h30", FACT, "2025-11-02T17:30:00Z" },
	{ "Hier à 18h30", FACT, "2025-11-02T17:30:00Z" },
	{ "hier 18:30", FACT, "2025-11-02T17:30:00Z" },
	{ "avant-hier 9h", FACT, "2025-11-01T08:00:00Z" },
	{ "yesterday 18:30", FACT, "2025-11-02T17:30:00Z" },
	{ "yesterday at 18:30", FACT, "2025-11-02T17:30:00Z" },
	{ "aujourd'hui 9h", FACT, "2025-11-03T08:00:00Z" },
	{ "aujourd’hui 9h", FACT, "2025-11-03T08:00:00Z" },
	{ "today 09:00", FACT, "2025-11-03T08:00:00Z" },
	{ "demain 9h", DUE, "2025-11-04T08:00:00Z" },
	{ "tomorrow 09:00", DUE, "2025-11-04T08:00:00Z" },
	{ "demain 9h", FACT, NULL },
	{ "aujourd'hui 18h", FACT, NULL },
	{ "today 09:00", DUE, NULL },
	{ "hier 18h30", DUE, NULL },
	{ "ce matin 8h", FACT, "2025-11-03T07:00:00Z" },
	{ "Ce matin à 8h15", FACT, "2025-11-03T07:15:00Z" },
	{ "ce matin vers 10h", FACT, "2025-11-03T09:00:00Z" },
	{ "this morning around 8:00", FACT, "2025-11-03T07:00:00Z" },
	{ "hier vers 18h", FACT, "2025-11-02T17:00:00Z" },
	{ "vers 10h", FACT, "2025-11-03T09:00:00Z" },
	{ "à environ 10h", FACT, "2025-11-03T09:00:00Z" },
	{ "il y a environ 20 min", FACT, "2025-11-03T13:10:20Z" },
	{ "about 20 minutes ago", FACT, "2025-11-03T13:10:20Z" },
	{ "vers", FACT, NULL },
	{ "ce matin", FACT, NULL },
	{ "this morning", FACT, NULL },
	{ "ce matin 8h", DUE, NULL },
	{ "hier", FACT, NULL },
	{ "yesterday", FACT, NULL },
	{ "hierr 18h30", FACT, NULL },
	{ "18h30 hier", FACT, NULL },
	/* the day first, always */
	{ "03/11 06:12", FACT, "2025-11-03T05:12:00Z" },
	{ "3/11 6h12", FACT, "2025-11-03T05:12:00Z" },
	{ "3/11 à 6h12", FACT, "2025-11-03T05:12:00Z" },
	{ "3/11/2025 6h12", FACT, "2025-11-03T05:12:00Z" },
	{ "03/11/25 06:12", FACT, "2025-11-03T05:12:00Z" },
	{ "1/2 08:00", FACT, "2025-02-01T07:00:00Z" },
	{ "1/2 08:00", DUE, "2026-02-01T07:00:00Z" },
	{ "04/11 08:00", FACT, "2024-11-04T07:00:00Z" },
	{ "31/12 23:59", FACT, "2024-12-31T22:59:00Z" },
	{ "31/12 23:59", DUE, "2025-12-31T22:59:00Z" },
	{ "01/01 00:00", DUE, "2025-12-31T23:00:00Z" },
	{ "29/02/2024 12:00", FACT, "2024-02-29T11:00:00Z" },
	{ "11/30 08:00", FACT, NULL },
	{ "31/4 08:00", FACT, NULL },
	{ "29/02/2025 12:00", FACT, NULL },
	{ "0/1 08:00", FACT, NULL },
	{ "3/11", FACT, NULL },
	{ "3/11/2025", FACT, NULL },
	{ "3/11/202 6h12", FACT, NULL },
	{ "3/11/20255 6h12", FACT, NULL },
	{ "3-11 6h12", FACT, NULL },
	{ "3/11/2026 6h12", FACT, NULL },
	/* ISO 8601 */
	{ "2025-11-03 06:12", FACT, "2025-11-03T05:12:00Z" },
	{ "2025-11-03T06:12", FACT, "2025-11-03T05:12:00Z" },
	{ "2025-11-03T06:12Z", FACT, "2025-11-03T06:12:00Z" },
	{ "2025-11-03t06:12z", FACT, "2025-11-03T06:12:00Z" },
	{ "2025-11-03T06:12:33.250Z", FACT, "2025-11-03T06:12:33Z" },
	{ "2025-11-03T06:12+01:00", FACT, "2025-11-03T05:12:00Z" },
	{ "2025-11-03 06:12 +01:00", FACT, "2025-11-03T05:12:00Z" },
	{ "2025-11-03T06:12+0100", FACT, "2025-11-03T05:12:00Z" },
	{ "2025-11-03T06:12-0330", FACT, "2025-11-03T09:42:00Z" },
	{ "2025-11-03T06:12+01", FACT, "2025-11-03T05:12:00Z" },
	{ "2025-11-03T23:59+14:00", FACT, "2025-11-03T09:59:00Z" },
	{ "2025-11-03", FACT, NULL },
	{ "2025-11-03T", FACT, NULL },
	{ "2025-11-03T06", FACT, NULL },
	{ "2025-13-03T06:12Z", FACT, NULL },
	{ "2025-11-31T06:12Z", FACT, NULL },
	{ "2025-11-03T06:12+1:00", FACT, NULL },
	{ "2025-11-03T06:12+01:", FACT, NULL },
	{ "2025-11-03T06:12+01:60", FACT, NULL },
	{ "2025-11-03T06:12+15:00", FACT, NULL },
	{ "2025-11-03T06:12ZZ", FACT, NULL },
	{ "2025-11-03T06:12Z+01:00", FACT, NULL },
	{ "2025-11-04T06:12Z", FACT, NULL },
	{ "2025-11-03T06:12Z", DUE, NULL },
	{ "1969-12-31T23:59Z", FACT, NULL },
	{ "1970-01-01T00:00+14:00", FACT, NULL },
	{ "99999-01-01T00:00Z", DUE, NULL },
	/* past or to come, whichever was typed */
	{ "14:05", ANY, "2025-11-03T13:05:00Z" },
	{ "23:50", ANY, "2025-11-03T22:50:00Z" },
	{ "1/2 08:00", ANY, "2025-02-01T07:00:00Z" },
	{ "31/12 23:59", ANY, "2025-12-31T22:59:00Z" },
	{ "demain 9h", ANY, "2025-11-04T08:00:00Z" },
	{ "hier 18h30", ANY, "2025-11-02T17:30:00Z" },
	{ "+2h", ANY, "2025-11-03T15:30:20Z" },
	{ "-10m", ANY, "2025-11-03T13:20:20Z" },
	{ "2027-11-03T06:12+02:00", ANY, "2027-11-03T04:12:00Z" },
	{ "1999-11-03 06:12", ANY, "1999-11-03T05:12:00Z" },
	{ "2027-03-28 02:30", ANY, NULL },
	{ "29/02/2025 12:00", ANY, NULL },
	/* rubbish */
	{ "", FACT, NULL },
	{ " ", FACT, NULL },
	{ "\n", FACT, NULL },
	{ "bientôt", FACT, NULL },
	{ "%s%n", FACT, NULL },
	{ "14:05\x01", FACT, NULL },
	{ "\xff\xfe", FACT, NULL },
	{ "99999999999999999999:00", FACT, NULL },
	{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	  FACT, NULL },
	{ "14:05                                                                                        x",
	  FACT, NULL },
};

static void each_form_has_its_instant_in_both_languages(void **state)
{
	(void)state;
	for (int lang = 0; lang < BEF_LANG_COUNT; lang++) {
		bef_lang_set((enum bef_lang)lang);
		for (size_t i = 0; i < ROWS(rows); i++) {
			struct bef_when untouched = { .at_ms = 42 };
			struct bef_when when = untouched;
			struct bef_err err = { 0 };
			enum bef_rc rc = bef_when_parse(rows[i].typed, rows[i].sense, instant(NOW), PARIS,
			                                &when, &err);
			char date[BEF_DATE_SIZE];

			if (!rows[i].expected) {
				must(rc == BEF_USAGE, "'%s' taken for %s", rows[i].typed,
				     bef_date_utc(when.at_ms, date));
				must(err.msg[0] && when.at_ms == 42, "'%s'", rows[i].typed);
				continue;
			}
			must(rc == BEF_OK, "'%s': %s", rows[i].typed, err.msg);
			must(strcmp(bef_date_utc(when.at_ms, date), rows[i].expected) == 0,
			     "'%s' is %s, not %s",
			     rows[i].typed, date, rows[i].expected);
			assert_false(when.doubled);
		}
	}
	bef_lang_set(BEF_EN);
}

/* Other moments, other zones.  `other` is the second instant of a doubled time. */
static const struct {
	const char *now, *zone, *typed;
	enum bef_when_sense sense;
	const char *expected, *other;
} places[] = {
	/* just after midnight */
	{ "2025-11-02T23:10:00Z", PARIS, "23:50", FACT, "2025-11-02T22:50:00Z", NULL },
	{ "2025-11-02T23:10:00Z", PARIS, "00:05", FACT, "2025-11-02T23:05:00Z", NULL },
	{ "2025-11-02T22:58:00Z", PARIS, "00:05", DUE, "2025-11-02T23:05:00Z", NULL },
	{ "2025-11-02T23:10:00Z", PARIS, "hier 23h50", FACT, "2025-11-02T22:50:00Z", NULL },
	/* about New Year */
	{ "2025-12-31T23:30:00Z", PARIS, "31/12 23:00", FACT, "2025-12-31T22:00:00Z", NULL },
	{ "2025-12-31T22:30:00Z", PARIS, "01/01 08:00", DUE, "2026-01-01T07:00:00Z", NULL },
	{ "2025-12-31T22:30:00Z", PARIS, "23:00", FACT, "2025-12-31T22:00:00Z", NULL },
	{ "2025-12-31T23:30:00Z", PARIS, "23:00", FACT, "2025-12-31T22:00:00Z", NULL },
	{ "2025-12-31T23:30:00Z", PARIS, "hier 23:00", FACT, "2025-12-31T22:00:00Z", NULL },
	/* an offset of its own: the nearest such moment, whatever day it is here */
	{ "2025-11-02T23:30:00Z", PARIS, "23:50Z", FACT, "2025-11-01T23:50:00Z", NULL },
	{ "2025-11-02T23:30:00Z", PARIS, "23:20Z", FACT, "2025-11-02T23:20:00Z", NULL },
	{ "2025-11-02T23:30:00Z", PARIS, "23:50Z", DUE, "2025-11-02T23:50:00Z", NULL },
	{ "2025-11-03T04:00:00Z", "America/Los_Angeles", "03:00Z", FACT, "2025-11-03T03:00:00Z", NULL },
	{ "2025-11-02T21:00:00Z", "Pacific/Auckland", "20:00Z", FACT, "2025-11-02T20:00:00Z", NULL },
	/* clocks go forward, 30 March 2025 02:00 to 03:00 */
	{ "2025-03-30T08:00:00Z", PARIS, "01:59", FACT, "2025-03-30T00:59:00Z", NULL },
	{ "2025-03-30T08:00:00Z", PARIS, "02:30", FACT, NULL, NULL },
	{ "2025-03-30T08:00:00Z", PARIS, "03:00", FACT, "2025-03-30T01:00:00Z", NULL },
	{ "2025-03-30T08:00:00Z", PARIS, "30/03 02:00", FACT, NULL, NULL },
	{ "2025-03-30T08:00:00Z", PARIS, "30/03/2025 02:59:59", FACT, NULL, NULL },
	{ "2025-03-30T08:00:00Z", PARIS, "2025-03-30 02:30", FACT, NULL, NULL },
	{ "2025-03-30T08:00:00Z", PARIS, "2025-03-30 02:30+01:00", FACT, "2025-03-30T01:30:00Z", NULL },
	{ "2025-03-29T22:00:00Z", PARIS, "02:30", DUE, NULL, NULL },
	{ "2025-03-29T22:00:00Z", PARIS, "demain 02:30", DUE, NULL, NULL },
	{ "2025-03-30T08:00:00Z", PARIS, "hier 02:30", FACT, "2025-03-29T01:30:00Z", NULL },
	{ "2025-03-30T08:00:00Z", PARIS, "-8h", FACT, "2025-03-30T00:00:00Z", NULL },
	/* clocks go back, 26 October 2025 03:00 to 02:00 */
	{ "2025-10-26T08:00:00Z", PARIS, "02:30", FACT, "2025-10-26T00:30:00Z", "2025-10-26T01:30:00Z" },
	{ "2025-10-26T08:00:00Z", PARIS, "02:00", FACT, "2025-10-26T00:00:00Z", "2025-10-26T01:00:00Z" },
	{ "2025-10-26T08:00:00Z", PARIS, "2025-10-26 02:59:59", FACT, "2025-10-26T00:59:59Z",
	  "2025-10-26T01:59:59Z" },
	{ "2025-10-26T08:00:00Z", PARIS, "26/10 02:30", FACT, "2025-10-26T00:30:00Z", "2025-10-26T01:30:00Z" },
	{ "2025-10-27T08:00:00Z", PARIS, "hier 2h30", FACT, "2025-10-26T00:30:00Z", "2025-10-26T01:30:00Z" },
	{ "2025-10-25T20:00:00Z", PARIS, "2h30", DUE, "2025-10-26T00:30:00Z", "2025-10-26T01:30:00Z" },
	{ "2025-10-26T08:00:00Z", PARIS, "01:59", FACT, "2025-10-25T23:59:00Z", NULL },
	{ "2025-10-26T08:00:00Z", PARIS, "03:00", FACT, "2025-10-26T02:00:00Z", NULL },
	{ "2025-10-26T08:00:00Z", PARIS, "02:30+02:00", FACT, "2025-10-26T00:30:00Z", NULL },
	{ "2025-10-26T08:00:00Z", PARIS, "2025-10-26 02:30+01:00", FACT, "2025-10-26T01:30:00Z", NULL },
	/* during the doubled hour only one of the two makes sense */
	{ "2025-10-26T00:40:00Z", PARIS, "02:30", FACT, "2025-10-26T00:30:00Z", NULL },
	{ "2025-10-26T00:40:00Z", PARIS, "2025-10-26 02:30", FACT, "2025-10-26T00:30:00Z", NULL },
	{ "2025-10-26T00:40:00Z", PARIS, "02:30", DUE, "2025-10-26T01:30:00Z", NULL },
	{ "2025-10-26T01:40:00Z", PARIS, "02:30", FACT, "2025-10-26T00:30:00Z", "2025-10-26T01:30:00Z" },
	{ "2025-10-26T01:40:00Z", PARIS, "02:30", DUE, "2025-10-27T01:30:00Z", NULL },
	/* half an hour, in the south */
	{ "2025-10-05T00:00:00Z", "Australia/Lord_Howe", "2025-10-05 02:15", FACT, NULL, NULL },
	{ "2025-10-05T00:00:00Z", "Australia/Lord_Howe", "2025-10-05 02:30", FACT, "2025-10-04T15:30:00Z",
	  NULL },
	{ "2025-04-06T00:00:00Z", "Australia/Lord_Howe", "2025-04-06 01:45", FACT, "2025-04-05T14:45:00Z",
	  "2025-04-05T15:15:00Z" },
	{ "2025-11-03T13:30:20Z", "Asia/Kolkata", "18:00", FACT, "2025-11-03T12:30:00Z", NULL },
	{ "2025-11-03T13:30:20Z", "UTC", "13:00", FACT, "2025-11-03T13:00:00Z", NULL },
	{ "2025-11-03T13:30:20Z", "Asia/Kathmandu", "hier 00:00", FACT, "2025-11-01T18:15:00Z", NULL },
};

static void each_place_has_its_clocks(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(places); i++) {
		struct bef_when when = { 0 };
		struct bef_err err = { 0 };
		char date[BEF_DATE_SIZE];
		enum bef_rc rc = bef_when_parse(places[i].typed, places[i].sense, instant(places[i].now),
		                                places[i].zone, &when, &err);

		if (!places[i].expected) {
			must(rc == BEF_USAGE && strstr(err.msg, "does not exist") && err.hint[0],
			     "row %zu, '%s': %s", i,
			     places[i].typed, err.msg);
			continue;
		}
		must(rc == BEF_OK, "row %zu, '%s': %s", i, places[i].typed, err.msg);
		must(strcmp(bef_date_utc(when.at_ms, date), places[i].expected) == 0,
		     "row %zu, '%s' is %s, not %s", i,
		     places[i].typed, date, places[i].expected);
		must(when.doubled == (places[i].other != NULL), "row %zu, '%s'", i, places[i].typed);
		if (when.doubled)
			assert_string_equal(bef_date_utc(when.other_ms, date), places[i].other);
	}
}

static void a_fact_of_more_than_thirty_days_is_flagged(void **state)
{
	static const struct { const char *typed; enum bef_when_sense sense; bool old; } ages[] = {
		{ "-30d", FACT, false }, { "-31d", FACT, true }, { "4/10 16h", FACT, false },
		{ "4/10 14h", FACT, true },
		{ "2024-11-03 06:12", FACT, true }, { "now", FACT, false }, { "2027-01-01 00:00", DUE, false },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(ages); i++) {
		struct bef_when when;
		struct bef_err err;

		assert_ok(bef_when_parse(ages[i].typed, ages[i].sense, instant(NOW), PARIS, &when, &err), err);
		must(when.old == ages[i].old, "'%s'", ages[i].typed);
	}
}

static void a_refusal_says_why(void **state)
{
	static const struct { const char *typed; enum bef_when_sense sense; const char *why; } refusals[] = {
		{ "bientôt", FACT, "not understood: 'bientôt'" }, { " bientôt \n", FACT,
		                                                    "not understood: 'bientôt'" },
		{ "+2h", FACT, "has not happened yet" }, { "demain 9h", FACT, "has not happened yet" },
		{ "-10m", DUE, "already past" }, { "hier", FACT, "at what time?" }, { "ce matin", FACT, "at what time?" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(refusals); i++) {
		struct bef_when when;
		struct bef_err err;

		assert_rc(bef_when_parse(refusals[i].typed, refusals[i].sense, instant(NOW), PARIS, &when,
		                         &err),
		          BEF_USAGE, err);
		must(strstr(err.msg, refusals[i].why), "'%s': %s", refusals[i].typed, err.msg);
	}
}

static void a_zone_that_is_not_known_is_refused_not_taken_for_utc(void **state)
{
	static const char *const typed[] = { "14:05", "3/11 6h12", "hier 18h30", "2025-11-03 06:12" };
	struct bef_when when;
	struct bef_err err;

	(void)state;
	for (size_t i = 0; i < ROWS(typed); i++) {
		assert_rc(bef_when_parse(typed[i], FACT, instant(NOW), "Mars/Olympus", &when, &err),
		          BEF_USAGE, err);
		must(strstr(err.msg, "Mars/Olympus"), "%s", err.msg);
	}
	assert_ok(bef_when_parse("-10m", FACT, instant(NOW), "Mars/Olympus", &when, &err), err);
}

static void a_time_is_told_at_the_start_of_a_line(void **state)
{
	static const struct { const char *line; size_t len; } lines[] = {
		{ "14:05 le serveur est tombé", 5 }, { "14h05 appel", 5 }, { "14h appel", 0 }, { "10h de panne", 0 }, { "14:99 x", 0 },
		{ "9h05 appel", 4 },
		{ "14:05:30 appel", 8 }, { "-10m appel", 4 }, { "-1h30 appel", 5 }, { "+2h appel", 3 },
		{ "14:05 ", 5 },
		{ "14:05", 0 }, { "", 0 }, { " 14:05 x", 0 }, { "appel 14:05", 0 }, { "14 serveurs", 0 },
		{ "-5 postes", 0 }, { "- liste", 0 }, { "+33 1 23", 0 }, { "3/11 06:12 x", 0 },
		{ "hier 18h30 x", 0 },
		{ "14:05Z x", 0 }, { "14:05+02:00 x", 0 }, { "14:05, appel", 0 }, { "192.168.0.1 x", 0 },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa x", 0 }, { "\xff\xff x", 0 }, { "é x", 0 },
		{ "-10m\tx", 0 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(lines); i++)
		must(bef_when_prefix(lines[i].line) == lines[i].len, "'%s': %zu", lines[i].line,
		     bef_when_prefix(lines[i].line));
}

static void mutated_times_never_break_the_reader(void **state)
{
	struct dice dice = { unit_seed() };
	unsigned taken = 0;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		const char *typed = rows[dice_below(&dice, ROWS(rows))].typed;
		size_t len = strlen(typed);
		char room[200];
		char *exact;
		struct bef_when when;
		struct bef_err err;

		memcpy(room, typed, len);
		len = dice_mutate(&dice, room, len, sizeof(room));
		exact = malloc(len + 1);
		memcpy(exact, room, len);
		exact[len] = '\0';
		if (bef_when_parse(exact, i % 2 ? FACT : DUE, instant(NOW), PARIS, &when, &err) == BEF_OK) {
			taken++;
			must(when.at_ms > 0 && (i % 2 ? when.at_ms <= instant(NOW) + 300000
			                              : when.at_ms >= instant(NOW) - 60000), "'%s'", exact);
		}
		assert_true(bef_when_prefix(exact) <= len);
		free(exact);
	}
	assert_true(taken > 100);
}

static void a_length_of_time_has_no_sign(void **state)
{
	static const struct {
		const char *typed;
		int64_t minutes; /* -1: refused */
	} lengths[] = {
		{ "4h", 240 }, { " 1h30 ", 90 }, { "1 h 30 min", 90 }, { "2 jours", 2880 }, { "30 min", 30 }, { "0h", 0 }, { "1 day", 1440 },
		{ "", -1 }, { "4", -1 }, { "-4h", -1 }, { "+4h", -1 }, { "4h ago", -1 }, { "soon", -1 }, { "99999 days", -1 }, { "1h 2d", -1 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(lengths); i++) {
		int64_t ms = -2;
		bool ok = bef_span_parse(lengths[i].typed, &ms);

		must(ok == (lengths[i].minutes >= 0), "'%s'", lengths[i].typed);
		must(!ok || ms == lengths[i].minutes * 60000, "'%s': %lld", lengths[i].typed, (long long)ms);
	}
}

UNIT_MAIN(unit(each_form_has_its_instant_in_both_languages), unit(each_place_has_its_clocks),
          unit(a_fact_of_more_than_thirty_days_is_flagged), unit(a_refusal_says_why),
          unit(a_zone_that_is_not_known_is_refused_not_taken_for_utc),
          unit(a_time_is_told_at_the_start_of_a_line),
          unit(a_length_of_time_has_no_sign),
          unit(mutated_times_never_break_the_reader))
