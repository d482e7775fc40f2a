/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/observable.h"
#include "model/outage.h"
#include "report/costs.h"
#include "report/csv.h"

enum { COLUMNS_MOST = 12 };

/* One list on its way out. */
struct filling {
	struct bef_csv csv;
	const struct bef_report_input *in;
	const struct bef_case *c;
};

struct bef_sheet {
	const char *en, *fr, *title;
	const char *columns[COLUMNS_MOST]; /* after the incident and its marking */
	bool (*rows)(struct filling *f);   /* false: no memory */
};

static void cell(struct filling *f, const char *text)
{
	bef_csv_cell(&f->csv, text);
}

static void instant(struct filling *f, int64_t at_ms)
{
	char when[BEF_DATE_SIZE];

	cell(f, at_ms ? bef_date_format(at_ms, f->c->zone, BEF_DATE_OFFSET, when) : NULL);
}

/* A length of time in hours, so that it adds up; negative: unknown. */
static void hours(struct filling *f, int64_t ms)
{
	if (ms < 0)
		cell(f, NULL);
	else
		bef_csv_hundredths(&f->csv, (ms + BEF_HOUR_MS / 200) / (BEF_HOUR_MS / 100));
}

static void begin_row(struct filling *f)
{
	BEF_AUTO(text) marking = { .max = 256 };

	cell(f, f->in->ref);
	bef_text_printf(&marking, "%s%s%s", f->c->drill ? tr("DRILL") : "", f->c->drill ? ", " : "", bef_word_label(&bef_tlps, f->c->tlp));
	cell(f, bef_text_str(&marking));
}

static void end_row(struct filling *f, const struct bef_line *line)
{
	if (line)
		bef_csv_int(&f->csv, line->number);
	else
		cell(f, NULL);
	bef_csv_row_end(&f->csv);
}

static bool cost_rows(struct filling *f)
{
	size_t count;
	bool failed = false;
	BEF_AUTO_FREE struct bef_cost *cost = bef_costs(f->c, &count, &failed);

	for (size_t i = 0; i < count && !failed; i++) {
		begin_row(f);
		instant(f, cost[i].line->at_ms);
		cell(f, bef_json_text_or(bef_line_body(cost[i].line), "text", tr("[erased]")));
		bef_csv_hundredths(&f->csv, cost[i].cents);
		cell(f, cost[i].line->entry->author);
		end_row(f, cost[i].line);
	}
	return !failed;
}

static bool deadline_rows(struct filling *f)
{
	for (size_t i = 0; i < f->c->clock_count; i++) {
		const struct bef_clock *clock = &f->c->clock[i];
		const struct bef_line *end = clock->sent ? clock->sent : clock->dismissed;

		begin_row(f);
		cell(f, clock->rule);
		cell(f, bef_clock_name(clock));
		cell(f, bef_clock_state_label(bef_clock_state(clock, f->in->now_ms)));
		instant(f, clock->start_at_ms);
		instant(f, clock->safe_at_ms);
		instant(f, clock->sent ? clock->sent->at_ms : 0);
		cell(f, end ? bef_line_text(end, clock->sent ? "reference" : "reason") : NULL);
		end_row(f, end ? end : clock->line);
	}
	return true;
}

static const struct bef_outage *outage_of(const struct bef_outages *outages, size_t asset)
{
	for (size_t i = 0; i < outages->count; i++)
		if (outages->one[i].asset == (int)asset)
			return &outages->one[i];
	return NULL;
}

static void asset_row(struct filling *f, size_t i, const struct bef_outage *outage)
{
	const struct bef_asset *one = &f->c->asset[i];
	char number[24];

	snprintf(number, sizeof(number), "S%zu", i + 1);
	begin_row(f);
	cell(f, number);
	cell(f, one->name ? one->name : tr("[erased]"));
	cell(f, bef_word_label(&bef_asset_types, one->type));
	cell(f, bef_word_label(&bef_asset_states, one->status));
	cell(f, one->owner);
	cell(f, one->criticality ? bef_word_label(&bef_criticalities, one->criticality) : NULL);
	instant(f, outage ? outage->down_at_ms : 0);
	instant(f, outage ? outage->back_at_ms : 0);
	hours(f, outage && outage->down_at_ms ? outage->longest_ms : -1);
	hours(f, one->rto_ms ? one->rto_ms : -1);
	hours(f, one->rpo_ms);
	end_row(f, one->line);
}

static bool asset_rows(struct filling *f)
{
	struct bef_outages outages;
	bool ok = bef_outages_of(f->c, f->in->now_ms, &outages);

	for (size_t i = 0; i < f->c->asset_count && ok; i++)
		if (bef_line_counts(f->c->asset[i].line))
			asset_row(f, i, outage_of(&outages, i));
	bef_outages_clear(&outages);
	return ok;
}

