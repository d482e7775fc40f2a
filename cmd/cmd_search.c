/* SPDX-License-Identifier: EUPL-1.2 */
/* Words in all that was ever said: the incidents that hold them, with the lines that do. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "out.h"
#include "store/index.h"

enum { HITS_MOST = 100000, LINES_SHOWN = 5 };

struct search_opts {
	bool all;
};

static const struct bef_opt search_options[] = {
	BEF_FLAG(struct search_opts, all, 0, "all", "tout", N_("every line of each incident, struck and undone ones included")),
	BEF_OPT_END,
};

struct hit {
	int64_t log;
	uint64_t seq;
};

struct hits {
	struct bef_store *store;
	struct hit *item;
	size_t count, room;
};

static enum bef_rc note_hit(void *arg, uint64_t seq, struct bef_err *err)
{
	struct hits *hits = arg;
	int64_t log = 0;
	enum bef_rc rc;

	if (hits->count >= HITS_MOST)
		return BEF_OK;
	if (hits->count == hits->room) {
		size_t room = hits->room ? 2 * hits->room : 64;
		struct hit *more = realloc(hits->item, room * sizeof(*more));

		if (!more)
			return bef_no_memory(err);
		hits->item = more;
		hits->room = room;
	}
	rc = bef_store_entry_log(hits->store, seq, &log, err);
	if (rc == BEF_OK)
		hits->item[hits->count++] = (struct hit){ log, seq };
	return rc;
}

static int by_log(const void *a_, const void *b_)
{
	const struct hit *a = a_, *b = b_;

	if (a->log != b->log)
		return a->log < b->log ? -1 : 1;
	return a->seq < b->seq ? -1 : a->seq > b->seq;
}

static bool is_hit(const struct hits *hits, int64_t log, uint64_t seq)
{
	const struct hit wanted = { log, seq };

	return bsearch(&wanted, hits->item, hits->count, sizeof(wanted), by_log) != NULL;
}

static bool has_hits(const struct hits *hits, int64_t log)
{
	size_t low = 0, high = hits->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (hits->item[middle].log < log)
			low = middle + 1;
		else
			high = middle;
	}
	return low < hits->count && hits->item[low].log == log;
}

/* --- one incident --- */

struct showing {
	struct bef_app *app;
	struct hits hits;
	const char *words;
	bool all;
	int incidents;
};

static void put_heading(struct bef_app *app, const struct bef_incident_row *row)
{
	const struct bef_summary *s = &row->summary;
	BEF_AUTO(text) title = { .max = 2000 };

	bef_put_cell(app, BEF_STRONG, 14, row->ref);
	bef_put_cell(app, BEF_PLAIN, 16, s->closed_at_ms ? bef_word_label(&bef_states, "closed") : bef_word_label(&bef_phases, s->phase));
	bef_text_printf(&title, "%s%s", s->drill ? tr("[DRILL] ") : "", *s->title ? s->title : tr("[title erased]"));
	bef_wrap_text(app, BEF_STRONG, 30, 30, &title);
}

static void put_line(struct bef_app *app, const struct bef_case *c, const struct bef_line *line)
{
	char number[16], when[BEF_DATE_SIZE];
	BEF_AUTO(text) text = { .max = 4 * BEF_PROSE_MOST };

	snprintf(number, sizeof(number), "  #%u", line->number);
	bef_put_cell(app, BEF_FAINT, 8, number);
	bef_put_cell(app, BEF_PLAIN, 22, bef_date_format(line->at_ms, c->zone, BEF_DATE_YEAR, when));
	bef_text_puts(&text, bef_sentence(c, line));
	bef_wrap_text(app, bef_line_counts(line) ? BEF_PLAIN : BEF_FAINT, 30, 30, &text);
}

static enum bef_rc put_lines(struct showing *s, const struct bef_incident_row *row, const struct bef_case *c, struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;
	int shown = 0;

	for (size_t i = 0; i < c->line_count && rc == BEF_OK; i++) {
		const struct bef_line *line = &c->line[i];

		if (!is_hit(&s->hits, row->log, line->entry->seq) || (!s->all && !bef_line_shown(line)))
			continue;
		if (shown++ == 0) {
			s->incidents++;
			if (!s->app->g.json)
				put_heading(s->app, row);
		}
		if (s->app->g.json)
			rc = bef_put_json(bef_line_json(c, line), err);
		else if (s->all || shown <= LINES_SHOWN)
			put_line(s->app, c, line);
	}
	if (rc == BEF_OK && !s->all && !s->app->g.json && shown > LINES_SHOWN)
		bef_put(s->app, BEF_FAINT, tr("  and %d more: beffroi log %s -i %s\n"), shown - LINES_SHOWN, s->words, row->ref);
	return rc;
}

static enum bef_rc put_incident(void *arg, const struct bef_incident_row *row, struct bef_err *err)
{
	struct showing *s = arg;
	BEF_AUTO_CASE *c = NULL;
	enum bef_rc rc;

	if (!has_hits(&s->hits, row->log))
		return BEF_OK;
	rc = bef_store_case(s->hits.store, row->log, &c, err);
	return rc ? rc : put_lines(s, row, c, err);
}

static enum bef_rc search_run(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	const struct search_opts *opts = opts_;
	struct showing s = { .app = app, .all = opts->all };
	BEF_AUTO(text) text = { 0 };
	BEF_AUTO_STORE *store = NULL;
	enum bef_rc rc;

	if (count == 0) {
		bef_fail(err, BEF_USAGE, "%s", tr("which words?"));
		bef_hint(err, "%s", tr("beffroi search WORD...   in all incidents; in one: beffroi log WORD..."));
		return BEF_USAGE;
	}
	rc = bef_words_join(words, count, 4096, &text, err);
	s.words = bef_text_str(&text);
	if (rc == BEF_OK)
		rc = bef_app_read(app, &store, err);
	s.hits.store = store;
	if (rc == BEF_OK)
		rc = bef_store_search(store, s.words, note_hit, &s.hits, err);
	if (rc == BEF_OK && s.hits.count) {
		qsort(s.hits.item, s.hits.count, sizeof(*s.hits.item), by_log);
		rc = bef_store_incidents(store, true, BEF_NO_LIMIT, put_incident, &s, err);
	}
	free(s.hits.item);
	if (rc == BEF_OK && s.incidents == 0 && !app->g.json)
		bef_talk(app, tr("No incident holds: %s"), s.words);
	return rc;
}

const struct bef_cmd bef_cmd_search = {
	.en = "search", .fr = "chercher", .also = "recherche",
	.group = BEF_GROUP_THREAD,
	.summary = N_("search all incidents, open and closed"),
	.args = N_("WORD..."),
	.about = N_("Every incident in whose log all the words are in one line, with those lines. Accents and case do not matter, the start of a word is enough."),
	.examples_en = "beffroi search backup\n"
	               "beffroi search --all lockbit --json\n",
	.examples_fr = "beffroi chercher sauvegarde\n"
	               "beffroi chercher --tout lockbit --json\n",
	.most_words = -1,
	.opts = search_options, .opts_size = sizeof(struct search_opts),
	.run = search_run,
};
