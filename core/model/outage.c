/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/outage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"

enum bef_availability bef_availability_of(const char *status, enum bef_availability before)
{
	static const struct {
		const char *status;
		enum bef_availability means;
	} rows[] = {
		{ "down", BEF_DOWN },
		{ "lost", BEF_DOWN },
		{ "degraded", BEF_DEGRADED },
		{ "back-in-service", BEF_RUNNING },
		{ "not-affected", BEF_RUNNING },
	};

	for (size_t i = 0; status && i < sizeof(rows) / sizeof(*rows); i++)
		if (strcmp(rows[i].status, status) == 0)
			return rows[i].means;
	return before;
}

/* --- the states of one asset, by when they began --- */

static int by_time(const void *a_, const void *b_)
{
	const struct bef_line *a = *(const struct bef_line *const *)a_;
	const struct bef_line *b = *(const struct bef_line *const *)b_;

	if (a->at_ms != b->at_ms)
		return a->at_ms < b->at_ms ? -1 : 1;
	return a->number < b->number ? -1 : a->number > b->number;
}

static bool says_state_of(const struct bef_line *line, int asset)
{
	return line->about == asset && line->kind && !line->undone && bef_line_text(line, "status") &&
	       (strcmp(line->kind->name, "asset.added") == 0 || strcmp(line->kind->name, "asset.changed") == 0);
}

/* `line` has room for all of the case's. */
static size_t states_of(const struct bef_case *c, int asset, const struct bef_line **line)
{
	size_t count = 0;

	for (size_t i = 0; i < c->line_count; i++)
		if (says_state_of(&c->line[i], asset))
			line[count++] = &c->line[i];
	if (count > 1)
		qsort(line, count, sizeof(*line), by_time);
	return count;
}

static void add_stretches(struct bef_outage *outage, const struct bef_line *const *line, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		enum bef_availability how = bef_availability_of(bef_line_text(line[i], "status"), outage->now);

		if (how == outage->now)
			continue;
		if (outage->now != BEF_RUNNING)
			outage->stretch[outage->stretch_count - 1].until = line[i];
		if (how != BEF_RUNNING)
			outage->stretch[outage->stretch_count++] = (struct bef_stretch){ .how = how, .from = line[i] };
		outage->now = how;
	}
}

/* --- what they amount to --- */

static void add_up(struct bef_outage *outage, int64_t end_ms)
{
	for (size_t i = 0; i < outage->stretch_count; i++) {
		const struct bef_stretch *stretch = &outage->stretch[i];
		int64_t length_ms = (stretch->until ? stretch->until->at_ms : end_ms) - stretch->from->at_ms;

		if (stretch->how == BEF_DEGRADED)
			outage->degraded_ms += length_ms > 0 ? length_ms : 0;
		if (stretch->how != BEF_DOWN)
			continue;
		if (!outage->down_at_ms)
			outage->down_at_ms = stretch->from->at_ms;
		outage->back_at_ms = stretch->until ? stretch->until->at_ms : 0;
		outage->current_ms = stretch->until || length_ms < 0 ? 0 : length_ms;
		outage->total_ms += length_ms > 0 ? length_ms : 0;
		if (length_ms > outage->longest_ms)
			outage->longest_ms = length_ms;
	}
}

static void judge(struct bef_outage *outage, const struct bef_asset *asset)
{
	outage->rto_missed = asset->rto_ms && outage->longest_ms > asset->rto_ms;
	outage->lost_ms = -1;
	if (asset->data_until_ms && outage->down_at_ms)
		outage->lost_ms = outage->down_at_ms > asset->data_until_ms ? outage->down_at_ms - asset->data_until_ms : 0;
	outage->rpo_missed = asset->rpo_ms >= 0 && outage->lost_ms > asset->rpo_ms;
}

static bool take(const struct bef_case *c, int at, int64_t now_ms, const struct bef_line **line, struct bef_outages *out)
{
	struct bef_outage one = { .asset = at };
	size_t count = states_of(c, at, line);
	struct bef_outage *more;

	one.stretch = calloc(count ? count : 1, sizeof(*one.stretch));
	more = one.stretch ? realloc(out->one, (out->count + 1) * sizeof(*more)) : NULL;
	if (!more) {
		free(one.stretch);
		return false;
	}
	out->one = more;
	add_stretches(&one, line, count);
	add_up(&one, c->closed_at_ms ? c->closed_at_ms : now_ms);
	judge(&one, &c->asset[at]);
	if (!one.stretch_count && !c->asset[at].rto_ms && c->asset[at].rpo_ms < 0) {
		free(one.stretch);
		return true;
	}
	out->down += one.now == BEF_DOWN;
	out->degraded += one.now == BEF_DEGRADED;
	out->one[out->count++] = one;
	return true;
}

bool bef_outages_of(const struct bef_case *c, int64_t now_ms, struct bef_outages *out)
{
	const struct bef_line **line = c->asset_count ? malloc(c->line_count * sizeof(*line)) : NULL;
	bool ok = line || !c->asset_count;

	*out = (struct bef_outages){ 0 };
	for (size_t i = 0; i < c->asset_count && ok; i++)
		if (bef_line_counts(c->asset[i].line))
			ok = take(c, (int)i, now_ms, line, out);
	free(line);
	return ok;
}

void bef_outage_clear(struct bef_outage *outage)
{
	free(outage->stretch);
	outage->stretch = NULL;
}

void bef_outages_clear(struct bef_outages *outages)
{
	for (size_t i = 0; i < outages->count; i++)
		bef_outage_clear(&outages->one[i]);
	free(outages->one);
	*outages = (struct bef_outages){ 0 };
}

bool bef_outage_is_late(const struct bef_case *c, const struct bef_outage *outage)
{
	int64_t rto_ms = c->asset[outage->asset].rto_ms;

	return rto_ms && outage->current_ms > rto_ms;
}

/* --- in words --- */

/* `length`, or what is said instead of one, beside the objective if there is one. */
static const char *against(const char *length, int64_t objective_ms, bool missed, char out[BEF_OUTAGE_SAY])
{
	char objective[BEF_DATE_SIZE];

	if (objective_ms < 0)
		snprintf(out, BEF_OUTAGE_SAY, "%s", length);
	else
		snprintf(out, BEF_OUTAGE_SAY, missed ? tr("%s (at most %s): EXCEEDED") : tr("%s (at most %s)"), length,
		         bef_span_format(objective_ms, objective));
	return out;
}

const char *bef_outage_say_rto(const struct bef_case *c, const struct bef_outage *outage, char out[BEF_OUTAGE_SAY])
{
	int64_t rto_ms = c->asset[outage->asset].rto_ms ? c->asset[outage->asset].rto_ms : -1;
	char span[BEF_DATE_SIZE];

	return against(outage->down_at_ms ? bef_span_format(outage->longest_ms, span) : tr("never"), rto_ms, outage->rto_missed, out);
}

const char *bef_outage_say_rpo(const struct bef_case *c, const struct bef_outage *outage, char out[BEF_OUTAGE_SAY])
{
	char span[BEF_DATE_SIZE];

	return against(outage->lost_ms >= 0 ? bef_span_format(outage->lost_ms, span) : tr("unknown"),
	               c->asset[outage->asset].rpo_ms, outage->rpo_missed, out);
}
