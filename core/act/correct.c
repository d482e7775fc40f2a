/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/correct.h"

#include <stdlib.h>
#include <string.h>

#include "act/act.h"
#include "act/draft.h"
#include "base/i18n.h"
#include "base/json.h"

static enum bef_rc find(const struct bef_act *act, unsigned number, const struct bef_line **out,
                        struct bef_err *err)
{
	*out = bef_case_number(act->c, number);
	if (*out)
		return BEF_OK;
	bef_fail(err, BEF_NOT_FOUND, tr("there is no entry #%u in %s"), number, act->done.ref);
	bef_hint(err, "%s", tr("see their numbers with: beffroi log --all"));
	return BEF_NOT_FOUND;
}

static void target_text(const struct bef_line *line, char out[BEF_HASH_HEX])
{
	bef_hex(line->entry->id.byte, sizeof(line->entry->id.byte), out);
}

static enum bef_rc do_amend(struct bef_act *act, void *request, struct bef_err *err)
{
	const struct bef_amendment *what = request;
	const struct bef_line *line;
	json_t *body = NULL;
	char target[BEF_HASH_HEX];
	bool ok = true;
	enum bef_rc rc = find(act, what->number, &line, err);

	if (rc)
		return rc;
	if (line->erased || !line->kind || (what->text && !line->kind->prose))
		return bef_fail(err, BEF_REFUSED, tr("#%u has no text to correct"), what->number);
	target_text(line, target);
	body = json_pack("{s:s}", "target", target);
	if (!body)
		return bef_no_memory(err);
	if (what->text)
		bef_json_put(body, "set", json_pack("{s:s}", line->kind->prose, what->text), &ok);
	if (what->happened_at_ms)
		bef_json_put_int(body, "happened_at", what->happened_at_ms, &ok);
	bef_json_put_text(body, "reason", what->reason, &ok);
	return bef_act_add(act, "entry.amended", ok ? body : NULL, 0, err);
}

enum bef_rc bef_act_amend(struct bef_desk *desk, const struct bef_amendment *what, struct bef_done *done,
                          struct bef_err *err)
{
	struct bef_amendment request = *what;

	return bef_act_do(desk, BEF_ACT_CASE | BEF_ACT_WHEN_CLOSED, do_amend, &request, done, err);
}

struct striking {
	unsigned number;
	const char *reason;
	char *erased; /* the bytes that were erased, to look for; owned */
};

static enum bef_rc do_strike(struct bef_act *act, void *request, struct bef_err *err)
{
	const struct striking *what = request;
	const struct bef_line *line;
	char target[BEF_HASH_HEX];
	enum bef_rc rc = find(act, what->number, &line, err);

	if (rc)
		return rc;
	if (!line->kind || !(line->kind->flags & BEF_KIND_STRIKE)) {
		bef_fail(err, BEF_REFUSED, tr("#%u is not a text that can be struck"), what->number);
		bef_hint(err, tr("to go back on it: beffroi undo %u"), what->number);
		return BEF_REFUSED;
	}
	target_text(line, target);
	return bef_act_add(act, "entry.struck",
	                   json_pack("{s:s, s:s}", "target", target, "reason", what->reason), 0, err);
}

enum bef_rc bef_act_strike(struct bef_desk *desk, unsigned number, const char *reason, struct bef_done *done,
                           struct bef_err *err)
{
	struct striking what = { .number = number, .reason = reason };

	return bef_act_do(desk, BEF_ACT_CASE | BEF_ACT_WHEN_CLOSED, do_strike, &what, done, err);
}

static bool is_text(enum bef_field_type type)
{
	return type == BEF_FIELD_LINE || type == BEF_FIELD_PROSE || type == BEF_FIELD_LINES ||
	       type == BEF_FIELD_DOC || type == BEF_FIELD_SET;
}

/* References of the program's own making are kept: they name no person, and others point at them. */
static bool is_kept_line(const char *field)
{
	static const char *const kept[] = { "ref", "zone", "step", "destination", "playbook", "key", "version" };

	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
		if (strcmp(kept[i], field) == 0)
			return true;
	return false;
}

