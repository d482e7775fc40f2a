/* SPDX-License-Identifier: EUPL-1.2 */
#include "passphrase.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "ask.h"
#include "base/i18n.h"

void bef_passphrase_wipe(struct bef_text *text)
{
	if (text->data)
		explicit_bzero(text->data, text->size);
	bef_text_clear(text);
}

static enum bef_rc from_file(const char *path, struct bef_text *out, struct bef_err *err)
{
	struct stat st;
	size_t len;
	enum bef_rc rc = bef_file_read(path, 1 << 16, out, err);

	if (rc)
		return rc;
	if (stat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_mode & 077) {
		bef_fail(err, BEF_REFUSED, tr("'%.200s' may be read by others"), path);
		bef_hint(err, "chmod 600 '%.200s'", path);
		return BEF_REFUSED;
	}
	len = strcspn(bef_text_str(out), "\r\n");
	if (len == 0 || len > BEF_PASSPHRASE_MOST)
		return bef_fail(err, BEF_USAGE, tr("the first line of '%.200s' is not a passphrase"), path);
	explicit_bzero(out->data + len, out->size - len);
	out->len = len;
	return BEF_OK;
}

static enum bef_rc type_twice(struct bef_app *app, struct bef_text *out, struct bef_err *err)
{
	struct bef_text again = { .max = BEF_PASSPHRASE_MOST };
	enum bef_rc rc = BEF_OK;

	if (out->len < BEF_PASSPHRASE_LEAST)
		return bef_fail(err, BEF_USAGE, tr("a passphrase has at least %d characters; several words are best"),
		                BEF_PASSPHRASE_LEAST);
	rc = bef_ask_hidden(app, tr("The same again: "), &again, err);
	if (rc == BEF_OK && (again.len != out->len || memcmp(again.data, out->data, out->len) != 0))
		rc = bef_fail(err, BEF_USAGE, "%s", tr("the two passphrases differ: nothing was written"));
	bef_passphrase_wipe(&again);
	return rc;
}

enum bef_rc bef_passphrase(struct bef_app *app, const char *file, bool twice, struct bef_text *out, struct bef_err *err)
{
	enum bef_rc rc;

	bef_text_init(out, BEF_PASSPHRASE_MOST);
	if (file)
		return from_file(file, out, err);
	if (!app->in_tty || app->g.no_input) {
		bef_fail(err, BEF_USAGE, "%s", tr("nobody to type the passphrase"));
		bef_hint(err, "%s", tr("run it in a terminal, or give: --passphrase-file FILE"));
		return BEF_USAGE;
	}
	rc = bef_ask_hidden(app, tr("Passphrase (it is not shown): "), out, err);
	return rc || !twice ? rc : type_twice(app, out, err);
}
