/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/verify.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/json.h"
#include "store/query.h"

/* The last entry that a post wrote in a journal. */
struct tip {
	struct tip *next;
	uint8_t post[BEF_KEY_SIZE];
	uint8_t sig[BEF_SIG_SIZE];
	struct bef_hash id;
	int64_t number;
};

/* What is kept of one journal while passing over the entries. */
struct passage {
	struct bef_uuid uuid;
	struct bef_hash last;
	int64_t count;
	int64_t items;
	bool known;
	struct tip *tips;
};

/* Ids whose text is gone, and ids that an entry.erased names. */
struct idset {
	struct bef_hash *id;
	size_t count;
};

struct check {
	struct bef_store *store;
	const struct bef_verify_options *options;
	struct bef_verdict *verdict;
	struct bef_err *err;
	struct passage *passage; /* by the log's local number */
	size_t passages;
	int64_t after; /* every entry up to this seq was looked at */
	struct idset gone, named;
	struct idset excused; /* named by an erasure that was erased in turn, as far as was kept of it */
	enum bef_rc rc;
};

static void flaw_at(struct check *c, uint64_t seq, int64_t log, int64_t number, const char *fmt, ...)
	BEF_PRINTF(5, 6);

/* An incident that is no longer in the list goes by its UUID. */
static void name_incident(struct check *c, int64_t log, char out[64])
{
	struct bef_incident_row incident;
	struct bef_log_row row;

	*out = '\0';
	if (log && bef_store_incident(c->store, log, &incident, NULL) == BEF_OK)
		snprintf(out, 64, "%s", incident.ref);
	else if (log && bef_store_log(c->store, log, &row, NULL) == BEF_OK) {
		if (row.is_org)
			snprintf(out, 64, "%s", tr("the organisation's journal"));
		else
			bef_uuid_format(&row.uuid, out);
	}
}

/* Only the first is told: what follows a break may be its consequence. */
static void flaw_at(struct check *c, uint64_t seq, int64_t log, int64_t number, const char *fmt, ...)
{
	struct bef_verdict *v = c->verdict;
	va_list args;

	if (v->broken)
		return;
	v->broken = true;
	v->seq = seq;
	v->number = number;
	va_start(args, fmt);
	vsnprintf(v->flaw, sizeof(v->flaw), fmt, args);
	va_end(args);
	name_incident(c, log, v->ref);
}

static bool remember(struct check *c, struct idset *set, const struct bef_hash *id)
{
	struct bef_hash *place = bef_case_grow(&set->id, &set->count, sizeof(*set->id));

	if (!place) {
		c->rc = bef_no_memory(c->err);
		return false;
	}
	*place = *id;
	return true;
}

static struct passage *passage_of(struct check *c, int64_t log)
{
	struct bef_log_row row;
	struct passage *p;
	enum bef_rc rc;

	if (log <= 0 || log > 1 << 24)
		return NULL;
	if ((size_t)log < c->passages && c->passage[log].known)
		return &c->passage[log];
	/* Asked before room is made: a damaged number must not cost a gigabyte. */
	rc = bef_store_log(c->store, log, &row, c->err);
	if (rc == BEF_NOT_FOUND)
		return NULL;
	if (rc) {
		c->rc = rc;
		return NULL;
	}
	if ((size_t)log >= c->passages) {
		size_t size = (size_t)log * 2 + 16;
		struct passage *more = realloc(c->passage, size * sizeof(*more));

		if (!more) {
			c->rc = bef_no_memory(c->err);
			return NULL;
		}
		memset(more + c->passages, 0, (size - c->passages) * sizeof(*more));
		c->passage = more;
		c->passages = size;
	}
	p = &c->passage[log];
	p->uuid = row.uuid;
	p->known = true;
	c->verdict->logs++;
	return p;
}

static void check_signature(struct check *c, int64_t log, int64_t number, const uint8_t *post,
                            const struct bef_hash *id, const uint8_t *sig)
{
	c->verdict->signatures++;
	if (!bef_signature_ok(post, id, sig))
		flaw_at(c, 0, log, number, "%s", tr("the signature does not match the entry"));
}

