/* SPDX-License-Identifier: EUPL-1.2 */
/* A period in every form, from one description of its tables. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/amount.h"
#include "base/i18n.h"
#include "base/json.h"
#include "report/csv.h"
#include "report/period.h"
#include "report/plot.h"

enum sort { END, COUNT, CENTS, SPAN };
enum { BARS_MOST = 24 };

/* Its columns after the first, which says what the row is about; a note comes last. */
static const struct table {
	const char *id, *title, *first, *none, *note;
	struct {
		const char *id, *label;
		enum sort sort;
	} column[BEF_TALLY_VALUES];
	bool plot;
} tables[BEF_TALLY_COUNT] = {
	[BEF_TALLY_TYPE] = { "type", N_("By type"), N_("Type"), N_("No incident."), NULL,
		{ { "incidents", N_("Incidents"), COUNT }, { "cost", N_("EUR"), CENTS } }, true },
	[BEF_TALLY_SEVERITY] = { "severity", N_("By severity"), N_("Severity"), N_("No incident."), NULL,
		{ { "incidents", N_("Incidents"), COUNT }, { "cost", N_("EUR"), CENTS } }, true },
	[BEF_TALLY_MONTH] = { "month", N_("By month"), N_("Month"), N_("No incident."), NULL,
		{ { "incidents", N_("Incidents"), COUNT }, { "cost", N_("EUR"), CENTS } }, true },
	[BEF_TALLY_DELAY] = { "delay", N_("Delays"), N_("From, to"), N_("No delay can be measured."), N_("Worst in"),
		{ { "count", N_("Count"), COUNT }, { "median", N_("Median"), SPAN }, { "worst", N_("Worst"), SPAN } }, false },
	[BEF_TALLY_CAUSE] = { "cause", N_("Causes"), N_("Cause"), N_("No incident."), NULL,
		{ { "incidents", N_("Incidents"), COUNT }, { "cost", N_("EUR"), CENTS } }, true },
	[BEF_TALLY_SERVICE] = { "service", N_("Services out of use"), N_("Service"), N_("No service was said to be out of use."), NULL,
		{ { "incidents", N_("Incidents"), COUNT }, { "total", N_("Time out of use"), SPAN }, { "rto_missed", N_("Beyond RTO"), COUNT },
		  { "rpo_missed", N_("Beyond RPO"), COUNT } }, false },
	[BEF_TALLY_FAILED] = { "failed_step", N_("Steps that failed"), N_("Step"), N_("No step failed."), NULL,
		{ { "times", N_("Times"), COUNT } }, false },
	[BEF_TALLY_LATE] = { "late", N_("Late"), N_("What had a due time"), N_("Nothing had a due time."), NULL,
		{ { "with_due_time", N_("With a due time"), COUNT }, { "overdue", N_("Late"), COUNT } }, false },
	[BEF_TALLY_LIMIT] = { "limit", N_("Legal deadlines"), N_("Notification"), N_("No legal clock ran."), NULL,
		{ { "met", N_("Met"), COUNT }, { "missed", N_("Missed"), COUNT }, { "running", N_("Running"), COUNT },
		  { "not_applicable", N_("Not applicable"), COUNT } }, false },
	[BEF_TALLY_ALERT] = { "alert", N_("Alerts"), N_("Destination"), N_("No alert was raised."), NULL,
		{ { "arrived", N_("Arrived"), COUNT }, { "not_arrived", N_("Not arrived"), COUNT }, { "waiting", N_("Waiting"), COUNT } }, false },
};

static int columns_of(const struct table *table)
{
	int count = 0;

	while (count < BEF_TALLY_VALUES && table->column[count].sort != END)
		count++;
	return count;
}

static const char *say(enum sort sort, int64_t value, char out[BEF_DATE_SIZE])
{
	if (sort == SPAN)
		return bef_span_format(value, out);
	if (sort == CENTS)
		return bef_amount_format(value, out);
	snprintf(out, BEF_DATE_SIZE, "%lld", (long long)value);
	return out;
}

/* --- documents --- */

