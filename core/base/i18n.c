/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/i18n.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/embed.h"

BEF_EMBED(catalogue, BEF_BUILD "/fr.mo");

static enum bef_lang current = BEF_EN;

enum bef_lang bef_lang(void)
{
	return current;
}

enum bef_lang bef_lang_set(enum bef_lang lang)
{
	enum bef_lang former = current;

	current = lang;
	return former;
}

const char *bef_lang_name(enum bef_lang lang)
{
	return lang == BEF_FR ? "fr" : "en";
}

static enum bef_lang from_environment(void)
{
	static const char *const names[] = { "BEFFROI_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return strncasecmp(value, "fr", 2) == 0 ? BEF_FR : BEF_EN;
	}
	return BEF_EN;
}

bool bef_lang_choose(const char *option)
{
	current = from_environment();
	if (!option)
		return true;
	if (strcasecmp(option, "fr") != 0 && strcasecmp(option, "en") != 0)
		return false;
	current = strcasecmp(option, "fr") == 0 ? BEF_FR : BEF_EN;
	return true;
}

/* The .mo file is our own build's, so it is read in host order and trusted but for its end. */
static uint32_t word_at(size_t offset)
{
	uint32_t value;

	memcpy(&value, bef_embed_catalogue + offset, sizeof(value));
	return value;
}

/* GNU gettext manual, "The Format of GNU MO Files": sorted originals, then translations. */
static const char *lookup(const char *text)
{
	size_t low = 0;
	size_t high = word_at(8);
	size_t originals = word_at(12);
	size_t translations = word_at(16);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(text, bef_embed_catalogue + word_at(originals + 8 * middle + 4));

		if (order == 0)
			return bef_embed_catalogue + word_at(translations + 8 * middle + 4);
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

const char *tr(const char *text)
{
	const char *found = current == BEF_FR && *text ? lookup(text) : NULL;

	return found && *found ? found : text;
}

/* A plural's original is "one\0many" and its translation "un\0plusieurs": the key is "one". */
const char *trn(const char *one, const char *many, long n)
{
	const char *found = current == BEF_FR ? lookup(one) : NULL;

	if (!found || !*found)
		return n == 1 ? one : many;
	if (n == 0 || n == 1)
		return found;
	return found + strlen(found) + 1;
}
