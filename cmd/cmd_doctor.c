/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "act/house.h"
#include "act/law.h"
#include "base/i18n.h"
#include "base/json.h"
#include "doctor.h"
#include "out.h"
#include "shipped.h"
#include "store/verify.h"

struct doctor_opts {
	bool rebuild;
};

static const struct bef_opt doctor_options[] = {
	BEF_FLAG(struct doctor_opts, rebuild, 0, "rebuild", "reconstruire", N_("drop the caches and compute them again from the journal")),
	BEF_OPT_END,
};

void bef_finding(struct bef_check *c, enum bef_finding_sort verdict, const char *what, const char *fmt, ...)
{
	static const char *const names[] = { "ok", "look", "warn" };
	static const char *const labels[] = { N_("ok"), N_("look"), N_("WARN") };
	static const enum bef_style styles[] = { BEF_GOOD, BEF_WARN, BEF_BAD };
	char text[600];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	c->looks += verdict == BEF_FINDING_LOOK;
	c->warnings += verdict == BEF_FINDING_WARN;
	if (c->app->g.json) {
		json_t *object = bef_json_begin("finding");
		bool ok = object != NULL;

		bef_json_put_text(object, "verdict", names[verdict], &ok);
		bef_json_put_text(object, "what", what, &ok);
		bef_json_put_text(object, "text", text, &ok);
		if (bef_put_json(ok ? object : NULL, c->err) != BEF_OK)
			c->rc = BEF_FAILED;
		return;
	}
	bef_put_cell(c->app, styles[verdict], 8, tr(labels[verdict]));
	bef_put_cell(c->app, BEF_STRONG, 20, what);
	bef_wrap(c->app, BEF_PLAIN, 28, 28, text);
}

static void check_directory(struct bef_check *c)
{
	const char *dir = c->app->desk.base;
	struct statvfs fs;
	struct stat st;
	char free_text[32], ballast[BEF_PATH];
	int64_t free_bytes;

	if (stat(dir, &st) != 0) {
		bef_finding(c, BEF_FINDING_LOOK, tr("journal"), tr("none yet in %.200s; the first 'beffroi open' makes it"), dir);
		return;
	}
	if (st.st_mode & 077)
		bef_finding(c, BEF_FINDING_WARN, tr("journal"), tr("others may read %.200s: chmod 700 it"), dir);
	else
		bef_finding(c, BEF_FINDING_OK, tr("journal"), tr("%.200s, readable by you alone"), dir);
	if (statvfs(dir, &fs) == 0) {
		free_bytes = (int64_t)fs.f_bavail * (int64_t)fs.f_frsize;
		bef_size_format(free_bytes, free_text);
		bef_finding(c, free_bytes < (64 << 20) ? BEF_FINDING_WARN : BEF_FINDING_OK, tr("disk"), tr("%s free"), free_text);
	}
	if (bef_path_join(ballast, dir, "ballast", NULL) == BEF_OK && access(ballast, F_OK) != 0)
		bef_finding(c, BEF_FINDING_LOOK, tr("reserve"), "%s", tr("the reserve against a full disk is gone: beffroi doctor --rebuild makes it again"));
}

static void check_journal(struct bef_check *c)
{
	const struct bef_verify_options how = { .file = true };
	BEF_AUTO_STORE *store = NULL;
	struct bef_verdict verdict;
	struct bef_err err = { 0 };
	enum bef_rc rc = bef_app_read(c->app, &store, &err);

	if (rc == BEF_NOT_FOUND)
		return;
	if (rc == BEF_OK)
		rc = bef_store_verify(store, &how, &verdict, &err);
	if (rc)
		bef_finding(c, BEF_FINDING_WARN, tr("integrity"), "%s", err.msg);
	else if (verdict.broken)
		bef_finding(c, BEF_FINDING_WARN, tr("integrity"), tr("BROKEN: %s (beffroi verify)"), verdict.flaw);
	else
		bef_finding(c, BEF_FINDING_OK, tr("integrity"), trn("%lld entry, chain whole", "%lld entries, chain whole", (long)verdict.entries),
		        (long long)verdict.entries);
}

