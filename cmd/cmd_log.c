/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/line.h"
#include "out.h"
#include "report/csv.h"
#include "store/index.h"

struct log_opts {
	const char *since, *until, *kind, *format;
	bool all, organisation;
};

static const struct bef_opt log_options[] = {
	BEF_TEXT(struct log_opts, since, 0, "since", "depuis", N_("TIME"), N_("from then on: 14:00, -2h, yesterday 9h")),
	BEF_TEXT(struct log_opts, until, 0, "until", "jusque", N_("TIME"), N_("up to then")),
	BEF_TEXT(struct log_opts, kind, 'k', "kind", "genre", N_("KIND"), N_("one kind only: fact, call, decision, action, step, alert, evidence...")),
	BEF_FLAG(struct log_opts, all, 0, "all", "tout", N_("struck, undone and technical lines too")),
	BEF_FLAG(struct log_opts, organisation, 0, "organisation", "organisation", N_("the organisation's own journal: incidents registered, checkpoints")),
	BEF_TEXT(struct log_opts, format, 'f', "format", "format", N_("FORMAT"), N_("text, csv (csv-intl: commas), jsonl, or journal (the signed bytes, for an independent check)")),
	BEF_OPT_END,
};

enum format { TEXT, CSV, CSV_INTL, JSONL, JOURNAL };

/* What is looked for. */
struct filter {
	int64_t since_ms, until_ms;
	char kind[64]; /* folded: a note's sort, the first part of a kind's name, or the word shown; or "" */
	const char *by;
	bool all;
	bool *hit; /* per line, for a search; or NULL */
};

static const char *label_of(const struct bef_line *line)
{
	const char *sort = line->kind && strcmp(line->kind->name, "note") == 0 ? bef_line_text(line, "sort") : NULL;

	if (sort)
		return bef_word_label(&bef_note_sorts, sort);
	return line->kind ? tr(line->kind->label) : "?";
}

static bool is_kind(const char *name, const char *kind)
{
	size_t len = strlen(kind);

	return strncmp(name, kind, len) == 0 && (name[len] == '\0' || name[len] == '.');
}

static bool matches_kind(const struct bef_line *line, const char *kind)
{
	const char *sort = line->kind && strcmp(line->kind->name, "note") == 0 ? bef_line_text(line, "sort") : NULL;

	if (sort)
		return strcmp(sort, kind) == 0 || strcmp(kind, "note") == 0;
	return is_kind(line->entry->kind, kind) || bef_fold_equal(label_of(line), kind);
}

static bool matches_by(const struct bef_line *line, const char *by)
{
	const char *said = bef_line_text(line, "by");

	return bef_fold_equal(line->entry->author, by) || (said && bef_fold_equal(said, by));
}

static bool wanted(const struct filter *f, const struct bef_case *c, const struct bef_line *line)
{
	if (f->hit && !f->hit[line - c->line])
		return false;
	if (!f->all && !bef_line_shown(line))
		return false;
	if ((f->since_ms && line->at_ms < f->since_ms) || (f->until_ms && line->at_ms > f->until_ms))
		return false;
	return (!*f->kind || matches_kind(line, f->kind)) && (!f->by || matches_by(line, f->by));
}

/* --- text --- */

static void put_marks(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	char when[BEF_DATE_SIZE];

	if (line->entry->recorded_at_ms - line->at_ms > BEF_MINUTE_MS)
		bef_text_printf(out, tr("  (written %s)"),
		                bef_date_format(line->entry->recorded_at_ms, c->zone, BEF_DATE_SHORT, when));
	if (line->amended)
		bef_text_printf(out, tr("  (corrected by #%u)"), line->by ? line->by->number : 0);
	if (line->struck)
		bef_text_printf(out, tr("  (STRUCK by #%u)"), line->by ? line->by->number : 0);
	if (line->undone)
		bef_text_printf(out, tr("  (UNDONE by #%u)"), line->by ? line->by->number : 0);
}

