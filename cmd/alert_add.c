/* SPDX-License-Identifier: EUPL-1.2 */
/* A new destination, asked for step by step: what is secret goes into files of its own, the rest into the
 * configuration.  Nothing is written before all of it was read back and a message of its format could be made. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alert.h"
#include "alert/format.h"
#include "alert/settings.h"
#include "audience.h"
#include "base/i18n.h"
#include "out.h"

enum { CONF_MOST = 1 << 16 };

/* Where it goes. */
struct places {
	char conf[BEF_PATH], dir[BEF_PATH];
};

static const char *in_use(const char *en, const char *fr)
{
	return bef_lang() == BEF_FR ? fr : en;
}

static enum bef_rc find_places(const struct bef_app *app, struct places *out, struct bef_err *err)
{
	const char *xdg = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	int len;

	if (*app->config.path)
		len = snprintf(out->conf, BEF_PATH, "%s", app->config.path);
	else if (xdg && *xdg == '/')
		len = snprintf(out->conf, BEF_PATH, "%s/beffroi/beffroi.conf", xdg);
	else
		len = snprintf(out->conf, BEF_PATH, "%s/.config/beffroi/beffroi.conf", home ? home : "");
	if (len >= BEF_PATH)
		return bef_fail(err, BEF_USAGE, "%s", tr("the path is too long"));
	snprintf(out->dir, BEF_PATH, "%.*s", (int)(bef_path_name(out->conf) - out->conf - 1), out->conf);
	return BEF_OK;
}

static bool secret_path(const struct bef_adding *a, const struct places *places, int slot, char out[BEF_PATH])
{
	return snprintf(out, BEF_PATH, "%s/secrets/%s.%s", places->dir, a->name, bef_secret_names[slot].en) < BEF_PATH;
}

/* --- the section --- */

static void put_secret(const struct bef_adding *a, const struct places *places, int slot, struct bef_text *out)
{
	const char *name = in_use(bef_secret_names[slot].en, bef_secret_names[slot].fr);
	char path[BEF_PATH] = "";

	if (!a->keys.value[slot])
		return;
	if (slot == BEF_SECRET_URL && bef_adding_url_is_plain(a)) {
		bef_text_printf(out, "%s = %s\n", name, a->keys.value[slot]);
		return;
	}
	if (!secret_path(a, places, slot, path))
		out->failed = true;
	bef_text_printf(out, "%s%s = %s\n", name, in_use("_file", "_fichier"), path);
}

/* What stands in the configuration afterwards.  --set comes first: what is wrong with it is found before anything is
 * asked for. */
static void write_section(const struct bef_adding *a, const struct places *places, struct bef_text *out)
{
	bef_text_clear(out);
	bef_text_printf(out, "[destination.%s]\nformat = %s\n", a->name, a->format->name);
	for (int i = 0; i < a->opts->set.count; i++) {
		bef_text_puts(out, a->opts->set.item[i]);
		bef_text_putc(out, '\n');
	}
	for (int s = 0; places && s < BEF_SECRET_COUNT; s++)
		put_secret(a, places, s, out);
	for (int s = 0; places && s < BEF_SET_COUNT; s++)
		if (a->set[s].len)
			bef_text_printf(out, "%s = %s\n", in_use(bef_setting_names[s].en, bef_setting_names[s].fr), bef_text_str(&a->set[s]));
	if (places && !bef_adding_given(a, "audience", "public"))
		bef_text_printf(out, "%s = %s\n", in_use("audience", "public"), bef_audience_name(a->audience));
	if (places && !bef_adding_given(a, "lang", "langue"))
		bef_text_printf(out, "%s = %s\n", in_use("lang", "langue"), bef_lang_name(a->lang));
}

/* --- is it right? --- */

/* A message to it, made and thrown away: the service's own rules for rooms, addresses and mentions.  Only where every
 * secret that it needs was typed. */
static enum bef_rc try_message(const struct bef_adding *a, const struct bef_destination *to, struct bef_err *err)
{
	__attribute__((cleanup(bef_alarm_clear))) struct bef_alarm alarm = { 0 };
	__attribute__((cleanup(bef_request_clear))) struct bef_request request = { 0 };
	const struct bef_rendering in = { &alarm, to, &a->keys, 0 };
	char id[BEF_MESSAGE_SIZE];
	enum bef_rc rc;

