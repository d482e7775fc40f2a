/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * beffroi-pdf: the part of beffroi that sets pages.  It reads a document on
 * standard input, one JSON object per line, and writes a PDF on standard
 * output; nothing before the last line was read.  It reads no file but fonts,
 * touches no network, and the same document gives the same bytes.
 *
 * The lines: {"type": "begin", title, subtitle, tlp, footer, draft, drill, lang, and
 * "plain": true for the fonts that every reader has}, then any of
 * heading {level, text}, paragraph {text}, table {caption, columns}, row
 * {cells}, table_end, field {label, value, help, missing}, figure {svg}, then end.
 *
 * Exit status: 0; 2 when a line is unusable; 7 when the document is too long,
 * memory is short or nobody reads.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "field.h"
#include "figure.h"
#include "harden.h"
#include "hold.h"
#include "sheet.h"
#include "table.h"

enum { EXIT_INPUT = 2, EXIT_OUTPUT = 7, LINE_MOST = 16 << 20 };

struct work {
	struct bef_sheets sheets; /* first: two tables of widths */
	struct bef_table table;
	const json_t *written; /* the line as it came */
	bool begun, in_table, ended;
};

static int complain(int status, unsigned long line, const char *why)
{
	if (line)
		fprintf(stderr, "beffroi-pdf: line %lu: %s\n", line, why);
	else
		fprintf(stderr, "beffroi-pdf: %s\n", why);
	return status;
}

static const char *text_of(const json_t *line, const char *key)
{
	const char *text = json_string_value(json_object_get(line, key));

	return text ? text : "";
}

/* --- a line each --- */

static bool do_heading(struct work *w, const json_t *line)
{
	bef_hold_heading(&w->sheets, (int)json_integer_value(json_object_get(line, "level")), text_of(line, "text"),
	                 text_of(w->written, "text"));
	return !w->in_table;
}

static bool do_paragraph(struct work *w, const json_t *line)
{
	bef_hold_paragraph(&w->sheets, text_of(line, "text"));
	return !w->in_table;
}

static bool do_table(struct work *w, const json_t *line)
{
	w->in_table = !w->in_table && bef_table_begin(&w->sheets, &w->table, text_of(line, "caption"), json_object_get(line, "columns"));
	return w->in_table;
}

static bool do_row(struct work *w, const json_t *line)
{
	return w->in_table && bef_table_row(&w->sheets, &w->table, json_object_get(line, "cells"));
}

static bool do_table_end(struct work *w, const json_t *line)
{
	(void)line;
	if (!w->in_table)
		return false;
	w->in_table = false;
	return bef_table_end(&w->sheets, &w->table);
}

static bool do_field(struct work *w, const json_t *line)
{
	bef_field(&w->sheets, text_of(line, "label"), text_of(line, "value"), text_of(line, "help"),
	          json_is_true(json_object_get(line, "missing")));
	return !w->in_table;
}

static bool do_figure(struct work *w, const json_t *line)
{
	bef_figure(&w->sheets, text_of(line, "svg"));
	return !w->in_table;
}

static bool do_end(struct work *w, const json_t *line)
{
	(void)line;
	bef_hold_release(&w->sheets, 0);
	w->ended = true;
	return !w->in_table;
}

static const struct {
	const char *type;
	bool (*act)(struct work *w, const json_t *line);
} lines[] = {
	{ "heading", do_heading }, { "paragraph", do_paragraph }, { "table", do_table }, { "row", do_row },
	{ "table_end", do_table_end }, { "field", do_field }, { "figure", do_figure }, { "end", do_end },
};

/* --- the document --- */

/* Every text with characters that the letters have. */
static bool adapt(const struct bef_face *face, json_t *value)
{
	char *text = json_is_string(value) ? bef_face_adapt(face, json_string_value(value)) : NULL;
	bool ok = !json_is_string(value) || (text && json_string_set(value, text) == 0);
	const char *key;
	json_t *item;
	size_t i;

	free(text);
	json_array_foreach (value, i, item)
		ok = ok && adapt(face, item);
	json_object_foreach (value, key, item)
		ok = ok && adapt(face, item);
	return ok;
}

