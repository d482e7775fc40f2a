/* SPDX-License-Identifier: EUPL-1.2 */
/* 'report dossier': what is asked, where it goes, and the seal.  Declared in dossier.h. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "act/incident.h"
#include "act/law.h"
#include "ask.h"
#include "base/i18n.h"
#include "base/json.h"
#include "dossier.h"
#include "out.h"
#include "passphrase.h"

/* --- for whom --- */

static enum bef_rc read_locks(struct bef_app *app, const struct bef_report_opts *opts, struct bef_age_locks *locks,
                              struct bef_text *passphrase, struct bef_err *err)
{
	bool by_phrase = opts->passphrase || opts->passphrase_file;
	enum bef_rc rc;

	if (by_phrase && opts->recipient.count)
		return bef_fail(err, BEF_USAGE, "%s", tr("a dossier is locked for recipients or by a passphrase, not both"));
	for (int i = 0; i < opts->recipient.count; i++) {
		if (bef_age_recipient_parse(opts->recipient.item[i], locks->recipient[i]))
			continue;
		bef_fail(err, BEF_USAGE, tr("'%s' is not an age recipient"), BEF_SHORT(opts->recipient.item[i], 80));
		bef_hint(err, "%s", tr("it starts with age1 and has 62 characters: age-keygen shows it"));
		return BEF_USAGE;
	}
	locks->count = (size_t)opts->recipient.count;
	if (!by_phrase)
		return BEF_OK;
	rc = bef_passphrase(app, opts->passphrase_file, true, passphrase, err);
	locks->passphrase = bef_text_str(passphrase);
	return rc;
}

/* --- where it goes --- */

struct outlet {
	const char *path; /* "-": standard output */
	char temporary[BEF_PATH];
	struct bef_fd_stream stream;
	struct bef_sink to; /* the file, counting */
	struct bef_age *age;
	struct bef_sha256_state digest;
	int64_t size;
	bool dry, nameless;
};

/* What leaves is counted and hashed, for the answer. */
static enum bef_rc put_out(void *arg, const void *data, size_t len, struct bef_err *err)
{
	struct outlet *o = arg;

	o->size += (int64_t)len;
	bef_sha256_more(&o->digest, data, len);
	if (bef_interrupted())
		return bef_fail(err, BEF_INTERRUPTED, "%s", tr("broken off: no dossier was written"));
	return o->dry ? BEF_OK : bef_fd_write(o->stream.fd, o->path, data, len, err);
}

/* A file that is gone if we end before it has its name, whatever ends us; -1: not on this disk. */
static int open_nameless(const char *path)
{
	char dir[BEF_PATH];

	snprintf(dir, sizeof(dir), "%.*s.", (int)(bef_path_name(path) - path), path);
	return open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}

static bool give_name(struct outlet *o)
{
	char self[64];

	snprintf(self, sizeof(self), "/proc/self/fd/%d", o->stream.fd);
	return !o->nameless || linkat(AT_FDCWD, self, AT_FDCWD, o->temporary, AT_SYMLINK_FOLLOW) == 0;
}

static enum bef_rc open_file(struct bef_app *app, const struct bef_report_opts *opts, struct outlet *o,
                             struct bef_err *err)
{
	o->stream = (struct bef_fd_stream){ 1, o->path };
	if (strcmp(o->path, "-") == 0)
		return app->out_tty ? bef_fail(err, BEF_USAGE, "%s", tr("an archive is not for a terminal: -o FILE")) : BEF_OK;
	o->dry = app->g.dry_run;
	if (o->dry)
		return BEF_OK;
	if (!opts->overwrite && access(o->path, F_OK) == 0) {
		bef_fail(err, BEF_REFUSED, tr("'%.200s' is already there"), o->path);
		bef_hint(err, "%s", tr("choose another name with -o FILE, or add: --overwrite"));
		return BEF_REFUSED;
	}
	o->stream.fd = open_nameless(o->path);
	if (o->stream.fd >= 0) {
		snprintf(o->temporary, sizeof(o->temporary), "%.4000s.new.%ld", o->path, (long)getpid());
		o->nameless = true;
		return BEF_OK;
	}
	snprintf(o->temporary, sizeof(o->temporary), "%.4000s.new.XXXXXX", o->path);
	o->stream.fd = mkostemp(o->temporary, O_CLOEXEC);
	if (o->stream.fd >= 0)
		return BEF_OK;
	*o->temporary = '\0';
	return bef_fail(err, BEF_FAILED, tr("cannot write in '%.200s'"), o->path);
}

