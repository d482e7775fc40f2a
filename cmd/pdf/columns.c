/* SPDX-License-Identifier: EUPL-1.2 */
#include "columns.h"

#include <string.h>

static const double gap = 7;

struct bef_ruler bef_column_ruler(struct bef_sheets *s, const struct bef_table *t, int column)
{
	return bef_sheets_ruler(s, column == 0 && t->columns == 2, t->size);
}

static bool is_number(const char *text)
{
	const char *c = text;

	for (; *c; c++)
		if (!strchr("0123456789., -+%", *c) && strncmp(c, "\u00a0", 2) != 0 && c[0] != '\xa0')
			return false;
	return c > text && strpbrk(text, "0123456789") && !strchr("-+", c[-1]);
}

/* What a column wants (its widest line) and cannot do without (its widest word), each within reason. */
struct wish {
	double most, least;
};

static void widen(struct wish *wish, const struct bef_ruler *ruler, const char *text)
{
	double line, word;

	bef_wrap_extent(ruler, text, &line, &word);
	line = line > 330 ? 330 : line;
	word = word > 92 ? 92 : word;
	wish->most = line > wish->most ? line : wish->most;
	wish->least = word > wish->least ? word : wish->least;
}

static void study(struct bef_sheets *s, struct bef_table *t, int column, struct wish *wish)
{
	struct bef_ruler ruler = bef_column_ruler(s, t, column), bold = bef_sheets_ruler(s, true, t->size);
	bool any = false, number = true;
	json_t *row;
	size_t i;

	widen(wish, &bold, t->head[column]);
	json_array_foreach (t->kept, i, row) {
		const char *text = json_string_value(json_array_get(row, (size_t)column));

		if (!text || !*text)
			continue;
		any = true;
		number = number && is_number(text);
		widen(wish, &ruler, text);
	}
	t->number[column] = any && number && column > 0;
}

/* Too much for the sheet: the widest give way, so that long words are cut and numbers are not. */
static void squeeze(const struct bef_table *t, struct wish *wish, double room)
{
	double most = room / t->columns;

	for (int turn = 0; turn < t->columns; turn++) {
		double narrow = 0;
		int wide = 0;

		for (int i = 0; i < t->columns; i++) {
			narrow += wish[i].least <= most ? wish[i].least : 0;
			wide += wish[i].least > most;
		}
		most = wide ? (room - narrow) / wide : most;
	}
	for (int i = 0; i < t->columns; i++)
		wish[i].least = wish[i].least < most ? wish[i].least : most;
}

/* Each column what it cannot do without, and of what is left a share by what it wants. */
static void share(struct bef_table *t, struct wish *wish)
{
	double room = BEF_SHEET_WIDTH - gap * (t->columns - 1);
	double least = 0, more = 0, x = BEF_SHEET_LEFT;

	for (int i = 0; i < t->columns; i++) {
		least += wish[i].least;
		more += wish[i].most - wish[i].least;
	}
	if (least > room)
		squeeze(t, wish, room);
	for (int i = 0; i < t->columns; i++) {
		double width = wish[i].least;

		if (least < room && more > 0)
			width += (room - least < more ? (room - least) / more : 1) * (wish[i].most - wish[i].least);
		/* What nobody needs: a little to each, so that short columns do not huddle at the left. */
		if (least + more < room)
			width += (room - least - more) / t->columns < 16 ? (room - least - more) / t->columns : 16;
		t->x[i] = x;
		t->width[i] = width;
		x += width + gap;
	}
	/* A narrow table is not blown up, but its last column may go to the edge. */
	t->width[t->columns - 1] = BEF_SHEET_LEFT + BEF_SHEET_WIDTH - t->x[t->columns - 1];
}

void bef_columns_choose(struct bef_sheets *s, struct bef_table *t)
{
	struct wish wish[BEF_COLUMNS_MOST] = { { 0, 0 } };

	for (int i = 0; i < t->columns; i++)
		study(s, t, i, &wish[i]);
	share(t, wish);
	if (t->columns > 1 && t->number[t->columns - 1] && t->width[t->columns - 1] > wish[t->columns - 1].most + 20)
		t->width[t->columns - 1] = wish[t->columns - 1].most + 20;
}
