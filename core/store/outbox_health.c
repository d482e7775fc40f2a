/* SPDX-License-Identifier: EUPL-1.2 */
/* How destinations and attempts have been doing; rows that newer ones replace.  Declared in store.h and write.h. */
#include <stdio.h>
#include <string.h>

#include "store/query.h"
#include "store/write.h"

enum bef_rc bef_store_attempts(struct bef_store *store, int64_t log, const struct bef_hash *alert, bef_attempt_fn *fn,
                               void *arg, struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_attempt_each, err);
	enum bef_rc rc = BEF_OK;

	if (log)
		bef_query_i64(&q, ":log", log);
	if (alert)
		bef_query_blob(&q, ":alert", alert->byte, sizeof(alert->byte));
	while (rc == BEF_OK && bef_query_row(&q)) {
		struct bef_attempt_row row = {
			.destination = bef_query_col_text(&q, 0),
			.n = (int)bef_query_col_i64(&q, 2),
			.started_at_ms = bef_query_col_i64(&q, 3),
			.ended_at_ms = bef_query_col_i64(&q, 4),
			.class_name = bef_query_col_text(&q, 5),
			.status = (int)bef_query_col_i64(&q, 6),
			.elapsed_ms = (int)bef_query_col_i64(&q, 7),
			.detail = bef_query_col_text(&q, 8),
			.outbox = bef_query_col_i64(&q, 9),
		};

		bef_query_col_blob(&q, 1, row.alert.byte, sizeof(row.alert.byte));
		rc = q.rc ? q.rc : fn(arg, &row, err);
	}
	return rc ? rc : q.rc;
}

enum bef_rc bef_store_health(struct bef_store *store, const char *destination, struct bef_health *out,
                             struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_destination_get, err);

	*out = (struct bef_health){ .tokens = -1 };
	bef_query_text(&q, ":name", destination);
	if (!bef_query_row(&q))
		return q.rc;
	out->failures = (int)bef_query_col_i64(&q, 0);
	out->opens = (int)bef_query_col_i64(&q, 1);
	out->closed_until_ms = bef_query_col_i64(&q, 2);
	out->pause_until_ms = bef_query_col_i64(&q, 3);
	snprintf(out->suspended, sizeof(out->suspended), "%s", bef_query_col_text(&q, 4));
	out->told = bef_query_col_i64(&q, 5) != 0;
	out->arrived_at_ms = bef_query_col_i64(&q, 6);
	out->tested_at_ms = bef_query_col_i64(&q, 7);
	out->tokens = bef_query_col_i64(&q, 8);
	out->tokens_at_ms = bef_query_col_i64(&q, 9);
	return q.rc;
}

enum bef_rc bef_store_health_put(struct bef_store *store, const char *destination, const struct bef_health *health,
                                 struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_destination_put, err);

	bef_query_text(&q, ":name", destination);
	bef_query_i64(&q, ":failures", health->failures);
	bef_query_i64(&q, ":opens", health->opens);
	bef_query_i64(&q, ":closed_until", health->closed_until_ms);
	bef_query_i64(&q, ":pause_until", health->pause_until_ms);
	bef_query_text(&q, ":suspended", health->suspended);
	bef_query_i64(&q, ":told", health->told);
	bef_query_i64(&q, ":arrived_at", health->arrived_at_ms);
	bef_query_i64(&q, ":tested_at", health->tested_at_ms);
	bef_query_i64(&q, ":tokens", health->tokens);
	bef_query_i64(&q, ":tokens_at", health->tokens_at_ms);
	return bef_query_run(&q);
}

/* One at a time: the list is not held open while its rows change. */
static bool take_older(struct bef_store *store, const struct bef_superseding *what, struct bef_outbox_row *row,
                       char destination[64], struct bef_err *err, enum bef_rc *rc)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_outbox_older, err);
	bool found;

	bef_query_i64(&q, ":log", what->log);
	bef_query_i64(&q, ":now", what->now_ms);
	bef_query_blob(&q, ":alert", what->by.byte, sizeof(what->by.byte));
	bef_query_text(&q, ":event", what->event);
	bef_query_text(&q, ":destination", what->destination);
	found = bef_query_row(&q);
	if (found) {
		row->outbox = bef_query_col_i64(&q, 0);
		bef_query_col_blob(&q, 1, row->alert.byte, sizeof(row->alert.byte));
		snprintf(destination, 64, "%s", bef_query_col_text(&q, 2));
		row->attempts = (int)bef_query_col_i64(&q, 3);
	}
	*rc = q.rc;
	return found && q.rc == BEF_OK;
}

enum bef_rc bef_store_outbox_supersede(struct bef_store *store, const struct bef_superseding *what, bef_outbox_fn *fn,
                                       void *arg, struct bef_err *err)
{
	char destination[64];
	struct bef_outbox_row row = { .log = what->log, .destination = destination, .state = "superseded" };
	enum bef_rc rc;

	while (take_older(store, what, &row, destination, err, &rc)) {
		rc = bef_store_outbox_end(store, row.outbox, "superseded", err);
		rc = rc ? rc : fn(arg, &row, err);
		if (rc)
			return rc;
	}
	return rc;
}