/* The members that are not what somebody typed. */
static json_t *kept_members(const struct bef_line *line)
{
	const json_t *body = bef_line_body(line);
	json_t *kept = json_object();

	for (const struct bef_field *field = line->kind->fields; kept && field->name; field++) {
		json_t *value = json_object_get(body, field->name);

		/* An alert's destinations are names of the configuration, and its deliveries hang on them. */
		if (!value || (is_text(field->type) && !is_kept_line(field->name) &&
		               !(field->type == BEF_FIELD_LINES && strcmp(field->name, "to") == 0)))
			continue;
		if (json_object_set(kept, field->name, value) != 0) {
			json_decref(kept);
			return NULL;
		}
	}
	return kept;
}

/* The longest text typed in the entry: what the disk is searched for afterwards. */
static void longest(const json_t *value, const char **out)
{
	const char *text = json_string_value(value);
	const char *key;
	json_t *item;
	size_t i;

	if (text && (!*out || strlen(text) > strlen(*out)))
		*out = text;
	json_array_foreach ((json_t *)(uintptr_t)value, i, item)
		longest(item, out);
	json_object_foreach ((json_t *)(uintptr_t)value, key, item)
		longest(item, out);
}

static enum bef_rc remember_bytes(struct striking *what, const struct bef_line *line, struct bef_err *err)
{
	const char *text = bef_line_prose(line);
	BEF_AUTO(text) json = { .max = 2 * BEF_BODY_MOST };

	if (!text)
		longest(bef_line_body(line), &text);
	if (!text)
		return BEF_OK;
	/* As it stands in the stored bytes: between the quotes of its JSON string. */
	bef_json_string(&json, text);
	free(what->erased);
	what->erased = json.len > 2 ? strndup(json.data + 1, json.len - 2) : NULL;
	return what->erased ? BEF_OK : bef_no_memory(err);
}

/* The target, and what amended it: their texts are the same person's data. */
static enum bef_rc erase_one(struct bef_act *act, const struct bef_line *line, const char *reason,
                             struct bef_err *err)
{
	char target[BEF_HASH_HEX];
	json_t *kept = kept_members(line);
	json_t *body;
	enum bef_rc rc;

	target_text(line, target);
	if (!kept)
		return bef_no_memory(err);
	body = json_object_size(kept) ? json_pack("{s:s, s:s, s:O}", "target", target, "reason", reason, "kept", kept)
	                              : json_pack("{s:s, s:s}", "target", target, "reason", reason);
	json_decref(kept);
	rc = bef_act_add(act, "entry.erased", body, 0, err);
	return rc ? rc : bef_store_erase(act->store, &line->entry->id, err);
}

static bool amends(const struct bef_case *c, const struct bef_line *line, const struct bef_line *target)
{
	return line->kind && strcmp(line->kind->name, "entry.amended") == 0 && !line->erased &&
	       bef_line_target(c, line, "target") == target;
}

static enum bef_rc do_erase(struct bef_act *act, void *request, struct bef_err *err)
{
	struct striking *what = request;
	const struct bef_line *line;
	enum bef_rc rc = find(act, what->number, &line, err);

	if (rc)
		return rc;
	if (line->erased || !line->entry->body)
		return bef_fail(err, BEF_REFUSED, tr("the text of #%u is already erased"), what->number);
	if (!line->kind || strcmp(line->kind->name, "entry.erased") == 0)
		return bef_fail(err, BEF_REFUSED, tr("#%u has no text to erase"), what->number);
	rc = remember_bytes(what, line, err);
	for (size_t i = 0; rc == BEF_OK && i < act->c->line_count; i++)
		if (amends(act->c, &act->c->line[i], line))
			rc = erase_one(act, &act->c->line[i], what->reason, err);
	return rc ? rc : erase_one(act, line, what->reason, err);
}

/* After the commit: no page, index, draft or reserve of ours may still hold it. */
static enum bef_rc scour(struct bef_desk *desk, const struct striking *what, bool *elsewhere, struct bef_err *err)
{
	__attribute__((cleanup(bef_store_clear))) struct bef_store *store = NULL;
	const char *text = what->erased ? what->erased : "";
	enum bef_rc rc;