static enum bef_rc open_outlet(struct bef_app *app, const struct bef_report_opts *opts, const struct bef_age_locks *locks,
                               struct outlet *o, struct bef_err *err)
{
	enum bef_rc rc = open_file(app, opts, o, err);

	bef_sha256_start(&o->digest);
	o->to = (struct bef_sink){ put_out, o };
	if (rc || (!locks->count && !locks->passphrase))
		return rc;
	rc = bef_age_seal(o->to, locks, &o->age, err);
	if (rc == BEF_OK)
		o->to = bef_age_sink(o->age);
	return rc;
}

/* In place once it is whole and on the disk; else no trace of it. */
static enum bef_rc close_outlet(struct outlet *o, enum bef_rc rc, struct bef_hash *digest, struct bef_err *err)
{
	if (rc == BEF_OK && o->age)
		rc = bef_age_finish(o->age, err);
	bef_age_clear(&o->age);
	bef_sha256_end(&o->digest, digest);
	if (!*o->temporary)
		return rc;
	if (rc == BEF_OK && (fsync(o->stream.fd) != 0 || !give_name(o)))
		rc = bef_fail(err, BEF_FAILED, tr("cannot write '%.200s'"), o->path);
	close(o->stream.fd);
	if (rc == BEF_OK && rename(o->temporary, o->path) != 0)
		rc = bef_fail(err, BEF_FAILED, tr("cannot write '%.200s'"), o->path);
	if (rc)
		unlink(o->temporary);
	return rc;
}

/* --- all of it --- */

static void set_facts(const struct bef_app *app, const struct bef_case *c, const struct bef_case *organisation,
                      struct bef_manifest *m)
{
	snprintf(m->ref, sizeof(m->ref), "%s", c->ref ? c->ref : "INC");
	snprintf(m->tool, sizeof(m->tool), "beffroi %s", BEF_VERSION);
	snprintf(m->lang, sizeof(m->lang), "%s", bef_lang_name(bef_lang()));
	m->incident = c->log;
	m->has_organisation = organisation != NULL;
	if (organisation)
		m->organisation = organisation->log;
	m->created_at_ms = app->desk.pen.now_ms;
	m->entries = (int64_t)c->line_count;
	m->head_count = c->head_count;
	memcpy(m->head, c->head, sizeof(m->head));
}

static enum bef_rc answer(struct bef_app *app, const struct outlet *o, const struct bef_hash *digest,
                          const struct bef_dossier *dossier, int64_t evidence, struct bef_err *err)
{
	char hex[BEF_HASH_HEX], size[32];
	json_t *object;
	bool ok = true;

	bef_hex(digest->byte, sizeof(digest->byte), hex);
	if (strcmp(o->path, "-") == 0)
		return BEF_OK;
	if (app->g.json) {
		object = bef_json_begin("dossier");
		bef_json_put_text(object, "file", o->path, &ok);
		bef_json_put_int(object, "size", o->size, &ok);
		bef_json_put_text(object, "sha256", hex, &ok);
		bef_json_put_int(object, "entries", dossier->manifest.entries, &ok);
		bef_json_put_int(object, "evidence", evidence, &ok);
		bef_json_put_int(object, "left_out", (int64_t)dossier->manifest.left_out_count, &ok);
		return bef_put_json(ok ? object : NULL, err);
	}
	bef_put(app, BEF_STRONG, "%s", o->path);
	bef_put(app, BEF_PLAIN, "  %s  sha256 %.8s...%s\n", bef_size_format(o->size, size), hex, hex + 56);
	bef_talk(app, tr("%lld entries, %lld evidence files, signed by this post"), (long long)dossier->manifest.entries,
	         (long long)evidence);
	if (dossier->manifest.left_out_count)
		bef_talk(app, "%s", tr("A text may be repeated elsewhere (a correction, an action): read the documents before handing it over."));
	return BEF_OK;
}

/* The store's other half: the organisation's journal, what the law says, and the evidence. */
static enum bef_rc fill_and_seal(struct bef_app *app, struct bef_dossier_job *job, struct bef_store *store,
                                 struct bef_err *err)
{
	BEF_AUTO(legal) legal = { 0 };
	enum bef_rc rc = bef_legal_load(&app->desk, store, &legal, err);

	job->store = store;
	job->in.profile = legal.profile;
	job->in.law = legal.law;
	if (rc == BEF_OK)
		rc = bef_dossier_fill(job, err);
	if (rc == BEF_OK)
		rc = bef_desk_key(&app->desk, err);
	return rc ? rc : bef_dossier_seal(job->dossier, &app->desk.pen.key, err);
}

