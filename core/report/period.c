/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/period.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

void bef_period_begin(struct bef_period *p, int64_t from_ms, int64_t to_ms, const char *zone, int64_t now_ms)
{
	*p = (struct bef_period){ .from_ms = from_ms, .to_ms = to_ms, .zone = zone, .now_ms = now_ms };
}

void bef_period_clear(struct bef_period *p)
{
	for (int t = 0; t < BEF_TALLY_COUNT; t++) {
		for (size_t i = 0; i < p->table[t].count; i++) {
			free(p->table[t].row[i].key);
			free(p->table[t].row[i].label);
			free(p->table[t].row[i].note);
		}
		free(p->table[t].row);
	}
	for (int i = 0; i < BEF_TALLY_SPANS; i++)
		free(p->spans[i].item);
	*p = (struct bef_period){ 0 };
}

struct bef_tally *bef_period_row(struct bef_period *p, enum bef_tally_of of, const char *key, const char *label)
{
	struct bef_tallies *t = &p->table[of];
	struct bef_tally *more;

	for (size_t i = 0; i < t->count; i++)
		if (strcmp(t->row[i].key, key) == 0)
			return &t->row[i];
	more = realloc(t->row, (t->count + 1) * sizeof(*more));
	if (more) {
		t->row = more;
		more += t->count;
		*more = (struct bef_tally){ .key = strdup(key), .label = strdup(label) };
		if (more->key && more->label) {
			t->count++;
			return more;
		}
		free(more->key);
		free(more->label);
	}
	p->failed = true;
	return NULL;
}

void bef_period_count(struct bef_period *p, enum bef_tally_of of, const char *key, const char *label, int column, int64_t by)
{
	struct bef_tally *row = bef_period_row(p, of, key, label);

	if (row)
		row->value[column] += by;
}

static int by_length(const void *a_, const void *b_)
{
	const struct bef_span_of *a = a_, *b = b_;

	return a->ms < b->ms ? -1 : a->ms > b->ms ? 1 : strcmp(a->ref, b->ref);
}

static int by_key(const void *a_, const void *b_)
{
	const struct bef_tally *a = a_, *b = b_;

	return strcmp(a->key, b->key);
}

/* What came most often first. */
static int by_number(const void *a_, const void *b_)
{
	const struct bef_tally *a = a_, *b = b_;

	if (a->value[0] != b->value[0])
		return a->value[0] > b->value[0] ? -1 : 1;
	return strcmp(a->key, b->key);
}

void bef_period_settle(struct bef_period *p)
{
	for (int i = 0; i < BEF_TALLY_SPANS; i++) {
		struct bef_spans *spans = &p->spans[i];
		struct bef_tally *row = spans->count ? bef_period_row(p, BEF_TALLY_DELAY, spans->key, tr(spans->label)) : NULL;

		if (!row)
			continue;
		qsort(spans->item, spans->count, sizeof(*spans->item), by_length);
		row->value[0] = (int64_t)spans->count;
		row->value[1] = spans->item[(spans->count - 1) / 2].ms;
		row->value[2] = spans->item[spans->count - 1].ms;
		free(row->note);
		row->note = strdup(spans->item[spans->count - 1].ref);
		p->failed = p->failed || !row->note;
	}
	for (int t = 0; t < BEF_TALLY_COUNT; t++)
		if (p->table[t].count && t != BEF_TALLY_DELAY)
			qsort(p->table[t].row, p->table[t].count, sizeof(struct bef_tally),
			      t == BEF_TALLY_TYPE || t == BEF_TALLY_CAUSE || t == BEF_TALLY_SERVICE || t == BEF_TALLY_FAILED ? by_number : by_key);
}
