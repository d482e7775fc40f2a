/* SPDX-License-Identifier: EUPL-1.2 */
#include "out.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ask.h"
#include "base/i18n.h"
#include "base/json.h"

enum { TEXT_MOST = 4 << 20 };

/* Sixteen theme colours only, so that they follow the terminal's own palette. */
static const char *const codes[] = { "", "\033[1m", "\033[32m", "\033[33m", "\033[1;31m", "\033[2m" };

/* Something that was to be printed was not, for want of memory. */
static bool lost;

bool bef_out_lost(void)
{
	return lost;
}

static bool recorded;

bool bef_out_done(void)
{
	return recorded;
}

static void print(FILE *to, bool color, enum bef_style style, const char *text)
{
	BEF_AUTO(text) tame = { .max = 2 * TEXT_MOST };

	bef_text_tame(&tame, text, false);
	lost = lost || tame.failed;
	if (color && style != BEF_PLAIN)
		fprintf(to, "%s%s\033[0m", codes[style], bef_text_str(&tame));
	else
		fputs(bef_text_str(&tame), to);
}

void bef_put(struct bef_app *app, enum bef_style style, const char *fmt, ...)
{
	char *text = NULL;
	va_list args;

	va_start(args, fmt);
	if (vasprintf(&text, fmt, args) >= 0)
		print(stdout, app->color, style, text);
	else
		lost = true;
	va_end(args);
	free(text);
}

/* French sets a space before : ; ? ! » and one after «: no line begins or ends with them. */
static bool may_break(const char *text, size_t at)
{
	const char *next = text + at + 1;

	return text[at] == ' ' && !(*next && strchr(":;?!", *next)) && strncmp(next, "»", strlen("»")) != 0 &&
	       !(at >= strlen("«") && strncmp(next - 1 - strlen("«"), "«", strlen("«")) == 0);
}

/* Length of the longest piece of `text` that fits in `columns` and ends before a space. */
static size_t piece_of(const char *text, size_t columns)
{
	size_t line = strcspn(text, "\n");
	size_t fit = bef_text_fit(text, columns);
	size_t at;

	if (fit >= line)
		return line;
	for (at = fit; at > 0 && !may_break(text, at); at--)
		;
	return at > 0 ? at : fit > 0 ? fit : line;
}

/* Lines of at most `width` columns, each but the first after `indent` ones. */
static void wrap(FILE *to, bool color, enum bef_style style, size_t width, int column, int indent, const char *text)
{
	while (*text) {
		size_t room = width > (size_t)column + 8 ? width - (size_t)column : 8;
		size_t len = piece_of(text, room);
		BEF_AUTO(text) line = { .max = TEXT_MOST };

		bef_text_add(&line, text, len);
		lost = lost || line.failed;
		print(to, color, style, bef_text_str(&line));
		fputc('\n', to);
		text += len;
		text += *text == '\n' ? 1 : strspn(text, " ");
		if (*text)
			fprintf(to, "%*s", indent, "");
		column = indent;
	}
}

static size_t width_of(const struct bef_app *app, bool tty)
{
	return tty ? (size_t)(app->width > 100 ? 100 : app->width) : 1 << 20;
}

void bef_talk(struct bef_app *app, const char *fmt, ...)
{
	char *text = NULL;
	va_list args;

	if (app->g.quiet)
		return;
	fflush(stdout);
	va_start(args, fmt);
	if (vasprintf(&text, fmt, args) >= 0)
		wrap(stderr, false, BEF_PLAIN, width_of(app, app->err_tty), 0, (int)strspn(text, " "), text);
	va_end(args);
	free(text);
}

void bef_next(struct bef_app *app, const char *command, const char *what)
{
	int pad = 24 - (int)bef_text_width(command);

	if (app->err_tty && 35 + (int)bef_text_width(what) > app->width)
		pad = 2;
	bef_talk(app, "%s beffroi %s%*s%s", app->fancy ? "→" : "->", command, pad > 2 ? pad : 2, "", what);
}

const char *bef_sentence(const struct bef_case *c, const struct bef_line *line)
{
	static struct bef_text tame = { .max = 2 * TEXT_MOST };
	BEF_AUTO(text) raw = { .max = TEXT_MOST };

	bef_text_clear(&tame);
	bef_line_say(c, line, &raw);
	bef_text_tame(&tame, bef_text_str(&raw), true);
	lost = lost || raw.failed || tame.failed;
	return bef_text_str(&tame);
}

void bef_wrap(struct bef_app *app, enum bef_style style, int column, int indent, const char *text)
{
	size_t width = width_of(app, app->out_tty);

	/* No room for a column beside what stands there: it goes below. */
	if (width < (size_t)indent + 16) {
		column = indent = 4;
		bef_put(app, BEF_PLAIN, "\n%*s", indent, "");
	}
	wrap(stdout, app->color, style, width, column, indent, text);
}

void bef_wrap_text(struct bef_app *app, enum bef_style style, int column, int indent, const struct bef_text *text)
{
	lost = lost || text->failed;
	bef_wrap(app, style, column, indent, bef_text_str(text));
}