/* Do what the line says with its texts adapted. */
static bool act_on(struct work *w, const json_t *written, json_t *line)
{
	const char *type = text_of(written, "type");

	if (!line || !adapt(&w->sheets.regular, line)) {
		w->sheets.failed = true;
		return true;
	}
	w->written = written;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		if (strcmp(type, lines[i].type) == 0)
			return lines[i].act(w, line);
	return false;
}

static bool act(struct work *w, const json_t *written)
{
	json_t *line;
	bool ok;

	if (!w->begun) {
		w->begun = strcmp(text_of(written, "type"), "begin") == 0 && bef_sheets_open(&w->sheets, written);
		bef_harden_more();
		return w->begun || w->sheets.failed;
	}
	line = json_deep_copy(written);
	ok = act_on(w, written, line);
	json_decref(line);
	return ok;
}

static int read_all(struct work *w)
{
	char *text = NULL;
	size_t size = 0;
	ssize_t len;
	int status = 0;

	for (unsigned long number = 1; status == 0 && !w->ended && (len = getline(&text, &size, stdin)) > 0; number++) {
		json_t *line = len < LINE_MOST ? json_loadb(text, (size_t)len, JSON_REJECT_DUPLICATES, NULL) : NULL;

		if (!line || !act(w, line))
			status = complain(EXIT_INPUT, number, "not a line of a document, or out of place");
		else if (w->sheets.failed)
			status = complain(EXIT_OUTPUT, 0, "the document is too long, or memory is short");
		json_decref(line);
	}
	free(text);
	if (status == 0 && !w->ended)
		return complain(EXIT_INPUT, 0, "the document has no end");
	return status;
}

static int write_all(struct work *w)
{
	HPDF_BYTE bytes[65536];
	HPDF_UINT32 size;

	if (!bef_sheets_finish(&w->sheets) || HPDF_SaveToStream(w->sheets.doc) != HPDF_OK)
		return complain(EXIT_OUTPUT, 0, "the pages could not be made");
	HPDF_ResetStream(w->sheets.doc);
	do {
		size = sizeof(bytes);
		HPDF_ReadFromStream(w->sheets.doc, bytes, &size);
		if (fwrite(bytes, 1, size, stdout) != size)
			return complain(EXIT_OUTPUT, 0, "nobody reads");
	} while (size > 0);
	return fflush(stdout) == 0 ? 0 : complain(EXIT_OUTPUT, 0, "nobody reads");
}

/* libharu remembers the first failure, which is asked for at the end. */
static void noted(HPDF_STATUS error, HPDF_STATUS detail, void *data)
{
	(void)error;
	(void)detail;
	(void)data;
}

/* libharu goes on with half of what it was making, and crashes later; so nothing goes on. */
static void *must(HPDF_UINT size)
{
	void *memory = malloc(size);

	if (!memory)
		_Exit(complain(EXIT_OUTPUT, 0, "memory is short"));
	return memory;
}

int main(int argc, char **argv)
{
	static struct work work;
	int status;

	(void)argv;
	if (argc > 1)
		return complain(EXIT_INPUT, 0, "no arguments; a document comes on standard input");
	if (!bef_harden())
		return complain(EXIT_INPUT, 0, "standard input or output is closed");
	work.sheets.doc = HPDF_NewEx(noted, must, free, 0, NULL);
	if (!work.sheets.doc)
		return complain(EXIT_OUTPUT, 0, "no memory");
	status = read_all(&work);
	if (status == 0)
		status = write_all(&work);
	if (work.in_table)
		bef_table_end(&work.sheets, &work.table);
	bef_sheets_close(&work.sheets);
	HPDF_Free(work.sheets.doc);
	return status;
}
