/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/attach.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "act/act.h"
#include "base/i18n.h"
#include "base/json.h"

enum { PIECE = 1 << 20 };

/* A file on its way in. */
struct reading {
	struct bef_attachment *what;
	struct stat before;
	int from;
	int to; /* the copy, or -1 */
	char temporary[BEF_PATH];
	bool broken_off;
};

static enum bef_rc open_source(struct reading *r, struct bef_err *err)
{
	const char *path = r->what->path;

	r->from = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (r->from < 0)
		return bef_fail(err, errno == ENOENT ? BEF_NOT_FOUND : BEF_FAILED,
		                errno == ENOENT ? tr("there is no file '%.300s'") : tr("cannot read '%.300s'"), path);
	if (fstat(r->from, &r->before) != 0 || !S_ISREG(r->before.st_mode))
		return bef_fail(err, BEF_REFUSED, tr("'%.300s' is not a file"), path);
	r->what->size_bytes = (int64_t)r->before.st_size;
	return BEF_OK;
}

static enum bef_rc open_copy(struct reading *r, const char *base, struct bef_err *err)
{
	if (!base)
		return BEF_OK;
	snprintf(r->temporary, sizeof(r->temporary), "%.4000s/evidence/.new.XXXXXX", base);
	r->to = mkostemp(r->temporary, O_CLOEXEC);
	if (r->to >= 0)
		return BEF_OK;
	r->temporary[0] = '\0';
	return bef_fail(err, BEF_FAILED, tr("cannot write in '%.200s'"), base);
}

/* Read to the end, hashing and copying; long files deserve the fast digest. */
static enum bef_rc pass_through(struct reading *r, struct bef_hash *digest, struct bef_err *err)
{
	BEF_AUTO_FREE char *piece = malloc(PIECE);
	struct bef_sha256_state state;
	int64_t done = 0;
	enum bef_rc rc = piece ? BEF_OK : bef_no_memory(err);
	ssize_t got = 0;

	if (r->what->size_bytes > 4 * PIECE)
		bef_sha256_hurry();
	bef_sha256_start(&state);
	while (rc == BEF_OK && !r->broken_off && (got = read(r->from, piece, PIECE)) > 0) {
		bef_sha256_more(&state, piece, (size_t)got);
		if (r->to >= 0)
			rc = bef_fd_write(r->to, r->what->path, piece, (size_t)got, err);
		done += got;
		if (r->what->progress && !r->what->progress(r->what->arg, done, r->what->size_bytes))
			r->broken_off = true;
	}
	bef_sha256_end(&state, digest);
	if (rc == BEF_OK && got < 0)
		rc = bef_fail(err, BEF_FAILED, tr("cannot read '%.300s'"), r->what->path);
	return rc;
}

/* What was hashed must be one state of the file. */
static enum bef_rc unchanged(const struct reading *r, struct bef_err *err)
{
	struct stat after;

	if (fstat(r->from, &after) == 0 && after.st_size == r->before.st_size &&
	    after.st_mtim.tv_sec == r->before.st_mtim.tv_sec && after.st_mtim.tv_nsec == r->before.st_mtim.tv_nsec)
		return BEF_OK;
	bef_fail(err, BEF_REFUSED, tr("'%.300s' changed while it was being read"), r->what->path);
	bef_hint(err, "%s", tr("take a copy that nothing writes to, and attach that"));
	return BEF_REFUSED;
}

/* Synced and in place, read-only, before the entry names it. */
static enum bef_rc keep_copy(struct reading *r, const char *base, struct bef_err *err)
{
	char dir[BEF_PATH];
	char path[BEF_PATH];
	enum bef_rc rc = bef_path_join(dir, base, "evidence", err);

	if (rc == BEF_OK)
		rc = bef_path_join(path, dir, r->what->sha256, err);
	if (rc)
		return rc;
	if (fchmod(r->to, 0400) != 0 || fsync(r->to) != 0 || rename(r->temporary, path) != 0)
		return bef_fail(err, BEF_FAILED, tr("cannot write in '%.200s'"), dir);
	r->temporary[0] = '\0';
	return bef_dir_sync(dir, err);
}

/* `base`: where a copy goes, or NULL for none. */
static enum bef_rc take_in(struct reading *r, const char *base, struct bef_err *err)
{
	struct bef_hash digest;
	enum bef_rc rc = open_source(r, err);

	if (rc == BEF_OK)
		rc = open_copy(r, base, err);
	if (rc == BEF_OK)
		rc = pass_through(r, &digest, err);
	if (rc == BEF_OK && r->broken_off)
		return r->what->reference ? BEF_OK
		                          : bef_fail(err, BEF_INTERRUPTED, tr("broken off: '%.300s' was not attached"),
		                                     r->what->path);
	if (rc == BEF_OK)
		rc = unchanged(r, err);
	if (rc)
		return rc;
	bef_hex(digest.byte, sizeof(digest.byte), r->what->sha256);
	return base ? keep_copy(r, base, err) : BEF_OK;
}

static json_t *body_of(const struct bef_attachment *what)
{
	BEF_AUTO_FREE char *absolute = realpath(what->path, NULL);
	BEF_AUTO(text) name = { .max = 500 };
	json_t *body = json_object();
	bool ok = body != NULL;

	/* File names are bytes; what is not text in them is shown as such. */
	bef_text_tame(&name, bef_path_name(what->path), true);
	bef_json_put_text(body, "name", bef_text_str(&name), &ok);
	bef_json_put_int(body, "size", what->size_bytes, &ok);
	bef_json_put_bool(body, "copied", !what->reference, &ok);
	bef_json_put_text(body, "sha256", *what->sha256 ? what->sha256 : NULL, &ok);
	if (absolute && strlen(absolute) <= 500 && bef_utf8_check(absolute, strlen(absolute)) == strlen(absolute) &&
	    !strchr(absolute, '\n'))
		bef_json_put_text(body, "path", absolute, &ok);
	bef_json_put_text(body, "text", what->text, &ok);
	bef_json_put_text(body, "how", what->how, &ok);
	bef_json_put_text(body, "where", what->where, &ok);
	bef_json_put_text(body, "by", what->by, &ok);
	if (ok)
		return body;
	json_decref(body);
	return NULL;
}

static enum bef_rc do_attach(struct bef_act *act, void *request, struct bef_err *err)
{
	const struct bef_attachment *what = request;

	return bef_act_add(act, "evidence.collected", body_of(what), what->collected_at_ms, err);
}

/* An open incident must be there before a large file is read for it. */
static enum bef_rc check_incident(struct bef_desk *desk, struct bef_err *err)
{
	__attribute__((cleanup(bef_store_clear))) struct bef_store *store = NULL;
	int64_t log;
	enum bef_rc rc = bef_store_open(desk->base, BEF_STORE_READ, desk->wait_ms, &store, err);

	return rc ? rc : bef_desk_resolve(desk, store, &log, err);
}

enum bef_rc bef_act_attach(struct bef_desk *desk, struct bef_attachment *what, struct bef_done *done,
                           struct bef_err *err)
{
	struct reading r = { .what = what, .from = -1, .to = -1 };
	enum bef_rc rc = check_incident(desk, err);

	if (rc == BEF_OK)
		rc = take_in(&r, what->reference || desk->dry_run ? NULL : desk->base, err);
	if (r.from >= 0)
		close(r.from);
	if (r.to >= 0)
		close(r.to);
	if (*r.temporary)
		unlink(r.temporary);
	return rc ? rc : bef_act_do(desk, BEF_ACT_WHEN_CLOSED, do_attach, what, done, err);
}
