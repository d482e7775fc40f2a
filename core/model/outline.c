/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/outline.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "model/playbook.h"
#include "model/words.h"

enum { STEPS_MOST = 300, LINE_MOST = 4000, ID_SIZE = 64 };

/* A step as the outline has it. */
struct item {
	json_t *texts; /* of the extension, in the language of the outline */
	char role[24], phase[24], within[24];
	char question[500];
	bool mandatory;
	char id[ID_SIZE];
};

struct reading {
	struct item *item;
	int count, line;
	char title[200], key[64];
	json_t *document, *workflow;
	struct bef_err *err;
	enum bef_rc rc;
};

static void wrong(struct reading *r, const char *what)
{
	if (!r->rc)
		r->rc = bef_fail(r->err, BEF_USAGE, tr("line %d: %s"), r->line, what);
}

static void draw_id(const char *type, char out[ID_SIZE])
{
	struct bef_uuid uuid;
	char text[BEF_UUID_TEXT];

	bef_uuid_v4(&uuid);
	bef_uuid_format(&uuid, text);
	snprintf(out, ID_SIZE, "%s--%s", type, text);
}

/* "15 min", "2 h", "3 d" (j) as ISO 8601; false if it is none. */
static bool read_delay(const char *text, char out[24])
{
	char unit[16] = "";
	int n;

	if (sscanf(text, "%d %15s", &n, unit) != 2 || n < 1 || n > 1000)
		return false;
	switch (tolower((unsigned char)*unit)) {
	case 'm':
		snprintf(out, 24, "PT%dM", n);
		return true;
	case 'h':
		snprintf(out, 24, "PT%dH", n);
		return true;
	case 'd':
	case 'j':
		snprintf(out, 24, "P%dD", n);
		return true;
	default:
		return false;
	}
}

/* What a word before a colon means: a text of the step, or something else. */
static const struct {
	const char *words;
	const char *text; /* member of the texts, or NULL */
	char what;        /* r role, w within, i if, p phase, k key */
} fields[] = {
	{ "role,roles,qui,who", NULL, 'r' },    { "within,delai,avant,before", NULL, 'w' },
	{ "if,si", NULL, 'i' },                  { "phase", NULL, 'p' },
	{ "key,cle,nom", NULL, 'k' },            { "why,pourquoi", "why", 0 },
	{ "do not,ne pas", "do_not", 0 },        { "done when,fait quand,fini quand", "done_when", 0 },
	{ "proof,preuve", "proof", 0 },          { "undo,reverse,annuler,pour revenir", "undo", 0 },
};

static void put_word(struct reading *r, const struct bef_words *words, const char *value, char out[24])
{
	const struct bef_word *word;

	if (bef_word_parse(words, value, &word, NULL) != BEF_OK)
		wrong(r, words == &bef_roles ? tr("this is no role") : tr("this is no phase"));
	else
		snprintf(out, 24, "%s", word->name);
}

static void put_field(struct reading *r, size_t f, const char *value)
{
	struct item *item = r->count ? &r->item[r->count - 1] : NULL;

	if (fields[f].what == 'k')
		snprintf(r->key, sizeof(r->key), "%.60s", value);
	else if (!item)
		wrong(r, tr("this belongs to a step, and there is none yet"));
	else if (fields[f].text && json_object_set_new(item->texts, fields[f].text, json_string(value)) != 0)
		r->rc = bef_no_memory(r->err);
	else if (fields[f].what == 'r')
		put_word(r, &bef_roles, value, item->role);
	else if (fields[f].what == 'p')
		put_word(r, &bef_phases, value, item->phase);
	else if (fields[f].what == 'i')
		snprintf(item->question, sizeof(item->question), "%.480s", value);
	else if (fields[f].what == 'w' && !read_delay(value, item->within))
		wrong(r, tr("this is no length of time: 15 min, 2 h, 3 d"));
}

/* "role: technical"; false if the line is no field. */
static bool read_field(struct reading *r, const char *line)
{
	const char *colon = strchr(line, ':');
	char word[40], folded[80];
	size_t len;

	if (!colon || colon - line >= (ptrdiff_t)sizeof(word))
		return false;
	snprintf(word, sizeof(word), "%.*s", (int)(colon - line), line);
	bef_fold(word, folded, sizeof(folded));
	len = strlen(folded);
	while (len > 0 && folded[len - 1] == ' ')
		folded[--len] = '\0';
	for (size_t f = 0; f < sizeof(fields) / sizeof(*fields); f++)
		if (bef_word_in_list(fields[f].words, folded)) {
			put_field(r, f, colon + 1 + strspn(colon + 1, " \t"));
			return true;
		}
	return false;
}

