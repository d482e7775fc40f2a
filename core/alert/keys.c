/* SPDX-License-Identifier: EUPL-1.2 */
/* Secrets, read for one delivery and wiped after it.  A program that is asked for one is in
 * keys_command.c.  Declared in destination.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alert/destination.h"
#include "alert/keys.h"
#include "alert/settings.h"
#include "base/file.h"
#include "base/text.h"

void bef_keys_clear(struct bef_keys *keys)
{
	for (int i = 0; i < BEF_SECRET_COUNT; i++) {
		if (keys->value[i])
			explicit_bzero(keys->value[i], strlen(keys->value[i]));
		free(keys->value[i]);
	}
	*keys = (struct bef_keys){ 0 };
}

static enum bef_rc read_fd(int fd, char out[BEF_KEY_ROOM], struct bef_err *err)
{
	size_t len = 0;

	while (len < BEF_KEY_MOST) {
		ssize_t n = read(fd, out + len, BEF_KEY_MOST - len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return bef_fail(err, BEF_FAILED, tr("it cannot be read: %s"), strerror(errno));
		if (n == 0)
			break;
		len += (size_t)n;
	}
	out[len] = '\0';
	return BEF_OK;
}

/* The first line without the blanks at its end; a value is one line of text and nothing else. */
static enum bef_rc take_line(const char *text, char **out, struct bef_err *err)
{
	size_t len = strcspn(text, "\n");
	char *line;

	while (len > 0 && strchr(" \t\r", text[len - 1]))
		len--;
	if (len == 0)
		return bef_fail(err, BEF_FAILED, "%s", tr("its first line is empty"));
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
			return bef_fail(err, BEF_FAILED, "%s", tr("it holds a control character"));
	if (bef_utf8_check(text, len) != len)
		return bef_fail(err, BEF_FAILED, "%s", tr("it is not UTF-8"));
	line = strndup(text, len);
	if (!line)
		return bef_no_memory(err);
	*out = line;
	return BEF_OK;
}

/* What systemd hands over is guarded by its directory: mode and owner of the file say nothing there. */
static enum bef_rc check_file(int fd, bool ours, struct bef_err *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return bef_fail(err, BEF_FAILED, "%s", tr("it is not a file"));
	if (ours && st.st_uid != geteuid() && st.st_uid != 0)
		return bef_fail(err, BEF_REFUSED, "%s", tr("the file belongs to somebody else"));
	if (ours && st.st_mode & 077) {
		bef_fail(err, BEF_REFUSED, "%s", tr("others may read the file"));
		bef_hint(err, "chmod 600 FILE");
		return BEF_REFUSED;
	}
	return BEF_OK;
}

/* O_NONBLOCK: a pipe of that name would wait for ever. */
static enum bef_rc read_file(const char *path, bool ours, char out[BEF_KEY_ROOM], struct bef_err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	enum bef_rc rc;

	if (fd < 0)
		return bef_fail(err, errno == ENOENT ? BEF_NOT_FOUND : BEF_FAILED, tr("the file cannot be opened: %s"),
		                strerror(errno));
	rc = check_file(fd, ours, err);
	if (rc == BEF_OK)
		rc = read_fd(fd, out, err);
	close(fd);
	return rc;
}

static enum bef_rc read_credential(const char *name, char out[BEF_KEY_ROOM], struct bef_err *err)
{
	const char *dir = getenv("CREDENTIALS_DIRECTORY");
	char path[BEF_PATH];
	enum bef_rc rc;

	if (strchr(name, '/') || *name == '.')
		return bef_fail(err, BEF_USAGE, "%s", tr("a credential's name holds no slash and starts with no dot"));
	if (!dir || *dir != '/')
		return bef_fail(err, BEF_NOT_FOUND, "%s", tr("systemd handed over no credentials (LoadCredential=)"));
	rc = bef_path_join(path, dir, name, err);
	return rc ? rc : read_file(path, false, out, err);
}

static enum bef_rc read_one(const struct bef_secret_ref *ref, char **out, struct bef_err *err)
{
	char room[BEF_KEY_ROOM] = "";
	enum bef_rc rc = BEF_OK;

	switch (ref->way) {
	case BEF_SECRET_NONE:
		return BEF_OK;
	case BEF_SECRET_PLAIN:
		return take_line(ref->where, out, err);
	case BEF_SECRET_FILE:
		rc = read_file(ref->where, true, room, err);
		break;
	case BEF_SECRET_CREDENTIAL:
		rc = read_credential(ref->where, room, err);
		break;
	case BEF_SECRET_COMMAND:
		rc = bef_key_command(ref->where, room, err);
		break;
	}
	if (rc == BEF_OK)
		rc = take_line(room, out, err);
	explicit_bzero(room, sizeof(room));
	return rc;
}

enum bef_rc bef_keys_read(const struct bef_destination *d, struct bef_keys *out, struct bef_err *err)
{
	static const char *const ways[] = { "", "", "_file", "_credential", "_command" };

	*out = (struct bef_keys){ 0 };
	for (int i = 0; i < BEF_SECRET_COUNT; i++) {
		enum bef_rc rc = read_one(&d->secret[i], &out->value[i], err);

		if (rc == BEF_OK)
			continue;
		bef_keys_clear(out);
		return bef_context(err, rc, "%s: %s%s", d->name, bef_secret_names[i].en, ways[d->secret[i].way]);
	}
	return BEF_OK;
}
