/* SPDX-License-Identifier: EUPL-1.2 */
#include "app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "act/draft.h"
#include "ask.h"
#include "base/i18n.h"
#include "out.h"

const struct bef_opt bef_global_options[] = {
	BEF_TEXT(struct bef_globals, incident, 'i', "incident", "incident", N_("N"), N_("which incident (default: the current one)")),
	BEF_TEXT(struct bef_globals, by, 0, "by", "par", N_("NAME"), N_("who did or said it, if not you")),
	BEF_TEXT(struct bef_globals, role, 0, "role", "role", N_("ROLE"), N_("function in which you write (director, scribe...)")),
	BEF_FLAG(struct bef_globals, dry_run, 'n', "dry-run", "essai", N_("show what would be done, write nothing")),
	BEF_FLAG(struct bef_globals, yes, 'y', "yes", "oui", N_("answer yes to the question asked")),
	BEF_FLAG(struct bef_globals, no_input, 0, "no-input", "sans-question", N_("never ask: fail and name the missing option")),
	BEF_FLAG(struct bef_globals, json, 'j', "json", "json", N_("answer for machines: one JSON object per line")),
	BEF_TEXT(struct bef_globals, lang, 0, "lang", "langue", N_("fr|en"), N_("language of what is shown")),
	BEF_FILE(struct bef_globals, base, 0, "base", "base", N_("DIR"), N_("directory of the journal (also BEFFROI_BASE)")),
	BEF_TEXT(struct bef_globals, color, 0, "color", "couleur", N_("WHEN"), N_("always, never or auto")),
	BEF_FLAG(struct bef_globals, ascii, 0, "ascii", "ascii", N_("no rules, arrows or marks outside ASCII")),
	BEF_FLAG(struct bef_globals, quiet, 'q', "quiet", "silencieux", N_("the result only, no talk")),
	BEF_FLAG(struct bef_globals, verbose, 'v', "verbose", "bavard", N_("say where things are read and written")),
	BEF_FLAG(struct bef_globals, help, 'h', "help", "aide", N_("this help")),
	BEF_FLAG(struct bef_globals, version, 'V', "version", "version", N_("version and parts")),
	BEF_OPT_END,
};

bool bef_clock_stands(void)
{
#ifdef BEF_TESTING
	return getenv("BEFFROI_TEST_NOW") != NULL;
#else
	return false;
#endif
}