static void add_step(struct reading *r, const char *name)
{
	struct item *item = &r->item[r->count];

	if (r->count == STEPS_MOST) {
		wrong(r, tr("too many steps"));
		return;
	}
	*item = (struct item){ .texts = json_pack("{s:s}", "name", name), .role = "coordinator", .phase = "containment" };
	draw_id("action", item->id);
	r->count++;
	if (!item->texts)
		r->rc = bef_no_memory(r->err);
}

static void add_text(struct reading *r, const char *line)
{
	struct item *item = &r->item[r->count - 1];
	const char *before = bef_json_text_or(item->texts, "text", "");
	char joined[LINE_MOST];

	if (snprintf(joined, sizeof(joined), "%s%s%s", before, *before ? " " : "", line) >= (int)sizeof(joined))
		wrong(r, tr("a text that is too long"));
	else if (json_object_set_new(item->texts, "text", json_string(joined)) != 0)
		r->rc = bef_no_memory(r->err);
}

/* "12. Name" or "12) Name": where the name begins, or NULL. */
static const char *step_name(const char *line)
{
	size_t digits = strspn(line, "0123456789");

	if (digits == 0 || digits > 3 || (line[digits] != '.' && line[digits] != ')') || line[digits + 1] != ' ')
		return NULL;
	return line + digits + 1 + strspn(line + digits + 1, " \t");
}

static void read_line(struct reading *r, const char *line)
{
	const char *name = step_name(line);

	if (!*line)
		return;
	if (bef_utf8_check(line, strlen(line)) < strlen(line))
		wrong(r, tr("this is not UTF-8 text"));
	else if (*line == '#')
		snprintf(r->title, sizeof(r->title), "%.190s", line + 1 + strspn(line + 1, " #"));
	else if (name && *name)
		add_step(r, name);
	else if (r->count && (bef_fold_equal(line, "mandatory") || bef_fold_equal(line, "obligatoire")))
		r->item[r->count - 1].mandatory = true;
	else if (!read_field(r, line) && r->count)
		add_text(r, line);
	else if (!r->count && !strchr(line, ':'))
		wrong(r, tr("a step begins with its number: 1. Close the valve"));
}

/* --- the document --- */

static json_t *extension_of(const struct item *item, json_t *texts)
{
	json_t *ours = json_pack("{s:s, s:[s], s:O}", "phase", item->phase, "roles", item->role, bef_lang_name(bef_lang()),
	                         texts);
	bool ok = ours != NULL;

	if (*item->within) {
		bef_json_put_text(ours, "within", item->within, &ok);
		bef_json_put_text(ours, "from", "step", &ok);
		bef_json_put_text(ours, "delay_source", "proposal", &ok);
	}
	if (item->mandatory)
		bef_json_put_bool(ours, "mandatory", true, &ok);
	return json_pack("{s:o}", BEF_EXTENSION, ours);
}

static void put_action(struct reading *r, const struct item *item, const char *next, const char *agent)
{
	const char *name = bef_json_text_or(item->texts, "name", "");
	const char *text = bef_json_text_or(item->texts, "text", name);
	json_t *step = json_pack("{s:s, s:s, s:[{s:s, s:s}], s:s, s:s, s:o}", "type", "action", "name", name, "commands", "type",
	                         "manual", "command", text, "agent", agent, "on_completion", next, "step_extensions",
	                         extension_of(item, item->texts));

	if (json_object_set_new(r->workflow, item->id, step) != 0)
		r->rc = bef_no_memory(r->err);
}

static void put_plain(struct reading *r, const char *id, const char *type, const char *next)
{
	json_t *step = next ? json_pack("{s:s, s:s}", "type", type, "on_completion", next) : json_pack("{s:s}", "type", type);

	if (json_object_set_new(r->workflow, id, step) != 0)
		r->rc = bef_no_memory(r->err);
}

/* The question in front of the items from `first` on that share it; its id in `id`. */
static void put_question(struct reading *r, const struct item *first, const char *next, int number, char id[ID_SIZE])
{
	char condition[64], name[80];
	json_t *texts, *step;
	json_t *variables = json_object_get(r->document, "playbook_variables");

	draw_id("if-condition", id);
	snprintf(condition, sizeof(condition), "__question_%d__:value = 'yes'", number);
	snprintf(name, sizeof(name), "%.*s", (int)bef_utf8_cut(first->question, 60), first->question);
	texts = json_pack("{s:s, s:s}", "name", name, "question", first->question);
	step = json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "type", "if-condition", "name", name, "condition", condition, "on_true",
	                 first->id, "on_completion", next, "step_extensions", extension_of(first, texts));
	json_decref(texts);
	snprintf(name, sizeof(name), "__question_%d__", number);
	if (!variables) {
		variables = json_object();
		json_object_set_new(r->document, "playbook_variables", variables);
	}
	if (json_object_set_new(variables, name, json_pack("{s:s, s:n}", "type", "string", "value")) != 0 ||
	    json_object_set_new(r->workflow, id, step) != 0)
		r->rc = bef_no_memory(r->err);
}