/* Check the last signature of each post since this was done last. */
static void check_tips(struct check *c, int64_t log, struct passage *p)
{
	while (p->tips) {
		struct tip *tip = p->tips;

		check_signature(c, log, tip->number, tip->post, &tip->id, tip->sig);
		p->tips = tip->next;
		free(tip);
	}
}

/* An entry covers those before it in an unbroken line only: where a line ends (a merge, or an entry
 * slipped in beside it), its tips are checked there and then. */
static bool goes_on(const struct passage *p, const struct bef_entry *entry)
{
	for (unsigned i = 0; i < entry->parent_count; i++) {
		struct bef_hash parent;

		bef_entry_parent(entry, i, &parent);
		if (bef_hash_equal(&parent, &p->last))
			return true;
	}
	return false;
}

/* Keep this entry as its post's last one. */
static void keep_tip(struct check *c, struct passage *p, const struct bef_entry *entry)
{
	struct tip *tip = p->tips;

	while (tip && memcmp(tip->post, entry->post, sizeof(tip->post)) != 0)
		tip = tip->next;
	if (!tip) {
		tip = calloc(1, sizeof(*tip));
		if (!tip) {
			c->rc = bef_no_memory(c->err);
			return;
		}
		memcpy(tip->post, entry->post, sizeof(tip->post));
		tip->next = p->tips;
		p->tips = tip;
	}
	tip->id = entry->id;
	tip->number = p->count;
	memcpy(tip->sig, entry->sig, sizeof(tip->sig));
}

/* True if the entry with this id came before, or if that cannot be known (c->rc). */
static bool came_before(struct check *c, const struct bef_hash *id, uint64_t seq)
{
	BEF_AUTO(query) q = bef_query(c->store, BEF_SQL_entry_by_id, c->err);

	bef_query_blob(&q, ":id", id->byte, sizeof(id->byte));
	if (bef_query_row(&q))
		return (uint64_t)bef_query_col_i64(&q, 0) < seq;
	c->rc = q.rc;
	return q.rc != BEF_OK;
}

static void check_parents(struct check *c, const struct passage *p, int64_t log, const struct bef_entry *entry)
{
	if (entry->parent_count == 0 && p->count > 1)
		flaw_at(c, entry->seq, log, p->count, "%s", tr("it follows no entry, yet it is not the first"));
	if (entry->parent_count > 0 && p->count == 1)
		flaw_at(c, entry->seq, log, p->count, "%s", tr("the entries before it were removed"));
	for (unsigned i = 0; i < entry->parent_count; i++) {
		struct bef_hash parent;

		bef_entry_parent(entry, i, &parent);
		if (bef_hash_equal(&parent, &p->last) || came_before(c, &parent, entry->seq))
			continue;
		flaw_at(c, entry->seq, log, p->count, "%s",
		        tr("the entry it follows is not before it: removed, inserted or moved"));
	}
}

static void check_columns(struct check *c, struct bef_query *q, const struct passage *p, int64_t log,
                          const struct bef_entry *entry, const struct bef_uuid *uid)
{
	if (memcmp(uid, &entry->uid, sizeof(*uid)) != 0 || bef_query_col_i64(q, 8) != entry->recorded_at_ms)
		flaw_at(c, entry->seq, log, p->count, "%s", tr("a column differs from the signed header"));
	if (memcmp(&p->uuid, &entry->log, sizeof(p->uuid)) != 0)
		flaw_at(c, entry->seq, log, p->count, "%s", tr("the entry belongs to another journal"));
}

static bool file_digest(struct check *c, const char *path, struct bef_hash *out)
{
	struct bef_sha256_state state;
	BEF_AUTO_FREE char *piece = malloc(1 << 18);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t got = -1;

	if (!piece)
		c->rc = bef_no_memory(c->err);
	bef_sha256_start(&state);
	while (piece && fd >= 0 && (got = read(fd, piece, 1 << 18)) > 0)
		bef_sha256_more(&state, piece, (size_t)got);
	bef_sha256_end(&state, out);
	if (fd >= 0)
		close(fd);
	return got == 0;
}