static void put_plot(struct bef_doc *doc, const struct table *table, const struct bef_tallies *rows)
{
	struct bef_bar bar[BARS_MOST];
	char said[BARS_MOST][BEF_DATE_SIZE];
	size_t count = rows->count < BARS_MOST ? rows->count : BARS_MOST;
	BEF_AUTO(text) svg = { .max = 1 << 20 };

	for (size_t i = 0; i < count; i++)
		bar[i] = (struct bef_bar){ rows->row[i].label, say(COUNT, rows->row[i].value[0], said[i]), rows->row[i].value[0] };
	bef_plot_bars(tr(table->title), bar, count, &svg);
	doc->out->failed = doc->out->failed || svg.failed;
	doc->format->figure(doc, bef_text_str(&svg));
}

static void put_table(struct bef_doc *doc, const struct table *table, const struct bef_tallies *rows)
{
	const char *names[BEF_TALLY_VALUES + 2] = { tr(table->first) };
	int columns = columns_of(table), all = 1 + columns;
	char value[BEF_DATE_SIZE];

	bef_doc_heading(doc, 2, tr(table->title));
	if (rows->count == 0) {
		bef_doc_paragraph(doc, "%s", tr(table->none));
		return;
	}
	if (table->plot)
		put_plot(doc, table, rows);
	for (int i = 0; i < columns; i++)
		names[1 + i] = tr(table->column[i].label);
	if (table->note)
		names[all++] = tr(table->note);
	bef_doc_table(doc, "", names, all);
	for (size_t r = 0; r < rows->count; r++) {
		bef_doc_cell(doc, "%s", rows->row[r].label);
		for (int i = 0; i < columns; i++)
			bef_doc_cell(doc, "%s", say(table->column[i].sort, rows->row[r].value[i], value));
		if (table->note)
			bef_doc_cell(doc, "%s", rows->row[r].note ? rows->row[r].note : "");
	}
	bef_doc_table_end(doc);
}

static void put_sum(struct bef_doc *doc, const struct bef_period *p)
{
	char cost[BEF_DATE_SIZE];

	bef_doc_paragraph(doc, trn("%d incident", "%d incidents", p->incidents), p->incidents);
	bef_doc_paragraph(doc, trn("%d of them still open", "%d of them still open", p->open), p->open);
	bef_doc_paragraph(doc, trn("%d exercise, left out of what follows", "%d exercises, left out of what follows", p->drills), p->drills);
	bef_doc_paragraph(doc, tr("Costs written down: EUR %s"), say(CENTS, p->cents, cost));
	bef_doc_paragraph(doc, "%s", tr("No duration is averaged: the median is one that occurred. Few incidents prove nothing; the count is beside each number."));
}

/* The days of the period, the last one included. */
static void say_days(const struct bef_period *p, struct bef_text *out)
{
	char from[BEF_DATE_SIZE], to[BEF_DATE_SIZE];

	bef_date_format(p->from_ms, p->zone, BEF_DATE_OFFSET, from);
	bef_date_format(p->to_ms - 1, p->zone, BEF_DATE_OFFSET, to);
	bef_text_printf(out, tr("Incidents opened from %.10s to %.10s"), from, to);
}

static enum bef_rc write_doc(struct bef_period *p, const struct bef_doc_format *format, const struct bef_report_input *in,
                             struct bef_text *out, struct bef_err *err)
{
	BEF_AUTO(text) title = { .max = 4096 };
	BEF_AUTO(text) subtitle = { .max = 4096 };
	struct bef_doc doc = { .out = out, .format = format, .tlp = tr("Confidential") };
	char when[BEF_DATE_SIZE];

	say_days(p, &title);
	bef_text_printf(&subtitle, tr("%s, written %s (%s) by %s"), tr("Report over a period"),
	                bef_date_format(in->now_ms, p->zone, BEF_DATE_FULL, when), p->zone, in->author);
	if (*in->organisation)
		bef_text_printf(&subtitle, ", %s", in->organisation);
	doc.title = bef_text_str(&title);
	doc.subtitle = bef_text_str(&subtitle);
	doc.footer = tr("All incidents opened in the period, from their journals. To check them: beffroi verify");
	out->failed = out->failed || title.failed || subtitle.failed;
	format->begin(&doc);
	put_sum(&doc, p);
	for (int t = 0; t < BEF_TALLY_COUNT; t++)
		put_table(&doc, &tables[t], &p->table[t]);
	format->end(&doc);
	return bef_text_rc(out, err);
}

/* --- JSON --- */

