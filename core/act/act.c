/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/act.h"

#include <stdio.h>
#include <string.h>

#include "act/bell.h"
#include "act/law.h"
#include "base/i18n.h"
#include "base/json.h"

enum bef_rc bef_act_enter(struct bef_act *act, int64_t log, struct bef_err *err)
{
	enum bef_rc rc = bef_store_log(act->store, log, &act->row, err);

	if (rc == BEF_OK)
		rc = bef_store_incident_brief(act->store, log, act->done.ref, &act->closed_at_ms, err);
	return rc;
}

static enum bef_rc seal_and_append(struct bef_act *act, struct bef_log_row *row, const char *kind,
                                   const json_t *body, int64_t happened_at_ms, struct bef_err *err)
{
	BEF_AUTO(text) header = { 0 };
	BEF_AUTO(text) content = { 0 };
	struct bef_entry entry = { 0 };
	struct bef_sealing what = {
		.kind = kind,
		.log = &row->uuid,
		.parents = row->head,
		.parent_count = row->head_count,
		.happened_at_ms = happened_at_ms,
		.body = body,
	};
	bool added;
	enum bef_rc rc;

	bef_uuid_v7(act->desk->pen.now_ms, &what.uid);
	bef_random(what.salt, sizeof(what.salt));
	rc = bef_entry_seal(&act->desk->pen, &what, &header, &content, &entry, err);
	if (rc == BEF_OK)
		rc = bef_store_append(act->store, row, &entry, &added, err);
	if (rc == BEF_OK)
		act->done.id = entry.id;
	return rc;
}

enum bef_rc bef_act_add(struct bef_act *act, const char *kind, json_t *body, int64_t happened_at_ms,
                        struct bef_err *err)
{
	const struct bef_kind *row = bef_kind_find(kind);
	bool rings = body && act->desk->bell && bef_rings(kind, body) && act->ring_count < BEF_RINGS_MOST;
	enum bef_rc rc = body && row ? bef_kind_check(row, body, false, err) : bef_no_memory(err);

	if (rc == BEF_OK)
		rc = seal_and_append(act, &act->row, kind, body, happened_at_ms, err);
	json_decref(body);
	if (rc)
		return rc;
	act->done.number = (unsigned)act->row.entries;
	if (rings)
		act->rings[act->ring_count++] = act->done.number;
	act->heavy = act->heavy || !(row->flags & BEF_KIND_LIGHT);
	act->clocks = act->clocks || row->flags & BEF_KIND_CLOCKS;
	return BEF_OK;
}

static enum bef_rc enter_org(struct bef_act *act, struct bef_log_row *row, struct bef_err *err)
{
	struct bef_uuid uuid;
	int64_t log;
	enum bef_rc rc = bef_store_org(act->store, &log, err);
	json_t *body;

	if (rc || log)
		return rc ? rc : bef_store_log(act->store, log, row, err);
	bef_uuid_v4(&uuid);
	rc = bef_store_log_insert(act->store, &uuid, true, row, err);
	if (rc)
		return rc;
	body = json_pack("{s:s}", "name", *act->desk->organisation ? act->desk->organisation : "-");
	rc = body ? seal_and_append(act, row, "log.created", body, 0, err) : bef_no_memory(err);
	json_decref(body);
	return rc;
}

enum bef_rc bef_act_add_org(struct bef_act *act, const char *kind, json_t *body, struct bef_err *err)
{
	struct bef_hash id = act->done.id; /* the act is known by its incident's entry */
	struct bef_log_row row;
	enum bef_rc rc = body ? enter_org(act, &row, err) : bef_no_memory(err);

	if (rc == BEF_OK)
		rc = bef_kind_check(bef_kind_find(kind), body, false, err);
	if (rc == BEF_OK)
		rc = seal_and_append(act, &row, kind, body, 0, err);
	json_decref(body);
	act->done.id = id;
	return rc;
}

enum bef_rc bef_act_checkpoint(struct bef_act *act, const char *occasion, struct bef_err *err)
{
	char uuid[BEF_UUID_TEXT];
	json_t *heads = json_array();
	json_t *body;
	bool ok = heads != NULL;

	for (unsigned i = 0; i < act->row.head_count; i++) {
		char hex[BEF_HASH_HEX];

		bef_hex(act->row.head[i].byte, sizeof(act->row.head[i].byte), hex);
		ok = json_array_append_new(heads, json_string(hex)) == 0 && ok;
	}
	bef_uuid_format(&act->row.uuid, uuid);
	body = json_pack("{s:s, s:I, s:o, s:s}", "incident", uuid, "count", (json_int_t)act->row.entries,
	                 "heads", heads, "occasion", occasion);
	if (!ok || !body) {
		json_decref(body);
		return bef_no_memory(err);
	}
	return bef_act_add_org(act, "checkpoint", body, err);
}

