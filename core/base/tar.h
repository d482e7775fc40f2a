/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Archives in the ustar form (POSIX.1-1988 tar, IEEE Std 1003.1 "pax",
 * "ustar Interchange Format"), of plain files only, written one way:
 *
 *     name      at most 100 bytes of a-z A-Z 0-9 . _ - and /, relative, no part
 *               of it empty or starting with a dot or a hyphen
 *     mode 0644, uid and gid 0, no owner's name, one mtime for all
 *     size      eleven octal digits; from 8 GiB on the binary form of GNU and
 *               star tar, which every tar in use reads, so that a member is
 *               always one header and its bytes
 *     end       two blocks of zeroes, and nothing after
 *
 * What is read must be in that same form to the byte: a header is read, written
 * again and compared.  So a link, a device, a folder, a sparse file, an
 * extension or a path that climbs out is refused without a list of what is
 * dangerous, and no byte of an archive can change unseen.  Nothing is
 * compressed: there is nothing to inflate.  Memory does not grow with members.
 */
#include <stdint.h>

#include "base/crypto.h"
#include "base/stream.h"

enum {
	BEF_TAR_BLOCK = 512,
	BEF_TAR_NAME = 101, /* with its NUL */
};

/* True of a name that may be in an archive. */
bool bef_tar_name_ok(const char *name);

/* A header; false if the name or a number cannot be written. */
bool bef_tar_header(const char *name, int64_t size, int64_t mtime_s, uint8_t out[BEF_TAR_BLOCK]);

/* An archive being written.  No function here closes or flushes the sink. */
struct bef_tar {
	struct bef_sink to;
	int64_t mtime_s;
	int64_t left; /* of the member at hand */
	int64_t size;
	bool open; /* a member is */
	struct bef_sha256_state digest;
};

/* Start a member of exactly `size` bytes, give them, end it: its digest is in *out. */
enum bef_rc bef_tar_begin(struct bef_tar *tar, const char *name, int64_t size, struct bef_err *err) BEF_MUST_CHECK;
/* BEF_REFUSED: more bytes than were announced. */
enum bef_rc bef_tar_put(struct bef_tar *tar, const void *data, size_t len, struct bef_err *err) BEF_MUST_CHECK;
/* BEF_REFUSED: fewer. */
enum bef_rc bef_tar_end(struct bef_tar *tar, struct bef_hash *out, struct bef_err *err) BEF_MUST_CHECK;
/* Give up the member at hand, if there is one. */
void bef_tar_clear(struct bef_tar *tar);
/* The archive's own end. */
enum bef_rc bef_tar_finish(struct bef_tar *tar, struct bef_err *err) BEF_MUST_CHECK;

/* An archive being read. */
struct bef_tar_reader {
	struct bef_source from;
	char name[BEF_TAR_NAME]; /* of the member at hand; while its header is refused, what it seems to be */
	int64_t size, mtime_s;
	int64_t left;
	int64_t offset; /* of the next byte of the archive */
	int64_t members;
	int64_t first_mtime_s;
};

/* Go to the next member; one that was not read to its end is an error of the caller's.
 * BEF_NOT_FOUND: the archive ended as it must.  BEF_BROKEN: what is there is not in the form; the
 * message says what, `name` and `offset` where. */
enum bef_rc bef_tar_next(struct bef_tar_reader *tar, struct bef_err *err) BEF_MUST_CHECK;
/* Up to `size` bytes of the member; *got is 0 at its end, after which its padding was looked at. */
enum bef_rc bef_tar_get(struct bef_tar_reader *tar, void *data, size_t size, size_t *got, struct bef_err *err)
	BEF_MUST_CHECK;
