/* SPDX-License-Identifier: EUPL-1.2 */
/* 'verify FILE': a dossier, without any store.  Declared in dossier.h. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/json.h"
#include "dossier.h"
#include "out.h"
#include "passphrase.h"

/* --- keys --- */

/* What age-keygen writes: comments, and a key a line. */
static enum bef_rc read_keys(const char *path, struct bef_age_keys *keys, struct bef_err *err)
{
	struct bef_text text;
	enum bef_rc rc = bef_file_read(path, 1 << 16, &text, err);
	char *save = NULL;

	for (char *line = rc == BEF_OK && text.data ? strtok_r(text.data, "\r\n", &save) : NULL; line;
	     line = strtok_r(NULL, "\r\n", &save)) {
		if (*line == '#')
			continue;
		if (keys->count == BEF_AGE_MOST || !bef_age_identity_parse(line, keys->identity[keys->count])) {
			rc = bef_fail(err, BEF_USAGE, tr("'%.200s' holds something that is no age key"), path);
			break;
		}
		keys->count++;
	}
	bef_passphrase_wipe(&text);
	if (rc == BEF_OK && keys->count == 0)
		rc = bef_fail(err, BEF_USAGE, tr("'%.200s' holds no age key"), path);
	return rc;
}

struct asking {
	struct bef_app *app;
	const char *file;
};

static enum bef_rc ask(void *arg, struct bef_text *out, struct bef_err *err)
{
	const struct asking *asking = arg;

	return bef_passphrase(asking->app, asking->file, false, out, err);
}

/* --- the file --- */

/* The first bytes, looked at and given again. */
struct peeked {
	char start[32];
	size_t len, at;
	struct bef_source rest;
};

static enum bef_rc peeked_get(void *arg, void *data, size_t size, size_t *got, struct bef_err *err)
{
	struct peeked *p = arg;

	if (p->at == p->len)
		return p->rest.get(p->rest.arg, data, size, got, err);
	*got = size < p->len - p->at ? size : p->len - p->at;
	memcpy(data, p->start + p->at, *got);
	p->at += *got;
	return BEF_OK;
}

static enum bef_rc check(struct bef_app *app, int fd, const char *path, const struct bef_verify_dossier_opts *opts,
                         struct bef_dossier_verdict *verdict, struct bef_err *err)
{
	struct asking asking = { app, opts->passphrase_file };
	struct bef_age_keys keys = { .ask = ask, .arg = &asking };
	struct bef_fd_stream stream = { fd, path };
	struct peeked peeked = { .rest = bef_fd_source(&stream) };
	struct bef_source from = { peeked_get, &peeked };
	__attribute__((cleanup(bef_age_clear))) struct bef_age *age = NULL;
	enum bef_rc rc = opts->key ? read_keys(opts->key, &keys, err) : BEF_OK;

	if (rc == BEF_OK)
		rc = bef_source_fill(&peeked.rest, peeked.start, sizeof(peeked.start), &peeked.len, err);
	if (rc == BEF_OK && bef_age_is(peeked.start, peeked.len)) {
		rc = bef_age_open(from, &keys, &age, err);
		if (rc == BEF_OK)
			from = bef_age_source(age);
	}
	explicit_bzero(keys.identity, sizeof(keys.identity));
	return rc ? rc : bef_dossier_check(from, opts->all_signatures, verdict, err);
}

/* --- the verdict --- */

static enum bef_rc put_json(const struct bef_dossier_verdict *v, struct bef_err *err)
{
	json_t *object = bef_json_begin("verdict");
	char hex[BEF_HASH_HEX];
	bool ok = true;

	bef_json_put_bool(object, "sound", !v->broken, &ok);
	bef_json_put_text(object, "incident", *v->manifest.ref ? v->manifest.ref : NULL, &ok);
	bef_json_put_int(object, "entries", v->entries, &ok);
	bef_json_put_int(object, "erased", v->erased, &ok);
	bef_json_put_int(object, "left_out", (int64_t)v->manifest.left_out_count, &ok);
	bef_json_put_int(object, "signatures", v->signatures, &ok);
	bef_json_put_int(object, "evidence", v->evidence, &ok);
	bef_json_put_int(object, "files", v->members, &ok);
	bef_hex(v->manifest.post, BEF_KEY_SIZE, hex);
	bef_json_put_text(object, "post", hex, &ok);
	bef_json_put_bool(object, "time_stamp", v->has_stamp, &ok);
	bef_json_put_bool(object, "time_stamp_checked", v->stamp_checked, &ok);
	if (v->broken)
		bef_json_put(object, "broken", json_pack("{s:s, s:s}", "place", v->place, "flaw", v->flaw), &ok);
	return bef_put_json(ok ? object : NULL, err);
}

