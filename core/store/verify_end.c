/* SPDX-License-Identifier: EUPL-1.2 */
/* Where journals end, their caches, and the file.  Declared in check.h. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "store/check.h"

enum { FOLD_MOST = 20000 };

/* True if the row of the incident list is what the entries amount to.  A letter after the reference
 * is for another incident with the same one. */
static bool is_summary(struct bef_check *c, const struct bef_incident_row *row, const struct bef_summary *s)
{
	const struct bef_summary *r = &row->summary;
	size_t len = strlen(s->ref);

	if (strncmp(row->ref, s->ref, len) != 0)
		return false;
	if (row->ref[len]) {
		BEF_AUTO(query) q = bef_query(c->store, BEF_SQL_incident_by_ref, c->err);

		bef_query_text(&q, ":ref", s->ref);
		bef_query_text(&q, ":letter", "");
		if (!bef_query_row(&q)) {
			c->rc = q.rc;
			return q.rc != BEF_OK;
		}
	}
	return strcmp(r->title, s->title) == 0 && strcmp(r->type, s->type) == 0 &&
	       strcmp(r->severity, s->severity) == 0 && strcmp(r->tlp, s->tlp) == 0 &&
	       strcmp(r->phase, s->phase) == 0 && strcmp(r->state, s->state) == 0 && r->drill == s->drill &&
	       r->opened_at_ms == s->opened_at_ms && r->closed_at_ms == s->closed_at_ms &&
	       r->next_due_at_ms == s->next_due_at_ms && r->open_actions == s->open_actions &&
	       r->waiting_alerts == s->waiting_alerts && r->unheard == s->unheard;
}

static void cache_flaw(struct bef_check *c, int64_t log, const char *flaw)
{
	bef_check_flaw(c, 0, log, 0, "%s", flaw);
	snprintf(c->verdict->remedy, sizeof(c->verdict->remedy), "%s",
	         tr("compare a head that you kept (verify --head), then make it again: beffroi doctor --rebuild"));
}

/* The row of the incident list, against a fold.  A journal too long to be folded in little memory is
 * left to 'doctor --rebuild'. */
static void check_summary(struct bef_check *c, const struct bef_log_row *row)
{
	__attribute__((cleanup(bef_case_clear))) struct bef_case *folded = NULL;
	struct bef_incident_row incident;
	struct bef_summary summary;

	if (row->is_org || row->entries == 0 || row->entries > FOLD_MOST)
		return;
	c->rc = bef_store_case(c->store, row->log, &folded, c->err);
	if (c->rc)
		return;
	bef_case_summary(folded, &summary);
	c->rc = bef_store_incident(c->store, row->log, &incident, c->err);
	if (c->rc == BEF_NOT_FOUND) {
		c->rc = BEF_OK;
		cache_flaw(c, row->log, tr("it is missing from the list of incidents"));
	} else if (!c->rc && !is_summary(c, &incident, &summary))
		cache_flaw(c, row->log, tr("its row in the list of incidents differs from its entries"));
}

/* True if the journal surely does not hold this entry. */
static bool lacks(struct bef_check *c, int64_t log, const struct bef_hash *id)
{
	struct bef_hash found;
	char hex[BEF_HASH_HEX];
	enum bef_rc rc;

	bef_hex(id->byte, sizeof(id->byte), hex);
	rc = bef_store_head_like(c->store, log, hex, &found, c->err);
	if (rc && rc != BEF_NOT_FOUND)
		c->rc = rc;
	return rc == BEF_NOT_FOUND;
}

/* Where it ended when it was last written: its last entry is among its heads, and they are all here. */
static bool ends_there(struct bef_check *c, const struct bef_log_row *row, const struct bef_passage *p)
{
	bool last = p->count == 0;

	for (unsigned i = 0; i < row->head_count; i++) {
		last = last || bef_hash_equal(&row->head[i], &p->last);
		if (lacks(c, row->log, &row->head[i]))
			return false;
	}
	return last && row->last_at_ms == p->last_at_ms;
}

/* The caches beside each journal. */
static void check_caches(struct bef_check *c, const struct bef_log_row *row, const struct bef_passage *p)
{
	if (!ends_there(c, row, p) && !c->rc)
		bef_check_flaw(c, 0, row->log, row->entries, "%s", tr("it does not end where it was last seen to end"));
	if (p->count && row->is_org && !p->is_org)
		bef_check_flaw(c, 0, row->log, 1, "%s", tr("it is an incident, and passes for the organisation's journal"));
	if (!row->is_org && p->is_org)
		bef_check_flaw(c, 0, row->log, 1, "%s", tr("it is the organisation's journal, and passes for an incident"));
	if (!c->verdict->broken && !c->rc)
		check_summary(c, row);
}

static void check_end(struct bef_check *c, int64_t log)
{
	static const struct bef_passage none;
	const struct bef_passage *p = (size_t)log < c->passages ? &c->passage[log] : &none;
	struct bef_log_row row;

	c->rc = bef_store_log(c->store, log, &row, c->err);
	if (c->rc)
		return;
	if (row.entries != p->count)
		bef_check_flaw(c, 0, log, p->count,
		        tr("it has %lld entries where %lld were written: its end was cut off or added to"),
		        (long long)p->count, (long long)row.entries);
	if (p->known)
		bef_check_tips(c, log, &c->passage[log]);
	if (!c->verdict->broken)
		check_caches(c, &row, p);
}

static int64_t next_log(struct bef_check *c, int64_t after)
{
	BEF_AUTO(query) q = bef_query(c->store, BEF_SQL_log_all, c->err);
	int64_t log;

	bef_query_i64(&q, ":after", after);
	log = bef_query_row(&q) ? bef_query_col_i64(&q, 0) : 0;
	if (q.rc)
		c->rc = q.rc;
	return log;
}

/* Others may write meanwhile.  Each journal's end is looked at in a transaction of its own, once the
 * entries that came since have been checked too. */
void bef_check_ends(struct bef_check *c)
{
	bool alone = sqlite3_get_autocommit(c->store->db);

	for (int64_t log = next_log(c, 0); log && !c->rc && !c->verdict->broken; log = next_log(c, log)) {
		if (alone)
			c->rc = bef_store_exec(c->store, "BEGIN", c->err);
		if (!c->rc)
			bef_check_entries(c);
		if (!c->rc && !c->verdict->broken)
			check_end(c, log);
		if (alone && !c->rc)
			c->rc = bef_store_exec(c->store, "COMMIT", c->err);
	}
	if (alone && !sqlite3_get_autocommit(c->store->db))
		sqlite3_exec(c->store->db, "ROLLBACK", NULL, NULL, NULL);
}

/* What no digest covers: the indexes, and the pages between the rows. */
void bef_check_file(struct bef_check *c)
{
	BEF_AUTO(query) q = bef_query(c->store, BEF_SQL_integrity, c->err);

	if (bef_query_row(&q) && strcmp(bef_query_col_text(&q, 0), "ok") != 0)
		bef_check_flaw(c, 0, 0, 0, tr("the database file is damaged: %.200s"), bef_query_col_text(&q, 0));
	if (q.rc)
		c->rc = q.rc;
}