	for (int s = 0; s < BEF_SECRET_COUNT; s++)
		if (to->secret[s].way != BEF_SECRET_NONE && !a->keys.value[s])
			return BEF_OK;
	rc = bef_alert_test_alarm(a->app, to, id, &alarm, err);
	return rc ? rc : a->format->render(&in, &request, err);
}

/* Read it as the program will; `path` is for messages. */
static enum bef_rc check(const struct bef_adding *a, const char *path, const struct bef_text *text, bool whole,
                         struct bef_err *err)
{
	static struct bef_config trial; /* large: off the stack */
	BEF_AUTO(text) copy = { .max = 2 * CONF_MOST };
	enum bef_rc rc;

	trial = (struct bef_config){ 0 };
	bef_text_add(&copy, text->data, text->len);
	rc = bef_text_rc(&copy, err);
	if (rc == BEF_OK)
		rc = bef_config_parse(path, copy.data, &trial, err);
	if (rc == BEF_OK && trial.destination_count > 1 && !whole)
		rc = bef_fail(err, BEF_USAGE, "%s", tr("--set takes one setting: KEY=VALUE"));
	if (rc == BEF_OK && whole)
		rc = try_message(a, &trial.destination[trial.destination_count - 1], err);
	bef_config_clear(&trial);
	return rc;
}

/* The file as it will be. */
static enum bef_rc write_whole(const struct bef_adding *a, const struct places *places, struct bef_text *out, struct bef_err *err)
{
	BEF_AUTO(text) section = { .max = CONF_MOST };
	enum bef_rc rc = bef_file_read(places->conf, CONF_MOST, out, err);

	if (rc == BEF_NOT_FOUND)
		*err = (struct bef_err){ 0 };
	else if (rc)
		return rc;
	out->max = 2 * CONF_MOST;
	if (out->len && out->data[out->len - 1] != '\n')
		bef_text_putc(out, '\n');
	if (out->len)
		bef_text_putc(out, '\n');
	write_section(a, places, &section);
	bef_text_add(out, section.data, section.len);
	out->failed = out->failed || section.failed || section.full;
	return bef_text_rc(out, err);
}

/* --- writing it down --- */

static enum bef_rc write_secrets(const struct bef_adding *a, const struct places *places, struct bef_err *err)
{
	char path[BEF_PATH], dir[BEF_PATH];
	enum bef_rc rc = bef_path_join(dir, places->dir, "secrets", err);

	for (int s = 0; s < BEF_SECRET_COUNT && rc == BEF_OK; s++) {
		const char *value = a->keys.value[s];

		if (!value || (s == BEF_SECRET_URL && bef_adding_url_is_plain(a)) || !secret_path(a, places, s, path))
			continue;
		rc = bef_dir_make(dir, err);
		if (rc == BEF_OK)
			rc = bef_file_write(path, value, strlen(value), true, err);
		if (rc == BEF_OK && s == BEF_SECRET_SIGNING)
			bef_talk(a->app, tr("The receiver needs the same secret; it is in %s"), path);
	}
	return rc;
}

static enum bef_rc write_all(const struct bef_adding *a, const struct places *places, const struct bef_text *whole,
                             struct bef_err *err)
{
	enum bef_rc rc;

	if (a->app->g.dry_run)
		return BEF_OK;
	rc = bef_dir_make(places->dir, err);
	if (rc == BEF_OK)
		rc = write_secrets(a, places, err);
	return rc ? rc : bef_file_write(places->conf, whole->data, whole->len, true, err);
}

/* --- step by step --- */

static enum bef_rc check_name(struct bef_app *app, const char *name, struct bef_err *err)
{
	const char *to[BEF_DESTINATIONS_MOST];
	int count = 0;

	if (strlen(name) > 32 || !bef_handle_ok(name))
		return bef_fail(err, BEF_USAGE, tr("a destination's name is 1 to 32 of a-z 0-9 . _ - : not '%s'"), BEF_SHORT(name, 40));
	if (!bef_bell_names(&app->bell, name, to, &count, BEF_DESTINATIONS_MOST))
		return BEF_OK;
	bef_fail(err, BEF_REFUSED, tr("there is a destination or a group '%s' already"), name);
	bef_hint(err, tr("take another name, or change it in %s"), app->config.path);
	return BEF_REFUSED;
}