/* From the last step to the first, so that each knows what comes after it. */
static void put_steps(struct reading *r, const char *agent)
{
	char next[ID_SIZE], branch_end[ID_SIZE];

	draw_id("end", next);
	put_plain(r, next, "end", NULL);
	for (int i = r->count - 1; i >= 0 && !r->rc; i--) {
		const char *question = r->item[i].question;
		bool last = i == r->count - 1 || strcmp(r->item[i + 1].question, question) != 0;
		bool first = i == 0 || strcmp(r->item[i - 1].question, question) != 0;

		if (*question && last) {
			draw_id("end", branch_end);
			put_plain(r, branch_end, "end", NULL);
		}
		put_action(r, &r->item[i], !*question ? next : last ? branch_end : r->item[i + 1].id, agent);
		if (!*question)
			snprintf(next, sizeof(next), "%s", r->item[i].id);
		else if (first) {
			char id[ID_SIZE];

			put_question(r, &r->item[i], next, i + 1, id);
			snprintf(next, sizeof(next), "%s", id);
		}
	}
	draw_id("start", branch_end);
	put_plain(r, branch_end, "start", next);
	if (json_object_set_new(r->document, "workflow_start", json_string(branch_end)) != 0)
		r->rc = bef_no_memory(r->err);
}

static void make(struct reading *r, int64_t now_ms)
{
	char id[ID_SIZE], author[ID_SIZE], agent[ID_SIZE], date[BEF_DATE_SIZE], stamp[40];

	draw_id("playbook", id);
	draw_id("identity", author);
	draw_id("group", agent);
	snprintf(stamp, sizeof(stamp), "%.19s.000Z", bef_date_utc(now_ms, date));
	r->document = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:{}, s:{s:{s:s, s:s}}, s:{s:{s:s, s:{s:s}}}, s:{s:{s:s, s:s, s:s, s:s, s:s}}}",
	                        "type", "playbook", "spec_version", "cacao-2.0", "id", id, "name", r->title, "created_by", author,
	                        "created", stamp, "modified", stamp, "workflow", "agent_definitions", agent, "type", "group",
	                        "name", tr("Crisis cell"), "playbook_extensions", BEF_EXTENSION, "key", r->key,
	                        bef_lang_name(bef_lang()), "name", r->title, "extension_definitions", BEF_EXTENSION, "type",
	                        "extension-definition", "name", "beffroi", "created_by", author, "schema",
	                        "https://beffroi.example/schema/playbook-extension-1.json", "version", "1.0.0");
	if (!r->document) {
		r->rc = bef_no_memory(r->err);
		return;
	}
	r->workflow = json_object_get(r->document, "workflow");
	put_steps(r, agent);
}

/* A handle from the title, where none was given. */
static void make_key(struct reading *r)
{
	char folded[200];
	size_t len = 0;

	bef_fold(*r->key ? r->key : r->title, folded, sizeof(folded));
	for (const char *c = folded; *c && len < sizeof(r->key) - 1; c++)
		if (isalnum((unsigned char)*c))
			r->key[len++] = *c;
		else if (len && r->key[len - 1] != '-')
			r->key[len++] = '-';
	while (len && r->key[len - 1] == '-')
		len--;
	r->key[len] = '\0';
}

static void read_all(struct reading *r, char *text)
{
	char *line;

	while (!r->rc && (line = strsep(&text, "\n")) != NULL) {
		size_t len;
		const char *start = bef_trim(line, &len);

		r->line++;
		line[(start - line) + (ptrdiff_t)len] = '\0';
		read_line(r, start);
	}
	if (!r->rc && !*r->title)
		r->rc = bef_fail(r->err, BEF_USAGE, "%s", tr("a title is missing: # Broken water pipe"));
	if (!r->rc && r->count == 0)
		r->rc = bef_fail(r->err, BEF_USAGE, "%s", tr("there is no step: 1. Close the valve"));
	make_key(r);
}

enum bef_rc bef_outline_read(const char *text, int64_t now_ms, json_t **out, struct bef_err *err)
{
	struct reading r = { .err = err };
	BEF_AUTO_FREE char *copy = strdup(text);

	r.item = calloc(STEPS_MOST, sizeof(*r.item));
	if (!copy || !r.item)
		r.rc = bef_no_memory(err);
	if (!r.rc)
		read_all(&r, copy);
	if (!r.rc)
		make(&r, now_ms);
	for (int i = 0; i < r.count; i++)
		json_decref(r.item[i].texts);
	free(r.item);
	if (r.rc)
		json_decref(r.document);
	else
		*out = r.document;
	return r.rc;
}
