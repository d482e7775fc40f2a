/* SPDX-License-Identifier: EUPL-1.2 */
/* One line of a case: what it holds and what it is about.  Declared in case.h. */
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/case.h"

const json_t *bef_line_body(const struct bef_line *line)
{
	struct bef_line *owner = (struct bef_line *)(uintptr_t)line;

	if (line->body || line->erased || line->unreadable || !line->entry->body)
		return line->body;
	if (bef_json_load(line->entry->body, line->entry->body_len, &owner->body, NULL) != BEF_OK ||
	    (line->kind && bef_kind_check(line->kind, owner->body, true, NULL) != BEF_OK)) {
		json_decref(owner->body);
		owner->body = NULL;
		owner->unreadable = true;
		return NULL;
	}
	return owner->body;
}

const char *bef_line_text(const struct bef_line *line, const char *field)
{
	return bef_json_text(bef_line_body(line), field);
}

int64_t bef_line_int(const struct bef_line *line, const char *field)
{
	return bef_json_int(bef_line_body(line), field, 0);
}

const char *bef_line_prose(const struct bef_line *line)
{
	return line->kind && line->kind->prose ? bef_line_text(line, line->kind->prose) : NULL;
}

const char *bef_case_title(const struct bef_case *c)
{
	return c->title ? c->title : tr("[title erased]");
}

bool bef_line_counts(const struct bef_line *line)
{
	return !line->struck && !line->erased && !line->undone;
}

int64_t bef_line_cost(const struct bef_line *line)
{
	const int64_t most = INT64_C(10000000000000);
	int64_t cents = bef_line_counts(line) && strcmp(line->entry->kind, "note") == 0 ? bef_line_int(line, "amount_cents") : 0;

	return cents > -most && cents < most ? cents : 0;
}

bool bef_action_open(const struct bef_action *action)
{
	return bef_line_counts(action->line) && strcmp(action->state, "open") == 0;
}

bool bef_line_shown(const struct bef_line *line)
{
	bool hidden = line->struck || line->undone || (line->kind && line->kind->flags & BEF_KIND_SYSTEM);

	return !hidden;
}

void bef_line_say(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	if (line->erased)
		bef_text_printf(out, tr("[text erased by %s]"), line->by ? line->by->entry->author : "?");
	else if (!line->kind)
		bef_text_printf(out, tr("[entry of a kind this version does not know: %s]"), line->entry->kind);
	else if (!bef_line_body(line))
		bef_text_puts(out, tr("[content not readable]"));
	else
		line->kind->say(c, line, out);
}

struct bef_line *bef_case_line(const struct bef_case *c, const char *id)
{
	struct bef_hash hash;
	size_t at;

	if (!id || !bef_unhex(id, hash.byte, sizeof(hash.byte)))
		return NULL;
	at = bef_idmap_find(&c->ids, &hash);
	return at == SIZE_MAX ? NULL : &c->line[at];
}

struct bef_line *bef_case_number(const struct bef_case *c, unsigned n)
{
	return n >= 1 && n <= c->line_count ? &c->line[n - 1] : NULL;
}

struct bef_line *bef_line_target(const struct bef_case *c, const struct bef_line *line, const char *field)
{
	struct bef_line *target = bef_case_line(c, bef_line_text(line, field));

	/* Only what came before can be meant: nothing points at itself or ahead. */
	return target && target->number < line->number ? target : NULL;
}