/* Addresses as nobody follows them by accident. */
static bool observable_rows(struct filling *f)
{
	for (size_t i = 0; i < f->c->observable_count; i++) {
		const struct bef_observable *one = &f->c->observable[i];
		BEF_AUTO(text) value = { .max = 4 * BEF_PROSE_MOST };
		char number[24];

		if (!bef_line_counts(one->line))
			continue;
		if (one->value)
			bef_defang(one->type, one->value, &value);
		snprintf(number, sizeof(number), "O%zu", i + 1);
		begin_row(f);
		cell(f, number);
		cell(f, bef_word_label(&bef_observable_types, one->type));
		cell(f, one->value ? bef_text_str(&value) : tr("[erased]"));
		cell(f, bef_word_label(&bef_observable_states, one->status));
		cell(f, bef_word_label(&bef_tlps, bef_observable_tlp(f->c, one)));
		instant(f, one->first_seen_at_ms);
		instant(f, one->last_seen_at_ms);
		cell(f, one->source);
		end_row(f, one->line);
		if (value.failed)
			return false;
	}
	return true;
}

static bool evidence_rows(struct filling *f)
{
	for (size_t i = 0; i < f->c->evidence_count; i++) {
		const struct bef_line *line = f->c->evidence[i].line;
		const json_t *body = bef_line_body(line);

		if (!bef_line_counts(line))
			continue;
		begin_row(f);
		bef_csv_int(&f->csv, (int64_t)i + 1);
		cell(f, bef_json_text_or(body, "name", tr("[erased]")));
		bef_csv_int(&f->csv, bef_line_int(line, "size"));
		cell(f, bef_json_text(body, "sha256"));
		instant(f, line->at_ms);
		cell(f, bef_json_text_or(body, "by", line->entry->author));
		cell(f, bef_json_text(body, "where"));
		cell(f, bef_json_text(body, "text"));
		end_row(f, line);
	}
	return true;
}

static const struct bef_sheet sheets[] = {
	{ "costs", "couts", N_("Costs, for a spreadsheet"), { N_("When"), N_("What"), N_("EUR"), N_("Author") }, cost_rows },
	{ "deadlines", "echeances", N_("Legal deadlines, for a spreadsheet"),
	  { N_("Rule"), N_("Notification"), N_("State"), N_("Counts from"), N_("Limit"), N_("Sent"), N_("Reference or reason") }, deadline_rows },
	{ "assets", "actifs", N_("Affected assets, for a spreadsheet"),
	  { N_("No."), N_("Asset"), N_("Type"), N_("State"), N_("Owner"), N_("Criticality"), N_("Out of service"), N_("Back"),
	    N_("Interruption, hours"), N_("RTO, hours"), N_("RPO, hours") }, asset_rows },
	{ "observables", "observables", N_("Observables, for a spreadsheet"),
	  { N_("No."), N_("Type"), N_("Value"), N_("State"), N_("Marking"), N_("First seen"), N_("Last seen"), N_("Source") }, observable_rows },
	{ "evidence", "preuves", N_("Evidence, for a spreadsheet"),
	  { N_("Item"), N_("File"), N_("Bytes"), N_("SHA-256"), N_("Collected"), N_("By"), N_("Where"), N_("What") }, evidence_rows },
};
enum { SHEETS = sizeof(sheets) / sizeof(*sheets) };

const struct bef_sheet *bef_sheet_next(const struct bef_sheet *sheet)
{
	return !sheet ? sheets : sheet + 1 < sheets + SHEETS ? sheet + 1 : NULL;
}

const struct bef_sheet *bef_sheet_find(const char *word)
{
	for (size_t i = 0; i < SHEETS; i++)
		if (bef_fold_equal(word, sheets[i].en) || bef_fold_equal(word, sheets[i].fr))
			return &sheets[i];
	return NULL;
}

const char *bef_sheet_word(const struct bef_sheet *sheet)
{
	return bef_lang() == BEF_FR ? sheet->fr : sheet->en;
}

const char *bef_sheet_title(const struct bef_sheet *sheet)
{
	return tr(sheet->title);
}

static void begin(struct filling *f, const struct bef_sheet *sheet)
{
	bef_csv_begin(&f->csv);
	cell(f, tr("Incident"));
	cell(f, tr("Marking"));
	for (int i = 0; i < COLUMNS_MOST && sheet->columns[i]; i++)
		cell(f, tr(sheet->columns[i]));
	cell(f, tr("Entry"));
	bef_csv_row_end(&f->csv);
}

enum bef_rc bef_sheet_write(const struct bef_sheet *sheet, const char *format, const struct bef_report_input *in,
                            struct bef_text *out, struct bef_err *err)
{
	struct filling f = { .csv.out = out, .in = in, .c = in->c };

	if (!bef_csv_dialect(&f.csv, format)) {
		bef_fail(err, BEF_USAGE, tr("unknown format '%.40s'"), format);
		bef_hint(err, tr("one of: %s"), "csv, csv-intl");
		return BEF_USAGE;
	}
	begin(&f, sheet);
	return sheet->rows(&f) ? bef_text_rc(out, err) : bef_no_memory(err);
}
