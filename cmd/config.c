/* SPDX-License-Identifier: EUPL-1.2 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alert/payload.h"
#include "base/i18n.h"

struct reading {
	struct bef_config *config;
	const char *path;
	int line;
	struct bef_destination *section; /* or NULL: the general part */
	struct bef_err *err;
};

static enum bef_rc wrong(const struct reading *r, const char *what, const char *which)
{
	return bef_fail(r->err, BEF_USAGE, tr("%.200s, line %d: %s '%.80s'"), r->path, r->line, what, which);
}

static enum bef_rc copy(const struct reading *r, char *out, size_t size, const char *value)
{
	if (strlen(value) >= size)
		return wrong(r, tr("too long:"), value);
	memcpy(out, value, strlen(value) + 1);
	return BEF_OK;
}

/* The first line of a file that only its owner may read. */
static enum bef_rc secret_line(const struct reading *r, const char *path, struct bef_text *out)
{
	struct stat st;
	enum bef_rc rc = bef_file_read(path, 8192, out, r->err);

	if (rc)
		return rc;
	if (stat(path, &st) == 0 && st.st_mode & 077) {
		bef_fail(r->err, BEF_REFUSED, tr("the secret file '%.200s' may be read by others"), path);
		bef_hint(r->err, "chmod 600 '%.200s'", path);
		return BEF_REFUSED;
	}
	if (out->data)
		out->data[strcspn(out->data, "\r\n")] = '\0';
	return BEF_OK;
}

static enum bef_rc set_url(struct reading *r, const char *value)
{
	free(r->section->url);
	r->section->url = strdup(value);
	r->config->is_open = true; /* unless the file's mode says otherwise, see the end */
	return r->section->url ? BEF_OK : bef_no_memory(r->err);
}

static enum bef_rc set_url_file(struct reading *r, const char *value)
{
	BEF_AUTO(text) line = { 0 };
	enum bef_rc rc = secret_line(r, value, &line);

	if (rc)
		return rc;
	free(r->section->url);
	r->section->url = strdup(bef_text_str(&line));
	return r->section->url ? BEF_OK : bef_no_memory(r->err);
}

static enum bef_rc set_secret_file(struct reading *r, const char *value)
{
	BEF_AUTO(text) line = { 0 };
	enum bef_rc rc = secret_line(r, value, &line);

	if (rc)
		return rc;
	r->section->secret_len = bef_secret_parse(bef_text_str(&line), r->section->secret);
	explicit_bzero(line.data, line.len);
	if (r->section->secret_len)
		return BEF_OK;
	bef_fail(r->err, BEF_USAGE, tr("'%.200s' holds no usable secret"), value);
	bef_hint(r->err, "%s", tr("a secret is whsec_ and the base64 of 24 to 64 random bytes"));
	return BEF_USAGE;
}

static enum bef_rc set_ca_file(struct reading *r, const char *value)
{
	free(r->section->ca_file);
	r->section->ca_file = strdup(value);
	return r->section->ca_file ? BEF_OK : bef_no_memory(r->err);
}

static enum bef_rc set_allow_http(struct reading *r, const char *value)
{
	static const char *const yes[] = { "yes", "oui", "true", "vrai", "1" };

	for (size_t i = 0; i < sizeof(yes) / sizeof(*yes); i++)
		r->section->allow_http = r->section->allow_http || bef_fold_equal(value, yes[i]);
	return BEF_OK;
}

#define SETTER(member) \
	static enum bef_rc set_##member(struct reading *r, const char *value) \
	{ \
		return copy(r, r->config->member, sizeof(r->config->member), value); \
	}
SETTER(lang)
SETTER(zone)
SETTER(author)
SETTER(role)
SETTER(organisation)
SETTER(base)
#undef SETTER

static enum bef_rc set_wait(struct reading *r, const char *value)
{
	r->config->wait_s = (int)bef_natural(value, 600);
	return r->config->wait_s >= 1 ? BEF_OK : wrong(r, tr("not 1 to 600:"), value);
}