/* An evidence file that is not what was collected breaks the record as a changed entry does. */
static void check_evidence(struct check *c, struct passage *p, int64_t log, const json_t *body)
{
	const char *sha256 = bef_json_text(body, "sha256");
	bool copied = bef_json_bool(body, "copied");
	struct bef_hash got;
	char hex[BEF_HASH_HEX] = "";
	char path[BEF_PATH];

	p->items++;
	if (!c->options->evidence || !sha256 || strlen(sha256) != 64 || !copied)
		return;
	c->verdict->evidence++;
	if (bef_store_evidence_path(c->store, sha256, path, NULL) == BEF_OK && file_digest(c, path, &got))
		bef_hex(got.byte, sizeof(got.byte), hex);
	if (c->rc || strcmp(hex, sha256) == 0)
		return;
	c->verdict->evidence_bad++;
	flaw_at(c, 0, log, p->count, *hex ? tr("evidence item %lld (%.100s) was changed: its file no longer matches")
	                                  : tr("evidence item %lld (%.100s) is missing: its file is gone"),
	        (long long)p->items, bef_json_text_or(body, "name", "?"));
}

/* True if the journal surely does not hold the entry. */
static bool lacks(struct check *c, int64_t log, const char *id)
{
	struct bef_hash found;
	enum bef_rc rc = bef_store_head_like(c->store, log, id, &found, c->err);

	if (rc && rc != BEF_NOT_FOUND && rc != BEF_USAGE)
		c->rc = rc;
	return rc == BEF_NOT_FOUND || rc == BEF_USAGE;
}

/* The organisation's journal names the incidents and their heads: one that is gone is noticed. */
static void check_witness(struct check *c, int64_t log, int64_t number, const json_t *body)
{
	const json_t *heads = json_object_get(body, "heads");
	const char *ref = bef_json_text_or(body, "ref", "?");
	const char *opened = bef_json_text(body, "opened");
	struct bef_log_row row;
	struct bef_uuid uuid;
	enum bef_rc rc;

	if (!bef_uuid_parse(bef_json_text_or(body, "incident", ""), &uuid))
		return;
	rc = bef_store_log_by_uuid(c->store, &uuid, &row, c->err);
	if (rc == BEF_NOT_FOUND)
		flaw_at(c, 0, log, number, tr("incident %.60s was registered here, and is gone"), ref);
	else if (rc)
		c->rc = rc;
	if (rc)
		return;
	if (opened && lacks(c, row.log, opened))
		flaw_at(c, 0, row.log, 1, tr("the opening of %.60s is not the one that was registered"), ref);
	for (size_t i = 0; i < json_array_size(heads); i++) {
		const char *head = json_string_value(json_array_get(heads, i));

		if (head && lacks(c, row.log, head))
			flaw_at(c, 0, row.log, 0, tr("its end was cut off: the checkpoint head %.20s is gone"), head);
	}
}

/* jansson calls some failures of memory syntax errors, hence the second time. */
static json_t *load(struct check *c, const struct bef_entry *entry)
{
	json_t *body = NULL;
	enum bef_rc rc = bef_json_load(entry->body, entry->body_len, &body, c->err);

	if (rc == BEF_USAGE)
		rc = bef_json_load(entry->body, entry->body_len, &body, c->err);
	if (rc == BEF_FAILED)
		c->rc = rc;
	return body;
}

static void remember_erasure(struct check *c, const json_t *body)
{
	const json_t *kept = json_object_get(body, "kept");
	struct bef_hash id;

	if (bef_unhex(bef_json_text_or(body, "target", ""), id.byte, sizeof(id.byte)))
		remember(c, &c->named, &id);
	if (bef_unhex(bef_json_text_or(kept, "target", ""), id.byte, sizeof(id.byte)))
		remember(c, &c->excused, &id);
}