	bef_desk_draft_scour(desk, text);
	rc = bef_store_open(desk->base, BEF_STORE_WRITE, desk->wait_ms, &store, err);
	if (rc == BEF_OK && *text)
		rc = bef_store_says(store, text, elsewhere, err);
	/* Words that another entry says too cannot be looked for: that entry is to stay. */
	if (rc == BEF_OK)
		rc = bef_store_scour(store, text, *elsewhere ? 0 : strlen(text), err);
	if (rc)
		bef_hint(err, "%s", tr("the erasure is recorded; finish it with: beffroi doctor --rebuild"));
	return rc;
}

enum bef_rc bef_act_erase(struct bef_desk *desk, unsigned number, const char *reason, struct bef_done *done,
                          struct bef_err *err)
{
	struct striking what = { .number = number, .reason = reason };
	enum bef_rc rc = bef_act_do(desk, BEF_ACT_CASE | BEF_ACT_WHEN_CLOSED, do_erase, &what, done, err);

	if (rc == BEF_OK && !desk->dry_run)
		rc = scour(desk, &what, &done->elsewhere, err);
	if (what.erased)
		explicit_bzero(what.erased, strlen(what.erased));
	free(what.erased);
	return rc;
}

static enum bef_rc undo_refused(const struct bef_line *line, struct bef_err *err)
{
	bool alert = line->kind && strncmp(line->kind->name, "alert.", 6) == 0;

	bef_fail(err, BEF_REFUSED,
	         alert ? tr("#%u is an alert: what was sent cannot be undone") : tr("#%u cannot be undone"),
	         line->number);
	bef_hint(err, "%s", alert ? tr("send a correction with: beffroi alert --corrects N")
	                          : tr("to cross out a text: beffroi strike N   to correct it: beffroi amend N"));
	return BEF_REFUSED;
}

/* Nobody's gesture: it followed by itself from what came before. */
static bool is_by_itself(const struct bef_line *line)
{
	return line->kind && (line->kind->flags & BEF_KIND_FOLLOWS ||
	                      (strcmp(line->kind->name, "alert.raised") == 0 && bef_line_text(line, "event")));
}

enum bef_rc bef_undo_target(const struct bef_case *c, const struct bef_pen *pen, unsigned number,
                            const struct bef_line **out, struct bef_err *err)
{
	int64_t oldest_ms = pen->now_ms - BEF_UNDO_WINDOW_MIN * BEF_MINUTE_MS;

	for (size_t i = c->line_count; i-- > 0;) {
		const struct bef_line *line = &c->line[i];
		bool mine = strcmp(line->entry->author, pen->author) == 0;

		if (number ? line->number != number : !mine)
			continue;
		if (!number && (line->undone || is_by_itself(line)))
			continue;
		if (!line->kind || !(line->kind->flags & BEF_KIND_UNDO))
			return undo_refused(line, err);
		if (line->undone)
			return bef_fail(err, BEF_REFUSED, tr("#%u is already undone"), line->number);
		if (!number && line->entry->recorded_at_ms < oldest_ms) {
			bef_fail(err, BEF_REFUSED, tr("your last gesture, #%u, is more than %d minutes old"),
			         line->number, BEF_UNDO_WINDOW_MIN);
			bef_hint(err, tr("if you mean it: beffroi undo %u"), line->number);
			return BEF_REFUSED;
		}
		*out = line;
		return BEF_OK;
	}
	if (number)
		return bef_fail(err, BEF_NOT_FOUND, tr("there is no entry #%u"), number);
	return bef_fail(err, BEF_NOT_FOUND, tr("there is nothing of '%s' to undo"), pen->author);
}

static enum bef_rc do_undo(struct bef_act *act, void *request, struct bef_err *err)
{
	const struct bef_line *line;
	char target[BEF_HASH_HEX];
	enum bef_rc rc = bef_undo_target(act->c, &act->desk->pen, *(const unsigned *)request, &line, err);

	if (rc)
		return rc;
	target_text(line, target);
	return bef_act_add(act, "entry.undone", json_pack("{s:s}", "target", target), 0, err);
}

enum bef_rc bef_act_undo(struct bef_desk *desk, unsigned number, struct bef_done *done, struct bef_err *err)
{
	return bef_act_do(desk, BEF_ACT_CASE | BEF_ACT_WHEN_CLOSED, do_undo, &number, done, err);
}
