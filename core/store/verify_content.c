/* SPDX-License-Identifier: EUPL-1.2 */
/* The few kinds of entry whose content matters to the check.  Declared in check.h. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/json.h"
#include "store/check.h"

static bool remember(struct bef_check *c, struct bef_idset *set, const struct bef_hash *id)
{
	struct bef_hash *place = bef_case_grow(&set->id, &set->count, sizeof(*set->id));

	if (!place) {
		c->rc = bef_no_memory(c->err);
		return false;
	}
	*place = *id;
	return true;
}

static bool file_digest(struct bef_check *c, const char *path, struct bef_hash *out)
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
static void check_evidence(struct bef_check *c, struct bef_passage *p, int64_t log, const json_t *body)
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
	bef_check_flaw(c, 0, log, p->count, *hex ? tr("evidence item %lld (%.100s) was changed: its file no longer matches")
	                                  : tr("evidence item %lld (%.100s) is missing: its file is gone"),
	        (long long)p->items, bef_json_text_or(body, "name", "?"));
}

/* True if the journal surely does not hold the entry. */
static bool lacks(struct bef_check *c, int64_t log, const char *id)
{
	struct bef_hash found;
	enum bef_rc rc = bef_store_head_like(c->store, log, id, &found, c->err);

	if (rc && rc != BEF_NOT_FOUND && rc != BEF_USAGE)
		c->rc = rc;
	return rc == BEF_NOT_FOUND || rc == BEF_USAGE;
}

/* The organisation's journal names the incidents and their heads: one that is gone is noticed. */
static void check_witness(struct bef_check *c, int64_t log, int64_t number, const json_t *body)
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
		bef_check_flaw(c, 0, log, number, tr("incident %.60s was registered here, and is gone"), ref);
	else if (rc)
		c->rc = rc;
	if (rc)
		return;
	if (opened && lacks(c, row.log, opened))
		bef_check_flaw(c, 0, row.log, 1, tr("the opening of %.60s is not the one that was registered"), ref);
	for (size_t i = 0; i < json_array_size(heads); i++) {
		const char *head = json_string_value(json_array_get(heads, i));

		if (head && lacks(c, row.log, head))
			bef_check_flaw(c, 0, row.log, 0, tr("its end was cut off: the checkpoint head %.20s is gone"), head);
	}
}

/* jansson calls some failures of memory syntax errors, hence the second time. */
static json_t *load(struct bef_check *c, const struct bef_entry *entry)
{
	json_t *body = NULL;
	enum bef_rc rc = bef_json_load(entry->body, entry->body_len, &body, c->err);

	if (rc == BEF_USAGE)
		rc = bef_json_load(entry->body, entry->body_len, &body, c->err);
	if (rc == BEF_FAILED)
		c->rc = rc;
	return body;
}

static void remember_erasure(struct bef_check *c, const json_t *body)
{
	const json_t *kept = json_object_get(body, "kept");
	struct bef_hash id;

	if (bef_unhex(bef_json_text_or(body, "target", ""), id.byte, sizeof(id.byte)))
		remember(c, &c->named, &id);
	if (bef_unhex(bef_json_text_or(kept, "target", ""), id.byte, sizeof(id.byte)))
		remember(c, &c->excused, &id);
}

/* The few kinds whose content matters to the check. */
void bef_check_content(struct bef_check *c, struct bef_passage *p, int64_t log, const struct bef_entry *entry)
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

