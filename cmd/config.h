/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * The configuration file: lines "key = value" in sections, whole-line comments
 * with # or ;.  Both languages' key names are accepted.  An unknown key is an
 * error that names the file, the line and a near key.
 *
 * Read here rather than by libinih, which cuts a value at " ;": French puts a
 * space before a semicolon.
 */
#include "alert/post.h"
#include "base/file.h"

enum { BEF_DESTINATIONS_MOST = 32 };

struct bef_config {
	char path[BEF_PATH]; /* of the file read, or "" */
	char lang[8], zone[48], author[48], role[48], organisation[128], base[BEF_PATH];
	int wait_s;
	struct bef_destination destination[BEF_DESTINATIONS_MOST];
	size_t destination_count;
	bool is_open; /* others may read the file, and it holds an address */
};

/* Read `path` into *out (which was zeroed); a missing file is an empty one.  BEF_USAGE: a line is
 * wrong.  BEF_REFUSED: a file of secrets may be read by others. */
enum bef_rc bef_config_read(const char *path, struct bef_config *out, struct bef_err *err) BEF_MUST_CHECK;
void bef_config_clear(struct bef_config *config);
