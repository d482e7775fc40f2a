/* SPDX-License-Identifier: EUPL-1.2 */
/* Playbooks that come in, go out, or are made from an outline. */
#include "authoring.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/check.h"
#include "model/outline.h"
#include "out.h"
#include "shipped.h"

static enum bef_rc write_document(struct bef_app *app, const char *path, bool overwrite, const json_t *document,
                                  struct bef_err *err)
{
	BEF_AUTO_FREE char *text = json_dumps(document, JSON_INDENT(2));
	BEF_AUTO(text) lines = { .max = 2 * BEF_PLAYBOOK_MOST };
	enum bef_rc rc;

	if (!text)
		return bef_no_memory(err);
	bef_text_puts(&lines, text);
	bef_text_putc(&lines, '\n');
	rc = bef_text_rc(&lines, err);
	if (rc == BEF_OK)
		rc = bef_put_file(app, path, overwrite, &lines, err);
	if (rc == BEF_OK && strcmp(path, "-") != 0)
		bef_talk(app, app->g.dry_run ? tr("would be written: %s") : tr("written: %s"), path);
	return rc;
}

static const char *key_of(const json_t *document)
{
	return bef_json_text_or(json_object_get(json_object_get(document, "playbook_extensions"), BEF_EXTENSION), "key", NULL);
}

enum bef_rc bef_playbook_new(struct bef_app *app, const char *path, const struct bef_playbook_opts *to, struct bef_err *err)
{
	BEF_AUTO(text) text = { 0 };
	json_t *document = NULL;
	char name[100];
	enum bef_rc rc = bef_file_read(path, 1 << 20, &text, err);

	if (rc == BEF_OK)
		rc = bef_outline_read(bef_text_str(&text), app->desk.pen.now_ms, &document, err);
	if (rc)
		return bef_context(err, rc, "%.200s", bef_path_name(path));
	snprintf(name, sizeof(name), "%.80s.json", key_of(document));
	rc = write_document(app, to->output ? to->output : name, to->overwrite, document, err);
	json_decref(document);
	if (rc == BEF_OK && !to->output) {
		bef_next(app, tr("playbook check FILE"), tr("what is missing"));
		bef_next(app, tr("playbook import FILE"), tr("keep it among those at hand"));
	}
	return rc;
}

/* --- import --- */

/* Empty containers and delays of zero, which CACAO forbids and which say nothing.  Nothing else is touched:
 * extensions that nobody knows come out as they went in. */
static int clean(json_t *value)
{
	const char *key;
	json_t *member;
	void *next;
	int cleaned = 0;
	size_t i;

	json_array_foreach (value, i, member)
		cleaned += clean(member);
	json_object_foreach_safe (value, next, key, member) {
		bool empty = (json_is_object(member) && json_object_size(member) == 0 &&
		              strcmp(key, "playbook_processing_summary") != 0) ||
		             (json_is_array(member) && json_array_size(member) == 0);
		bool zero = strcmp(key, "delay") == 0 && json_is_integer(member) && json_integer_value(member) == 0;

		if (strcmp(key, "playbook_extensions") == 0 || strcmp(key, "step_extensions") == 0)
			continue;
		if (empty || zero) {
			json_object_del(value, key);
			cleaned++;
		} else
			cleaned += clean(member);
	}
	return cleaned;
}

static void count_finding(void *arg, const struct bef_finding *finding)
{
	int *count = arg;

	count[finding->level]++;
}

/* A file name of the key, of safe characters only. */
static void file_name(const struct bef_playbook *playbook, char out[100])
{
	char folded[80];
	size_t len = 0;

	bef_fold(playbook->key, folded, sizeof(folded));
	for (const char *c = folded; *c && len < 80; c++)
		out[len++] = strchr("abcdefghijklmnopqrstuvwxyz0123456789", *c) ? *c : '-';
	memcpy(out + len, ".json", 6);
}

static enum bef_rc keep(struct bef_app *app, const struct bef_playbook *playbook, bool overwrite, struct bef_err *err)
{
	int counts[2] = { 0, 0 };
	char dir[BEF_PATH], path[BEF_PATH], name[100];
	int cleaned = clean(playbook->doc);
	enum bef_rc rc = bef_path_join(dir, app->desk.base, "playbooks", err);