static enum bef_rc put_text(struct bef_app *app, const struct bef_case *c, const struct bef_line *line,
                            struct bef_err *err)
{
	enum bef_style style = line->struck || line->undone || line->erased ? BEF_FAINT : BEF_PLAIN;
	BEF_AUTO(text) text = { .max = 4 * BEF_PROSE_MOST };
	char when[BEF_DATE_SIZE], number[16];

	(void)err;
	snprintf(number, sizeof(number), "#%u", line->number);
	bef_put_cell(app, BEF_FAINT, 6, number);
	bef_put_cell(app, style, 13, bef_date_format(line->at_ms, c->zone, BEF_DATE_SHORT, when));
	bef_put_cell(app, style == BEF_PLAIN ? BEF_STRONG : style, 16, label_of(line));
	bef_text_puts(&text, bef_sentence(c, line));
	put_marks(c, line, &text);
	bef_text_printf(&text, "  [%s]", line->entry->author);
	bef_wrap_text(app, style, 35, 35, &text);
	return BEF_OK;
}

/* --- CSV --- */

/* bef_put() would tame the mark and the return. */
static void put_csv_head(char separator)
{
	static const char *const columns[] = { N_("number"), N_("happened"), N_("recorded (UTC)"), N_("kind"), N_("text"),
		                               N_("author"), N_("state"), N_("EUR") };
	BEF_AUTO(text) row = { .max = 4096 };
	struct bef_csv csv = { .out = &row, .separator = separator };

	bef_csv_begin(&csv);
	for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++)
		bef_csv_cell(&csv, tr(columns[i]));
	bef_csv_row_end(&csv);
	fputs(bef_text_str(&row), stdout);
}

static enum bef_rc put_csv_line(char separator, const struct bef_case *c, const struct bef_line *line, struct bef_err *err)
{
	BEF_AUTO(text) row = { .max = 8 * BEF_PROSE_MOST };
	struct bef_csv csv = { .out = &row, .separator = separator };
	int64_t cents = strcmp(line->entry->kind, "note") == 0 ? bef_line_int(line, "amount_cents") : 0;
	char when[BEF_DATE_SIZE], utc[BEF_DATE_SIZE];

	bef_csv_int(&csv, line->number);
	bef_csv_cell(&csv, bef_date_format(line->at_ms, c->zone, BEF_DATE_OFFSET, when));
	bef_csv_cell(&csv, bef_date_utc(line->entry->recorded_at_ms, utc));
	bef_csv_cell(&csv, label_of(line));
	bef_csv_cell(&csv, bef_sentence(c, line));
	bef_csv_cell(&csv, line->entry->author);
	bef_csv_cell(&csv, line->struck ? tr("struck") : line->undone ? tr("undone") : line->erased ? tr("erased") : "");
	if (cents)
		bef_csv_hundredths(&csv, cents);
	else
		bef_csv_cell(&csv, NULL);
	bef_csv_row_end(&csv);
	fputs(bef_text_str(&row), stdout);
	return bef_text_rc(&row, err);
}

static enum bef_rc put_csv(struct bef_app *app, const struct bef_case *c, const struct bef_line *line, struct bef_err *err)
{
	(void)app;
	return put_csv_line(';', c, line, err);
}

static enum bef_rc put_csv_intl(struct bef_app *app, const struct bef_case *c, const struct bef_line *line, struct bef_err *err)
{
	(void)app;
	return put_csv_line(',', c, line, err);
}

static enum bef_rc put_json_line(struct bef_app *app, const struct bef_case *c, const struct bef_line *line,
                                 struct bef_err *err)
{
	(void)app;
	return bef_put_json(bef_line_json(c, line), err);
}

/* The bytes as hashed, with what is needed to check them without us: see contrib/verify. */
static enum bef_rc put_journal(struct bef_app *app, const struct bef_case *c, const struct bef_line *line,
                               struct bef_err *err)
{
	BEF_AUTO(text) text = { .max = BEF_LINE_MOST };

