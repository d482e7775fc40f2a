/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/thing.h"

#include <stdlib.h>
#include <string.h>

#include "act/act.h"
#include "base/i18n.h"
#include "base/json.h"

void bef_things_clear(struct bef_things *things)
{
	for (size_t i = 0; i < things->count; i++)
		json_decref(things->item[i].body);
	free(things->item);
	things->item = NULL;
	things->count = 0;
}

enum bef_rc bef_things_take(struct bef_things *things, json_t *body, struct bef_err *err)
{
	struct bef_thing *item = body ? bef_case_grow(&things->item, &things->count, sizeof(*item)) : NULL;

	if (!item) {
		json_decref(body);
		return bef_no_memory(err);
	}
	item->body = body;
	return BEF_OK;
}

static bool is_observable(const struct bef_things *things)
{
	return strcmp(things->kind, "observable.added") == 0;
}

static bool is_same(bool observable, const json_t *body, const char *type, const char *value)
{
	if (!value)
		return false;
	if (!observable)
		return bef_fold_equal(bef_json_text_or(body, "name", ""), value);
	return strcmp(bef_json_text_or(body, "type", ""), type) == 0 &&
	       strcmp(bef_json_text_or(body, "value", ""), value) == 0;
}

/* Number of the one that stands for the same already, in the incident or before it in the list; 0: none. */
static int known(const struct bef_case *c, const struct bef_things *things, size_t at)
{
	const json_t *body = things->item[at].body;
	bool observable = is_observable(things);
	size_t count = observable ? c->observable_count : c->asset_count;

	for (size_t i = 0; i < count; i++) {
		const struct bef_line *line = observable ? c->observable[i].line : c->asset[i].line;

		if (bef_line_counts(line) && (observable ? is_same(true, body, c->observable[i].type, c->observable[i].value)
		                                         : is_same(false, body, "", c->asset[i].name)))
			return (int)i + 1;
	}
	for (size_t i = 0; i < at; i++) {
		const json_t *other = things->item[i].body;

		if (things->item[i].number && is_same(observable, body, bef_json_text_or(other, "type", ""),
		                                      bef_json_text(other, observable ? "value" : "name")))
			return things->item[i].about;
	}
	return 0;
}

static enum bef_rc find(const struct bef_case *c, bool asset, int number, const struct bef_line **out,
                        struct bef_err *err)
{
	size_t i = (size_t)number - 1;

	*out = NULL;
	if (number >= 1 && i < (asset ? c->asset_count : c->observable_count))
		*out = asset ? c->asset[i].line : c->observable[i].line;
	if (*out)
		return BEF_OK;
	return bef_fail(err, BEF_NOT_FOUND, asset ? tr("there is no asset S%d in %s") : tr("there is no observable O%d in %s"),
	                number, c->ref ? c->ref : "?");
}

/* Numbers that people use become ids inside the transaction. */
static enum bef_rc link_to(const struct bef_case *c, json_t *body, const char *field, bool asset, int number,
                           struct bef_err *err)
{
	const struct bef_line *line;
	char hex[BEF_HASH_HEX];
	bool ok = true;
	enum bef_rc rc = find(c, asset, number, &line, err);

	if (rc)
		return rc;
	bef_hex(line->entry->id.byte, sizeof(line->entry->id.byte), hex);
	bef_json_put_text(body, field, hex, &ok);
	return ok ? BEF_OK : bef_no_memory(err);
}

static enum bef_rc do_add(struct bef_act *act, void *request, struct bef_err *err)
{
	struct bef_things *things = request;
	int count = (int)(is_observable(things) ? act->c->observable_count : act->c->asset_count);
	enum bef_rc rc = BEF_OK;

	act->done.closed = act->closed_at_ms != 0;
	for (size_t i = 0; i < things->count && rc == BEF_OK; i++) {
		struct bef_thing *item = &things->item[i];

		item->number = 0;
		item->about = known(act->c, things, i);
		if (item->about)
			continue;
		if (things->asset)
			rc = link_to(act->c, item->body, "asset", true, things->asset, err);
		if (rc == BEF_OK)
			rc = bef_act_add(act, things->kind, json_incref(item->body), things->happened_at_ms, err);
		item->about = ++count;
		item->number = act->done.number;
		item->id = act->done.id;
	}
	return rc;
}

enum bef_rc bef_act_things_add(struct bef_desk *desk, struct bef_things *things, struct bef_done *done,
                               struct bef_err *err)
{
	return bef_act_do(desk, BEF_ACT_CASE | BEF_ACT_WHEN_CLOSED, do_add, things, done, err);
}

static enum bef_rc do_change(struct bef_act *act, void *request, struct bef_err *err)
{
	struct bef_thing_change *what = request;
	enum bef_rc rc = link_to(act->c, what->body, what->of_asset ? "asset" : "observable", what->of_asset, what->number, err);

	act->done.closed = act->closed_at_ms != 0;
	if (rc == BEF_OK && what->asset)
		rc = link_to(act->c, what->body, "asset", true, what->asset, err);
	return rc ? rc
	          : bef_act_add(act, what->of_asset ? "asset.changed" : "observable.changed", json_incref(what->body),
	                       what->happened_at_ms, err);
}

enum bef_rc bef_act_thing_change(struct bef_desk *desk, struct bef_thing_change *what, struct bef_done *done,
                                 struct bef_err *err)
{
	return bef_act_do(desk, BEF_ACT_CASE | BEF_ACT_WHEN_CLOSED, do_change, what, done, err);
}