/* The few kinds whose content matters to the check. */
static void check_content(struct check *c, struct passage *p, int64_t log, const struct bef_entry *entry)
{
	bool erases = strcmp(entry->kind, "entry.erased") == 0;
	bool collects = strcmp(entry->kind, "evidence.collected") == 0;
	bool witnesses = strcmp(entry->kind, "checkpoint") == 0 || strcmp(entry->kind, "incident.registered") == 0;
	json_t *body;

	if (!entry->body) {
		c->verdict->erased++;
		p->items += collects;
		remember(c, &c->gone, &entry->id);
		return;
	}
	if (!erases && !collects && !witnesses)
		return;
	body = load(c, entry);
	if (!body)
		return;
	if (collects)
		check_evidence(c, p, log, body);
	if (witnesses)
		check_witness(c, log, p->count, body);
	if (erases)
		remember_erasure(c, body);
	json_decref(body);
}

/* The columns that the digests are checked against; false: there is no memory, or a flaw. */
static bool read_columns(struct check *c, struct bef_query *q, const struct passage *p, int64_t log,
                         struct bef_entry *entry, struct bef_uuid *uid)
{
	entry->header = bef_query_col_text(q, 2);
	entry->header_len = (size_t)sqlite3_column_bytes(q->stmt, 2);
	bef_query_col_blob(q, 1, entry->id.byte, sizeof(entry->id.byte));
	if (sqlite3_column_type(q->stmt, 3) != SQLITE_NULL) {
		entry->body = bef_query_col_text(q, 3);
		entry->body_len = (size_t)sqlite3_column_bytes(q->stmt, 3);
		bef_query_col_blob(q, 4, entry->salt, sizeof(entry->salt));
	}
	bef_query_col_blob(q, 5, entry->sig, sizeof(entry->sig));
	bef_query_col_blob(q, 7, uid->byte, sizeof(uid->byte));
	if (q->rc != BEF_BROKEN)
		return q->rc == BEF_OK;
	q->rc = BEF_OK;
	flaw_at(c, entry->seq, log, p->count, "%s", tr("a column of the database has the wrong size"));
	return false;
}

static void check_entry(struct check *c, struct bef_query *q)
{
	struct bef_entry entry = { 0 };
	struct bef_uuid uid;
	int64_t log = bef_query_col_i64(q, 6);
	struct passage *p = passage_of(c, log);
	const char *flaw;

	entry.seq = (uint64_t)bef_query_col_i64(q, 0);
	c->verdict->entries++;
	if (c->rc)
		return;
	if (!p) {
		flaw_at(c, entry.seq, 0, 0, "%s", tr("the entry belongs to no journal"));
		return;
	}
	p->count++;
	if (!read_columns(c, q, p, log, &entry, &uid))
		return;
	flaw = bef_entry_flaw(&entry);
	if (flaw) {
		flaw_at(c, entry.seq, log, p->count, "%s", tr(flaw));
		return;
	}
	if (!bef_entry_parse(entry.header, entry.header_len, &entry))
		return;
	check_columns(c, q, p, log, &entry, &uid);
	check_parents(c, p, log, &entry);
	check_content(c, p, log, &entry);
	if (c->options->all_signatures)
		check_signature(c, log, p->count, entry.post, &entry.id, entry.sig);
	else {
		if (!goes_on(p, &entry))
			check_tips(c, log, p);
		keep_tip(c, p, &entry);
	}
	p->last = entry.id;
}

static int64_t last_seq(struct check *c)
{
	BEF_AUTO(query) q = bef_query(c->store, BEF_SQL_entry_last, c->err);
	int64_t last = bef_query_row(&q) ? bef_query_col_i64(&q, 0) : 0;

	if (q.rc)
		c->rc = q.rc;
	return last;
}