	(void)app;
	(void)c;
	bef_entry_line(&text, line->entry, line->number, true);
	fwrite(bef_text_str(&text), 1, text.len, stdout);
	return bef_text_rc(&text, err);
}

static const struct {
	const char *name;
	enum bef_rc (*put)(struct bef_app *, const struct bef_case *, const struct bef_line *, struct bef_err *);
} formats[] = { { "text", put_text }, { "csv", put_csv }, { "csv-intl", put_csv_intl }, { "jsonl", put_json_line }, { "journal", put_journal } };

static enum bef_rc choose_format(const struct bef_app *app, const char *name, enum format *out, struct bef_err *err)
{
	*out = app->g.json ? JSONL : TEXT;
	if (!name)
		return BEF_OK;
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
		if (strcmp(formats[i].name, name) == 0 || (i == TEXT && strcmp(name, "texte") == 0)) {
			*out = (enum format)i;
			return BEF_OK;
		}
	bef_fail(err, BEF_USAGE, tr("unknown format '%.40s'"), name);
	bef_hint(err, tr("one of: %s"), "text, csv, csv-intl, jsonl, journal");
	return BEF_USAGE;
}

/* --- search --- */

struct hits {
	const struct bef_case *c;
	bool *hit;
};

/* The entries of a linear journal are in the order of their seq; others are looked through. */
static enum bef_rc mark_hit(void *arg, uint64_t seq, struct bef_err *err)
{
	struct hits *hits = arg;
	size_t low = 0;
	size_t high = hits->c->line_count;

	(void)err;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (hits->c->line[middle].entry->seq == seq) {
			hits->hit[middle] = true;
			return BEF_OK;
		}
		if (hits->c->line[middle].entry->seq < seq)
			low = middle + 1;
		else
			high = middle;
	}
	for (size_t i = 0; i < hits->c->line_count; i++)
		if (hits->c->line[i].entry->seq == seq)
			hits->hit[i] = true;
	return BEF_OK;
}

static enum bef_rc search(struct bef_app *app, const struct bef_case *c, char **words, int count, bool **out,
                          struct bef_err *err)
{
	BEF_AUTO_STORE *store = NULL;
	BEF_AUTO(text) text = { 0 };
	struct hits hits = { c, calloc(c->line_count + 1, sizeof(bool)) };
	enum bef_rc rc = hits.hit ? bef_words_join(words, count, 4096, &text, err) : bef_no_memory(err);

	*out = hits.hit;
	if (rc == BEF_OK)
		rc = bef_app_read(app, &store, err);
	return rc ? rc : bef_store_search(store, bef_text_str(&text), mark_hit, &hits, err);
}

/* A word of the log in either language: a kind that is not there would show an empty log. */
static enum bef_rc choose_kind(const char *typed, struct filter *f, struct bef_err *err)
{
	static const char *const french[][2] = {
		{ "etape", "step" }, { "alerte", "alert" }, { "piece", "evidence" }, { "preuve", "evidence" },
	};
	const struct bef_word *word;

	bef_fold(typed, f->kind, sizeof(f->kind));
	for (size_t i = 0; i < sizeof(french) / sizeof(*french); i++)
		if (strcmp(f->kind, french[i][0]) == 0)
			snprintf(f->kind, sizeof(f->kind), "%s", french[i][1]);
	for (const struct bef_kind *const *kind = bef_kinds; *kind; kind++)
		if (is_kind((*kind)->name, f->kind) || bef_fold_equal(tr((*kind)->label), f->kind))
			return BEF_OK;
	if (bef_word_parse(&bef_note_sorts, typed, &word, err) != BEF_OK)
		return BEF_USAGE;
	snprintf(f->kind, sizeof(f->kind), "%s", word->name);
	return BEF_OK;
}

