/* SPDX-License-Identifier: EUPL-1.2 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alert/format.h"
#include "base/i18n.h"

enum bef_rc bef_config_wrong(const struct bef_config_reading *r, const char *what, const char *which)
{
	if (!r->path)
		return bef_fail(r->err, BEF_USAGE, "%s '%s'", what, BEF_SHORT(which, 80));
	return bef_fail(r->err, BEF_USAGE, tr("%.200s, line %d: %s '%s'"), r->path, r->line, what, BEF_SHORT(which, 80));
}

static enum bef_rc copy(const struct bef_config_reading *r, char *out, size_t size, const char *value)
{
	if (strlen(value) >= size)
		return bef_config_wrong(r, tr("too long:"), value);
	memcpy(out, value, strlen(value) + 1);
	return BEF_OK;
}

#define SETTER(member) \
	static enum bef_rc set_##member(struct bef_config_reading *r, const char *value) \
	{ \
		return copy(r, r->config->member, sizeof(r->config->member), value); \
	}
SETTER(lang)
SETTER(zone)
SETTER(author)
SETTER(role)
SETTER(organisation)
SETTER(base)
SETTER(timestamp_url)
SETTER(timestamp_ca)
#undef SETTER

static enum bef_rc set_wait(struct bef_config_reading *r, const char *value)
{
	r->config->wait_s = (int)bef_natural(value, 600);
	return r->config->wait_s >= 1 ? BEF_OK : bef_config_wrong(r, tr("not 1 to 600:"), value);
}

static const struct {
	const char *en, *fr;
	enum bef_rc (*set)(struct bef_config_reading *r, const char *value);
} keys[] = {
	{ "lang", "langue", set_lang },
	{ "zone", "fuseau", set_zone },
	{ "author", "auteur", set_author },
	{ "role", "role", set_role },
	{ "organisation", "organisation", set_organisation },
	{ "base", "base", set_base },
	{ "wait", "attente", set_wait },
};

/* An authority's http is as good as https: what it signs is public, and its signature is the proof. */
static enum bef_rc timestamp(struct bef_config_reading *r, const char *key, const char *value, const char **near)
{
	if (strcmp(key, "url") == 0)
		return set_timestamp_url(r, value);
	if (strcmp(key, "ca_file") == 0 || strcmp(key, "fichier_ac") == 0)
		return set_timestamp_ca(r, value);
	*near = "ca_file";
	return BEF_NOT_FOUND;
}

static enum bef_rc general(struct bef_config_reading *r, const char *key, const char *value, const char **near)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		const char *name = bef_lang() == BEF_FR ? keys[i].fr : keys[i].en;

		if (strcmp(key, keys[i].en) == 0 || strcmp(key, keys[i].fr) == 0)
			return keys[i].set(r, value);
		if (bef_edit_distance(key, name, 2) <= 2)
			*near = name;
	}
	return BEF_NOT_FOUND;
}

/* --- groups and telephones --- */

static enum bef_rc add_member(struct bef_config_reading *r, const char *name, size_t len)
{
	struct bef_team *group = r->group;

	if (len == 0)
		return BEF_OK;
	if (group->count == BEF_TEAM_MOST || len >= BEF_DESTINATION_NAME)
		return bef_config_wrong(r, tr("too many members, or too long a name:"), name);
	snprintf(group->member[group->count++], BEF_DESTINATION_NAME, "%.*s", (int)len, name);
	return BEF_OK;
}

static enum bef_rc members(struct bef_config_reading *r, const char *key, const char *value, const char **near)
{
	enum bef_rc rc = BEF_OK;

	if (strcmp(key, "members") != 0 && strcmp(key, "membres") != 0) {
		*near = bef_lang() == BEF_FR ? "membres" : "members";
		return BEF_NOT_FOUND;
	}
	while (*value && rc == BEF_OK) {
		size_t whole = strcspn(value, ","), len = whole;
		const char *name = value + strspn(value, " \t");

		len -= (size_t)(name - value) < whole ? (size_t)(name - value) : whole;
		while (len > 0 && strchr(" \t", name[len - 1]))
			len--;
		rc = add_member(r, name, len);
		value += whole + (value[whole] == ',');
	}
	return rc;
}

static enum bef_rc phone(struct bef_config_reading *r, const char *who, const char *number)
{
	struct bef_phone *row = &r->config->phone[r->config->phone_count];
	enum bef_rc rc;

	if (r->config->phone_count == BEF_PHONES_MOST)
		return bef_config_wrong(r, tr("too many telephones:"), who);
	rc = copy(r, row->who, sizeof(row->who), who);
	if (rc == BEF_OK)
		rc = copy(r, row->number, sizeof(row->number), number);
	r->config->phone_count += rc == BEF_OK;
	return rc;
}

/* --- lines --- */

static enum bef_rc read_key(struct bef_config_reading *r, const char *typed, const char *value)
{
	const char *near = NULL;
	char key[64];
	enum bef_rc rc;

