/* SPDX-License-Identifier: EUPL-1.2 */
/* The settings of a destination.  Declared in config.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alert/format.h"
#include "alert/settings.h"
#include "audience.h"
#include "base/i18n.h"
#include "config.h"

/* --- secrets: one name, four ways to say where it is --- */

static const struct {
	const char *en, *fr;
	enum bef_secret_way way;
} ways[] = {
	{ "", "", BEF_SECRET_PLAIN },
	{ "_file", "_fichier", BEF_SECRET_FILE },
	{ "_credential", "_identifiant", BEF_SECRET_CREDENTIAL },
	{ "_command", "_commande", BEF_SECRET_COMMAND },
};

/* True if `key` is `name` followed by `end`. */
static bool is_key(const char *key, const char *name, const char *end)
{
	size_t len = strlen(name);

	return strncmp(key, name, len) == 0 && strcmp(key + len, end) == 0;
}

static enum bef_rc set_secret(struct bef_config_reading *r, enum bef_secret_slot slot, enum bef_secret_way way,
                              const char *value)
{
	struct bef_secret_ref *ref = &r->destination->secret[slot];
	const char *name = bef_lang() == BEF_FR ? bef_secret_names[slot].fr : bef_secret_names[slot].en;

	if (way == BEF_SECRET_PLAIN && slot != BEF_SECRET_URL) {
		bef_config_wrong(r, tr("a secret does not stand in this file:"), name);
		bef_hint(r->err, tr("write it into a file of mode 0600 and say: %s_file = PATH"), name);
		return BEF_USAGE;
	}
	free(ref->where);
	ref->way = way;
	ref->where = strdup(value);
	r->config->is_open = r->config->is_open || way == BEF_SECRET_PLAIN; /* unless the file's mode says otherwise */
	return ref->where ? BEF_OK : bef_no_memory(r->err);
}

static enum bef_rc secret(struct bef_config_reading *r, const char *key, const char *value)
{
	for (int s = 0; s < BEF_SECRET_COUNT; s++)
		for (size_t w = 0; w < sizeof(ways) / sizeof(*ways); w++)
			if (is_key(key, bef_secret_names[s].en, ways[w].en) || is_key(key, bef_secret_names[s].fr, ways[w].fr))
				return set_secret(r, (enum bef_secret_slot)s, ways[w].way, value);
	return BEF_NOT_FOUND;
}

static enum bef_rc setting(struct bef_config_reading *r, const char *key, const char *value)
{
	for (int s = 0; s < BEF_SET_COUNT; s++) {
		if (strcmp(key, bef_setting_names[s].en) != 0 && strcmp(key, bef_setting_names[s].fr) != 0)
			continue;
		for (const char *c = value; *c; c++)
			if ((unsigned char)*c < 0x20 || *c == 0x7f)
				return bef_config_wrong(r, tr("a control character in"), key);
		free(r->destination->set[s]);
		r->destination->set[s] = strdup(value);
		return r->destination->set[s] ? BEF_OK : bef_no_memory(r->err);
	}
	return BEF_NOT_FOUND;
}

/* --- the others: one function each --- */

static enum bef_rc set_format(struct bef_config_reading *r, const char *value)
{
	BEF_AUTO(text) all = { .max = 1000 };
	const struct bef_format *format = bef_format_find(value);

	if (format) {
		r->destination->format = format;
		return BEF_OK;
	}
	bef_config_wrong(r, tr("unknown format"), value);
	for (size_t i = 0; bef_formats[i]; i++)
		bef_text_printf(&all, "%s%s", i ? ", " : "", bef_formats[i]->name);
	bef_hint(r->err, tr("formats: %s"), bef_text_str(&all));
	return BEF_USAGE;
}

