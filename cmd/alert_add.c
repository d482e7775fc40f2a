/* SPDX-License-Identifier: EUPL-1.2 */
/* A new destination, asked for step by step: what is secret goes into files of its own, the rest into the
 * configuration. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "alert.h"
#include "alert/format.h"
#include "alert/settings.h"
#include "ask.h"
#include "base/i18n.h"
#include "out.h"

enum { SECRET_BYTES = 32 };

struct adding {
	struct bef_app *app;
	const char *name;
	const struct bef_format *format;
	char dir[BEF_PATH], conf[BEF_PATH]; /* where the configuration is */
	struct bef_text section;
};

/* --- what is asked --- */

static const struct {
	unsigned slot;
	const char *question; /* through tr() */
} secret_questions[] = {
	{ BEF_SECRET_URL, N_("Its address (from the service; it is not shown): ") },
	{ BEF_SECRET_SIGNING, N_("The secret that signs (whsec_...; Enter: one is drawn): ") },
	{ BEF_SECRET_TOKEN, N_("Its token or key (not shown): ") },
	{ BEF_SECRET_PASSWORD, N_("Its password (not shown): ") },
	{ BEF_SECRET_CONSUMER, N_("The consumer key (not shown): ") },
}, setting_questions[] = {
	{ BEF_SET_TO, N_("To whom there (address, room, chat, topic, telephone number): ") },
	{ BEF_SET_FROM, N_("From whom (address or name of the sender): ") },
	{ BEF_SET_USER, N_("The account's name: ") },
	{ BEF_SET_SERVICE, N_("The service's name: ") },
};

/* A line that the terminal does not show. */
static enum bef_rc ask_hidden(struct bef_app *app, const char *question, struct bef_text *out, struct bef_err *err)
{
	struct termios former, quiet;
	bool terminal = app->in_tty && tcgetattr(STDIN_FILENO, &former) == 0;
	enum bef_rc rc;

	if (terminal) {
		quiet = former;
		quiet.c_lflag &= ~(tcflag_t)ECHO;
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
		bef_hold_interrupts(true); /* the terminal is put right first */
	}
	rc = bef_ask_line(app, question, out, err);
	if (terminal) {
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &former);
		bef_hold_interrupts(false);
		fputc('\n', stderr);
	}
	return rc;
}

/* True if `--set` gave this name, in one of the ways there are for it: it is not asked for. */
static bool was_given(const struct bef_alert_opts *opts, const struct bef_setting_name *name)
{
	for (int i = 0; i < opts->set.count; i++)
		if (strncmp(opts->set.item[i], name->en, strlen(name->en)) == 0 ||
		    strncmp(opts->set.item[i], name->fr, strlen(name->fr)) == 0)
			return true;
	return false;
}

/* --- where it goes --- */

static enum bef_rc put_secret(struct adding *a, const char *key, const char *value, struct bef_err *err)
{
	char dir[BEF_PATH], path[BEF_PATH];
	int len = snprintf(dir, sizeof(dir), "%s/secrets", a->dir);
	enum bef_rc rc;

	if (len >= BEF_PATH || snprintf(path, sizeof(path), "%s/%s.%s", dir, a->name, key) >= BEF_PATH)
		return bef_fail(err, BEF_USAGE, "%s", tr("the path is too long"));
	bef_text_printf(&a->section, "%s_file = %s\n", key, path);
	if (a->app->g.dry_run)
		return BEF_OK;
	rc = bef_dir_make(dir, err);
	return rc ? rc : bef_file_write(path, value, strlen(value), true, err);
}

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

static enum bef_rc ask_secret(struct adding *a, enum bef_secret_slot slot, const char *question, struct bef_err *err)
{
	BEF_AUTO(text) line = { .max = 8192 };
	enum bef_rc rc = ask_hidden(a->app, question, &line, err);

	if (rc == BEF_OK && line.len == 0 && slot == BEF_SECRET_SIGNING)
		draw_secret(&line);
	if (rc == BEF_OK && line.len == 0)
		rc = bef_fail(err, BEF_USAGE, tr("%s needs its %s"), a->format->label, bef_secret_names[slot].en);
	if (rc == BEF_OK)
		rc = put_secret(a, bef_secret_names[slot].en, bef_text_str(&line), err);
	if (line.data)
		explicit_bzero(line.data, line.len);
	return rc;
}

static enum bef_rc ask_settings(struct adding *a, const struct bef_alert_opts *opts, struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	for (size_t i = 0; i < sizeof(secret_questions) / sizeof(*secret_questions) && rc == BEF_OK; i++) {
		unsigned slot = secret_questions[i].slot;
		bool needed = a->format->needs & 1U << slot || (slot == BEF_SECRET_URL && !a->format->url);

		if (needed && !was_given(opts, &bef_secret_names[slot]))
			rc = ask_secret(a, (enum bef_secret_slot)slot, tr(secret_questions[i].question), err);
	}
	for (size_t i = 0; i < sizeof(setting_questions) / sizeof(*setting_questions) && rc == BEF_OK; i++) {
		unsigned slot = setting_questions[i].slot;
		BEF_AUTO(text) line = { .max = 1000 };

		if (!(a->format->needs_set & 1U << slot) || was_given(opts, &bef_setting_names[slot]))
			continue;
		rc = bef_ask_line(a->app, tr(setting_questions[i].question), &line, err);
		if (rc == BEF_OK && line.len == 0)
			rc = bef_fail(err, BEF_USAGE, tr("%s needs its %s"), a->format->label, bef_setting_names[slot].en);
		bef_text_printf(&a->section, "%s = %s\n", bef_setting_names[slot].en, bef_text_str(&line));
	}
	return rc;
}

