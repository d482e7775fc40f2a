/* SPDX-License-Identifier: EUPL-1.2 */
/* Whom to call. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "deadline.h"
#include "out.h"

/* A word of the list: an id, a kind, or part of a name. */
static bool is_wanted(const json_t *contact, const char *word)
{
	char name[200], wanted[100];

	if (!word)
		return true;
	bef_fold(word, wanted, sizeof(wanted));
	bef_fold(bef_both(contact, "name") ? bef_both(contact, "name") : "", name, sizeof(name));
	return strstr(name, wanted) || strstr(bef_json_text_or(contact, "id", ""), wanted) ||
	       strstr(bef_json_text_or(contact, "kind", ""), wanted);
}

static enum bef_rc put_json(const json_t *contact, struct bef_err *err)
{
	json_t *object = bef_json_begin("contact");
	const char *key;
	json_t *value;
	bool ok = object != NULL;

	json_object_foreach ((json_t *)(uintptr_t)contact, key, value)
		ok = ok && json_object_set(object, key, value) == 0;
	return bef_put_json(ok ? object : NULL, err);
}

static void put_contact(struct bef_app *app, const json_t *contact)
{
	static const char *const ways[] = { "phone", "mail", "url" };
	BEF_AUTO(text) text = { .max = 8192 };
	const char *hours = bef_both(contact, "hours");
	const char *purpose = bef_both(contact, "for");
	const char *doubt = bef_confidence_label(contact);
	bool slot;

	bef_put_cell(app, BEF_STRONG, 24, bef_json_text_or(contact, "id", ""));
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		const char *way = bef_json_text_or(contact, ways[i], "");

		if (*way)
			bef_text_printf(&text, "%s%s", text.len ? "  " : "", way);
	}
	slot = text.len == 0;
	if (slot)
		bef_text_puts(&text, tr("to fill in"));
	bef_wrap_text(app, BEF_STRONG, 24, 24, &text);
	bef_text_clear(&text);
	bef_text_printf(&text, "%s%s%s", bef_both(contact, "name"), purpose ? ". " : "", purpose ? purpose : "");
	if (hours)
		bef_text_printf(&text, ". %s", hours);
	bef_text_printf(&text, " (%s%s%s)", bef_json_text_or(contact, "checked_on", "?"), doubt && !slot ? ", " : "",
	                doubt && !slot ? doubt : "");
	bef_put_cell(app, BEF_PLAIN, 24, "");
	bef_wrap_text(app, BEF_PLAIN, 24, 24, &text);
}

static enum bef_rc write_file(struct bef_app *app, const struct bef_law *law, const struct bef_deadline_opts *opts,
                              struct bef_err *err)
{
	json_t *file = json_pack("{s:i, s:O}", "v", 1, "contacts", law->contacts);
	BEF_AUTO_FREE char *text = file ? json_dumps(file, JSON_INDENT(2)) : NULL;
	BEF_AUTO(text) lines = { .max = BEF_REGIME_MOST };

	json_decref(file);
	if (!text)
		return bef_no_memory(err);
	bef_text_printf(&lines, "%s\n", text);
	return bef_put_file(app, opts->output ? opts->output : "-", opts->overwrite, &lines, err);
}

enum bef_rc bef_deadline_contacts(struct bef_app *app, const struct bef_deadline_opts *opts, char **words, int count,
                                  struct bef_err *err)
{
	__attribute__((cleanup(bef_legal_clear))) struct bef_legal legal = { 0 };
	enum bef_rc rc = bef_law_at_hand(app, &legal, err);
	json_t *contact;
	size_t i;

	if (rc == BEF_OK && opts->format && strcmp(opts->format, "json") != 0) {
		bef_fail(err, BEF_USAGE, tr("unknown format '%.40s'"), opts->format);
		bef_hint(err, tr("one of: %s"), "json");
		return BEF_USAGE;
	}
	if (rc || opts->format)
		return rc ? rc : write_file(app, legal.law, opts, err);
	json_array_foreach (legal.law->contacts, i, contact) {
		if (!is_wanted(contact, count ? words[0] : NULL))
			continue;
		if (!app->g.json)
			put_contact(app, contact);
		else if ((rc = put_json(contact, err)) != BEF_OK)
			return rc;
	}
	if (!app->g.json) {
		BEF_AUTO(text) where = { .max = 4096 };

		bef_text_printf(&where, tr("the whole list, to be filled in and put into %.200s/regimes/contacts.json"), app->desk.base);
		bef_next(app, tr("deadline contacts -f json -o FILE"), bef_text_str(&where));
	}
	return BEF_OK;
}
