/* SPDX-License-Identifier: EUPL-1.2 */
/* Time stamps of dossiers: asked for, and checked with openssl.  Declared in dossier.h. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "alert/courier.h"
#include "base/i18n.h"
#include "base/stamp.h"
#include "dossier.h"
#include "out.h"

enum { STAMP_MS = 30000 };

/* --- asking --- */

static enum bef_rc carry(struct bef_app *app, const struct bef_text *request_bytes, struct bef_text *out,
                         struct bef_err *err)
{
	const struct bef_destination to = { .insecure_http = true }; /* see config.c */
	struct bef_request request = { .method = "POST", .url.max = 1000, .body.max = 1000, .bytes = out };
	struct bef_return back;
	enum bef_rc rc;

	for (int i = 0; i < BEF_REQUEST_HEADERS; i++)
		request.header[i].max = 200;
	bef_text_puts(&request.url, app->config.timestamp_url);
	bef_text_add(&request.body, request_bytes->data, request_bytes->len);
	if (!bef_request_header(&request, "Content-Type", "application/timestamp-query"))
		rc = bef_no_memory(err);
	else
		rc = bef_courier_carry(app->net, &request, &to, STAMP_MS, &back, err);
	bef_request_clear(&request);
	if (rc == BEF_OK && strcmp(back.reply.class_name, "ok") != 0)
		rc = bef_fail(err, BEF_UNDELIVERED, tr("the time-stamping authority: %.200s"), back.reply.detail);
	return rc;
}

enum bef_rc bef_dossier_stamp(void *arg, const struct bef_hash *digest, struct bef_text *out, struct bef_err *err)
{
	struct bef_app *app = arg;
	BEF_AUTO(text) request = { .max = 200 };
	uint8_t nonce[BEF_STAMP_NONCE];
	const char *flaw;
	enum bef_rc rc;

	bef_stamp_nonce(nonce);
	bef_stamp_request(digest, nonce, &request);
	rc = bef_text_rc(&request, err);
	if (rc == BEF_OK)
		rc = carry(app, &request, out, err);
	if (rc == BEF_OK) {
		flaw = bef_stamp_flaw(bef_text_str(out), out->len, digest, nonce);
		rc = flaw ? bef_fail(err, BEF_UNDELIVERED, tr("the time-stamping authority: %.200s"), tr(flaw)) : BEF_OK;
	}
	if (rc)
		bef_hint(err, "%s", tr("no dossier was written; without a time stamp: leave out --timestamp"));
	return rc;
}

/* --- checking --- */

static enum bef_rc run_openssl(char *const args[], int *status, struct bef_err *err)
{
	posix_spawn_file_actions_t actions;
	char *const no_environment[] = { NULL };
	const char *program = access("/usr/bin/openssl", X_OK) == 0 ? "/usr/bin/openssl" : "/usr/local/bin/openssl";
	pid_t pid;
	bool ok;

	if (posix_spawn_file_actions_init(&actions) != 0)
		return bef_no_memory(err);
	ok = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0) == 0 &&
	     posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0) == 0 &&
	     posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) == 0 &&
	     posix_spawn(&pid, program, &actions, NULL, args, no_environment) == 0;
	posix_spawn_file_actions_destroy(&actions);
	if (!ok)
		return BEF_NOT_FOUND;
	return waitpid(pid, status, 0) == pid ? BEF_OK : BEF_NOT_FOUND;
}

/* openssl reads files: two, in a folder of our own, for the length of the check. */
static enum bef_rc check_files(const char *dir, const struct bef_dossier_verdict *v, const char *ca, int *status,
                               struct bef_err *err)
{
	char data[BEF_PATH], stamp[BEF_PATH];
	char *const args[] = { (char[]){ "openssl" }, (char[]){ "ts" }, (char[]){ "-verify" }, (char[]){ "-data" }, data,
		               (char[]){ "-in" }, stamp, (char[]){ "-CAfile" }, (char *)(uintptr_t)ca, NULL };
	enum bef_rc rc = bef_path_join(data, dir, "manifest.json", err);

	if (rc == BEF_OK)
		rc = bef_path_join(stamp, dir, "manifest.tsr", err);
	if (rc == BEF_OK)
		rc = bef_file_write(data, v->manifest_text.data, v->manifest_text.len, false, err);
	if (rc == BEF_OK)
		rc = bef_file_write(stamp, bef_text_str(&v->stamp), v->stamp.len, false, err);
	if (rc == BEF_OK)
		rc = run_openssl(args, status, err);
	unlink(data);
	unlink(stamp);
	return rc;
}

enum bef_rc bef_dossier_stamp_check(struct bef_app *app, struct bef_dossier_verdict *v, struct bef_err *err)
{
	const char *ca = app->config.timestamp_ca;
	const char *base = getenv("TMPDIR");
	char dir[BEF_PATH];
	int status = -1;
	enum bef_rc rc;

	if (v->broken || !v->has_stamp)
		return BEF_OK;
	if (*ca) {
		snprintf(dir, sizeof(dir), "%.4000s/beffroi.XXXXXX", base && *base ? base : "/tmp");
		if (!mkdtemp(dir))
			return bef_fail(err, BEF_FAILED, tr("cannot write in '%.200s'"), dir);
		rc = check_files(dir, v, ca, &status, err);
		rmdir(dir);
		if (rc && rc != BEF_NOT_FOUND)
			return rc;
		if (rc == BEF_OK && WIFEXITED(status) && WEXITSTATUS(status) == 0) {
			v->stamp_checked = true;
			return BEF_OK;
		}
		if (rc == BEF_OK) {
			v->broken = true;
			snprintf(v->place, sizeof(v->place), "manifest.tsr");
			snprintf(v->flaw, sizeof(v->flaw), "%s", tr("openssl does not accept it, with the authority of the configuration"));
			return BEF_OK;
		}
	}
	bef_talk(app, "%s", tr("Its time stamp was not checked. With the certificate of its authority in CA.pem, in the unpacked folder: openssl ts -verify -data manifest.json -in manifest.tsr -CAfile CA.pem"));
	return BEF_OK;
}