enum bef_rc bef_act_reload(struct bef_act *act, struct bef_err *err)
{
	bool same = act->c && memcmp(&act->c->log, &act->row.uuid, sizeof(act->row.uuid)) == 0;

	if (same && (int64_t)act->c->line_count == act->row.entries)
		return BEF_OK;
	bef_case_clear(&act->c);
	return bef_store_case(act->store, act->row.log, &act->c, err);
}

/* The number of the entry in its list, for the answer; and the row of the incident list. */
static enum bef_rc put_summary(struct bef_act *act, struct bef_err *err)
{
	struct bef_summary summary;
	const struct bef_line *line;
	enum bef_rc rc;

	if (!act->heavy)
		return BEF_OK;
	rc = bef_act_reload(act, err);
	if (rc)
		return rc;
	line = bef_case_number(act->c, act->done.number);
	act->done.about = line && line->about != BEF_NONE ? line->about + 1 : 0;
	bef_case_summary(act->c, &summary);
	if (!*act->done.ref)
		memcpy(act->done.ref, summary.ref, sizeof(act->done.ref));
	return bef_store_summary_put(act->store, act->row.log, &summary, err);
}

static enum bef_rc prepare(struct bef_act *act, unsigned flags, struct bef_err *err)
{
	int64_t log;
	enum bef_rc rc;

	if (flags & (BEF_ACT_CREATE | BEF_ACT_NO_INCIDENT))
		return BEF_OK;
	rc = bef_desk_resolve(act->desk, act->store, &log, err);
	if (rc == BEF_OK)
		rc = bef_act_enter(act, log, err);
	if (rc)
		return rc;
	if (act->closed_at_ms && !(flags & BEF_ACT_WHEN_CLOSED)) {
		bef_fail(err, BEF_REFUSED, tr("%s is closed"), act->done.ref);
		bef_hint(err, tr("open it again with: beffroi close --reopen -i %s --reason ..."), act->done.ref);
		return BEF_REFUSED;
	}
	return flags & BEF_ACT_CASE ? bef_store_case(act->store, log, &act->c, err) : BEF_OK;
}

static enum bef_rc attempt(struct bef_act *act, unsigned flags, bef_act_fn *fn, void *request,
                           struct bef_err *err)
{
	BEF_AUTO(tx) tx = bef_tx_begin(act->store, err);
	enum bef_rc rc = tx.rc ? tx.rc : prepare(act, flags, err);

	if (rc == BEF_OK)
		rc = fn(act, request, err);
	if (rc == BEF_OK && act->clocks)
		rc = bef_act_clocks(act, err);
	for (int i = 0; i < act->ring_count && rc == BEF_OK; i++)
		rc = bef_act_ring(act, act->rings[i], err);
	if (rc == BEF_OK)
		rc = put_summary(act, err);
	if (rc == BEF_OK && !act->desk->dry_run)
		rc = bef_tx_commit(&tx, err);
	bef_case_free(act->c);
	act->c = NULL;
	return rc;
}

enum bef_rc bef_act_do(struct bef_desk *desk, unsigned flags, bef_act_fn *fn, void *request,
                       struct bef_done *done, struct bef_err *err)
{
	__attribute__((cleanup(bef_store_clear))) struct bef_store *store = NULL;
	bool create = flags & BEF_ACT_CREATE && !desk->dry_run;
	struct bef_act act = { .desk = desk };
	bool reserve = false;
	enum bef_rc rc = create ? bef_desk_key(desk, err) : BEF_OK;

	if (rc == BEF_OK)
		rc = bef_store_open(desk->base, create ? BEF_STORE_CREATE : BEF_STORE_WRITE, desk->wait_ms, &store, err);
	/* Not before: a journal that is not there leaves nothing behind, not even a key. */
	if (rc == BEF_OK)
		rc = bef_desk_key(desk, err);
	if (rc)
		return rc;
	act.store = store;
	rc = attempt(&act, flags, fn, request, err);
	if (rc && bef_store_is_full(store) && bef_store_ballast_drop(store)) {
		reserve = true;
		act = (struct bef_act){ .desk = desk, .store = store };
		rc = attempt(&act, flags, fn, request, err);
	}
	if (rc)
		return rc;
	bef_desk_listen(desk, store);
	act.done.reserve_used = reserve;
	desk->rang = desk->rang || (act.done.rang && !desk->dry_run);
	if (!desk->dry_run && act.row.log)
		bef_desk_head_keep(desk, &act.row);
	if (done)
		*done = act.done;
	return BEF_OK;
}