/* Asked twice at most. */
static enum bef_rc ask_name(struct bef_adding *a, struct bef_text *name, struct bef_err *err)
{
	bool given = name->len > 0;
	enum bef_rc rc = BEF_OK;

	for (int i = 0; i < 2; i++) {
		if (!given)
			rc = bef_adding_ask(a, false, tr("What shall it be called? (a-z 0-9 . _ -) "), name, err);
		a->name = bef_text_str(name);
		rc = rc ? rc : check_name(a->app, a->name, err);
		if (rc == BEF_OK || given || i > 0 || name->len == 0)
			break;
		bef_talk(a->app, "%s", err->msg);
		*err = (struct bef_err){ 0 };
		rc = BEF_OK;
	}
	return rc;
}

/* What is not right is asked for once more, if it was asked for. */
static enum bef_rc ask_all(struct bef_adding *a, const struct places *places, struct bef_text *whole, struct bef_err *err)
{
	enum bef_rc rc = bef_adding_secrets(a, true, err);

	if (rc == BEF_OK)
		rc = bef_adding_settings(a, err);
	if (rc == BEF_OK)
		rc = bef_adding_secrets(a, false, err);
	for (int i = 0; i < 2 && rc == BEF_OK; i++) {
		a->audience = a->format->audience;
		bef_text_clear(whole);
		rc = write_whole(a, places, whole, err);
		if (rc == BEF_OK)
			rc = check(a, places->conf, whole, true, err);
		if (rc != BEF_USAGE || !a->asked || i > 0)
			break;
		bef_talk(a->app, "%s", err->msg);
		*err = (struct bef_err){ 0 };
		rc = bef_adding_settings(a, err);
	}
	if (rc == BEF_OK)
		rc = bef_adding_readers(a, err);
	bef_text_clear(whole);
	if (rc == BEF_OK)
		rc = write_whole(a, places, whole, err);
	return rc ? rc : check(a, places->conf, whole, true, err);
}

static enum bef_rc add(struct bef_adding *a, struct bef_text *name, struct bef_err *err)
{
	BEF_AUTO(text) whole = { 0 };
	BEF_AUTO(text) given = { .max = CONF_MOST };
	BEF_AUTO(text) test = { .max = 200 };
	struct places places;
	enum bef_rc rc = ask_name(a, name, err);

	if (rc == BEF_OK)
		rc = find_places(a->app, &places, err);
	if (rc == BEF_OK)
		rc = bef_adding_format(a, err);
	if (rc)
		return rc;
	write_section(a, NULL, &given);
	rc = check(a, NULL, &given, false, err);
	if (rc == BEF_OK)
		rc = ask_all(a, &places, &whole, err);
	if (rc == BEF_OK)
		rc = write_all(a, &places, &whole, err);
	if (rc)
		return rc;
	bef_talk(a->app, tr("%s'%s' (%s) is in %s"), a->app->g.dry_run ? tr("(nothing written) ") : "", a->name, a->format->label,
	         places.conf);
	if (a->app->config.phone_count == 0)
		bef_talk(a->app, "%s", tr("Whom to phone when no alert arrives goes into the same file: section [phones]."));
	bef_text_printf(&test, tr("alert test %s"), a->name);
	bef_next(a->app, bef_text_str(&test), tr("does it arrive?"));
	return BEF_OK;
}

enum bef_rc bef_alert_add(struct bef_app *app, const struct bef_alert_opts *opts, char **words, int count,
                          struct bef_err *err)
{
	struct bef_adding a = { .app = app, .opts = opts };
	BEF_AUTO(text) name = { .max = 200 };
	enum bef_rc rc;

	if (count)
		bef_text_puts(&name, words[0]);
	rc = add(&a, &name, err);
	bef_keys_clear(&a.keys);
	for (int s = 0; s < BEF_SET_COUNT; s++)
		bef_text_clear(&a.set[s]);
	return rc;
}
