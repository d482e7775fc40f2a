/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Evidence: a file copied into the store under its digest, or referenced where
 * it lies; hashed while it is read.
 */
#include "act/desk.h"

struct bef_done;

struct bef_attachment {
	const char *path;
	bool reference; /* leave it where it is */
	const char *text, *how, *where, *by; /* or NULL */
	int64_t collected_at_ms;             /* or 0 */
	/* Called now and then while reading; returning false breaks off (then a reference is recorded
	 * without a digest, and a copy is not made).  Or NULL. */
	bool (*progress)(void *arg, int64_t done_bytes, int64_t size_bytes);
	void *arg;
	/* Filled in. */
	int64_t size_bytes;
	char sha256[BEF_HASH_HEX]; /* "" if broken off */
};

/* BEF_NOT_FOUND: no such file.  BEF_REFUSED: not a regular file, or it changed while being read, or
 * the copy was broken off.  Nothing is recorded then, and no part of a copy is left. */
enum bef_rc bef_act_attach(struct bef_desk *desk, struct bef_attachment *what, struct bef_done *done,
                           struct bef_err *err) BEF_MUST_CHECK;
