/* SPDX-License-Identifier: EUPL-1.2 */
/* The questions of 'alert add'.  Declared in alert.h. */
#include <stdlib.h>
#include <string.h>

#include "alert.h"
#include "alert/format.h"
#include "alert/settings.h"
#include "ask.h"
#include "base/i18n.h"
#include "out.h"

enum { SECRET_BYTES = 32, SECRET_LEAST = 24, ANSWER_MOST = 8192 };

static const char *in_use(const struct bef_setting_name *name)
{
	return bef_lang() == BEF_FR ? name->fr : name->en;
}

/* --- what need not be asked --- */

static bool names(const char *key, size_t len, const char *name)
{
	static const char *const ends[] = { "", "_file", "_credential", "_command", "_fichier", "_identifiant", "_commande" };
	size_t whole = strlen(name);

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (len == whole + strlen(ends[i]) && strncmp(key, name, whole) == 0 && strncmp(key + whole, ends[i], len - whole) == 0)
			return true;
	return false;
}

bool bef_adding_given(const struct bef_adding *a, const char *en, const char *fr)
{
	for (int i = 0; i < a->opts->set.count; i++) {
		const char *key = a->opts->set.item[i];
		size_t len = strcspn(key, "=");

		while (len > 0 && key[len - 1] == ' ')
			len--;
		if (names(key, len, en) || names(key, len, fr))
			return true;
	}
	return false;
}

/* What a service takes beside what it needs, and mostly wants. */
static const struct {
	const char *format;
	unsigned secrets, settings;
} welcome[] = {
	{ "mail", 1U << BEF_SECRET_PASSWORD, 1U << BEF_SET_USER },
	{ "alertmanager", 1U << BEF_SECRET_PASSWORD, 1U << BEF_SET_USER },
	{ "ntfy", 1U << BEF_SECRET_TOKEN, 0 },
};

static bool is_welcome(const struct bef_adding *a, unsigned secret, unsigned setting)
{
	for (size_t i = 0; i < sizeof(welcome) / sizeof(*welcome); i++)
		if (strcmp(a->format->name, welcome[i].format) == 0)
			return welcome[i].secrets & secret || welcome[i].settings & setting;
	return false;
}

/* --- one answer --- */

/* End of input where something is needed: what to type instead. */
static enum bef_rc nobody(const struct bef_adding *a, const char *key, bool secret, struct bef_err *err)
{
	bef_fail(err, BEF_USAGE, tr("%s needs its %s"), a->format->label, key);
	bef_hint(err, secret ? tr("--set %s_file=PATH") : tr("--set %s=..."), key);
	return BEF_USAGE;
}

enum bef_rc bef_adding_ask(const struct bef_adding *a, bool hidden, const char *question, struct bef_text *out,
                           struct bef_err *err)
{
	enum bef_rc rc = a->app->g.no_input ? BEF_NOT_FOUND
	                 : hidden           ? bef_ask_hidden(a->app, question, out, err)
	                                    : bef_ask_line(a->app, question, out, err);
	const char *start;
	size_t len;

	if (rc == BEF_NOT_FOUND) {
		*err = (struct bef_err){ 0 };
		bef_text_clear(out);
		return BEF_OK;
	}
	start = rc ? "" : bef_trim(bef_text_str(out), &len);
	if (rc || !*start)
		return rc;
	memmove(out->data, start, len);
	out->len = len;
	out->data[len] = '\0';
	return BEF_OK;
}

/* --- secrets --- */

static const struct {
	unsigned slot;
	const char *question; /* through tr() */
} secret_questions[] = {
	{ BEF_SECRET_URL, N_("Its address, from the service (it is not shown): ") },
	{ BEF_SECRET_SIGNING, N_("The secret that signs, whsec_... (not shown; Enter: one is drawn): ") },
	{ BEF_SECRET_TOKEN, N_("Its token or key (not shown): ") },
	{ BEF_SECRET_PASSWORD, N_("Its password or key (not shown): ") },
	{ BEF_SECRET_CONSUMER, N_("The consumer key (not shown): ") },
}, setting_questions[] = {
	{ BEF_SET_TO, N_("To whom or where, there: ") },
	{ BEF_SET_FROM, N_("From whom (address of the sender): ") },
	{ BEF_SET_USER, N_("The account's name: ") },
	{ BEF_SET_SERVICE, N_("The service's name: ") },
};

/* A signing secret of our own: the receiver needs it too, and reads it in the file. */
static void draw_secret(struct bef_text *out)
{
	uint8_t bytes[SECRET_BYTES];
	char base64[64];

	bef_random(bytes, sizeof(bytes));
	bef_base64(bytes, sizeof(bytes), base64);
	bef_text_printf(out, "whsec_%s", base64);
	explicit_bzero(bytes, sizeof(bytes));
	explicit_bzero(base64, sizeof(base64));
}