/* From where it was left to the last entry there is. */
static void check_entries(struct check *c)
{
	int64_t last = last_seq(c);
	int rows = 1;

	while (rows > 0 && !c->rc && !c->verdict->broken) {
		BEF_AUTO(query) q = bef_query(c->store, BEF_SQL_entry_page_all, c->err);

		rows = 0;
		bef_query_i64(&q, ":after", c->after);
		while (!c->rc && !c->verdict->broken && bef_query_row(&q)) {
			int64_t seq = bef_query_col_i64(&q, 0);

			/* A damaged page can give rows in any order, and for ever. */
			if (seq <= c->after)
				flaw_at(c, (uint64_t)seq, 0, 0, "%s", tr("the rows of the database are out of order"));
			c->after = seq;
			check_entry(c, &q);
			rows++;
		}
		if (q.rc && !c->rc)
			c->rc = q.rc;
		if (c->options->progress && last > 0)
			c->options->progress(c->options->arg, (int)(c->after * 100 / last));
	}
}

static int by_bytes(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct bef_hash));
}

/* Where the entry with this id is; false if it is nowhere. */
static bool place_of(struct check *c, const struct bef_hash *id, int64_t *log, int64_t *number, bool *has_text)
{
	BEF_AUTO(query) q = bef_query(c->store, BEF_SQL_entry_place, c->err);
	bool found;

	bef_query_blob(&q, ":id", id->byte, sizeof(id->byte));
	found = bef_query_row(&q);
	if (found) {
		*log = bef_query_col_i64(&q, 0);
		*number = bef_query_col_i64(&q, 1);
		*has_text = bef_query_col_i64(&q, 2) != 0;
	}
	if (q.rc)
		c->rc = q.rc;
	return found;
}

static void sort(struct idset *set)
{
	if (set->count)
		qsort(set->id, set->count, sizeof(*set->id), by_bytes);
}

static bool holds_id(const struct idset *set, const struct bef_hash *id)
{
	return set->count && bsearch(id, set->id, set->count, sizeof(*id), by_bytes);
}

/* What is gone was said to be erased, and what was said to be erased is gone. */
static void check_erasures(struct check *c)
{
	int64_t log = 0;
	int64_t number = 0;
	bool has_text;

	sort(&c->named);
	sort(&c->excused);
	for (size_t i = 0; i < c->gone.count && !c->rc; i++)
		if (!holds_id(&c->named, &c->gone.id[i]) && !holds_id(&c->excused, &c->gone.id[i]) &&
		    place_of(c, &c->gone.id[i], &log, &number, &has_text))
			flaw_at(c, 0, log, number, "%s", tr("its text is gone, and no entry says it was erased"));
	for (size_t i = 0; i < c->named.count && !c->rc; i++)
		if (place_of(c, &c->named.id[i], &log, &number, &has_text) && has_text)
			flaw_at(c, 0, log, number, "%s", tr("its text was erased, and is here again"));
}

/* True if the row of the incident list is what the entries amount to.  A letter after the reference
 * is for another incident with the same one. */
static bool is_summary(struct check *c, const struct bef_incident_row *row, const struct bef_summary *s)
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
	       r->waiting_alerts == s->waiting_alerts;
}

static void cache_flaw(struct check *c, int64_t log, const char *flaw)
{
	flaw_at(c, 0, log, 0, "%s", flaw);
	snprintf(c->verdict->remedy, sizeof(c->verdict->remedy), "%s",
	         tr("compare a head that you kept (verify --head), then make it again: beffroi doctor --rebuild"));
}

