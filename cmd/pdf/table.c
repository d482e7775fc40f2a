/* SPDX-License-Identifier: EUPL-1.2 */
#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "hold.h"

enum { SAMPLE = 256, LINES_MOST = 100000 };
static const double pad = 4;

static double leading(const struct bef_table *t)
{
	return t->size * 1.32;
}

/* --- a row on paper --- */

struct row {
	struct bef_flow flow[BEF_COLUMNS_MOST]; /* what is left to set */
	struct bef_ruler ruler[BEF_COLUMNS_MOST];
};

static int lines_of(const struct bef_table *t, const struct row *row)
{
	int most = 1;

	for (int i = 0; i < t->columns; i++) {
		const char *left = row->flow[i].next;
		int lines = left ? bef_wrap_count(&row->ruler[i], left, t->width[i], LINES_MOST) : 0;

		most = lines > most ? lines : most;
	}
	return most;
}

/* The next `lines` of every cell, at the top of what is free. */
static void put_lines(struct bef_sheets *s, const struct bef_table *t, struct row *row, int lines)
{
	struct bef_place place = { .y = s->y - pad - t->size, .leading = leading(t), .most = lines };

	for (int i = 0; i < t->columns; i++) {
		place.x = t->x[i];
		place.width = t->width[i];
		place.from_right = t->number[i];
		bef_sheets_lines(s, &row->ruler[i], BEF_INK, &place, &row->flow[i]);
	}
	s->y -= 2 * pad + lines * leading(t);
}

static void end_row(const struct bef_table *t, struct row *row)
{
	for (int i = 0; i < t->columns; i++)
		bef_flow_end(&row->flow[i]);
}

static void begin_head(struct bef_sheets *s, const struct bef_table *t, struct row *row)
{
	for (int i = 0; i < t->columns; i++) {
		bef_flow_begin(&row->flow[i], t->head[i]);
		row->ruler[i] = bef_sheets_ruler(s, true, t->size);
	}
}

static void begin_row(struct bef_sheets *s, const struct bef_table *t, const json_t *cells, struct row *row)
{
	for (int i = 0; i < t->columns; i++) {
		bef_flow_begin(&row->flow[i], json_string_value(json_array_get(cells, (size_t)i)));
		row->ruler[i] = bef_column_ruler(s, t, i);
	}
}

static void put_head(struct bef_sheets *s, const struct bef_table *t)
{
	struct row row;

	begin_head(s, t, &row);
	put_lines(s, t, &row, lines_of(t, &row));
	end_row(t, &row);
	bef_sheets_rule(s, BEF_INK, 1, BEF_SHEET_LEFT, s->y, BEF_SHEET_WIDTH);
}

static int lines_in(const struct bef_table *t, double room)
{
	double lines = (room - 2 * pad) / leading(t);

	return lines < 0 ? 0 : (int)lines;
}

static void put_row(struct bef_sheets *s, const struct bef_table *t, struct row *row)
{
	int left = lines_of(t, row);
	int half = lines_in(t, bef_sheets_whole(s)) / 2; /* what is longer begins where there is room */

	while (left > 0 && !s->failed) {
		int fit = lines_in(t, bef_sheets_room(s));

		if (fit < left && (left <= half || fit < 4)) {
			bef_sheets_turn(s);
			put_head(s, t);
			fit = lines_in(t, bef_sheets_room(s));
		}
		fit = fit < 1 ? 1 : fit > left ? left : fit;
		put_lines(s, t, row, fit);
		left -= fit;
	}
	bef_sheets_rule(s, BEF_INK_LINE, .5, BEF_SHEET_LEFT, s->y, BEF_SHEET_WIDTH);
}

static void put_cells(struct bef_sheets *s, const struct bef_table *t, const json_t *cells)
{
	struct row row;

	begin_row(s, t, cells, &row);
	put_row(s, t, &row);
	end_row(t, &row);
}

/* --- tables --- */

/* Points that `count` of the kept rows take, from the one at `first`; with none, the head. */
static double height_of(struct bef_sheets *s, const struct bef_table *t, size_t first, size_t count)
{
	double height = 0;
	struct row row;

	begin_head(s, t, &row);
	if (count == 0)
		height = 2 * pad + lines_of(t, &row) * leading(t);
	for (size_t i = first; i < first + count && i < json_array_size(t->kept); i++) {
		begin_row(s, t, json_array_get(t->kept, i), &row);
		height += 2 * pad + lines_of(t, &row) * leading(t);
	}
	return height;
}

/* The head is not left alone, nor is the last row: it takes the one before along. */
static void flush(struct bef_sheets *s, struct bef_table *t)
{
	size_t count = json_array_size(t->kept), i;
	json_t *row;

	bef_columns_choose(s, t);
	bef_hold_release(s, height_of(s, t, 0, 0) + height_of(s, t, 0, count < 4 ? count : 2));
	put_head(s, t);
	json_array_foreach (t->kept, i, row) {
		double last = i > 0 && i + 2 == count ? height_of(s, t, i, 2) : 0;

		if (last > bef_sheets_room(s) && last < bef_sheets_whole(s) / 3) {
			bef_sheets_turn(s);
			put_head(s, t);
		}
		put_cells(s, t, row);
	}
	json_decref(t->kept);
	t->kept = NULL;
}

bool bef_table_begin(struct bef_sheets *s, struct bef_table *t, const char *caption, const json_t *columns)
{
	size_t count = json_array_size(columns);

	*t = (struct bef_table){ 0 };
	if (count < 1 || count > BEF_COLUMNS_MOST)
		return false;
	*t = (struct bef_table){ .columns = (int)count, .size = count > 6 ? 7 : count > 4 ? 7.5 : 8.5, .kept = json_array() };
	if (!t->kept)
		return false;
	for (size_t i = 0; i < count; i++) {
		const char *name = json_string_value(json_array_get(columns, i));

		t->head[i] = strdup(name ? name : "");
		if (!t->head[i])
			return false;
	}
	bef_hold_caption(s, caption);
	return true;
}

bool bef_table_row(struct bef_sheets *s, struct bef_table *t, json_t *cells)
{
	if (!t->kept) {
		put_cells(s, t, cells);
		return true;
	}
	if (json_array_append(t->kept, cells) != 0)
		return false;
	if (json_array_size(t->kept) == SAMPLE)
		flush(s, t);
	return true;
}

bool bef_table_end(struct bef_sheets *s, struct bef_table *t)
{
	if (t->kept)
		flush(s, t);
	for (int i = 0; i < t->columns && i < BEF_COLUMNS_MOST; i++)
		free(t->head[i]);
	*t = (struct bef_table){ 0 };
	s->y -= 10;
	return true;
}