static enum bef_rc fill(struct bef_app *app, const struct log_opts *opts, struct filter *f, struct bef_err *err)
{
	enum bef_rc rc = bef_app_time(app, opts->since, BEF_WHEN_FACT, &f->since_ms, err);

	if (rc == BEF_OK)
		rc = bef_app_time(app, opts->until, BEF_WHEN_FACT, &f->until_ms, err);
	f->by = app->g.by;
	f->all = opts->all;
	return rc == BEF_OK && opts->kind ? choose_kind(opts->kind, f, err) : rc;
}

static enum bef_rc put_lines(struct bef_app *app, const struct bef_case *c, const struct filter *f,
                             enum format format, struct bef_err *err)
{
	long hidden = 0;
	enum bef_rc rc = BEF_OK;

	if (format == CSV || format == CSV_INTL)
		put_csv_head(format == CSV ? ';' : ',');
	if (format == TEXT) {
		bef_put(app, BEF_STRONG, "%s%s", c->drill ? tr("[DRILL] ") : "",
		        c->ref ? c->ref : tr("the organisation's journal"));
		bef_put(app, BEF_PLAIN, tr("   (times: %s)"), c->zone);
		bef_put(app, BEF_PLAIN, "\n");
	}
	for (size_t i = 0; i < c->line_count && rc == BEF_OK; i++) {
		if (wanted(f, c, &c->line[i]))
			rc = formats[format].put(app, c, &c->line[i], err);
		else
			hidden += !f->hit && !bef_line_shown(&c->line[i]);
	}
	if (rc == BEF_OK && hidden && format == TEXT)
		bef_talk(app, trn("%ld struck, undone or technical line not shown: --all", "%ld struck, undone or technical lines not shown: --all", hidden), hidden);
	return rc;
}

/* The journal that witnesses the others. */
static enum bef_rc read_organisation(struct bef_app *app, struct bef_case **c, struct bef_err *err)
{
	BEF_AUTO_STORE *store = NULL;
	int64_t log = 0;
	enum bef_rc rc = bef_app_read(app, &store, err);

	if (rc == BEF_OK)
		rc = bef_store_org(store, &log, err);
	return rc ? rc : bef_store_case(store, log, c, err);
}

static enum bef_rc log_run(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	const struct log_opts *opts = opts_;
	BEF_AUTO_CASE *c = NULL;
	BEF_AUTO_FREE bool *hit = NULL;
	struct bef_incident_row row;
	struct filter f = { 0 };
	enum format format;
	enum bef_rc rc = choose_format(app, opts->format, &format, err);

	if (rc == BEF_OK)
		rc = fill(app, opts, &f, err);
	if (rc == BEF_OK)
		rc = opts->organisation ? read_organisation(app, &c, err) : bef_app_case(app, &c, &row, err);
	if (rc == BEF_OK && count > 0)
		rc = search(app, c, words, count, &hit, err);
	if (rc)
		return rc;
	f.hit = hit;
	f.all = f.all || format == JOURNAL || opts->organisation; /* an independent check needs every entry */
	return put_lines(app, c, &f, format, err);
}

const struct bef_cmd bef_cmd_log = {
	.en = "log", .fr = "journal", .also = "main-courante",
	.group = BEF_GROUP_THREAD,
	.summary = N_("read the incident log again, filter it, search it"),
	.args = N_("[WORD...]"),
	.about = N_("Words are searched in all that was said: accents and case do not matter, the start of a word is enough."),
	.examples_en = "beffroi log --since 14:00\n"
	               "beffroi log backup                     search\n"
	               "beffroi log --kind decision\n"
	               "beffroi log -f csv > log.csv\n",
	.examples_fr = "beffroi journal --depuis 14h\n"
	               "beffroi journal sauvegarde             recherche\n"
	               "beffroi journal --genre decision\n"
	               "beffroi journal -f csv > journal.csv\n",
	.most_words = -1,
	.opts = log_options, .opts_size = sizeof(struct log_opts),
	.run = log_run,
};