void bef_rule(struct bef_app *app, const char *left, const char *right)
{
	const char *dash = app->fancy ? "─" : "-";
	const char *below = "";
	int width = app->width > 100 ? 100 : app->width;
	int fill = width - (int)bef_text_width(left) - (int)bef_text_width(right) - 6 - (*right ? 2 : 0);

	/* Too narrow for both: the right one goes below; the left one is cut if it must be. */
	if (fill < 0) {
		below = right;
		right = "";
		fill = width - (int)bef_text_width(left) - 6;
	}
	bef_put(app, BEF_FAINT, "%s%s ", dash, dash);
	bef_put(app, BEF_STRONG, "%.*s", (int)bef_text_fit(left, width > 6 ? (size_t)width - 6 : 0), left);
	bef_put(app, BEF_PLAIN, " ");
	for (int i = 0; i < fill; i++)
		bef_put(app, BEF_FAINT, "%s", dash);
	if (*right)
		bef_put(app, BEF_PLAIN, " %s ", right);
	bef_put(app, BEF_FAINT, "%s%s\n", dash, dash);
	if (*below)
		bef_put(app, BEF_FAINT, "   %s\n", below);
}

void bef_put_cell(struct bef_app *app, enum bef_style style, int columns, const char *text)
{
	int pad = columns - (int)bef_text_width(text);

	print(stdout, app->color, style, text);
	printf("%*s", pad > 1 ? pad : 1, "");
}

enum bef_rc bef_put_file(struct bef_app *app, const char *path, bool overwrite, const struct bef_text *text,
                         struct bef_err *err)
{
	enum bef_rc rc;

	if (strcmp(path, "-") == 0) {
		fwrite(bef_text_str(text), 1, text->len, stdout); /* main() tells of a pipe that broke */
		return BEF_OK;
	}
	if (app->g.dry_run)
		return BEF_OK;
	if (!overwrite && access(path, F_OK) == 0) {
		bef_fail(err, BEF_REFUSED, tr("'%.200s' is already there"), path);
		bef_hint(err, "%s", tr("choose another name with -o FILE, or add: --overwrite"));
		return BEF_REFUSED;
	}
	bef_hold_interrupts(true);
	rc = bef_file_write(path, bef_text_str(text), text->len, true, err);
	bef_hold_interrupts(false);
	return rc;
}

json_t *bef_json_begin(const char *type)
{
	return json_pack("{s:i, s:s}", "v", 1, "type", type);
}

enum bef_rc bef_put_json(json_t *object, struct bef_err *err)
{
	char *line = object ? json_dumps(object, JSON_COMPACT) : NULL;

	json_decref(object);
	if (!line)
		return bef_no_memory(err);
	puts(line);
	free(line);
	return BEF_OK;
}

static void put_answer(struct bef_app *app, const char *text)
{
	BEF_AUTO(text) line = { .max = TEXT_MOST };

	bef_text_printf(&line, "%s%s", app->g.dry_run ? tr("(nothing written) ") : "", text);
	bef_wrap_text(app, BEF_PLAIN, 0, 0, &line);
}

enum bef_rc bef_put_done(struct bef_app *app, const struct bef_done *done, const char *kind, struct bef_err *err,
                         const char *fmt, ...)
{
	char id[BEF_HASH_HEX];
	json_t *object;
	bool ok = true;
	char *text = NULL;
	va_list args;

	recorded = true;
	if (done->reserve_used)
		bef_talk(app, "%s", tr("DISK FULL: the reserve was used to write this; free some space now"));
	if (!app->g.json) {
		va_start(args, fmt);
		if (vasprintf(&text, fmt, args) >= 0)
			put_answer(app, text);
		else
			lost = true;
		va_end(args);
		free(text);
		fflush(stdout); /* an acknowledgement does not wait in a buffer */
		return BEF_OK;
	}
	bef_hex(done->id.byte, sizeof(done->id.byte), id);
	object = bef_json_begin("done");
	bef_json_put_text(object, "kind", kind, &ok);
	bef_json_put_text(object, "incident", done->ref, &ok);
	bef_json_put_int(object, "number", done->number, &ok);
	bef_json_put_text(object, "id", id, &ok);
	if (done->about)
		bef_json_put_int(object, "about", done->about, &ok);
	if (app->g.dry_run)
		bef_json_put_bool(object, "dry_run", true, &ok);
	if (bef_put_json(ok ? object : NULL, NULL) != BEF_OK)
		return bef_fail(err, BEF_FAILED, "%s", tr("the answer could not be written (what was asked is done)"));
	return BEF_OK;
}

const char *bef_size_format(int64_t bytes, char out[32])
{
	static const char *const units[] = { N_("B"), N_("kB"), N_("MB"), N_("GB"), N_("TB") };
	double value = (double)bytes;
	int unit = 0;

	while (value >= 1000 && unit < 4) {
		value /= 1000;
		unit++;
	}
	snprintf(out, 32, value < 10 && unit ? "%.1f %s" : "%.0f %s", value, tr(units[unit]));
	return out;
}
