/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/stream.h"

#include <errno.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"

enum bef_rc bef_source_fill(const struct bef_source *source, void *data, size_t size, size_t *got, struct bef_err *err)
{
	char *at = data;
	enum bef_rc rc = BEF_OK;
	size_t piece = 1;

	*got = 0;
	while (rc == BEF_OK && piece > 0 && *got < size) {
		rc = source->get(source->arg, at + *got, size - *got, &piece, err);
		if (rc == BEF_OK)
			*got += piece;
	}
	return rc;
}

static enum bef_rc fd_get(void *arg, void *data, size_t size, size_t *got, struct bef_err *err)
{
	const struct bef_fd_stream *stream = arg;
	ssize_t len;

	do
		len = read(stream->fd, data, size);
	while (len < 0 && errno == EINTR);
	*got = len > 0 ? (size_t)len : 0;
	return len < 0 ? bef_fail(err, BEF_FAILED, tr("cannot read '%.300s'"), stream->name) : BEF_OK;
}

struct bef_source bef_fd_source(struct bef_fd_stream *stream)
{
	return (struct bef_source){ fd_get, stream };
}
