/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/say.h"

#include <string.h>

#include "act/act.h"
#include "base/i18n.h"
#include "base/json.h"

void bef_saying_clear(struct bef_saying *what)
{
	json_decref(what->body);
	what->body = NULL;
}

static const struct bef_line *in_list(const struct bef_case *c, enum bef_link_list list, int number)
{
	size_t i = (size_t)number - 1;

	if (number < 1)
		return NULL;
	switch (list) {
	case BEF_LINK_ENTRY:
		return bef_case_number(c, (unsigned)number);
	case BEF_LINK_DECISION:
		return i < c->decision_count ? c->decision[i].line : NULL;
	case BEF_LINK_ACTION:
		return i < c->action_count ? c->action[i].line : NULL;
	case BEF_LINK_EVIDENCE:
		return i < c->evidence_count ? c->evidence[i].line : NULL;
	case BEF_LINK_ALERT:
		return i < c->alert_count ? c->alert[i].line : NULL;
	case BEF_LINK_NONE:
		break;
	}
	return NULL;
}

static const char *list_name(enum bef_link_list list)
{
	static const char *const names[] = { "", N_("entry"), N_("decision"), N_("action"), N_("item"), N_("alert") };

	return tr(names[list]);
}

static json_t *id_of(const struct bef_line *line)
{
	char hex[BEF_HASH_HEX];

	bef_hex(line->entry->id.byte, sizeof(line->entry->id.byte), hex);
	return json_string(hex);
}

static enum bef_rc resolve_links(const struct bef_case *c, struct bef_saying *what, struct bef_err *err)
{
	const struct bef_link *link = &what->link;
	json_t *ids = link->many ? json_array() : NULL;
	bool ok = true;

	for (int i = 0; i < link->count; i++) {
		const struct bef_line *line = in_list(c, link->list, link->number[i]);

		if (!line) {
			json_decref(ids);
			return bef_fail(err, BEF_NOT_FOUND, tr("there is no %s %d in %s"), list_name(link->list),
			                link->number[i], c->ref ? c->ref : "?");
		}
		if (link->many)
			ok = json_array_append_new(ids, id_of(line)) == 0 && ok;
		else
			bef_json_put(what->body, link->field, id_of(line), &ok);
	}
	if (link->many)
		bef_json_put(what->body, link->field, ids, &ok);
	return ok ? BEF_OK : bef_no_memory(err);
}

static enum bef_rc do_say(struct bef_act *act, void *request, struct bef_err *err)
{
	struct bef_saying *what = request;
	enum bef_rc rc = what->link.count ? resolve_links(act->c, what, err) : BEF_OK;

	act->done.closed = act->closed_at_ms != 0;
	return rc ? rc : bef_act_add(act, what->kind, json_incref(what->body), what->happened_at_ms, err);
}

/* A closed incident takes late facts and what is said of its evidence; the rest needs reopening. */
static bool allowed_when_closed(const char *kind)
{
	return strcmp(kind, "note") == 0 || strcmp(kind, "evidence.handed") == 0 ||
	       strcmp(kind, "action.changed") == 0;
}

enum bef_rc bef_act_say(struct bef_desk *desk, struct bef_saying *what, struct bef_done *done, struct bef_err *err)
{
	unsigned flags = (what->link.count ? BEF_ACT_CASE : 0u) |
	                 (allowed_when_closed(what->kind) ? BEF_ACT_WHEN_CLOSED : 0u);

	return bef_act_do(desk, flags, do_say, what, done, err);
}