static void check_key(struct bef_check *c)
{
	struct stat st;

	if (stat(c->app->desk.key_path, &st) != 0)
		bef_finding(c, BEF_FINDING_LOOK, tr("signing key"), "%s", tr("none yet: it is drawn at the first entry"));
	else if (st.st_mode & 077)
		bef_finding(c, BEF_FINDING_WARN, tr("signing key"), tr("others may read it: chmod 600 %.200s"), c->app->desk.key_path);
	else
		bef_finding(c, BEF_FINDING_OK, tr("signing key"), "%.300s", c->app->desk.key_path);
}

static void check_clock(struct bef_check *c)
{
	char now[BEF_DATE_SIZE];

	bef_date_format(c->app->desk.pen.now_ms, c->app->desk.pen.zone, BEF_DATE_OFFSET, now);
	bef_finding(c, strcmp(c->app->desk.pen.zone, "UTC") == 0 ? BEF_FINDING_LOOK : BEF_FINDING_OK, tr("clock"),
	        strcmp(c->app->desk.pen.zone, "UTC") == 0
	                ? tr("%s, zone %s: if you are not there, set zone = Europe/Paris in the configuration")
	                : tr("%s, zone %s"),
	        now, c->app->desk.pen.zone);
}

static void check_config(struct bef_check *c)
{
	const struct bef_config *config = &c->app->config;

	if (!*config->path)
		bef_finding(c, BEF_FINDING_LOOK, tr("configuration"), "%s", tr("none: beffroi help variables shows what it can hold"));
	else if (config->is_open)
		bef_finding(c, BEF_FINDING_WARN, tr("configuration"), tr("it holds an address and others may read it: chmod 600 %.200s"), config->path);
	else
		bef_finding(c, BEF_FINDING_OK, tr("configuration"), "%.300s", config->path);
	bef_check_alerts(c);
	if (access(c->app->net, X_OK) != 0)
		bef_finding(c, BEF_FINDING_WARN, tr("network"), tr("beffroi-net is not beside the program nor in %s"), BEF_LIBEXEC);
}

static enum bef_rc count_playbook(void *arg, const struct bef_playbook *playbook, const char *from, struct bef_err *err)
{
	(void)playbook;
	(void)from;
	(void)err;
	++*(int *)arg;
	return BEF_OK;
}

static void check_playbooks(struct bef_check *c)
{
	int count = 0;

	if (bef_playbook_each(c->app->desk.base, NULL, count_playbook, &count, c->err) != BEF_OK)
		bef_finding(c, BEF_FINDING_WARN, tr("playbooks"), "%s", c->err->msg);
	else
		bef_finding(c, BEF_FINDING_OK, tr("playbooks"), trn("%d can be run", "%d can be run", count), count);
}

enum { STALE_DAYS = 180 };

/* Numbers that nobody has dialled for half a year, and slots that only the company can fill. */
static void check_contacts(struct bef_check *c, const struct bef_law *law)
{
	BEF_AUTO(text) stale = { .max = 4096 };
	BEF_AUTO(text) empty = { .max = 4096 };
	int old = 0;
	json_t *contact;
	size_t i;

	json_array_foreach (law->contacts, i, contact) {
		const char *id = bef_json_text_or(contact, "id", "");
		bool slot = !*bef_json_text_or(contact, "phone", "") && !*bef_json_text_or(contact, "mail", "") &&
		            !*bef_json_text_or(contact, "url", "");

		if (slot)
			bef_text_printf(&empty, "%s%s", empty.len ? ", " : "", id);
		else if (bef_checked_days(contact, c->app->desk.pen.now_ms) > STALE_DAYS)
			bef_text_printf(&stale, "%s%s", old++ ? ", " : "", id);
	}
	if (old)
		bef_finding(c, BEF_FINDING_LOOK, tr("contacts"), tr("%d not checked for 180 days: %.200s"), old, bef_text_str(&stale));
	else
		bef_finding(c, BEF_FINDING_OK, tr("contacts"), tr("%d known, checked within 180 days"), (int)i);
	if (empty.len)
		bef_finding(c, BEF_FINDING_LOOK, tr("contacts"), tr("to fill in: %.200s (beffroi deadline contacts)"), bef_text_str(&empty));
}

