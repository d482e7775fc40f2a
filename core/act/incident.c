/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/incident.h"

#include <stdio.h>
#include <string.h>

#include "act/act.h"
#include "base/i18n.h"
#include "base/json.h"

static json_t *opening_body(const struct bef_opening *what, const char *ref, const char *zone)
{
	json_t *body = json_object();
	bool ok = body != NULL;

	bef_json_put_text(body, "ref", ref, &ok);
	bef_json_put_text(body, "title", what->title, &ok);
	bef_json_put_text(body, "type", what->type, &ok);
	bef_json_put_text(body, "severity", what->severity, &ok);
	bef_json_put_text(body, "tlp", what->tlp, &ok);
	bef_json_put_text(body, "zone", zone, &ok);
	if (what->drill)
		bef_json_put_bool(body, "drill", true, &ok);
	if (what->detected_at_ms)
		bef_json_put_int(body, "detected_at", what->detected_at_ms, &ok);
	if (what->aware_at_ms)
		bef_json_put_int(body, "aware_at", what->aware_at_ms, &ok);
	bef_json_put_text(body, "reporter", what->reporter, &ok);
	bef_json_put_text(body, "summary", what->summary, &ok);
	if (!ok) {
		json_decref(body);
		return NULL;
	}
	return body;
}

static enum bef_rc next_ref(struct bef_act *act, char ref[BEF_REF_SIZE], struct bef_err *err)
{
	int year = bef_year_in(act->desk->pen.zone, act->desk->pen.now_ms);
	int number = 0;
	enum bef_rc rc = bef_store_last_number(act->store, year, &number, err);

	snprintf(ref, BEF_REF_SIZE, "INC-%04d-%03d", year, number + 1);
	return rc;
}

static enum bef_rc register_it(struct bef_act *act, const char *ref, struct bef_err *err)
{
	char uuid[BEF_UUID_TEXT];
	char opened[BEF_HASH_HEX];

	bef_uuid_format(&act->row.uuid, uuid);
	bef_hex(act->done.id.byte, sizeof(act->done.id.byte), opened);
	return bef_act_add_org(act, "incident.registered",
	                       json_pack("{s:s, s:s, s:s}", "incident", uuid, "ref", ref, "opened", opened), err);
}

static enum bef_rc do_open(struct bef_act *act, void *request, struct bef_err *err)
{
	const struct bef_opening *what = request;
	struct bef_uuid uuid;
	char ref[BEF_REF_SIZE];
	enum bef_rc rc = next_ref(act, ref, err);

	if (rc)
		return rc;
	bef_uuid_v4(&uuid);
	rc = bef_store_log_insert(act->store, &uuid, false, &act->row, err);
	if (rc == BEF_OK)
		rc = bef_act_add(act, "incident.opened", opening_body(what, ref, act->desk->pen.zone),
		                 what->detected_at_ms, err);
	if (rc == BEF_OK)
		rc = register_it(act, ref, err);
	/* Before the commit: an incident that cannot be made the current one is not opened, since the notes
	 * that follow would go to another. */
	return rc || act->desk->dry_run ? rc : bef_desk_choose(act->desk, &act->row.uuid, err);
}

/* Where there is no journal yet, trying makes none. */
static enum bef_rc try_first(const struct bef_desk *desk, const struct bef_opening *what, struct bef_done *done,
                             struct bef_err *err)
{
	json_t *body;
	enum bef_rc rc;

	*done = (struct bef_done){ .number = 1 };
	snprintf(done->ref, sizeof(done->ref), "INC-%04d-001", bef_year_in(desk->pen.zone, desk->pen.now_ms));
	body = opening_body(what, done->ref, desk->pen.zone);
	rc = body ? bef_kind_check(bef_kind_find("incident.opened"), body, false, err) : bef_no_memory(err);
	json_decref(body);
	return rc;
}

enum bef_rc bef_act_open(struct bef_desk *desk, const struct bef_opening *what, struct bef_done *done,
                         struct bef_err *err)
{
	struct bef_opening request = *what;
	enum bef_rc rc = bef_act_do(desk, BEF_ACT_CREATE, do_open, &request, done, err);

	return rc == BEF_NOT_FOUND && desk->dry_run ? try_first(desk, what, done, err) : rc;
}

struct closing {
	const char *reason;
	bool despite;
	struct bef_text *points;
};

/* The open points as a list of lines for the record. */
static json_t *list_points(const char *text)
{
	json_t *list = json_array();

	while (list && *text) {
		size_t len = strcspn(text, "\n");

		if (json_array_append_new(list, json_stringn(text, bef_utf8_cut(text, len > 490 ? 490 : len))) != 0) {
			json_decref(list);
			return NULL;
		}
		text += len + (text[len] == '\n');
	}
	return list;
}

static enum bef_rc do_close(struct bef_act *act, void *request, struct bef_err *err)
{
	const struct closing *how = request;
	BEF_AUTO(text) bare = { .max = 1 << 20 };
	json_t *body = json_object();
	bool ok = body != NULL;
	int open;
	enum bef_rc rc;

	bef_text_clear(how->points);
	open = bef_case_open_points(act->c, true, how->points);
	if (open > 0 && !how->despite) {
		json_decref(body);
		bef_fail(err, BEF_REFUSED, trn("%d point is still open", "%d points are still open", open), open);
		bef_hint(err, "%s", tr("close all the same with: beffroi close --despite --reason ..."));
		return BEF_REFUSED;
	}
	bef_json_put_text(body, "reason", how->reason, &ok);
	if (open > 0) {
		bef_case_open_points(act->c, false, &bare);
		bef_json_put(body, "despite", bare.failed ? NULL : list_points(bef_text_str(&bare)), &ok);
	}
	if (!ok) {
		json_decref(body);
		return bef_no_memory(err);
	}
	rc = bef_act_add(act, "incident.closed", body, 0, err);
	return rc ? rc : bef_act_checkpoint(act, "closing", err);
}

enum bef_rc bef_act_close(struct bef_desk *desk, const char *reason, bool despite, struct bef_text *points,
                          struct bef_done *done, struct bef_err *err)
{
	struct closing how = { reason, despite, points };

	return bef_act_do(desk, BEF_ACT_CASE, do_close, &how, done, err);
}

static enum bef_rc do_reopen(struct bef_act *act, void *request, struct bef_err *err)
{
	if (!act->c->closed)
		return bef_fail(err, BEF_REFUSED, tr("%s is not closed"), act->done.ref);
	return bef_act_add(act, "incident.reopened", json_pack("{s:s}", "reason", (const char *)request), 0, err);
}

enum bef_rc bef_act_reopen(struct bef_desk *desk, const char *reason, struct bef_done *done, struct bef_err *err)
{
	return bef_act_do(desk, BEF_ACT_CASE | BEF_ACT_WHEN_CLOSED, do_reopen, (void *)(uintptr_t)reason, done,
	                  err);
}

static enum bef_rc do_witness(struct bef_act *act, void *request, struct bef_err *err)
{
	return bef_act_checkpoint(act, request, err);
}

enum bef_rc bef_act_witness(struct bef_desk *desk, const char *occasion, struct bef_err *err)
{
	return bef_act_do(desk, BEF_ACT_WHEN_CLOSED, do_witness, (void *)(uintptr_t)occasion, NULL, err);
}
