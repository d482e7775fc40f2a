/* SPDX-License-Identifier: EUPL-1.2 */
/* What a playbook says, in the chosen language.  Declared in playbook.h. */
#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "base/i18n.h"
#include "base/json.h"
#include "model/playbook.h"

static const char *in_language(const json_t *extension, enum bef_lang lang, const char *field)
{
	return bef_json_text(json_object_get(extension, bef_lang_name(lang)), field);
}

static const char *ours(const json_t *extension, const char *field)
{
	const char *text = in_language(extension, bef_lang(), field);

	return text ? text : in_language(extension, bef_lang() == BEF_FR ? BEF_EN : BEF_FR, field);
}

/* Without our extension; what an action does is in its commands: bef_step_command(). */
static const char *plain(const struct bef_step *step, const char *field)
{
	const char *text = bef_json_text(step->json, "name");

	if (strcmp(field, "name") == 0)
		return text ? text : step->id;
	if (strcmp(field, "question") == 0)
		return bef_json_text_or(step->json, "condition", text);
	return strcmp(field, "text") == 0 ? bef_json_text(step->json, "description") : NULL;
}

const char *bef_step_text(const struct bef_step *step, const char *field)
{
	const char *text = ours(step->extension, field);

	return text ? text : plain(step, field);
}

const char *bef_step_role(const struct bef_step *step)
{
	return json_string_value(json_array_get(json_object_get(step->extension, "roles"), 0));
}

bool bef_step_is_for(const struct bef_step *step, const char *role)
{
	const json_t *roles = json_object_get(step->extension, "roles");

	for (size_t i = 0; i < json_array_size(roles); i++) {
		const char *one = json_string_value(json_array_get(roles, i));

		if (one && (strcmp(one, role) == 0 || strcmp(one, "everyone") == 0))
			return true;
	}
	return json_array_size(roles) == 0;
}

bool bef_step_is_ours(const struct bef_step *step)
{
	return ours(step->extension, "text") != NULL;
}

/* Base 64 that holds a text; anything else adds nothing. */
static void add_decoded(struct bef_text *out, const char *base64)
{
	size_t room = strlen(base64) + 1;
	BEF_AUTO_FREE char *text = malloc(room);
	size_t len = text ? bef_unbase64(base64, text, room) : 0;

	if (!text)
		out->failed = true;
	else if (len < room && bef_utf8_check(text, len) == len)
		bef_text_add(out, text, len);
}

bool bef_step_command(const struct bef_step *step, size_t i, const char **type, struct bef_text *out)
{
	const json_t *command = json_array_get(json_object_get(step->json, "commands"), i);
	const char *text = bef_json_text(command, "command");
	const char *base64 = bef_json_text(command, "command_b64");

	*type = bef_json_text_or(command, "type", "manual");
	if (text)
		bef_text_puts(out, text);
	else if (base64)
		add_decoded(out, base64);
	if (command && out->len == 0)
		bef_text_puts(out, bef_json_text_or(command, "description", ""));
	return out->len > 0;
}

static const json_t *extension_of(const struct bef_playbook *playbook)
{
	return json_object_get(json_object_get(playbook->doc, "playbook_extensions"), BEF_EXTENSION);
}

const char *bef_playbook_text(const struct bef_playbook *playbook, const char *field)
{
	const char *text = ours(extension_of(playbook), field);

	return text ? text : bef_json_text(playbook->doc, field);
}

static bool same_word(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static bool is_listed(const struct bef_playbook *playbook, const char *list, const char *word,
                      bool (*same)(const char *, const char *))
{
	const json_t *words = json_object_get(extension_of(playbook), list);

	for (size_t i = 0; i < json_array_size(words); i++) {
		const char *one = json_string_value(json_array_get(words, i));

		if (one && same(word, one))
			return true;
	}
	return false;
}

bool bef_playbook_is(const struct bef_playbook *playbook, const char *word)
{
	return bef_fold_equal(word, playbook->key) || bef_fold_equal(word, playbook->id) ||
	       is_listed(playbook, "aliases", word, bef_fold_equal);
}

bool bef_playbook_is_named(const struct bef_playbook *playbook, const char *name)
{
	static const char *const langs[] = { "en", "fr" };
	const char *own = bef_json_text(playbook->doc, "name");
	bool named = own && bef_fold_equal(name, own);

	for (size_t i = 0; i < sizeof(langs) / sizeof(*langs) && !named; i++) {
		own = bef_json_text(json_object_get(extension_of(playbook), langs[i]), "name");
		named = own && bef_fold_equal(name, own);
	}
	return named;
}

const char *bef_playbook_handle(const struct bef_playbook *playbook)
{
	const json_t *aliases = json_object_get(extension_of(playbook), "aliases");
	const char *alias = json_string_value(json_array_get(aliases, 0));

	if (bef_lang() != BEF_FR || !alias || bef_fold_equal(playbook->key, bef_playbook_text(playbook, "name")))
		return playbook->key;
	return alias;
}

bool bef_playbook_is_for(const struct bef_playbook *playbook, const char *type)
{
	return is_listed(playbook, "incident_types", type, same_word);
}
