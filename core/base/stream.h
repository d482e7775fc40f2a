/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Bytes that pass through and are never held whole: a sink takes them, a source
 * gives them.  An archive, its encryption and the file below are each one of
 * these around another.
 */
#include <stddef.h>

#include "base/err.h"

struct bef_sink {
	/* Takes all of it, or fails. */
	enum bef_rc (*put)(void *arg, const void *data, size_t len, struct bef_err *err);
	void *arg;
};

struct bef_source {
	/* Up to `size` bytes; *got is 0 at the end, and only there. */
	enum bef_rc (*get)(void *arg, void *data, size_t size, size_t *got, struct bef_err *err);
	void *arg;
};

/* All of `size` bytes, or as many as there are before the end: *got says. */
enum bef_rc bef_source_fill(const struct bef_source *source, void *data, size_t size, size_t *got, struct bef_err *err)
	BEF_MUST_CHECK;

/* A descriptor to read from; `name` is for messages.  The struct outlives the stream. */
struct bef_fd_stream {
	int fd;
	const char *name;
};
struct bef_source bef_fd_source(struct bef_fd_stream *stream);