int64_t bef_now_ms(void)
{
	struct timespec now;
#ifdef BEF_TESTING
	const char *fixed = getenv("BEFFROI_TEST_NOW");
	int64_t at_ms;

	if (fixed && bef_date_utc_parse(fixed, &at_ms))
		return at_ms;
#endif
	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void bef_app_tick(struct bef_app *app)
{
	app->desk.pen.now_ms = bef_now_ms();
}

/* Colour: the option, then NO_COLOR, CLICOLOR_FORCE and FORCE_COLOR, TERM=dumb, then the terminal. */
static enum bef_rc choose_color(struct bef_app *app, struct bef_err *err)
{
	static const char *const always[] = { "always", "toujours" };
	static const char *const never[] = { "never", "jamais" };
	const char *force = getenv("CLICOLOR_FORCE");
	const char *force_too = getenv("FORCE_COLOR");
	const char *no = getenv("NO_COLOR");
	const char *term = getenv("TERM");
	const char *option = app->g.color;

	app->color = app->out_tty && !(term && strcmp(term, "dumb") == 0);
	if ((force && *force) || (force_too && *force_too))
		app->color = true;
	if (no && *no)
		app->color = false;
	if (!option || strcmp(option, "auto") == 0)
		return BEF_OK;
	for (size_t i = 0; i < 2; i++) {
		if (bef_fold_equal(option, always[i]) || bef_fold_equal(option, never[i])) {
			app->color = bef_fold_equal(option, always[i]);
			return BEF_OK;
		}
	}
	return bef_fail(err, BEF_USAGE, tr("--color is always, never or auto, not '%.40s'"), option);
}

enum bef_rc bef_app_measure(struct bef_app *app, struct bef_err *err)
{
	const char *columns = getenv("COLUMNS");
	const char *term = getenv("TERM");
	const char *accessible = getenv("ACCESSIBLE");
	struct winsize size;

	app->in_tty = isatty(0) == 1;
	app->out_tty = isatty(1) == 1;
	app->err_tty = isatty(2) == 1;
	app->width = columns ? (int)bef_natural(columns, 100000) : 0;
	if (app->width <= 0 && app->out_tty && ioctl(1, TIOCGWINSZ, &size) == 0)
		app->width = size.ws_col;
	if (app->width < 20 || app->width > 1000)
		app->width = 80;
	app->fancy = !app->g.ascii && !(accessible && *accessible) && !(term && strcmp(term, "linux") == 0);
	return choose_color(app, err);
}

/* A directory from an XDG variable or below the home directory. */
static bool home_dir(const char *variable, const char *below, char out[BEF_PATH])
{
	const char *value = getenv(variable);
	const char *home = getenv("HOME");
	int len;

	if (value && *value == '/')
		len = snprintf(out, BEF_PATH, "%s/beffroi", value);
	else if (home && *home == '/')
		len = snprintf(out, BEF_PATH, "%s/%s/beffroi", home, below);
	else
		return false;
	return len > 0 && len < BEF_PATH;
}

static enum bef_rc read_config(struct bef_app *app, struct bef_err *err)
{
	char path[BEF_PATH];
	enum bef_rc rc = BEF_NOT_FOUND;

	if (home_dir("XDG_CONFIG_HOME", ".config", path) && strlen(path) < BEF_PATH - 20) {
		strcat(path, "/beffroi.conf");
		rc = bef_config_read(path, &app->config, err);
	}
	if (rc == BEF_NOT_FOUND)
		rc = bef_config_read("/etc/beffroi/beffroi.conf", &app->config, err);
	if (rc != BEF_NOT_FOUND)
		return rc;
	*err = (struct bef_err){ 0 }; /* none is no failure, and must not be told with another one */
	return BEF_OK;
}

static const char *first(const char *a, const char *b, const char *c)
{
	return a && *a ? a : b && *b ? b : c;
}

static enum bef_rc choose_places(struct bef_app *app, struct bef_err *err)
{
	const char *asked = first(app->g.base, getenv("BEFFROI_BASE"), app->config.base);
	char base[2 * BEF_PATH];
	char state[BEF_PATH];
	char cwd[BEF_PATH];

	if (asked && *asked == '/')
		snprintf(base, sizeof(base), "%.4000s", asked);
	else if (asked && *asked && getcwd(cwd, sizeof(cwd)))
		snprintf(base, sizeof(base), "%.3000s/%.1000s", cwd, asked);
	else if (!home_dir("XDG_DATA_HOME", ".local/share", base))
		return bef_fail(err, BEF_USAGE, "%s", tr("no home directory: say where the journal is with --base DIR"));
	if (!home_dir("XDG_STATE_HOME", ".local/state", state))
		snprintf(state, sizeof(state), "%.4000s/state", base);
	return bef_desk_init(&app->desk, base, state, err);
}

/* A handle from whatever the account is called: folded, other characters dropped. */
static void handle_of(const char *name, char out[BEF_HANDLE_SIZE])
{
	char folded[128];
	size_t at = 0;

	bef_fold(name, folded, sizeof(folded));
	for (const char *c = folded; *c && at + 1 < BEF_HANDLE_SIZE; c++) {
		char one[2] = { *c == ' ' ? '.' : *c, '\0' };

		if (bef_handle_ok(one))
			out[at++] = *one;
	}
	out[at] = '\0';
	if (at == 0)
		strcpy(out, "anonymous");
}

static enum bef_rc choose_pen(struct bef_app *app, struct bef_err *err)
{
	struct bef_pen *pen = &app->desk.pen;
	char number[24];
	const char *login;
	const char *role = first(app->g.role, getenv("BEFFROI_ROLE"), app->config.role);
	const struct bef_word *word;

	/* Not getpwuid(): glibc's look-up crashes when memory is short. */
	snprintf(number, sizeof(number), geteuid() == 0 ? "root" : "uid-%ld", (long)geteuid());
	login = first(getenv("LOGNAME"), getenv("USER"), number);
	handle_of(first(getenv("BEFFROI_AUTHOR"), app->config.author, login), pen->author);
	if (role && *role) {
		enum bef_rc rc = bef_word_parse(&bef_roles, role, &word, err);

		if (rc)
			return rc;
		snprintf(pen->role, sizeof(pen->role), "%s", word->name);
	}
	bef_zone_local(pen->zone);
	if (*app->config.zone) {
		if (!bef_zone_exists(app->config.zone))
			return bef_fail(err, BEF_USAGE, tr("unknown time zone '%.60s' in %.200s"), app->config.zone,
			                app->config.path);
		snprintf(pen->zone, sizeof(pen->zone), "%s", app->config.zone);
	}
	bef_app_tick(app);
	return BEF_OK;
}

void bef_app_program(const char *name, char out[BEF_PATH])
{
	char self[BEF_PATH];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);

	self[len > 0 ? len : 0] = '\0';
	if (len > 0)
		*(char *)(uintptr_t)bef_path_name(self) = '\0';
	if (strlen(self) < BEF_PATH - 20)
		snprintf(out, BEF_PATH, "%.4000s%s", self, name);
	if (access(out, X_OK) != 0)
		snprintf(out, BEF_PATH, "%s/%s", BEF_LIBEXEC, name);
}

enum bef_rc bef_app_init(struct bef_app *app, struct bef_err *err)
{
	enum bef_rc rc;

	rc = bef_crypto_init(err);
	if (rc == BEF_OK)
		rc = read_config(app, err);
	if (rc == BEF_OK && !app->g.lang && *app->config.lang && !getenv("BEFFROI_LANG"))
		bef_lang_choose(app->config.lang);
	if (rc == BEF_OK)
		rc = choose_places(app, err);
	if (rc == BEF_OK)
		rc = choose_pen(app, err);
	if (rc)
		return rc;
	app->began_ms = app->desk.pen.now_ms;
	app->desk.wait_ms = (app->config.wait_s ? app->config.wait_s : 10) * 1000;
	app->desk.dry_run = app->g.dry_run;
	app->bell = (struct bef_bell){ app->config.destination, app->config.destination_count, app->config.group,
		                       app->config.group_count };
	app->desk.bell = app->bell.count ? &app->bell : NULL;
	snprintf(app->desk.organisation, sizeof(app->desk.organisation), "%s", app->config.organisation);
	if (app->g.incident) {
		if (strlen(app->g.incident) >= sizeof(app->desk.incident))
			return bef_fail(err, BEF_NOT_FOUND, tr("no incident '%s'"), BEF_SHORT(app->g.incident, 60));
		memcpy(app->desk.incident, app->g.incident, strlen(app->g.incident) + 1);
	}
	bef_app_program("beffroi-net", app->net);
	if (app->g.verbose)
		bef_talk(app, tr("journal: %s"), app->desk.base);
	return BEF_OK;
}

void bef_app_clear(struct bef_app *app)
{
	bef_desk_clear(&app->desk);
	bef_config_clear(&app->config);
}
