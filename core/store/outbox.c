/* SPDX-License-Identifier: EUPL-1.2 */
/* Alerts on their way.  Declared in store.h (reading) and write.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "store/query.h"
#include "store/write.h"

/* Rows of outbox_each. */
static enum bef_rc each_row(struct bef_query *q, bef_outbox_fn *fn, void *arg, struct bef_err *err)
{
	while (bef_query_row(q)) {
		struct bef_outbox_row row = {
			.outbox = bef_query_col_i64(q, 0),
			.log = bef_query_col_i64(q, 1),
			.destination = bef_query_col_text(q, 2),
			.message = bef_query_col_text(q, 3),
			.state = bef_query_col_text(q, 4),
			.attempts = (int)bef_query_col_i64(q, 5),
			.next_at_ms = bef_query_col_i64(q, 6),
			.last_class = bef_query_col_text(q, 7),
			.last_status = (int)bef_query_col_i64(q, 8),
			.last_detail = bef_query_col_text(q, 9),
			.event = bef_query_col_text(q, 11),
			.level = (int)bef_query_col_i64(q, 12),
			.created_at_ms = bef_query_col_i64(q, 13),
			.lease_until_ms = bef_query_col_i64(q, 14),
		};
		enum bef_rc rc;

		bef_query_col_blob(q, 10, row.alert.byte, sizeof(row.alert.byte));
		rc = q->rc ? q->rc : fn(arg, &row, err);
		if (rc)
			return rc;
	}
	return q->rc;
}

/* 0 stands for any. */
static void set_log(struct bef_query *q, int64_t log)
{
	if (log)
		bef_query_i64(q, ":log", log);
}

enum bef_rc bef_store_outbox(struct bef_store *store, int64_t log, bool all, bef_outbox_fn *fn, void *arg,
                             struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_outbox_each, err);

	set_log(&q, log);
	bef_query_i64(&q, ":all", all);
	return each_row(&q, fn, arg, err);
}

enum bef_rc bef_store_outbox_destinations(struct bef_store *store, const struct bef_outbox_due *what, bef_name_fn *fn, void *arg,
                                          struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_outbox_destinations, err);
	enum bef_rc rc = BEF_OK;

	set_log(&q, what->log);
	bef_query_i64(&q, ":now", what->now_ms);
	bef_query_i64(&q, ":since", what->since_ms);
	while (rc == BEF_OK && bef_query_row(&q))
		rc = fn(arg, bef_query_col_text(&q, 0), err);
	return rc ? rc : q.rc;
}

enum bef_rc bef_store_outbox_fares(struct bef_store *store, const struct bef_hash *alert, struct bef_fares *out,
                                   struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_outbox_fares, err);

	*out = (struct bef_fares){ 0 };
	bef_query_blob(&q, ":alert", alert->byte, sizeof(alert->byte));
	if (bef_query_row(&q)) {
		out->all = (int)bef_query_col_i64(&q, 0);
		out->arrived = (int)bef_query_col_i64(&q, 1);
		out->tried = (int)bef_query_col_i64(&q, 2);
	}
	return q.rc;
}

enum bef_rc bef_store_unheard(struct bef_store *store, char ref[BEF_REF_SIZE], struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_incident_unheard, err);

	if (!bef_query_row(&q))
		return q.rc ? q.rc : BEF_NOT_FOUND;
	snprintf(ref, BEF_REF_SIZE, "%s", bef_query_col_text(&q, 0));
	return q.rc;
}

enum bef_rc bef_store_outbox_put(struct bef_store *store, const struct bef_outgoing *row, struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_outbox_insert, err);

	bef_query_i64(&q, ":log", row->log);
	bef_query_blob(&q, ":alert", row->alert.byte, sizeof(row->alert.byte));
	bef_query_text(&q, ":destination", row->destination);
	bef_query_text(&q, ":message", row->message);
	bef_query_text(&q, ":payload", row->payload);
	bef_query_text(&q, ":event", row->event);
	bef_query_i64(&q, ":level", row->level);
	bef_query_i64(&q, ":merges", row->merges);
	bef_query_i64(&q, ":created_at", row->now_ms);
	bef_query_i64(&q, ":next_at", row->next_at_ms);
	bef_query_i64(&q, ":expires_at", row->expires_at_ms);
	return bef_query_run(&q);
}

void bef_claim_clear(struct bef_claim *claim)
{
	free(claim->payload);
	claim->payload = NULL;
}

static enum bef_rc read_claim(struct bef_query *q, struct bef_claim *out, struct bef_err *err)
{
	out->outbox = bef_query_col_i64(q, 0);
	out->log = bef_query_col_i64(q, 1);
	bef_query_col_blob(q, 2, out->alert.byte, sizeof(out->alert.byte));
	snprintf(out->message, sizeof(out->message), "%s", bef_query_col_text(q, 3));
	out->payload = strdup(bef_query_col_text(q, 4));
	snprintf(out->event, sizeof(out->event), "%s", bef_query_col_text(q, 5));
	out->level = (int)bef_query_col_i64(q, 6);
	out->attempts = (int)bef_query_col_i64(q, 7);
	out->created_at_ms = bef_query_col_i64(q, 8);
	out->expires_at_ms = bef_query_col_i64(q, 9);
	out->ambiguous = bef_query_col_i64(q, 10) != 0;
	out->plain = bef_query_col_i64(q, 11) != 0;
	out->rerouted = bef_query_col_i64(q, 12) != 0;
	if (!out->payload)
		return bef_no_memory(err);
	/* To its end: until then the row is not taken. */
	return bef_query_run(q);
}