	if (r->phones)
		return phone(r, typed, value);
	bef_fold(typed, key, sizeof(key));
	for (char *c = key; *c; c++)
		*c = *c == '-' || *c == ' ' ? '_' : *c;
	rc = r->destination ? bef_config_destination(r, key, value, &near)
	     : r->group     ? members(r, key, value, &near)
	     : r->timestamp ? timestamp(r, key, value, &near)
	                    : general(r, key, value, &near);
	if (rc != BEF_NOT_FOUND)
		return rc;
	bef_config_wrong(r, tr("unknown key"), key);
	if (near)
		bef_hint(r->err, tr("did you mean '%s'?"), near);
	return BEF_USAGE;
}

static enum bef_rc begin_destination(struct bef_config_reading *r, const char *name)
{
	struct bef_config *config = r->config;

	if (config->destination_count == BEF_DESTINATIONS_MOST)
		return bef_config_wrong(r, tr("too many destinations:"), name);
	r->destination = &config->destination[config->destination_count++];
	r->destination->format = bef_format_find("generic");
	r->destination->audience = BEF_AUDIENCE_COUNT;
	r->destination->lang = bef_lang();
	snprintf(r->destination->name, sizeof(r->destination->name), "%s", name);
	return BEF_OK;
}

static enum bef_rc begin_group(struct bef_config_reading *r, const char *name)
{
	if (r->config->group_count == BEF_GROUPS_MOST)
		return bef_config_wrong(r, tr("too many groups:"), name);
	r->group = &r->config->group[r->config->group_count++];
	snprintf(r->group->name, sizeof(r->group->name), "%s", name);
	return BEF_OK;
}

static enum bef_rc read_section(struct bef_config_reading *r, char *name)
{
	static const char *const groups[] = { "group.", "groupe." };
	char *end = strchr(name, ']');

	r->destination = NULL;
	r->group = NULL;
	r->phones = r->timestamp = false;
	if (!end)
		return bef_config_wrong(r, tr("unknown section"), name);
	*end = '\0';
	r->phones = bef_fold_equal(name, "phones") || bef_fold_equal(name, "telephones");
	r->timestamp = bef_fold_equal(name, "timestamp") || bef_fold_equal(name, "horodatage");
	if (r->phones || r->timestamp)
		return BEF_OK;
	if (strncmp(name, "destination.", 12) == 0 && strlen(name + 12) <= 32 && bef_handle_ok(name + 12))
		return begin_destination(r, name + 12);
	for (size_t i = 0; i < sizeof(groups) / sizeof(*groups); i++) {
		size_t len = strlen(groups[i]);

		if (strncmp(name, groups[i], len) == 0 && strlen(name + len) <= 32 && bef_handle_ok(name + len))
			return begin_group(r, name + len);
	}
	if (strncmp(name, "destination.", 12) == 0 || strncmp(name, "group", 5) == 0)
		return bef_config_wrong(r, tr("a destination's name is 1 to 32 of a-z 0-9 . _ - :"), name);
	return bef_config_wrong(r, tr("unknown section"), name);
}

static enum bef_rc read_line(struct bef_config_reading *r, char *line)
{
	char *equals = strchr(line, '=');
	const char *value;
	size_t len;

	if (*line == '\0' || *line == '#' || *line == ';')
		return BEF_OK;
	if (*line == '[')
		return read_section(r, line + 1);
	if (!equals)
		return bef_config_wrong(r, tr("no '=' in"), line);
	*equals = '\0';
	value = bef_trim(equals + 1, &len);
	equals[1 + (value - equals - 1) + (ptrdiff_t)len] = '\0';
	bef_trim(line, &len);
	line[len] = '\0';
	return read_key(r, line, value);
}

enum bef_rc bef_config_parse(const char *path, char *text, struct bef_config *out, struct bef_err *err)
{
	struct bef_config_reading r = { .config = out, .path = path, .err = err };
	enum bef_rc rc = BEF_OK;

	while (text && *text && rc == BEF_OK) {
		size_t len = strcspn(text, "\n");
		char *next = text + len + (text[len] == '\n');
		const char *start;

		text[len] = '\0';
		r.line++;
		start = bef_trim(text, &len);
		rc = read_line(&r, text + (start - text));
		text = next;
	}
	for (size_t i = 0; i < out->destination_count; i++)
		if (out->destination[i].audience == BEF_AUDIENCE_COUNT)
			out->destination[i].audience = out->destination[i].format->audience;
	return rc;
}

enum bef_rc bef_config_read(const char *path, struct bef_config *out, struct bef_err *err)
{
	BEF_AUTO(text) text = { 0 };
	struct stat st;
	enum bef_rc rc = bef_file_read(path, 1 << 16, &text, err);

	if (rc)
		return rc;
	snprintf(out->path, sizeof(out->path), "%s", path);
	rc = bef_config_parse(path, text.data, out, err);
	out->is_open = out->is_open && stat(path, &st) == 0 && st.st_mode & 077;
	return rc;
}

void bef_config_clear(struct bef_config *config)
{
	for (size_t i = 0; i < config->destination_count; i++)
		bef_destination_clear(&config->destination[i]);
	config->destination_count = 0;
}