static enum bef_rc choose_format(struct adding *a, const struct bef_alert_opts *opts, struct bef_err *err)
{
	BEF_AUTO(text) typed = { .max = 200 };
	BEF_AUTO(text) all = { .max = 2000 };
	enum bef_rc rc = BEF_OK;

	for (size_t i = 0; bef_formats[i]; i++)
		bef_text_printf(&all, "%s%s", i ? ", " : "", bef_formats[i]->name);
	if (opts->format)
		bef_text_puts(&typed, opts->format);
	else
		bef_talk(a->app, tr("Services: %s"), bef_text_str(&all));
	if (!opts->format)
		rc = bef_ask_line(a->app, tr("Which one? "), &typed, err);
	if (rc)
		return rc;
	a->format = bef_format_find(bef_text_str(&typed));
	if (a->format)
		return BEF_OK;
	bef_fail(err, BEF_USAGE, tr("no format '%s'"), BEF_SHORT(bef_text_str(&typed), 40));
	bef_hint(err, tr("formats: %s"), bef_text_str(&all));
	return BEF_USAGE;
}

/* --- the file --- */

static enum bef_rc find_conf(struct adding *a, struct bef_err *err)
{
	const char *xdg = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	int len;

	if (*a->app->config.path)
		len = snprintf(a->conf, sizeof(a->conf), "%s", a->app->config.path);
	else if (xdg && *xdg == '/')
		len = snprintf(a->conf, sizeof(a->conf), "%s/beffroi/beffroi.conf", xdg);
	else
		len = snprintf(a->conf, sizeof(a->conf), "%s/.config/beffroi/beffroi.conf", home ? home : "");
	if (len >= BEF_PATH)
		return bef_fail(err, BEF_USAGE, "%s", tr("the path is too long"));
	snprintf(a->dir, sizeof(a->dir), "%.*s", (int)(bef_path_name(a->conf) - a->conf - 1), a->conf);
	return BEF_OK;
}

/* The section as the program will read it: a slip is found before anything is written. */
static enum bef_rc write_conf(struct adding *a, struct bef_err *err)
{
	BEF_AUTO(text) whole = { 0 };
	enum bef_rc rc = bef_file_read(a->conf, 1 << 16, &whole, err);

	if (rc == BEF_NOT_FOUND)
		*err = (struct bef_err){ 0 };
	else if (rc)
		return rc;
	whole.max = 1 << 17;
	if (whole.len && whole.data[whole.len - 1] != '\n')
		bef_text_putc(&whole, '\n');
	bef_text_puts(&whole, bef_text_str(&a->section));
	rc = bef_text_rc(&whole, err);
	if (rc == BEF_OK && !a->app->g.dry_run)
		rc = bef_dir_make(a->dir, err);
	return rc || a->app->g.dry_run ? rc : bef_file_write(a->conf, bef_text_str(&whole), whole.len, true, err);
}

/* Does what was put together read well?  In a file of its own, thrown away. */
static enum bef_rc check_section(struct adding *a, struct bef_err *err)
{
	static struct bef_config trial; /* large: off the stack */
	char path[] = "/tmp/beffroi-XXXXXX";
	int fd = mkstemp(path);
	enum bef_rc rc;

	if (fd < 0)
		return bef_fail(err, BEF_FAILED, "%s", tr("no temporary file can be made"));
	rc = bef_fd_write(fd, path, bef_text_str(&a->section), a->section.len, err);
	close(fd);
	if (rc == BEF_OK)
		rc = bef_config_read(path, &trial, err);
	unlink(path);
	bef_config_clear(&trial);
	return rc;
}

static enum bef_rc check_name(struct bef_app *app, const char *name, struct bef_err *err)
{
	if (strlen(name) > 32 || !bef_handle_ok(name))
		return bef_fail(err, BEF_USAGE, tr("a destination's name is 1 to 32 of a-z 0-9 . _ - : not '%s'"), BEF_SHORT(name, 40));
	if (!bef_bell_find(&app->bell, name))
		return BEF_OK;
	bef_fail(err, BEF_REFUSED, tr("there is a destination '%s' already"), name);
	bef_hint(err, tr("change it in %s"), app->config.path);
	return BEF_REFUSED;
}

enum bef_rc bef_alert_add(struct bef_app *app, const struct bef_alert_opts *opts, char **words, int count,
                          struct bef_err *err)
{
	struct adding a = { .app = app, .section = { .max = 1 << 16 } };
	BEF_AUTO(text) name = { .max = 200 };
	enum bef_rc rc = BEF_OK;

	if (count)
		bef_text_puts(&name, words[0]);
	else
		rc = bef_ask_line(app, tr("What shall it be called? (a-z 0-9 . _ -) "), &name, err);
	a.name = bef_text_str(&name);
	if (rc == BEF_OK)
		rc = check_name(app, a.name, err);
	if (rc == BEF_OK)
		rc = find_conf(&a, err);
	if (rc == BEF_OK)
		rc = choose_format(&a, opts, err);
	if (rc == BEF_OK) {
		bef_text_printf(&a.section, "\n[destination.%s]\nformat = %s\n", a.name, a.format->name);
		for (int i = 0; i < opts->set.count; i++)
			bef_text_printf(&a.section, "%s\n", opts->set.item[i]);
		rc = check_section(&a, err);
	}
	if (rc == BEF_OK)
		rc = ask_settings(&a, opts, err);
	if (rc == BEF_OK)
		rc = write_conf(&a, err);
	bef_text_clear(&a.section);
	if (rc)
		return rc;
	bef_talk(app, tr("%s'%s' (%s) is in %s"), app->g.dry_run ? tr("(nothing written) ") : "", a.name, a.format->label, a.conf);
	bef_next(app, tr("alert test"), tr("does it arrive?"));
	return BEF_OK;
}