static bool starts(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

static const char *wrong_url(const struct bef_adding *a, const char *url)
{
	if (a->format->is_mail)
		return starts(url, "smtps://") || starts(url, "smtp://") ? NULL : tr("it looks like smtps://mail.example.org:465");
	if (starts(url, "https://") && strchr(url + 8, '.'))
		return NULL;
	if (starts(url, "http://") && (bef_adding_given(a, "insecure_http", "http_en_clair") || starts(url + 7, "127.") ||
	                               starts(url + 7, "localhost") || starts(url + 7, "[::1]")))
		return NULL;
	return starts(url, "http://") ? tr("http is not encrypted: https://... (or --set insecure_http=yes)")
	                              : tr("it starts with https://");
}

static const char *wrong_secret(const struct bef_adding *a, int slot, const char *value)
{
	if (slot == BEF_SECRET_URL)
		return wrong_url(a, value);
	if (slot == BEF_SECRET_SIGNING && (!starts(value, "whsec_") || strlen(value) < 6 + SECRET_LEAST * 4 / 3))
		return tr("it starts with whsec_ and has at least 24 bytes in base64");
	return NULL;
}

bool bef_adding_url_is_plain(const struct bef_adding *a)
{
	return a->format->needs_set || a->format->needs & 1U << BEF_SECRET_TOKEN;
}

static const char *question_for(const struct bef_adding *a, int slot, const char *usual)
{
	if (slot == BEF_SECRET_URL && a->format->is_mail)
		return tr("The mail server (smtps://HOST:465): ");
	if (slot == BEF_SECRET_URL && bef_adding_url_is_plain(a))
		return tr("The server's address (https://...): ");
	if (is_welcome(a, 1U << slot, 0))
		return slot == BEF_SECRET_TOKEN ? tr("Its token or key (not shown; Enter: none): ") : tr("Its password (not shown; Enter: none): ");
	return tr(usual);
}

/* Asked twice at most. */
static enum bef_rc ask_secret(struct bef_adding *a, int slot, const char *usual, bool needed, struct bef_err *err)
{
	const char *key = in_use(&bef_secret_names[slot]);
	bool hidden = slot != BEF_SECRET_URL || !bef_adding_url_is_plain(a);
	const char *wrong = NULL;

	for (int i = 0; i < 2; i++) {
		BEF_AUTO(text) line = { .max = ANSWER_MOST };
		enum bef_rc rc = bef_adding_ask(a, hidden, question_for(a, slot, usual), &line, err);

		if (rc == BEF_OK && line.len == 0 && slot == BEF_SECRET_SIGNING && !a->app->g.no_input)
			draw_secret(&line);
		if (rc || (line.len == 0 && !needed))
			return rc;
		if (line.len == 0)
			return nobody(a, key, true, err);
		wrong = wrong_secret(a, slot, bef_text_str(&line));
		if (!wrong)
			a->keys.value[slot] = strdup(bef_text_str(&line));
		explicit_bzero(line.data, line.len);
		if (!wrong)
			return a->keys.value[slot] ? BEF_OK : bef_no_memory(err);
		bef_talk(a->app, "%s", wrong);
	}
	return bef_fail(err, BEF_USAGE, "%s: %s", key, wrong);
}

enum bef_rc bef_adding_secrets(struct bef_adding *a, bool url, struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	for (size_t i = url ? 0 : 1; i < (url ? 1 : sizeof(secret_questions) / sizeof(*secret_questions)) && rc == BEF_OK; i++) {
		unsigned slot = secret_questions[i].slot;
		bool needed = a->format->needs & 1U << slot || (slot == BEF_SECRET_URL && !a->format->url);
		bool wanted = needed || (is_welcome(a, 1U << slot, 0) && (slot != BEF_SECRET_PASSWORD || a->set[BEF_SET_USER].len));

		if (wanted && !bef_adding_given(a, bef_secret_names[slot].en, bef_secret_names[slot].fr))
			rc = ask_secret(a, (int)slot, secret_questions[i].question, needed, err);
	}
	return rc;
}

/* --- settings --- */

enum bef_rc bef_adding_settings(struct bef_adding *a, struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	for (size_t i = 0; i < sizeof(setting_questions) / sizeof(*setting_questions) && rc == BEF_OK; i++) {
		unsigned slot = setting_questions[i].slot;
		bool needed = a->format->needs_set & 1U << slot;
		const char *question = needed ? tr(setting_questions[i].question) : tr("The account's name (Enter: none): ");

		if ((!needed && !is_welcome(a, 0, 1U << slot)) ||
		    bef_adding_given(a, bef_setting_names[slot].en, bef_setting_names[slot].fr))
			continue;
		a->set[slot].max = ANSWER_MOST;
		rc = bef_adding_ask(a, false, question, &a->set[slot], err);
		if (rc == BEF_OK && needed && a->set[slot].len == 0)
			rc = nobody(a, in_use(&bef_setting_names[slot]), false, err);
		a->asked = true;
	}
	return rc;
}
