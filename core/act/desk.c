/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/desk.h"

#include <stdio.h>
#include <string.h>

#include "act/state.h"
#include "base/i18n.h"

enum bef_rc bef_desk_init(struct bef_desk *desk, const char *base, const char *state_home, struct bef_err *err)
{
	char name[80];
	char hex[BEF_HASH_HEX];
	struct bef_hash digest;
	enum bef_rc rc;

	if (strlen(base) >= sizeof(desk->base))
		return bef_fail(err, BEF_USAGE, tr("the path '%.60s...' is too long"), base);
	memcpy(desk->base, base, strlen(base) + 1);
	bef_sha256(base, strlen(base), NULL, 0, &digest);
	bef_hex(digest.byte, sizeof(digest.byte), hex);
	snprintf(name, sizeof(name), "stores/%.16s", hex);
	rc = bef_path_join(desk->state, state_home, name, err);
	return rc ? rc : bef_path_join(desk->key_path, state_home, "post.key", err);
}

void bef_desk_clear(struct bef_desk *desk)
{
	bef_keypair_clear(&desk->pen.key);
	desk->has_key = false;
}

enum bef_rc bef_desk_current(const struct bef_desk *desk, struct bef_uuid *out, struct bef_err *err)
{
	BEF_AUTO(text) text = { 0 };
	enum bef_rc rc = bef_state_read(desk, "current", 64, &text, err);

	/* Longer than a name, or none: somebody else's words choose nothing. */
	if (rc == BEF_REFUSED || (rc == BEF_OK && !bef_uuid_parse(bef_text_str(&text), out)))
		return BEF_NOT_FOUND;
	return rc;
}

enum bef_rc bef_desk_choose(const struct bef_desk *desk, const struct bef_uuid *log, struct bef_err *err)
{
	char text[BEF_UUID_TEXT];

	bef_uuid_format(log, text);
	if (bef_state_write(desk, "current", text, strlen(text)))
		return BEF_OK;
	return bef_fail(err, BEF_FAILED, tr("cannot write in '%.200s'"), desk->state);
}

static enum bef_rc not_chosen(int open, struct bef_err *err)
{
	if (open == 0) {
		bef_fail(err, BEF_NOT_FOUND, "%s", tr("no incident is open"));
		bef_hint(err, "%s", tr("open one with: beffroi open   or see the closed ones: beffroi list --all"));
	} else {
		bef_fail(err, BEF_NOT_FOUND, "%s", tr("several incidents are open and none is chosen"));
		bef_hint(err, "%s", tr("see them with: beffroi list   then choose: beffroi use N   or add: -i N"));
	}
	return BEF_NOT_FOUND;
}

/* The incident chosen with `use`; BEF_NOT_FOUND: none was, or it is not in this journal. */
static enum bef_rc chosen_one(const struct bef_desk *desk, struct bef_store *store, struct bef_log_row *row,
                              int64_t *closed_at_ms, struct bef_err *err)
{
	char ref[BEF_REF_SIZE];
	struct bef_uuid uuid;
	enum bef_rc rc = bef_desk_current(desk, &uuid, err);

	if (rc == BEF_OK)
		rc = bef_store_log_by_uuid(store, &uuid, row, err);
	return rc ? rc : bef_store_incident_brief(store, row->log, ref, closed_at_ms, err);
}

enum bef_rc bef_desk_resolve(const struct bef_desk *desk, struct bef_store *store, int64_t *log,
                             struct bef_err *err)
{
	int64_t closed_at_ms = 0;
	struct bef_log_row row;
	int open = 0;
	bool chosen;
	enum bef_rc rc;

	if (*desk->incident)
		return bef_store_find(store, desk->incident, bef_year_in(desk->pen.zone, desk->pen.now_ms), log, err);
	rc = chosen_one(desk, store, &row, &closed_at_ms, err);
	if (rc && rc != BEF_NOT_FOUND)
		return rc;
	chosen = rc == BEF_OK;
	if (chosen && closed_at_ms == 0) {
		*log = row.log;
		return BEF_OK;
	}
	rc = bef_store_open_count(store, &open, log, err);
	if (rc || open == 1)
		return rc;
	if (open > 1 || !chosen)
		return not_chosen(open, err);
	*log = row.log;
	return BEF_OK;
}

void bef_desk_head_keep(const struct bef_desk *desk, const struct bef_log_row *row)
{
	char name[64] = "heads/";
	char line[128];
	char hex[BEF_HASH_HEX];
	int len;

	if (row->head_count == 0)
		return;
	bef_uuid_format(&row->uuid, name + strlen(name));
	bef_hex(row->head[0].byte, sizeof(row->head[0].byte), hex);
	len = snprintf(line, sizeof(line), "%lld %s\n", (long long)row->entries, hex);
	bef_state_write(desk, name, line, (size_t)len);
}

bool bef_desk_head(const struct bef_desk *desk, const struct bef_uuid *log, int64_t *entries,
                   struct bef_hash *head)
{
	BEF_AUTO(text) text = { 0 };
	char name[64] = "heads/";
	char hex[BEF_HASH_HEX] = "";
	long long count = 0;

	bef_uuid_format(log, name + strlen(name));
	if (bef_state_read(desk, name, 128, &text, NULL) != BEF_OK ||
	    sscanf(bef_text_str(&text), "%lld %64[0-9a-f]", &count, hex) != 2)
		return false;
	*entries = count;
	return bef_unhex(hex, head->byte, sizeof(head->byte));
}

void bef_desk_listen(struct bef_desk *desk, struct bef_store *store)
{
	struct bef_err none = { 0 };

	if (desk->bell && bef_store_unheard(store, desk->unheard, &none) != BEF_OK)
		*desk->unheard = '\0';
}