static void check_law(struct bef_check *c)
{
	BEF_AUTO_STORE *store = NULL;
	__attribute__((cleanup(bef_legal_clear))) struct bef_legal legal = { 0 };
	struct bef_err err = { 0 };
	int old = 0;
	enum bef_rc rc = bef_app_read(c->app, &store, NULL);

	rc = bef_legal_load(&c->app->desk, rc ? NULL : store, &legal, &err);
	if (rc == BEF_OK)
		rc = bef_law_lint(legal.law, &err);
	if (rc) {
		bef_finding(c, BEF_FINDING_WARN, tr("legal rules"), "%s", err.msg);
		return;
	}
	for (size_t i = 0; i < legal.law->rule_count; i++)
		old += bef_checked_days(legal.law->rule[i].json, c->app->desk.pen.now_ms) > STALE_DAYS;
	if (old)
		bef_finding(c, BEF_FINDING_LOOK, tr("legal rules"), tr("%d not checked for 180 days (beffroi deadline rules --older-than 180d)"), old);
	else
		bef_finding(c, BEF_FINDING_OK, tr("legal rules"), tr("%d, checked within 180 days"), (int)legal.law->rule_count);
	if (legal.profile->answer_count == 0)
		bef_finding(c, BEF_FINDING_LOOK, tr("profile"), "%s", tr("nothing said yet: beffroi deadline profile"));
	check_contacts(c, legal.law);
}

static enum bef_rc rebuild(struct bef_app *app, struct bef_err *err)
{
	json_t *object;
	bool ok = true;
	int logs = 0;
	enum bef_rc rc = bef_act_rebuild(&app->desk, &logs, err);

	if (rc)
		return rc;
	if (!app->g.json) {
		bef_put(app, BEF_PLAIN, "%s", app->g.dry_run ? tr("(nothing written) ") : "");
		bef_put(app, BEF_PLAIN, trn("Caches of %d journal computed again.\n", "Caches of %d journals computed again.\n", logs), logs);
		return BEF_OK;
	}
	object = bef_json_begin("rebuilt");
	bef_json_put_int(object, "journals", logs, &ok);
	return bef_put_json(object, err);
}

static enum bef_rc doctor_run(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	const struct doctor_opts *opts = opts_;
	struct bef_check c = { .app = app, .err = err };

	(void)words;
	(void)count;
	if (opts->rebuild)
		return rebuild(app, err);
	check_directory(&c);
	check_journal(&c);
	check_key(&c);
	check_clock(&c);
	check_config(&c);
	check_playbooks(&c);
	check_law(&c);
	if (!app->g.json)
		bef_talk(app, tr("%d to mend, %d to look at. Nothing was changed."), c.warnings, c.looks);
	if (c.rc)
		return c.rc;
	return c.warnings ? BEF_ATTENTION : BEF_OK;
}

const struct bef_cmd bef_cmd_doctor = {
	.en = "doctor", .fr = "docteur",
	.group = BEF_GROUP_HOUSE,
	.summary = N_("check the house; rebuild the caches"),
	.about = N_("Looks and changes nothing; exit status 7 if something is to be mended."),
	.examples_en = "beffroi doctor\nbeffroi doctor --rebuild\n",
	.examples_fr = "beffroi docteur\nbeffroi docteur --reconstruire\n",
	.most_words = 0,
	.opts = doctor_options, .opts_size = sizeof(struct doctor_opts),
	.run = doctor_run,
};