static json_t *row_json(const struct table *table, const struct bef_tally *row)
{
	json_t *object = json_object();
	bool ok = object != NULL;

	bef_json_put_text(object, table->id, row->key, &ok);
	for (int i = 0; i < columns_of(table); i++) {
		char key[48];

		snprintf(key, sizeof(key), "%s%s", table->column[i].id, table->column[i].sort == SPAN ? "_ms" : table->column[i].sort == CENTS ? "_cents" : "");
		bef_json_put_int(object, key, row->value[i], &ok);
	}
	if (row->note)
		bef_json_put_text(object, "worst_in", row->note, &ok);
	if (ok)
		return object;
	json_decref(object);
	return NULL;
}

static enum bef_rc write_json(const struct bef_period *p, struct bef_text *out, struct bef_err *err)
{
	json_t *object = json_pack("{s:i, s:s}", "v", 1, "type", "period");
	bool ok = object != NULL;

	bef_json_put_instant(object, "from", p->from_ms, &ok);
	bef_json_put_instant(object, "before", p->to_ms, &ok);
	bef_json_put_text(object, "zone", p->zone, &ok);
	bef_json_put_int(object, "incidents", p->incidents, &ok);
	bef_json_put_int(object, "open", p->open, &ok);
	bef_json_put_int(object, "drills", p->drills, &ok);
	bef_json_put_int(object, "cost_cents", p->cents, &ok);
	for (int t = 0; t < BEF_TALLY_COUNT; t++) {
		json_t *rows = json_array();
		char key[48];

		for (size_t i = 0; ok && i < p->table[t].count; i++)
			ok = json_array_append_new(rows, row_json(&tables[t], &p->table[t].row[i])) == 0;
		snprintf(key, sizeof(key), "by_%s", tables[t].id);
		bef_json_put(object, key, rows, &ok);
	}
	if (ok)
		return bef_json_line(object, out, err);
	json_decref(object);
	return bef_no_memory(err);
}

/* --- CSV: a row a number --- */

static void put_number(struct bef_csv *csv, const char *table, const char *row, const char *what, enum sort sort, int64_t value)
{
	bef_csv_cell(csv, table);
	bef_csv_cell(csv, row);
	bef_csv_cell(csv, what);
	if (sort == COUNT)
		bef_csv_int(csv, value);
	else
		bef_csv_hundredths(csv, sort == CENTS ? value : (value + BEF_HOUR_MS / 200) / (BEF_HOUR_MS / 100));
	bef_csv_cell(csv, sort == CENTS ? tr("EUR") : sort == SPAN ? tr("hours") : NULL);
	bef_csv_row_end(csv);
}

static enum bef_rc write_csv(const struct bef_period *p, struct bef_csv *csv, struct bef_err *err)
{
	static const char *const names[] = { N_("Table"), N_("Row"), N_("Measure"), N_("Value"), N_("Unit") };

	bef_csv_begin(csv);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		bef_csv_cell(csv, tr(names[i]));
	bef_csv_row_end(csv);
	put_number(csv, tr("Period"), tr("all"), tr("Incidents"), COUNT, p->incidents);
	put_number(csv, tr("Period"), tr("all"), tr("still open"), COUNT, p->open);
	put_number(csv, tr("Period"), tr("all"), tr("exercises"), COUNT, p->drills);
	put_number(csv, tr("Period"), tr("all"), tr("Cost"), CENTS, p->cents);
	for (int t = 0; t < BEF_TALLY_COUNT; t++)
		for (size_t r = 0; r < p->table[t].count; r++)
			for (int i = 0; i < columns_of(&tables[t]); i++)
				put_number(csv, tr(tables[t].title), p->table[t].row[r].label, tr(tables[t].column[i].label),
				           tables[t].column[i].sort, p->table[t].row[r].value[i]);
	return bef_text_rc(csv->out, err);
}

enum bef_rc bef_period_write(struct bef_period *p, const char *format, const struct bef_report_input *in,
                             struct bef_text *out, struct bef_err *err)
{
	const struct bef_doc_format *doc = bef_doc_format_find(format);
	struct bef_csv csv = { .out = out };

	bef_period_settle(p);
	if (p->failed)
		return bef_no_memory(err);
	if (doc)
		return write_doc(p, doc, in, out, err);
	if (bef_csv_dialect(&csv, format))
		return write_csv(p, &csv, err);
	if (strcmp(format, "json") == 0)
		return write_json(p, out, err);
	bef_fail(err, BEF_USAGE, tr("unknown format '%.40s'"), format);
	bef_hint(err, tr("one of: %s"), "html, md, pdf, csv, csv-intl, json");
	return BEF_USAGE;
}
