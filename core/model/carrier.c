/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/carrier.h"

#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "base/i18n.h"
#include "base/json.h"
#include "model/playbook.h"

enum { DEEP_MOST = 8 };

/* What was met on the way down. */
struct search {
	const json_t *playbook; /* as it is */
	const char *base64;     /* or in base 64 */
	int found;
};

static void look(struct search *s, const json_t *value, int depth)
{
	const char *key;
	json_t *member;
	size_t i;

	if (depth > DEEP_MOST)
		return;
	json_array_foreach ((json_t *)(uintptr_t)value, i, member)
		look(s, member, depth + 1);
	if (json_is_object(value) && json_is_object(json_object_get(value, "workflow"))) {
		s->playbook = value;
		s->found++;
		return;
	}
	json_object_foreach ((json_t *)(uintptr_t)value, key, member) {
		if (json_is_string(member) && strcmp(key, "playbook_bin") == 0) {
			s->base64 = json_string_value(member);
			s->found++;
		} else
			look(s, member, depth + 1);
	}
}

static enum bef_rc take_object(const json_t *playbook, struct bef_text *text, struct bef_err *err)
{
	BEF_AUTO_FREE char *dumped = json_dumps(playbook, JSON_COMPACT);

	if (!dumped)
		return bef_no_memory(err);
	bef_text_puts(text, dumped);
	return bef_text_rc(text, err);
}

static enum bef_rc take_base64(const char *base64, struct bef_text *text, struct bef_err *err)
{
	size_t room = strlen(base64) + 1;
	BEF_AUTO_FREE char *bytes = malloc(room);
	size_t len = bytes ? bef_unbase64(base64, bytes, room) : 0;

	if (!bytes)
		return bef_no_memory(err);
	if (len == SIZE_MAX)
		return bef_fail(err, BEF_USAGE, "%s", tr("its playbook_bin is not base 64"));
	bef_text_add(text, bytes, len);
	return bef_text_rc(text, err);
}

enum bef_rc bef_carrier_open(struct bef_text *text, bool *carried, struct bef_err *err)
{
	struct search s = { 0 };
	BEF_AUTO(text) inside = { .max = BEF_PLAYBOOK_MOST };
	json_t *doc = NULL;
	enum bef_rc rc = BEF_OK;

	*carried = false;
	if (bef_json_load(bef_text_str(text), text->len, &doc, NULL) != BEF_OK)
		return BEF_OK;
	look(&s, doc, 0);
	if (s.found > 1)
		rc = bef_fail(err, BEF_USAGE, tr("it holds %d playbooks: give one of them a file of its own"), s.found);
	else if (s.found == 1 && s.playbook != doc) {
		rc = s.playbook ? take_object(s.playbook, &inside, err) : take_base64(s.base64, &inside, err);
		*carried = rc == BEF_OK;
	}
	if (*carried) {
		const struct bef_text outer = *text;

		*text = inside;
		inside = outer;
	}
	json_decref(doc);
	return rc;
}
