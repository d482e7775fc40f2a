/* SPDX-License-Identifier: EUPL-1.2 */
/* Alerts on their way.  Declared in store.h (reading) and write.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "store/query.h"
#include "store/write.h"

enum bef_rc bef_store_outbox(struct bef_store *store, int64_t log, bool all, bef_outbox_fn *fn, void *arg,
                             struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_outbox_each, err);

	if (log)
		bef_query_i64(&q, ":log", log);
	bef_query_i64(&q, ":all", all);
	while (bef_query_row(&q)) {
		struct bef_outbox_row row = {
			.outbox = bef_query_col_i64(&q, 0),
			.log = bef_query_col_i64(&q, 1),
			.destination = bef_query_col_text(&q, 2),
			.message = bef_query_col_text(&q, 3),
			.state = bef_query_col_text(&q, 4),
			.attempts = (int)bef_query_col_i64(&q, 5),
			.next_at_ms = bef_query_col_i64(&q, 6),
			.last_class = bef_query_col_text(&q, 7),
			.last_status = (int)bef_query_col_i64(&q, 8),
			.last_detail = bef_query_col_text(&q, 9),
		};
		enum bef_rc rc;

		bef_query_col_blob(&q, 10, row.alert.byte, sizeof(row.alert.byte));
		rc = q.rc ? q.rc : fn(arg, &row, err);
		if (rc)
			return rc;
	}
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
	bef_query_i64(&q, ":next_at", row->next_at_ms);
	bef_query_i64(&q, ":expires_at", row->expires_at_ms);
	return bef_query_run(&q);
}

void bef_claim_clear(struct bef_claim *claim)
{
	free(claim->payload);
	claim->payload = NULL;
}

enum bef_rc bef_store_outbox_claim(struct bef_store *store, int64_t log, int64_t after, int64_t now_ms,
                                   bool force, struct bef_claim *out, struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_outbox_claim, err);
	bool found;

	if (log)
		bef_query_i64(&q, ":log", log);
	bef_query_i64(&q, ":after", after);
	bef_query_i64(&q, ":now", now_ms);
	bef_query_i64(&q, ":force", force);
	found = bef_query_row(&q);
	if (!found)
		return q.rc ? q.rc : BEF_NOT_FOUND;
	out->outbox = bef_query_col_i64(&q, 0);
	out->log = bef_query_col_i64(&q, 1);
	bef_query_col_blob(&q, 2, out->alert.byte, sizeof(out->alert.byte));
	snprintf(out->destination, sizeof(out->destination), "%s", bef_query_col_text(&q, 3));
	snprintf(out->message, sizeof(out->message), "%s", bef_query_col_text(&q, 4));
	out->payload = strdup(bef_query_col_text(&q, 5));
	out->attempts = (int)bef_query_col_i64(&q, 6);
	out->expires_at_ms = bef_query_col_i64(&q, 7);
	if (!out->payload)
		return bef_no_memory(err);
	return bef_query_run(&q);
}

enum bef_rc bef_store_outbox_settle(struct bef_store *store, const struct bef_settlement *how,
                                    struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_outbox_settle, err);

	bef_query_text(&q, ":state", how->state);
	bef_query_i64(&q, ":next_at", how->next_at_ms);
	bef_query_text(&q, ":class", how->class_name);
	bef_query_i64(&q, ":status", how->status);
	bef_query_text(&q, ":detail", how->detail);
	bef_query_i64(&q, ":outbox", how->outbox);
	return bef_query_run(&q);
}
