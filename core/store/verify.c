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
	struct idset gone, named;
	enum bef_rc rc;
};

static void flaw_at(struct check *c, uint64_t seq, int64_t log, int64_t number, const char *fmt, ...)
	BEF_PRINTF(5, 6);

static void name_incident(struct check *c, int64_t log, char out[64])
{
	struct bef_incident_row row;

	if (log && bef_store_incident(c->store, log, &row, NULL) == BEF_OK)
		snprintf(out, 64, "%s", row.ref);
	else
		snprintf(out, 64, "%s", log ? tr("the organisation's journal") : "");
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

	if (log <= 0 || log > 1 << 24)
		return NULL;
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
	if (!p->known && bef_store_log(c->store, log, &row, NULL) == BEF_OK) {
		p->uuid = row.uuid;
		p->known = true;
		c->verdict->logs++;
	}
	return p->known ? p : NULL;
}

static void check_signature(struct check *c, int64_t log, int64_t number, const uint8_t *post,
                            const struct bef_hash *id, const uint8_t *sig)
{
	c->verdict->signatures++;
	if (!bef_signature_ok(post, id, sig))
		flaw_at(c, 0, log, number, "%s", tr("the signature does not match the entry"));
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

/* True if the entry with this id came before. */
static bool came_before(struct check *c, const struct bef_hash *id, uint64_t seq)
{
	BEF_AUTO(query) q = bef_query(c->store, BEF_SQL_entry_by_id, c->err);

	bef_query_blob(&q, ":id", id->byte, sizeof(id->byte));
	return bef_query_row(&q) && (uint64_t)bef_query_col_i64(&q, 0) < seq;
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
                          const struct bef_entry *entry)
{
	struct bef_uuid uid;

	bef_query_col_blob(q, 7, uid.byte, sizeof(uid.byte));
	if (q->rc || memcmp(&uid, &entry->uid, sizeof(uid)) != 0 ||
	    bef_query_col_i64(q, 8) != entry->recorded_at_ms)
		flaw_at(c, entry->seq, log, p->count, "%s", tr("a column differs from the signed header"));
	if (memcmp(&p->uuid, &entry->log, sizeof(p->uuid)) != 0)
		flaw_at(c, entry->seq, log, p->count, "%s", tr("the entry belongs to another journal"));
}

static bool file_digest(const char *path, struct bef_hash *out)
{
	struct bef_sha256_state state;
	BEF_AUTO_FREE char *piece = malloc(1 << 18);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t got = -1;

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
	if (bef_store_evidence_path(c->store, sha256, path, NULL) == BEF_OK && file_digest(path, &got))
		bef_hex(got.byte, sizeof(got.byte), hex);
	if (strcmp(hex, sha256) == 0)
		return;
	c->verdict->evidence_bad++;
	flaw_at(c, 0, log, p->count, *hex ? tr("evidence item %lld (%.100s) was changed: its file no longer matches")
	                                  : tr("evidence item %lld (%.100s) is missing: its file is gone"),
	        (long long)p->items, bef_json_text_or(body, "name", "?"));
}

/* The organisation's journal names the incidents and their heads: one that is gone is noticed. */
static void check_witness(struct check *c, int64_t log, int64_t number, const json_t *body)
{
	const json_t *heads = json_object_get(body, "heads");
	const char *ref = bef_json_text_or(body, "ref", "?");
	const char *opened = bef_json_text(body, "opened");
	struct bef_log_row row;
	struct bef_uuid uuid;
	struct bef_hash id;

	if (!bef_uuid_parse(bef_json_text_or(body, "incident", ""), &uuid))
		return;
	if (bef_store_log_by_uuid(c->store, &uuid, &row, NULL) != BEF_OK) {
		flaw_at(c, 0, log, number, tr("incident %.60s was registered here, and is gone"), ref);
		return;
	}
	if (opened && bef_store_head_like(c->store, row.log, opened, &id, NULL) != BEF_OK)
		flaw_at(c, 0, row.log, 1, "%s", tr("its opening is not the one that was registered"));
	for (size_t i = 0; i < json_array_size(heads); i++) {
		const char *head = json_string_value(json_array_get(heads, i));

		if (head && bef_store_head_like(c->store, row.log, head, &id, NULL) != BEF_OK)
			flaw_at(c, 0, row.log, 0, tr("its end was cut off: the checkpoint head %.20s is gone"), head);
	}
}

/* The few kinds whose content matters to the check. */
static void check_content(struct check *c, struct passage *p, int64_t log, const struct bef_entry *entry)
{
	bool erases = strcmp(entry->kind, "entry.erased") == 0;
	bool collects = strcmp(entry->kind, "evidence.collected") == 0;
	bool witnesses = strcmp(entry->kind, "checkpoint") == 0 || strcmp(entry->kind, "incident.registered") == 0;
	json_t *body = NULL;
	struct bef_hash id;

	if (!entry->body) {
		c->verdict->erased++;
		p->items += collects;
		remember(c, &c->gone, &entry->id);
		return;
	}
	if ((!erases && !collects && !witnesses) ||
	    bef_json_load(entry->body, entry->body_len, &body, NULL) != BEF_OK)
		return;
	if (collects)
		check_evidence(c, p, log, body);
	if (witnesses)
		check_witness(c, log, p->count, body);
	if (erases && bef_unhex(bef_json_text_or(body, "target", ""), id.byte, sizeof(id.byte)))
		remember(c, &c->named, &id);
	json_decref(body);
}

static void check_entry(struct check *c, struct bef_query *q)
{
	struct bef_entry entry = { 0 };
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
	entry.header = bef_query_col_text(q, 2);
	entry.header_len = (size_t)sqlite3_column_bytes(q->stmt, 2);
	bef_query_col_blob(q, 1, entry.id.byte, sizeof(entry.id.byte));
	if (sqlite3_column_type(q->stmt, 3) != SQLITE_NULL) {
		entry.body = bef_query_col_text(q, 3);
		entry.body_len = (size_t)sqlite3_column_bytes(q->stmt, 3);
		bef_query_col_blob(q, 4, entry.salt, sizeof(entry.salt));
	}
	bef_query_col_blob(q, 5, entry.sig, sizeof(entry.sig));
	flaw = bef_entry_flaw(&entry);
	if (flaw) {
		flaw_at(c, entry.seq, log, p->count, "%s", tr(flaw));
		return;
	}
	if (!bef_entry_parse(entry.header, entry.header_len, &entry))
		return;
	check_columns(c, q, p, log, &entry);
	check_parents(c, p, log, &entry);
	check_content(c, p, log, &entry);
	if (c->options->all_signatures)
		check_signature(c, log, p->count, entry.post, &entry.id, entry.sig);
	else
		keep_tip(c, p, &entry);
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

static void check_entries(struct check *c)
{
	int64_t last = last_seq(c);
	int64_t after = 0;
	int rows = 1;

	while (rows > 0 && !c->rc && !c->verdict->broken) {
		BEF_AUTO(query) q = bef_query(c->store, BEF_SQL_entry_page_all, c->err);

		rows = 0;
		bef_query_i64(&q, ":after", after);
		while (!c->rc && !c->verdict->broken && bef_query_row(&q)) {
			after = bef_query_col_i64(&q, 0);
			check_entry(c, &q);
			rows++;
		}
		if (q.rc && !c->rc)
			c->rc = q.rc;
		if (c->options->progress && last > 0)
			c->options->progress(c->options->arg, (int)(after * 100 / last));
	}
}

static int by_bytes(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct bef_hash));
}