static void put_left_out(struct bef_app *app, const struct bef_manifest *m)
{
	BEF_AUTO(text) text = { .max = 1 << 16 };

	if (m->left_out_count)
		bef_text_puts(&text, tr("Left out: the text of"));
	for (size_t i = 0; i < m->left_out_count; i++)
		bef_text_printf(&text, "%s #%lld", i ? "," : "", (long long)m->left_out[i].number);
	if (m->no_evidence)
		bef_text_printf(&text, "%s%s", m->left_out_count ? "; " : "",
		                tr("Left out: the evidence files (their digests are in the journal)"));
	if (text.len)
		bef_text_printf(&text, tr(". Reason given: %s"), m->reason);
	if (text.len)
		bef_wrap_text(app, BEF_PLAIN, 0, 2, &text);
}

static void put_sound(struct bef_app *app, const struct bef_dossier_verdict *v)
{
	const struct bef_manifest *m = &v->manifest;
	BEF_AUTO(text) text = { .max = 4096 };
	char when[BEF_DATE_SIZE], head[32];

	bef_put(app, BEF_GOOD, tr("Sound: "));
	bef_text_printf(&text, tr("dossier of %s, sealed %s (UTC): %lld entries, %lld files, %lld signatures checked"), m->ref,
	                bef_date_format(m->created_at_ms, "UTC", BEF_DATE_FULL, when), (long long)v->entries,
	                (long long)v->members, (long long)v->signatures);
	if (v->evidence)
		bef_text_printf(&text, tr(", %lld evidence files match"), (long long)v->evidence);
	if (v->stamp_checked)
		bef_text_puts(&text, tr(", time stamp good"));
	if (v->erased)
		bef_text_printf(&text, tr(", %lld texts erased by an entry that says so"), (long long)v->erased);
	bef_text_putc(&text, '.');
	bef_wrap_text(app, BEF_PLAIN, (int)bef_text_width(tr("Sound: ")), 2, &text);
	put_left_out(app, m);
	bef_text_clear(&text);
	bef_text_printf(&text, tr("Sealed by a post that wrote %lld of its entries: key %02x%02x%02x%02x..."), (long long)v->by_post,
	                m->post[0], m->post[1], m->post[2], m->post[3]);
	for (unsigned i = 0; i < m->head_count; i++) {
		bef_head_format(&m->head[i], head);
		bef_text_printf(&text, tr(" Head %s: compare it with one that you had from elsewhere."), head);
	}
	bef_wrap_text(app, BEF_PLAIN, 0, 2, &text);
}

enum bef_rc bef_verify_dossier(struct bef_app *app, const char *path, const struct bef_verify_dossier_opts *opts,
                               struct bef_err *err)
{
	__attribute__((cleanup(bef_dossier_verdict_clear))) struct bef_dossier_verdict verdict = { .broken = false };
	bool is_input = strcmp(path, "-") == 0;
	int fd = is_input ? 0 : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	enum bef_rc rc;

	if (fd < 0)
		return bef_fail(err, access(path, F_OK) == 0 ? BEF_FAILED : BEF_NOT_FOUND,
		                access(path, F_OK) == 0 ? tr("cannot read '%.300s'") : tr("there is no file '%.300s'"), path);
	rc = check(app, fd, path, opts, &verdict, err);
	if (!is_input)
		close(fd);
	if (rc == BEF_OK)
		rc = bef_dossier_stamp_check(app, &verdict, err);
	if (rc == BEF_OK && app->g.json)
		rc = put_json(&verdict, err);
	if (rc)
		return rc;
	if (!verdict.broken) {
		if (!app->g.json)
			put_sound(app, &verdict);
		return BEF_OK;
	}
	if (*verdict.place)
		bef_fail(err, BEF_BROKEN, tr("BROKEN in %s: %.300s"), verdict.place, verdict.flaw);
	else
		bef_fail(err, BEF_BROKEN, tr("BROKEN: %.300s"), verdict.flaw);
	bef_hint(err, "%s", tr("do not rely on it: ask for another copy from whoever sealed it"));
	return BEF_BROKEN;
}