	file_name(playbook, name);
	if (rc == BEF_OK)
		rc = bef_path_join(path, dir, name, err);
	if (rc == BEF_OK && !app->g.dry_run)
		rc = bef_dir_make(dir, err);
	if (rc == BEF_OK)
		rc = write_document(app, path, overwrite, playbook->doc, err);
	if (rc)
		return rc;
	bef_playbook_check(playbook->doc, playbook, count_finding, counts);
	bef_talk(app, tr("%d cleaned up; against the standard: %d; to look at: %d (beffroi playbook check %s)"), cleaned,
	         counts[BEF_FINDING_ERROR], counts[BEF_FINDING_WARNING], playbook->key);
	return BEF_OK;
}

enum bef_rc bef_playbook_import(struct bef_app *app, const char *path, const struct bef_playbook_opts *to, struct bef_err *err)
{
	struct bef_playbook *playbook = NULL;
	BEF_AUTO(text) document = { 0 };
	char named[BEF_PATH];
	enum bef_rc rc = BEF_OK;

	/* A bare word is a file here, not a playbook that is at hand already. */
	if (!strchr(path, '/'))
		rc = bef_path_join(named, ".", path, err);
	if (rc == BEF_OK)
		rc = bef_playbook_find(app->desk.base, strchr(path, '/') ? path : named, &playbook, &document, err);
	if (rc == BEF_OK)
		rc = keep(app, playbook, to->overwrite, err);
	bef_playbook_free(playbook);
	return rc;
}

/* --- export --- */

static bool has_type(const json_t *workflow, const char *type)
{
	const char *id;
	json_t *step;

	json_object_foreach ((json_t *)(uintptr_t)workflow, id, step)
		if (strcmp(bef_json_text_or(step, "type", ""), type) == 0)
			return true;
	return false;
}

static bool has_member(const json_t *workflow, const char *member)
{
	const char *id;
	json_t *step;

	json_object_foreach ((json_t *)(uintptr_t)workflow, id, step)
		if (json_object_get(step, member))
			return true;
	return false;
}

static bool only_manual(const json_t *workflow)
{
	const char *id;
	json_t *step, *command;
	size_t i;

	json_object_foreach ((json_t *)(uintptr_t)workflow, id, step)
		json_array_foreach (json_object_get(step, "commands"), i, command)
			if (strcmp(bef_json_text_or(command, "type", ""), "manual") != 0)
				return false;
	return true;
}

/* CACAO 2.0, 3.1.1: computed from the content, never believed. */
static bool put_summary(json_t *document)
{
	const json_t *w = json_object_get(document, "workflow");
	json_t *summary = json_object();
	bool ok = summary != NULL;

	bef_json_put_bool(summary, "manual_playbook", only_manual(w), &ok);
	bef_json_put_bool(summary, "external_playbooks", has_type(w, "playbook-action"), &ok);
	bef_json_put_bool(summary, "parallel_processing", has_type(w, "parallel"), &ok);
	bef_json_put_bool(summary, "if_logic", has_type(w, "if-condition"), &ok);
	bef_json_put_bool(summary, "while_logic", has_type(w, "while-condition"), &ok);
	bef_json_put_bool(summary, "switch_logic", has_type(w, "switch-condition"), &ok);
	bef_json_put_bool(summary, "temporal_logic", has_member(w, "delay") || has_member(w, "timeout"), &ok);
	bef_json_put_bool(summary, "data_markings", json_object_get(document, "markings") != NULL, &ok);
	bef_json_put_bool(summary, "digital_signatures", json_object_get(document, "signatures") != NULL, &ok);
	bef_json_put_bool(summary, "countersigned_signatures", false, &ok);
	bef_json_put_bool(summary, "extensions", json_object_get(document, "extension_definitions") != NULL, &ok);
	bef_json_put(document, "playbook_processing_summary", summary, &ok);
	return ok;
}

enum bef_rc bef_playbook_export(struct bef_app *app, const char *word, const struct bef_playbook_opts *to, struct bef_err *err)
{
	struct bef_playbook *playbook = NULL;
	BEF_AUTO(text) document = { 0 };
	int counts[2] = { 0, 0 };
	char name[100];
	enum bef_rc rc = bef_playbook_find(app->desk.base, word, &playbook, &document, err);

	if (rc)
		return rc;
	file_name(playbook, name);
	bef_playbook_check(playbook->doc, playbook, count_finding, counts);
	if (counts[BEF_FINDING_ERROR]) {
		rc = bef_fail(err, BEF_ATTENTION, tr("%d things are against the standard: nothing was written"),
		              counts[BEF_FINDING_ERROR]);
		bef_hint(err, tr("see them with: beffroi playbook check %.60s"), word);
	} else if (!put_summary(playbook->doc))
		rc = bef_no_memory(err);
	else
		rc = write_document(app, to->output ? to->output : name, to->overwrite, playbook->doc, err);
	bef_playbook_free(playbook);
	return rc;
}
