/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/i18n.h"
#include "report/figure.h"
#include "report/svg.h"

enum { WIDTH = 900, LEFT = 190, RIGHT = 130, TOP = 14, ROW = 30, BAR = 18 };

static struct bef_role_steps *row_of(struct bef_role_steps *row, int *count, const char *role)
{
	for (int i = 0; i < *count; i++)
		if (row[i].role == role || (row[i].role && role && strcmp(row[i].role, role) == 0))
			return &row[i];
	if (*count == BEF_ROLE_STEPS_MOST)
		return &row[BEF_ROLE_STEPS_MOST - 1];
	row[*count] = (struct bef_role_steps){ .role = *count == BEF_ROLE_STEPS_MOST - 1 ? NULL : role };
	return &row[(*count)++];
}

static void count_step(const struct bef_run *run, int at, int64_t now_ms, struct bef_role_steps *row)
{
	const struct bef_mark *mark = &run->mark[at];
	bool settled = mark->status == BEF_STEP_DONE || mark->status == BEF_STEP_SKIPPED || mark->status == BEF_STEP_FAILED;

	row->settled += settled;
	row->to_do += !settled;
	row->late += !settled && bef_run_going_on(run) && mark->due_at_ms && mark->due_at_ms < now_ms;
}

int bef_steps_by_role(const struct bef_case *c, int64_t now_ms, struct bef_role_steps out[BEF_ROLE_STEPS_MOST])
{
	int count = 0;

	for (size_t r = 0; r < c->run_count; r++) {
		const struct bef_run *run = &c->run[r];

		for (int i = 0; i < run->playbook->step_count && !run->line->undone; i++)
			if (bef_step_is_shown(&run->playbook->step[i]) && run->mark[i].status != BEF_STEP_OFF)
				count_step(run, i, now_ms, row_of(out, &count, bef_step_role(&run->playbook->step[i])));
	}
	return count;
}

static void draw_row(struct bef_text *out, const struct bef_role_steps *row, int at, int most)
{
	int y = TOP + at * ROW;
	int total = row->settled + row->to_do;
	int full = (WIDTH - LEFT - RIGHT) * total / most;
	int settled = total ? full * row->settled / total : 0;
	BEF_AUTO(text) name = { .max = 256 };
	BEF_AUTO(text) figures = { .max = 256 };

	bef_text_short(&name, row->role ? bef_word_label(&bef_roles, row->role) : tr("no role"), 24);
	bef_svg_text(out, LEFT - 10, y + 14, "end", bef_text_str(&name));
	bef_text_printf(out, "<rect fill=\"" BEF_SVG_BLUE "\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n", LEFT, y, settled, BAR);
	bef_text_printf(out, "<rect fill=\"url(#hatch)\" stroke=\"" BEF_SVG_BLUE "\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n", LEFT + settled, y, full - settled, BAR);
	bef_text_printf(&figures, tr("%d of %d"), row->settled, total);
	bef_svg_text(out, LEFT + full + 8, y + 14, "start", bef_text_str(&figures));
	out->failed = out->failed || name.failed || figures.failed;
}

void bef_figure_roles(const struct bef_role_steps *row, int count, struct bef_text *out)
{
	int most = 1;

	for (int i = 0; i < count; i++)
		if (row[i].settled + row[i].to_do > most)
			most = row[i].settled + row[i].to_do;
	bef_svg_begin(out, WIDTH, TOP + count * ROW + 4, tr("Steps by role"),
	              tr("One bar for each role: full for the steps settled, hatched for those to do; the table below holds the same numbers."));
	bef_svg_hatches(out, "hatch", BEF_SVG_BLUE);
	for (int i = 0; i < count; i++)
		draw_row(out, &row[i], i, most);
	bef_svg_end(out);
}