static void check_erasures(struct check *c)
{
	qsort(c->named.id, c->named.count, sizeof(struct bef_hash), by_bytes);
	for (size_t i = 0; i < c->gone.count; i++)
		if (!c->named.count || !bsearch(&c->gone.id[i], c->named.id, c->named.count,
		                                sizeof(struct bef_hash), by_bytes))
			flaw_at(c, 0, 0, 0, "%s", tr("a text is gone that no entry says was erased"));
}

/* The cache beside each journal: it says where the journal ended when it was last written. */
static void check_log_row(struct check *c, int64_t log)
{
	const struct passage *p = &c->passage[log];
	struct bef_log_row row;
	bool ends_there = false;

	if (!p->known || bef_store_log(c->store, log, &row, NULL) != BEF_OK)
		return;
	for (unsigned i = 0; i < row.head_count; i++)
		ends_there = ends_there || bef_hash_equal(&row.head[i], &p->last);
	if (row.entries != p->count || !ends_there)
		flaw_at(c, 0, log, p->count, tr("it has %lld entries where %lld were written: its end was cut off or added to"),
		        (long long)p->count, (long long)row.entries);
}

static void check_ends(struct check *c)
{
	for (size_t log = 1; log < c->passages && !c->verdict->broken; log++) {
		check_log_row(c, (int64_t)log);
		for (const struct tip *tip = c->passage[log].tips; tip; tip = tip->next)
			check_signature(c, (int64_t)log, tip->number, tip->post, &tip->id, tip->sig);
	}
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
}

enum bef_rc bef_store_verify(struct bef_store *store, const struct bef_verify_options *options,
                             struct bef_verdict *out, struct bef_err *err)
{
	struct check c = { .store = store, .options = options, .verdict = out, .err = err };

	*out = (struct bef_verdict){ 0 };
	bef_sha256_hurry();
	check_entries(&c);
	if (!c.rc && !out->broken)
		check_ends(&c);
	if (!c.rc && !out->broken)
		check_erasures(&c);
	let_go(&c);
	return c.rc;
}