static enum bef_rc start_attempt(struct bef_store *store, const struct bef_claim *claim, int64_t now_ms, struct bef_err *err)
{
	BEF_AUTO(query) cut = bef_query(store, BEF_SQL_attempt_cut, err);
	BEF_AUTO(query) start = bef_query(store, BEF_SQL_attempt_start, err);

	if (claim->attempts > 1) {
		bef_query_i64(&cut, ":outbox", claim->outbox);
		bef_query_i64(&cut, ":n", claim->attempts);
		bef_query_i64(&cut, ":now", now_ms);
		bef_query_text(&cut, ":detail", N_("cut short: it may have arrived"));
		if (bef_query_run(&cut))
			return cut.rc;
	}
	bef_query_i64(&start, ":outbox", claim->outbox);
	bef_query_i64(&start, ":n", claim->attempts);
	bef_query_i64(&start, ":now", now_ms);
	return bef_query_run(&start);
}

enum bef_rc bef_store_outbox_claim(struct bef_store *store, const struct bef_claiming *what, struct bef_claim *out,
                                   struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_outbox_claim, err);
	enum bef_rc rc;

	set_log(&q, what->log);
	bef_query_text(&q, ":destination", what->destination);
	bef_query_i64(&q, ":now", what->now_ms);
	bef_query_i64(&q, ":lease", what->lease);
	bef_query_i64(&q, ":least", what->least);
	bef_query_i64(&q, ":fresh", what->fresh);
	if (!bef_query_row(&q))
		return q.rc ? q.rc : BEF_NOT_FOUND;
	out->lease = what->lease;
	rc = read_claim(&q, out, err);
	return rc ? rc : start_attempt(store, out, what->now_ms, err);
}

enum bef_rc bef_store_outbox_outlook(struct bef_store *store, const char *destination, const struct bef_outbox_due *what,
                                     struct bef_outlook *out, struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_outbox_outlook, err);

	*out = (struct bef_outlook){ 0 };
	bef_query_text(&q, ":destination", destination);
	bef_query_i64(&q, ":now", what->now_ms);
	bef_query_i64(&q, ":since", what->since_ms);
	if (bef_query_row(&q)) {
		out->leased_ms = bef_query_col_i64(&q, 0);
		out->next_at_ms = bef_query_col_i64(&q, 1);
	}
	return q.rc;
}

static enum bef_rc end_attempt(struct bef_store *store, const struct bef_claim *claim, const struct bef_settlement *how,
                               struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, how->unsent ? BEF_SQL_attempt_none : BEF_SQL_attempt_end, err);

	bef_query_i64(&q, ":outbox", claim->outbox);
	bef_query_i64(&q, ":n", claim->attempts);
	if (how->unsent)
		return bef_query_run(&q);
	bef_query_i64(&q, ":now", how->now_ms);
	bef_query_text(&q, ":class", how->class_name);
	bef_query_i64(&q, ":status", how->status);
	bef_query_i64(&q, ":elapsed", how->elapsed_ms);
	bef_query_text(&q, ":detail", how->detail);
	return bef_query_run(&q);
}

enum bef_rc bef_store_outbox_settle(struct bef_store *store, const struct bef_claim *claim,
                                    const struct bef_settlement *how, struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_outbox_settle, err);

	bef_query_text(&q, ":state", how->state);
	bef_query_i64(&q, ":next_at", how->next_at_ms);
	bef_query_i64(&q, ":ambiguous", how->ambiguous);
	bef_query_i64(&q, ":plain", how->plain);
	bef_query_text(&q, ":class", how->class_name);
	bef_query_i64(&q, ":status", how->status);
	bef_query_text(&q, ":detail", how->detail);
	bef_query_i64(&q, ":outbox", claim->outbox);
	bef_query_i64(&q, ":lease", claim->lease);
	bef_query_i64(&q, ":unsent", how->unsent);
	if (bef_query_run(&q))
		return q.rc;
	return sqlite3_changes(store->db) == 0 ? BEF_NOT_FOUND : end_attempt(store, claim, how, err);
}

enum bef_rc bef_store_outbox_end(struct bef_store *store, int64_t outbox, const char *state, struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_outbox_end, err);

	bef_query_text(&q, ":state", state);
	bef_query_i64(&q, ":outbox", outbox);
	return bef_query_run(&q);
}

enum bef_rc bef_store_outbox_hurry(struct bef_store *store, int64_t log, const char *destination, int64_t now_ms,
                                   struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_outbox_hurry, err);

	set_log(&q, log);
	bef_query_i64(&q, ":now", now_ms);
	bef_query_text(&q, ":destination", destination);
	return bef_query_run(&q);
}

enum bef_rc bef_store_outbox_rerouted(struct bef_store *store, int64_t outbox, struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_outbox_rerouted, err);

	bef_query_i64(&q, ":outbox", outbox);
	return bef_query_run(&q);
}

enum bef_rc bef_store_outbox_purge(struct bef_store *store, int64_t before_ms, struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_outbox_purge, err);

	bef_query_i64(&q, ":before", before_ms);
	return bef_query_run(&q);
}