static enum bef_rc write_out(struct bef_app *app, const struct bef_report_opts *opts, const struct bef_age_locks *locks,
                             struct bef_dossier_job *job, struct bef_store *store, struct bef_err *err)
{
	struct outlet o = { .path = opts->output };
	struct bef_hash digest;
	char name[BEF_PATH];
	enum bef_rc rc;

	snprintf(name, sizeof(name), "%s%s-dossier.tar%s", job->c->drill ? tr("DRILL-") : "", job->in.ref,
	         locks->count || locks->passphrase ? ".age" : "");
	if (!o.path)
		o.path = name;
	bef_hold_interrupts(true);
	rc = open_outlet(app, opts, locks, &o, err);
	job->dossier->tar.to = o.to;
	if (rc == BEF_OK)
		rc = fill_and_seal(app, job, store, err);
	rc = close_outlet(&o, rc, &digest, err);
	bef_hold_interrupts(false);
	return rc ? rc : answer(app, &o, &digest, job->dossier, job->evidence, err);
}

/* Before anything is read: the dossier then holds what the organisation's journal saw of its end. */
static void witness(struct bef_app *app)
{
	struct bef_err err = { 0 };

	if (!app->g.dry_run && bef_act_witness(&app->desk, "report dossier", &err) != BEF_OK)
		bef_talk(app, tr("no checkpoint was written: %s"), err.msg);
}

static enum bef_rc read_organisation(struct bef_store *store, struct bef_case **out, struct bef_err *err)
{
	int64_t log = 0;
	enum bef_rc rc = bef_store_org(store, &log, err);

	return rc || !log ? rc : bef_store_case(store, log, out, err);
}

/* All that passes is hashed twice. */
static void hurry(const struct bef_case *c)
{
	int64_t size = 0;

	for (size_t i = 0; i < c->evidence_count && size <= BEF_DOSSIER_HURRY; i++)
		size += bef_line_int(c->evidence[i].line, "size");
	if (size > BEF_DOSSIER_HURRY)
		bef_sha256_hurry();
}

static enum bef_rc gather(struct bef_app *app, const struct bef_report_opts *opts, const struct bef_age_locks *locks,
                          struct bef_dossier *dossier, struct bef_err *err)
{
	BEF_AUTO_STORE *store = NULL;
	BEF_AUTO_CASE *c = NULL;
	BEF_AUTO_CASE *given = NULL;
	BEF_AUTO_CASE *organisation = NULL;
	struct bef_incident_row row;
	struct bef_dossier_job job = { .app = app, .dossier = dossier };
	enum bef_rc rc = bef_app_case(app, &c, &row, err);

	if (rc == BEF_OK)
		rc = bef_dossier_left_out(opts, c, &dossier->manifest, err);
	if (rc == BEF_OK && dossier->manifest.left_out_count)
		rc = bef_dossier_without(c, &dossier->manifest, &given, err);
	if (rc == BEF_OK)
		rc = bef_app_read(app, &store, err);
	if (rc == BEF_OK)
		rc = read_organisation(store, &organisation, err);
	if (rc)
		return rc;
	job.c = given ? given : c;
	job.organisation = organisation;
	job.in = (struct bef_report_input){ .c = job.c, .ref = row.ref, .organisation = app->desk.organisation,
		                            .author = app->desk.pen.author, .now_ms = app->desk.pen.now_ms };
	set_facts(app, job.c, organisation, &dossier->manifest);
	snprintf(dossier->manifest.ref, sizeof(dossier->manifest.ref), "%s", row.ref);
	dossier->tar.mtime_s = app->desk.pen.now_ms / 1000;
	hurry(job.c);
	return write_out(app, opts, locks, &job, store, err);
}

enum bef_rc bef_report_dossier(struct bef_app *app, const struct bef_report_opts *opts, struct bef_err *err)
{
	static struct bef_dossier dossier; /* large: off the stack */
	struct bef_age_locks locks = { .count = 0 };
	struct bef_text passphrase = { .max = 0 };
	enum bef_rc rc = read_locks(app, opts, &locks, &passphrase, err);

	if (rc == BEF_OK && opts->timestamp && !*app->config.timestamp_url) {
		rc = bef_fail(err, BEF_USAGE, "%s", tr("no time-stamping authority is configured"));
		bef_hint(err, "%s", tr("in the configuration: [timestamp]   url = https://...   ca_file = /..."));
	}
	dossier.stamp = opts->timestamp && !app->g.dry_run ? bef_dossier_stamp : NULL;
	dossier.arg = app;
	if (rc == BEF_OK) {
		witness(app);
		bef_app_tick(app);
		rc = gather(app, opts, &locks, &dossier, err);
	}
	bef_passphrase_wipe(&passphrase);
	bef_dossier_clear(&dossier);
	return rc;
}
