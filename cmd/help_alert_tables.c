/* SPDX-License-Identifier: EUPL-1.2 */
/* What the page of alerts prints from the program's own tables, so that it cannot go stale.  Declared in
 * help_alerts.h. */
#include <string.h>

#include "alert/format.h"
#include "alert/settings.h"
#include "audience.h"
#include "config.h"
#include "help.h"
#include "help_alerts.h"

static const char *in_use(const char *en, const char *fr)
{
	return bef_lang() == BEF_FR ? fr : en;
}

/* A word padded to so many columns, whatever its bytes. */
static void put_cell(struct bef_text *out, int columns, const char *word)
{
	int lacks = columns - (int)bef_text_width(word);

	bef_text_printf(out, "%s%*s", word, lacks > 0 ? lacks : 0, "");
}

/* --- what rings --- */

void bef_write_kinds(struct bef_text *out)
{
	for (const struct bef_alarm_kind *kind = bef_alarm_kinds; kind->name; kind++)
		bef_text_printf(out, "  %-16s  %s%s\n", in_use(kind->name, kind->fr), bef_word_label(&bef_alert_events, kind->name),
		                kind->rings_quiet ? in_use(" (also in quiet hours)", " (même aux heures de silence)") : "");
}

/* --- the keys --- */

static const struct {
	const char *en, *fr;
} secret_words[BEF_SECRET_COUNT] = {
	[BEF_SECRET_URL] = { "where the service is; it counts as a secret", "l'adresse du service ; elle compte comme un secret" },
	[BEF_SECRET_SIGNING] = { "what messages are signed with", "ce qui signe les messages" },
	[BEF_SECRET_SIGNING_OLD] = { "the former one, which signs too", "le précédent, qui signe aussi" },
	[BEF_SECRET_TOKEN] = { "a token or key", "un jeton ou une clé" },
	[BEF_SECRET_PASSWORD] = { "with user", "avec utilisateur" },
	[BEF_SECRET_CONSUMER] = { "OVH's third key", "la troisième clé d'OVH" },
}, setting_words[BEF_SET_COUNT] = {
	[BEF_SET_TO] = { "to whom there: address, room, chat, topic, number", "à qui, là-bas : adresse, salon, discussion, sujet, numéro" },
	[BEF_SET_FROM] = { "from whom", "de la part de qui" },
	[BEF_SET_USER] = { "the account", "le compte" },
	[BEF_SET_SERVICE] = { "OVH's name of the service", "le nom du service chez OVH" },
	[BEF_SET_TOPIC] = { "thread or topic there", "fil ou sujet, là-bas" },
	[BEF_SET_MENTION] = { "whom to wake, in the service's own words; never with mere information", "qui réveiller, dans les mots du service ; jamais pour une simple information" },
	[BEF_SET_MODE] = { "of CloudEvents", "de CloudEvents" },
	[BEF_SET_CA_FILE] = { "the authority of your own server, instead of the system's", "l'autorité de votre propre serveur, à la place de celles du système" },
	[BEF_SET_CERT_FILE] = { "our certificate, if the server wants one", "notre certificat, si le serveur en veut un" },
	[BEF_SET_KEY_FILE] = { "its key, in a file of mode 0600", "sa clé, dans un fichier de mode 0600" },
	[BEF_SET_PIN] = { "sha256//...: that public key and no other; several with ; between", "sha256//... : cette clé publique et aucune autre ; plusieurs, séparées par ;" },
	[BEF_SET_PROXY] = { "http://host:port; none unless it is said, whatever the environment says", "http://hote:port ; aucun s'il n'est pas dit, quoi que dise l'environnement" },
};

static void put_key(struct bef_text *out, const char *name, const char *words)
{
	bef_text_puts(out, "  ");
	put_cell(out, 20, name);
	bef_text_printf(out, "%s\n", words ? words : "");
}

void bef_write_keys(struct bef_text *out)
{
	for (const struct bef_config_key *key = bef_config_keys; key->en; key++)
		put_key(out, in_use(key->en, key->fr), tr(key->help));
	for (int s = 0; s < BEF_SET_COUNT; s++)
		put_key(out, in_use(bef_setting_names[s].en, bef_setting_names[s].fr), in_use(setting_words[s].en, setting_words[s].fr));
}

void bef_write_secrets(struct bef_text *out)
{
	for (int s = 0; s < BEF_SECRET_COUNT; s++)
		put_key(out, in_use(bef_secret_names[s].en, bef_secret_names[s].fr), in_use(secret_words[s].en, secret_words[s].fr));
}

/* --- the formats --- */

static void write_needs(const struct bef_format *format, struct bef_text *out)
{
	const char *before = in_use("; needs ", " ; il faut ");

	for (int s = 0; s < BEF_SECRET_COUNT; s++)
		if (format->needs & 1U << s || (s == BEF_SECRET_URL && !format->url)) {
			bef_text_printf(out, "%s%s", before, in_use(bef_secret_names[s].en, bef_secret_names[s].fr));
			before = ", ";
		}
	for (int s = 0; s < BEF_SET_COUNT; s++)
		if (format->needs_set & 1U << s) {
			bef_text_printf(out, "%s%s", before, in_use(bef_setting_names[s].en, bef_setting_names[s].fr));
			before = ", ";
		}
}

void bef_write_formats(struct bef_text *out)
{
	for (size_t i = 0; bef_formats[i]; i++) {
		const struct bef_format *format = bef_formats[i];

		bef_text_printf(out, "  %-14s  %s (%s, %d/min", format->name, format->label,
		                bef_audience_label(format->audience), format->per_minute);
		write_needs(format, out);
		bef_text_printf(out, "). %s\n", bef_lang() == BEF_FR ? format->help_fr : format->help_en);
	}
}

/* --- the markings --- */

static const char *reach_word(enum bef_reach reach)
{
	switch (reach) {
	case BEF_REACH_NONE:
		return in_use("nothing", "rien");
	case BEF_REACH_THIN:
		return in_use("call", "appel");
	case BEF_REACH_REDUCED:
		return in_use("reduced", "réduit");
	case BEF_REACH_FULL:
		break;
	}
	return in_use("all", "tout");
}

static void write_row(const char *first, const struct bef_destination *to, struct bef_text *out)
{
	bef_text_puts(out, "  ");
	put_cell(out, 14, first);
	for (const struct bef_word *tlp = bef_tlps.row; tlp->name; tlp++) {
		const char *word = to ? reach_word(bef_destination_reach(to, tlp->name)) : tlp->name;

		put_cell(out, !tlp[1].name ? 0 : strlen(tlp->name) > 7 ? (int)strlen(tlp->name) + 2 : 9, word);
	}
	bef_text_putc(out, '\n');
}

void bef_write_markings(struct bef_text *out)
{
	struct bef_destination to = { .max_tlp = "" };

	write_row("TLP", NULL, out);
	for (int a = 0; a < BEF_AUDIENCE_COUNT; a++) {
		to.audience = (enum bef_audience)a;
		write_row(bef_audience_name(to.audience), &to, out);
	}
}