/* The caches beside each journal: where it ended when it was last written, and its row of the list. */
static void check_caches(struct check *c, const struct bef_log_row *row)
{
	__attribute__((cleanup(bef_case_clear))) struct bef_case *folded = NULL;
	struct bef_incident_row incident;
	struct bef_summary summary;
	int64_t last_at_ms = 0;

	c->rc = bef_store_case(c->store, row->log, &folded, c->err);
	if (c->rc)
		return;
	for (size_t i = 0; i < folded->line_count; i++)
		if (folded->line[i].entry->recorded_at_ms > last_at_ms)
			last_at_ms = folded->line[i].entry->recorded_at_ms;
	if (row->last_at_ms != last_at_ms || row->head_count != folded->head_count ||
	    memcmp(row->head, folded->head, row->head_count * sizeof(*row->head)) != 0)
		flaw_at(c, 0, row->log, row->entries, "%s", tr("it does not end where it was last seen to end"));
	if (row->is_org && folded->opened)
		flaw_at(c, 0, row->log, 1, "%s", tr("it is an incident, and passes for the organisation's journal"));
	if (!row->is_org && folded->line_count && strcmp(folded->line[0].entry->kind, "log.created") == 0)
		flaw_at(c, 0, row->log, 1, "%s", tr("it is the organisation's journal, and passes for an incident"));
	if (c->verdict->broken || row->is_org || !folded->line_count)
		return;
	bef_case_summary(folded, &summary);
	c->rc = bef_store_incident(c->store, row->log, &incident, c->err);
	if (c->rc == BEF_NOT_FOUND) {
		c->rc = BEF_OK;
		cache_flaw(c, row->log, tr("it is missing from the list of incidents"));
	} else if (!c->rc && !is_summary(c, &incident, &summary))
		cache_flaw(c, row->log, tr("its row in the list of incidents differs from its entries"));
}

static void check_end(struct check *c, int64_t log)
{
	static const struct passage none;
	const struct passage *p = (size_t)log < c->passages ? &c->passage[log] : &none;
	struct bef_log_row row;

	c->rc = bef_store_log(c->store, log, &row, c->err);
	if (c->rc)
		return;
	if (row.entries != p->count)
		flaw_at(c, 0, log, p->count,
		        tr("it has %lld entries where %lld were written: its end was cut off or added to"),
		        (long long)p->count, (long long)row.entries);
	if (p->known)
		check_tips(c, log, &c->passage[log]);
	if (!c->verdict->broken)
		check_caches(c, &row);
}

static int64_t next_log(struct check *c, int64_t after)
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
static void check_ends(struct check *c)
{
	bool alone = sqlite3_get_autocommit(c->store->db);

	for (int64_t log = next_log(c, 0); log && !c->rc && !c->verdict->broken; log = next_log(c, log)) {
		if (alone)
			c->rc = bef_store_exec(c->store, "BEGIN", c->err);
		if (!c->rc)
			check_entries(c);
		if (!c->rc && !c->verdict->broken)
			check_end(c, log);
		if (alone && !c->rc)
			c->rc = bef_store_exec(c->store, "COMMIT", c->err);
	}
	if (alone && !sqlite3_get_autocommit(c->store->db))
		sqlite3_exec(c->store->db, "ROLLBACK", NULL, NULL, NULL);
}

/* What no digest covers: the indexes, and the pages between the rows. */
static void check_file(struct check *c)
{
	BEF_AUTO(query) q = bef_query(c->store, BEF_SQL_integrity, c->err);

	if (bef_query_row(&q) && strcmp(bef_query_col_text(&q, 0), "ok") != 0)
		flaw_at(c, 0, 0, 0, tr("the database file is damaged: %.200s"), bef_query_col_text(&q, 0));
	if (q.rc)
		c->rc = q.rc;
}

static void let_go(struct check *c)
{
	for (size_t i = 0; i < c->passages; i++)
		while (c->passage[i].tips) {
			struct tip *next = c->passage[i].tips->next;

			free(c->passage[i].tips);
			c->passage[i].tips = next;
		}
	free(c->passage);
	free(c->gone.id);
	free(c->named.id);
	free(c->excused.id);
}

enum bef_rc bef_store_verify(struct bef_store *store, const struct bef_verify_options *options,
                             struct bef_verdict *out, struct bef_err *err)
{
	struct check c = { .store = store, .options = options, .verdict = out, .err = err };

	*out = (struct bef_verdict){ 0 };
	bef_sha256_hurry();
	check_entries(&c);
	if (!c.rc && !out->broken)
		check_erasures(&c);
	if (!c.rc && !out->broken)
		check_ends(&c);
	if (!c.rc && !out->broken)
		check_file(&c);
	let_go(&c);
	return c.rc;
}
