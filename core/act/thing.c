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

/* What was said last of a thing in this field; NULL: nothing. */
static const json_t *said_last(const struct bef_case *c, bool observable, int about, const char *field)
{
	const char *family = observable ? "observable." : "asset.";

	for (size_t i = c->line_count; i-- > 0;) {
		const struct bef_line *line = &c->line[i];
		const json_t *value = line->about == about && !line->undone ? json_object_get(bef_line_body(line), field) : NULL;

		if (value && strncmp(line->entry->kind, family, strlen(family)) == 0)
			return value;
	}
	return NULL;
}

/* What this says of a thing that stands in the incident, and was not said of it last; NULL: nothing, or *ok is false. */
static json_t *news_of(const struct bef_case *c, bool observable, int about, json_t *body, bool *ok)
{
	json_t *news = json_object();
	const char *key;
	json_t *value;

	*ok = *ok && news;
	json_object_foreach (body, key, value) {
		bool words = strcmp(key, "text") == 0;

		if (strcmp(key, "type") == 0 || strcmp(key, "value") == 0 || strcmp(key, "name") == 0 ||
		    json_equal(said_last(c, observable, about, key), value) ||
		    (words && json_equal(said_last(c, observable, about, "reason"), value)))
			continue;
		bef_json_put(news, words ? "reason" : key, json_incref(value), ok);
	}
	if (*ok && json_object_size(news))
		return news;
	json_decref(news);
	return NULL;
}

static enum bef_rc add_news(struct bef_act *act, const struct bef_things *things, struct bef_thing *item, struct bef_err *err)
{
	bool observable = is_observable(things);
	bool ok = true;
	json_t *news = news_of(act->c, observable, item->about - 1, item->body, &ok);
	enum bef_rc rc = ok ? BEF_OK : bef_no_memory(err);

	if (!news)
		return rc;
	rc = link_to(act->c, news, observable ? "observable" : "asset", !observable, item->about, err);
	if (rc) {
		json_decref(news);
		return rc;
	}
	item->kind = observable ? "observable.changed" : "asset.changed";
	rc = bef_act_add(act, item->kind, news, things->happened_at_ms, err);
	item->number = act->done.number;
	item->id = act->done.id;
	return rc;
}

static enum bef_rc add_new(struct bef_act *act, const struct bef_things *things, struct bef_thing *item, struct bef_err *err)
{
	bool ok = true;
	enum bef_rc rc;

	if (!json_object_get(item->body, "status"))
		bef_json_put_text(item->body, "status", "suspected", &ok);
	if (!json_object_get(item->body, "type"))
		bef_json_put_text(item->body, "type", "other", &ok);
	rc = ok ? bef_act_add(act, things->kind, json_incref(item->body), things->happened_at_ms, err) : bef_no_memory(err);
	item->number = act->done.number;
	item->id = act->done.id;
	return rc;
}

static enum bef_rc do_add(struct bef_act *act, void *request, struct bef_err *err)
{
	struct bef_things *things = request;
	int before = (int)(is_observable(things) ? act->c->observable_count : act->c->asset_count);
	int count = before;
	enum bef_rc rc = BEF_OK;

	act->done.closed = act->closed_at_ms != 0;
	for (size_t i = 0; i < things->count && rc == BEF_OK; i++) {
		struct bef_thing *item = &things->item[i];

		item->number = 0;
		item->kind = things->kind;
		item->about = known(act->c, things, i);
		if (things->asset)
			rc = link_to(act->c, item->body, "asset", true, things->asset, err);
		if (rc == BEF_OK && !item->about) {
			item->about = ++count;
			rc = add_new(act, things, item, err);
		} else if (rc == BEF_OK && item->about <= before)
			rc = add_news(act, things, item, err);
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
