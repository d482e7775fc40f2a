/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * The configuration file: lines "key = value" in sections, whole-line comments
 * with # or ;.  Both languages' key names are accepted, with - or _ in them.  An
 * unknown key is an error that names the file, the line and a near key.
 *
 *     lang = fr
 *     [destination.cell]      where alerts go; see bef_config_keys
 *     [group.everyone]        members = cell, director
 *     [timestamp]             url = http://..., ca_file = /...: a time-stamping authority
 *     [phones]                A. Martin, director = +33 6 12 34 56 78
 *
 * Read here rather than by libinih, which cuts a value at " ;": French puts a
 * space before a semicolon.
 */
#include "act/bell.h"
#include "base/file.h"

enum { BEF_DESTINATIONS_MOST = 32, BEF_GROUPS_MOST = 16, BEF_PHONES_MOST = 32 };

/* Whom to phone when alerts reach nobody. */
struct bef_phone {
	char who[96], number[48];
};

struct bef_config {
	char path[BEF_PATH]; /* of the file read, or "" */
	char timestamp_url[500], timestamp_ca[BEF_PATH]; /* [timestamp]: of an RFC 3161 authority */
	char lang[8], zone[48], author[48], role[48], organisation[128], base[BEF_PATH];
	int wait_s;
	struct bef_destination destination[BEF_DESTINATIONS_MOST];
	struct bef_team group[BEF_GROUPS_MOST];
	struct bef_phone phone[BEF_PHONES_MOST];
	size_t destination_count, group_count, phone_count;
	bool is_open; /* others may read the file, and it holds an address */
};

/* Read `path` into *out (which was zeroed); a missing file is an empty one.  BEF_USAGE: a line is wrong. */
enum bef_rc bef_config_read(const char *path, struct bef_config *out, struct bef_err *err) BEF_MUST_CHECK;
/* The same of a text, which is taken to pieces; without a path, errors name no line. */
enum bef_rc bef_config_parse(const char *path, char *text, struct bef_config *out, struct bef_err *err) BEF_MUST_CHECK;
void bef_config_clear(struct bef_config *config);

/* Where the parser is, for whoever reads a value. */
struct bef_config_reading {
	struct bef_config *config;
	const char *path; /* or NULL */
	int line;
	struct bef_destination *destination; /* the section, or NULL */
	struct bef_team *group;             /* the section, or NULL */
	bool phones;                         /* in [phones] */
	bool timestamp;                      /* in [timestamp] */
	struct bef_err *err;
};
/* BEF_USAGE with the file, the line, what is wrong and which. */
enum bef_rc bef_config_wrong(const struct bef_config_reading *r, const char *what, const char *which);

/* The keys of a destination, but for its secrets and settings (alert/settings.h); the last has no name. */
struct bef_config_key {
	const char *en, *fr;
	const char *help; /* through tr() */
	enum bef_rc (*set)(struct bef_config_reading *r, const char *value);
};
extern const struct bef_config_key bef_config_keys[];

/* A line of a destination's section (config_destination.c).  BEF_NOT_FOUND: no such key; *near is one that
 * is close, or NULL. */
enum bef_rc bef_config_destination(struct bef_config_reading *r, const char *key, const char *value, const char **near)
	BEF_MUST_CHECK;
