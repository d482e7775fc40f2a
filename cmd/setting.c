/* SPDX-License-Identifier: EUPL-1.2 */
#include "setting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"

void bef_settings_clear(struct bef_settings *settings)
{
	for (int i = 0; i < settings->count; i++)
		free(settings->copy[i]);
	settings->count = 0;
}

enum bef_rc bef_settings_add(struct bef_settings *settings, const char *name, const char *value, struct bef_err *err)
{
	size_t len = strlen(name);
	char *copy;

	if (settings->count == BEF_LIST_MOST)
		return bef_fail(err, BEF_USAGE, "%s", tr("too many variables"));
	copy = malloc(len + strlen(value) + 2);
	if (!copy)
		return bef_no_memory(err);
	memcpy(copy, name, len + 1);
	memcpy(copy + len + 1, value, strlen(value) + 1);
	settings->copy[settings->count] = copy;
	settings->row[settings->count++] = (struct bef_setting){ copy, copy + len + 1 };
	return BEF_OK;
}

enum bef_rc bef_settings_read(const struct bef_list *list, struct bef_settings *out, struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	for (int i = 0; rc == BEF_OK && i < list->count; i++) {
		const char *equals = strchr(list->item[i], '=');
		char name[256];

		if (!equals || equals == list->item[i] || equals - list->item[i] >= (ptrdiff_t)sizeof(name)) {
			bef_fail(err, BEF_USAGE, tr("'%s' is not NAME=VALUE"), BEF_SHORT(list->item[i], 60));
			bef_hint(err, "%s", tr("for instance: --set host=srv-files"));
			return BEF_USAGE;
		}
		snprintf(name, sizeof(name), "%.*s", (int)(equals - list->item[i]), list->item[i]);
		rc = bef_settings_add(out, name, equals + 1, err);
	}
	return rc;
}

/* "host" and "__host__" are one name. */
static const char *bare(const char *name, size_t *len)
{
	bool marked = strncmp(name, "__", 2) == 0 && strlen(name) > 4;

	*len = strlen(name) - (marked ? 4 : 0);
	return name + (marked ? 2 : 0);
}

bool bef_settings_have(const struct bef_settings *settings, const char *name)
{
	size_t wanted_len, len;
	const char *wanted = bare(name, &wanted_len);

	for (int i = 0; i < settings->count; i++) {
		const char *one = bare(settings->row[i].name, &len);

		if (len == wanted_len && memcmp(one, wanted, len) == 0)
			return true;
	}
	return false;
}

enum bef_rc bef_settings_ask(struct bef_app *app, const char *name, const json_t *definition,
                             struct bef_settings *settings, enum bef_reply *answer, struct bef_err *err)
{
	const char *about = bef_json_text(definition, "description");
	BEF_AUTO(text) question = { .max = 2000 };
	BEF_AUTO(text) line = { 0 };
	size_t len;
	const char *shown = bare(name, &len);
	enum bef_rc rc;

	bef_text_printf(&question, "%.*s", (int)(len > 60 ? bef_utf8_cut(shown, 60) : len), shown);
	if (about)
		bef_text_printf(&question, " (%s)", about);
	rc = bef_question(app, bef_text_str(&question), tr("not known"), &line, answer, err);
	if (rc || *answer != BEF_REPLIED || line.len == 0)
		return rc;
	return bef_settings_add(settings, name, bef_text_str(&line), err);
}
