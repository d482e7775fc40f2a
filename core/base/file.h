/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Files: whole reads with a limit, writes that are either whole or not there,
 * private directories.
 */
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

enum { BEF_PATH = 4096 };

/* Read a whole file of at most `max` bytes into `out` (initialised here; clear it).
 * BEF_NOT_FOUND: there is none.  BEF_REFUSED: it is longer.  BEF_FAILED: it cannot be read. */
enum bef_rc bef_file_read(const char *path, size_t max, struct bef_text *out, struct bef_err *err)
	BEF_MUST_CHECK;

/* Read a descriptor to its end into `out`, which the caller has initialised.  BEF_REFUSED: longer
 * than out->max. */
enum bef_rc bef_fd_read(int fd, const char *name, struct bef_text *out, struct bef_err *err) BEF_MUST_CHECK;

/* Replace `path` (mode 0600) by these bytes: a temporary file beside it, synced if `durable`, then
 * renamed.  On failure the former file is untouched and no temporary file is left. */
enum bef_rc bef_file_write(const char *path, const void *data, size_t len, bool durable,
                           struct bef_err *err) BEF_MUST_CHECK;

/* Write all of it, whatever the kernel takes at a time. */
enum bef_rc bef_fd_write(int fd, const char *name, const void *data, size_t len, struct bef_err *err)
	BEF_MUST_CHECK;

/* Make the directory and its missing parents, mode 0700. */
enum bef_rc bef_dir_make(const char *path, struct bef_err *err) BEF_MUST_CHECK;

/* Sync a directory, so that a rename in it survives a power cut. */
enum bef_rc bef_dir_sync(const char *path, struct bef_err *err) BEF_MUST_CHECK;

/* Join into `out` of BEF_PATH bytes; BEF_USAGE if it does not fit. */
enum bef_rc bef_path_join(char out[BEF_PATH], const char *dir, const char *name, struct bef_err *err)
	BEF_MUST_CHECK;

/* The part after the last slash. */
const char *bef_path_name(const char *path);