/* -1: neither. */
static int yes_or_no(const char *value)
{
	static const char *const yes[] = { "yes", "oui", "true", "vrai", "1" };
	static const char *const no[] = { "no", "non", "false", "faux", "0" };

	for (size_t i = 0; i < sizeof(yes) / sizeof(*yes); i++)
		if (bef_fold_equal(value, yes[i]) || bef_fold_equal(value, no[i]))
			return bef_fold_equal(value, yes[i]);
	return -1;
}

static enum bef_rc set_flag(struct bef_config_reading *r, bool *flag, const char *value)
{
	int said = yes_or_no(value);

	if (said < 0)
		return bef_config_wrong(r, tr("neither yes nor no:"), value);
	*flag = said;
	return BEF_OK;
}

#define FLAG(member) \
	static enum bef_rc set_##member(struct bef_config_reading *r, const char *value) \
	{ \
		return set_flag(r, &r->destination->member, value); \
	}
FLAG(red_ping)
FLAG(insecure_http)
FLAG(public_only)
FLAG(plaintext)
#undef FLAG

static enum bef_rc set_drills(struct bef_config_reading *r, const char *value)
{
	int said = yes_or_no(value);

	if (said < 0 && !bef_fold_equal(value, "only") && !bef_fold_equal(value, "seulement"))
		return bef_config_wrong(r, tr("not yes, no or only:"), value);
	r->destination->drills = said < 0 ? BEF_DRILLS_ONLY : said ? BEF_DRILLS_TOO : BEF_DRILLS_NO;
	return BEF_OK;
}

static enum bef_rc set_audience(struct bef_config_reading *r, const char *value)
{
	r->destination->audience = bef_audience_find(value);
	return r->destination->audience < BEF_AUDIENCE_COUNT
	               ? BEF_OK
	               : bef_config_wrong(r, tr("not third-party, organisation, persons or e2ee:"), value);
}

static enum bef_rc set_lang(struct bef_config_reading *r, const char *value)
{
	for (int l = 0; l < BEF_LANG_COUNT; l++)
		if (bef_fold_equal(value, bef_lang_name((enum bef_lang)l))) {
			r->destination->lang = (enum bef_lang)l;
			return BEF_OK;
		}
	return bef_config_wrong(r, tr("neither fr nor en:"), value);
}

static enum bef_rc set_word(struct bef_config_reading *r, const struct bef_words *words, char *out, size_t size,
                            const char *value)
{
	const struct bef_word *word;
	enum bef_rc rc = bef_word_parse(words, value, &word, r->err);

	if (rc)
		return bef_config_wrong(r, tr("unknown word"), value);
	snprintf(out, size, "%s", word->name);
	return BEF_OK;
}

static enum bef_rc set_max_tlp(struct bef_config_reading *r, const char *value)
{
	return set_word(r, &bef_tlps, r->destination->max_tlp, sizeof(r->destination->max_tlp), value);
}

static enum bef_rc set_severity(struct bef_config_reading *r, const char *value)
{
	return set_word(r, &bef_severities, r->destination->least_severity, sizeof(r->destination->least_severity), value);
}

static enum bef_rc set_kinds(struct bef_config_reading *r, const char *value)
{
	r->destination->kinds = 0;
	while (*value) {
		size_t len = strcspn(value, ", ");
		char name[40];
		const struct bef_alarm_kind *kind;

		snprintf(name, sizeof(name), "%.*s", (int)len, value);
		kind = len ? bef_alarm_kind_find(name) : NULL;
		if (len && !kind)
			return bef_config_wrong(r, tr("unknown kind of alert"), name);
		if (kind)
			r->destination->kinds |= 1U << (kind - bef_alarm_kinds);
		value += len + (value[len] != '\0');
	}
	return BEF_OK;
}

/* "22:00-07:00" */
static enum bef_rc set_quiet(struct bef_config_reading *r, const char *value)
{
	int from_h, from_m, to_h, to_m, end = 0;