static const struct {
	const char *en, *fr;
	bool destination;
	enum bef_rc (*set)(struct reading *r, const char *value);
} keys[] = {
	{ "lang", "langue", false, set_lang },
	{ "zone", "fuseau", false, set_zone },
	{ "author", "auteur", false, set_author },
	{ "role", "role", false, set_role },
	{ "organisation", "organisation", false, set_organisation },
	{ "base", "base", false, set_base },
	{ "wait", "attente", false, set_wait },
	{ "url", "url", true, set_url },
	{ "url_file", "url_fichier", true, set_url_file },
	{ "secret_file", "secret_fichier", true, set_secret_file },
	{ "ca_file", "ca_fichier", true, set_ca_file },
	{ "allow_http", "autoriser_http", true, set_allow_http },
};

static enum bef_rc unknown_key(const struct reading *r, const char *key)
{
	enum bef_rc rc = wrong(r, tr("unknown key"), key);

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		const char *name = bef_lang() == BEF_FR ? keys[i].fr : keys[i].en;

		if (keys[i].destination == (r->section != NULL) && bef_edit_distance(key, name, 2) <= 2)
			bef_hint(r->err, tr("did you mean '%s'?"), name);
	}
	return rc;
}

static enum bef_rc read_section(struct reading *r, char *name)
{
	char *end = strchr(name, ']');
	struct bef_config *config = r->config;

	if (!end || strncmp(name, "destination.", 12) != 0)
		return wrong(r, tr("unknown section"), name);
	*end = '\0';
	if (config->destination_count == BEF_DESTINATIONS_MOST || strlen(name + 12) >= sizeof(r->section->name) ||
	    !bef_handle_ok(name + 12))
		return wrong(r, tr("a destination's name is 1 to 32 of a-z 0-9 . _ - :"), name);
	r->section = &config->destination[config->destination_count++];
	snprintf(r->section->name, sizeof(r->section->name), "%s", name + 12);
	return BEF_OK;
}

static enum bef_rc read_line(struct reading *r, char *line)
{
	char *equals = strchr(line, '=');
	char key[64];
	const char *value;
	size_t len;

	if (*line == '\0' || *line == '#' || *line == ';')
		return BEF_OK;
	if (*line == '[')
		return read_section(r, line + 1);
	if (!equals)
		return wrong(r, tr("no '=' in"), line);
	*equals = '\0';
	value = bef_trim(equals + 1, &len);
	equals[1 + (value - equals - 1) + (ptrdiff_t)len] = '\0';
	bef_trim(line, &len);
	line[len] = '\0';
	bef_fold(line, key, sizeof(key));
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (keys[i].destination == (r->section != NULL) &&
		    (strcmp(key, keys[i].en) == 0 || strcmp(key, keys[i].fr) == 0))
			return keys[i].set(r, value);
	return unknown_key(r, key);
}

enum bef_rc bef_config_read(const char *path, struct bef_config *out, struct bef_err *err)
{
	struct reading r = { .config = out, .path = path, .err = err };
	BEF_AUTO(text) text = { 0 };
	struct stat st;
	char *line;
	enum bef_rc rc = bef_file_read(path, 1 << 16, &text, err);

	if (rc)
		return rc;
	snprintf(out->path, sizeof(out->path), "%s", path);
	line = text.data;
	while (line && *line && rc == BEF_OK) {
		size_t len = strcspn(line, "\n");
		char *next = line + len + (line[len] == '\n');
		const char *start;

		line[len] = '\0';
		r.line++;
		start = bef_trim(line, &len);
		rc = read_line(&r, line + (start - line));
		line = next;
	}
	out->is_open = out->is_open && stat(path, &st) == 0 && st.st_mode & 077;
	return rc;
}

void bef_config_clear(struct bef_config *config)
{
	for (size_t i = 0; i < config->destination_count; i++)
		bef_destination_clear(&config->destination[i]);
	config->destination_count = 0;
}