	if (sscanf(value, "%2d:%2d - %2d:%2d%n", &from_h, &from_m, &to_h, &to_m, &end) != 4 || value[end] || from_h < 0 ||
	    from_h > 23 || to_h < 0 || to_h > 23 || from_m < 0 || from_m > 59 || to_m < 0 || to_m > 59)
		return bef_config_wrong(r, tr("quiet hours are written 22:00-07:00, not"), value);
	r->destination->quiet_from = from_h * 60 + from_m;
	r->destination->quiet_to = to_h * 60 + to_m;
	return BEF_OK;
}

static enum bef_rc set_rate(struct bef_config_reading *r, const char *value)
{
	r->destination->per_minute = (int)bef_natural(value, 60000);
	return r->destination->per_minute >= 1 ? BEF_OK : bef_config_wrong(r, tr("not 1 to 60000 a minute:"), value);
}

static enum bef_rc set_fallback(struct bef_config_reading *r, const char *value)
{
	if (strlen(value) >= sizeof(r->destination->fallback))
		return bef_config_wrong(r, tr("too long:"), value);
	memcpy(r->destination->fallback, value, strlen(value) + 1);
	return BEF_OK;
}

const struct bef_config_key bef_config_keys[] = {
	{ "format", "format", N_("the service, see below; generic if nothing is said"), set_format },
	{ "lang", "langue", N_("fr or en: the language of its messages"), set_lang },
	{ "audience", "public", N_("third-party, organisation, persons or e2ee: who can read there, see the markings below"), set_audience },
	{ "max_tlp", "tlp_max", N_("clear, green, amber, amber+strict or red: above it, a call and nothing else"), set_max_tlp },
	{ "red_ping", "appel_rouge", N_("yes: a TLP:RED incident may send a call without contents"), set_red_ping },
	{ "kinds", "evenements", N_("what it wants to hear, with commas between; default: all"), set_kinds },
	{ "severity", "gravite", N_("1 to 4: nothing of incidents below it"), set_severity },
	{ "quiet", "silence", N_("22:00-07:00: what can wait leaves at the end of it"), set_quiet },
	{ "drills", "exercices", N_("yes: exercises too; only: nothing else; default: no"), set_drills },
	{ "rate", "debit", N_("at most so many messages a minute; critical ones do not wait"), set_rate },
	{ "fallback", "secours", N_("a destination or a group that stands in when this one does not answer"), set_fallback },
	{ "insecure_http", "http_en_clair", N_("yes: http without encryption to another machine; this machine needs no permission"), set_insecure_http },
	{ "public_only", "internet_seulement", N_("yes: never to a private address"), set_public_only },
	{ "plaintext", "texte_en_clair", N_("yes: Matrix may write without encryption into an encrypted room"), set_plaintext },
	{ .en = NULL },
};

/* The nearest of all names, in the chosen language. */
static const char *near_key(const char *key)
{
	bool french = bef_lang() == BEF_FR;

	for (const struct bef_config_key *k = bef_config_keys; k->en; k++)
		if (bef_edit_distance(key, french ? k->fr : k->en, 2) <= 2)
			return french ? k->fr : k->en;
	for (int s = 0; s < BEF_SECRET_COUNT; s++) {
		static char name[80];

		for (size_t w = 0; w < sizeof(ways) / sizeof(*ways); w++) {
			snprintf(name, sizeof(name), "%s%s", french ? bef_secret_names[s].fr : bef_secret_names[s].en,
			         french ? ways[w].fr : ways[w].en);
			if (bef_edit_distance(key, name, 2) <= 2)
				return name;
		}
	}
	return NULL;
}

enum bef_rc bef_config_destination(struct bef_config_reading *r, const char *key, const char *value, const char **near)
{
	enum bef_rc rc;

	for (const struct bef_config_key *k = bef_config_keys; k->en; k++)
		if (strcmp(key, k->en) == 0 || strcmp(key, k->fr) == 0)
			return k->set(r, value);
	rc = secret(r, key, value);
	if (rc == BEF_NOT_FOUND)
		rc = setting(r, key, value);
	if (rc == BEF_NOT_FOUND)
		*near = near_key(key);
	return rc;
}
