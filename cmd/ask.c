/* SPDX-License-Identifier: EUPL-1.2 */
#include "ask.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "act/draft.h"
#include "base/i18n.h"
#include "out.h"

static volatile sig_atomic_t interrupted;

static volatile sig_atomic_t held;
static const char *parting;

static void on_interrupt(int signal_number)
{
	(void)signal_number;
	interrupted = 1;
	if (held)
		return;
	/* Like a kill: what is committed is whole, the rest was never there. */
	if (write(2, parting, strlen(parting)) < 0 || write(2, "\n", 1) < 0)
		_exit(BEF_INTERRUPTED);
	_exit(BEF_INTERRUPTED);
}

void bef_catch_interrupts(void)
{
	struct sigaction action = { .sa_handler = on_interrupt };

	parting = tr("interrupted: what was acknowledged is recorded, nothing is half-written");
	sigaction(SIGINT, &action, NULL); /* without SA_RESTART: reads come back */
}

void bef_hold_interrupts(bool hold)
{
	held = hold;
}

bool bef_interrupted(void)
{
	return interrupted != 0;
}

static enum bef_rc stop(struct bef_err *err)
{
	interrupted = 0;
	return bef_fail(err, BEF_INTERRUPTED, "%s", parting);
}

static enum bef_rc not_text(const struct bef_app *app, size_t at, struct bef_err *err)
{
	char draft[BEF_PATH];

	bef_desk_draft_path(&app->desk, draft);
	bef_fail(err, BEF_USAGE, tr("this is not UTF-8 text (byte %zu): nothing was recorded"), at + 1);
	bef_hint(err, tr("record the file as it is with: beffroi attach FILE   (what was typed is kept in %.250s)"), draft);
	return BEF_USAGE;
}

enum bef_rc bef_ask_line(struct bef_app *app, const char *prompt, struct bef_text *out, struct bef_err *err)
{
	BEF_AUTO(text) tame = { .max = 4096 };
	bool holding = held;
	char *line = NULL;
	size_t size = 0;
	ssize_t len;
	size_t good;

	fflush(stdout);
	bef_text_tame(&tame, prompt, true);
	if (app->drill && app->in_tty)
		fprintf(stderr, "%s ", tr("[DRILL]"));
	if (app->in_tty)
		fputs(bef_text_str(&tame), stderr);
	errno = 0;
	bef_hold_interrupts(true);
	len = interrupted ? -1 : getline(&line, &size, stdin);
	bef_hold_interrupts(holding);
	if (len < 0) {
		free(line);
		if (interrupted || errno == EINTR)
			return stop(err);
		if (app->in_tty)
			fputc('\n', stderr);
		return bef_fail(err, BEF_NOT_FOUND, "%s", tr("end of input"));
	}
	while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
		line[--len] = '\0';
	bef_text_clear(out);
	bef_text_add(out, line, (size_t)len);
	good = bef_utf8_check(line, (size_t)len);
	free(line);
	if (good < (size_t)len) {
		bef_desk_draft_keep(&app->desk, bef_text_str(out));
		return not_text(app, good, err);
	}
	if (!app->in_tty)
		bef_put(app, BEF_FAINT, "%s%s\n", prompt, bef_text_str(out));
	return bef_text_rc(out, err);
}

static int yes_or_no(const char *answer)
{
	static const char *const yes[] = { "o", "oui", "y", "yes" };
	static const char *const no[] = { "", "n", "non", "no" };

	for (size_t i = 0; i < 4; i++) {
		if (bef_fold_equal(answer, yes[i]))
			return 1;
		if (bef_fold_equal(answer, no[i]))
			return 0;
	}
	return -1;
}

enum bef_rc bef_ask_yes(struct bef_app *app, const char *question, const char *option, bool *out,
                        struct bef_err *err)
{
	BEF_AUTO(text) answer = { .max = 200 };
	char prompt[400];

	*out = true;
	if (app->g.yes)
		return BEF_OK;
	if (app->g.no_input || !app->in_tty) {
		bef_fail(err, BEF_USAGE, tr("nobody to answer: %.200s"), question);
		bef_hint(err, tr("if you mean it, add: %s"), option);
		return BEF_USAGE;
	}
	for (int i = 0; i < 2; i++) {
		size_t len;
		const char *start;
		enum bef_rc rc;

		snprintf(prompt, sizeof(prompt), "%.300s %s ", question,
		         i ? tr("(yes or no) [y/N]") : tr("[y/N]"));
		rc = bef_ask_line(app, prompt, &answer, err);
		if (rc)
			return rc;
		start = bef_trim(bef_text_str(&answer), &len);
		if (yes_or_no(len ? start : "") >= 0) {
			*out = yes_or_no(len ? start : "") == 1;
			return BEF_OK;
		}
	}
	return bef_fail(err, BEF_USAGE, "%s", tr("no answer understood: nothing was done"));
}

/* The template's own lines start with '#' and are not kept. */
static void drop_comments(const char *text, struct bef_text *out)
{
	bef_text_clear(out);
	while (*text) {
		size_t len = strcspn(text, "\n");

		if (*text != '#')
			bef_text_add(out, text, len + (text[len] == '\n'));
		text += len + (text[len] == '\n');
	}
	while (out->len > 0 && strchr(" \t\r\n", out->data[out->len - 1]))
		out->data[--out->len] = '\0';
}

static const char *editor_of(void)
{
	static const char *const names[] = { "BEFFROI_EDITOR", "VISUAL", "EDITOR" };

	for (size_t i = 0; i < 3; i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return value;
	}
	return access("/usr/bin/nano", X_OK) == 0 ? "nano" : "vi";
}

/* The editor's variable may hold arguments, so a shell splits it, as git does; it outlives a Ctrl-C
 * that was meant for the editor. */
static enum bef_rc run_editor(const char *path, struct bef_err *err)
{
	const char *editor = editor_of();
	char command[512];
	bool holding = held;
	int status = -1;
	pid_t pid = fork();

	bef_hold_interrupts(true); /* Ctrl-C is the editor's */
	snprintf(command, sizeof(command), "trap : INT; %.400s \"$1\"", editor);
	if (pid == 0) {
		execl("/bin/sh", "sh", "-c", command, "beffroi", path, (char *)NULL);
		_exit(127);
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	interrupted = 0;
	bef_hold_interrupts(holding);
	if (pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return BEF_OK;
	bef_fail(err, BEF_FAILED, tr("the editor '%.100s' did not end well: nothing was recorded"), editor);
	bef_hint(err, tr("your text is kept in %.200s"), path);
	return BEF_FAILED;
}

enum bef_rc bef_ask_editor(struct bef_app *app, const char *start, struct bef_text *out, struct bef_err *err)
{
	BEF_AUTO(text) text = { .max = BEF_BODY_MOST };
	char path[BEF_PATH];
	bool kept;
	enum bef_rc rc;

	bef_text_puts(&text, start);
	bef_text_printf(&text, "\n%s\n", tr("# Write above. Lines that start with # are dropped; an empty text records nothing."));
	kept = bef_desk_draft_keep(&app->desk, bef_text_str(&text));
	bef_desk_draft_path(&app->desk, path);
	if (!kept)
		return bef_fail(err, BEF_FAILED, tr("cannot write '%.200s'"), path);
	rc = run_editor(path, err);
	bef_text_clear(&text);
	if (rc == BEF_OK)
		rc = bef_file_read(path, BEF_BODY_MOST, &text, err);
	if (rc)
		return rc;
	drop_comments(bef_text_str(&text), out);
	if (out->len > 0)
		return bef_text_rc(out, err);
	bef_desk_draft_drop(&app->desk);
	return bef_fail(err, BEF_NOT_FOUND, "%s", tr("the text is empty: nothing was recorded"));
}

static enum bef_rc check_text(struct bef_app *app, const struct bef_text *text, struct bef_err *err)
{
	char draft[BEF_PATH];
	size_t good = bef_utf8_check(bef_text_str(text), text->len);

	if (good == text->len && text->len <= BEF_PROSE_MOST)
		return BEF_OK;
	bef_app_keep_said(app); /* the message names the draft */
	bef_desk_draft_path(&app->desk, draft);
	if (good < text->len)
		return not_text(app, good, err);
	bef_fail(err, BEF_USAGE, tr("this text has %zu bytes; an entry holds at most %d"), text->len, BEF_PROSE_MOST);
	bef_hint(err, tr("record it as a file with: beffroi attach FILE   (what was typed is kept in %.250s)"), draft);
	return BEF_USAGE;
}

static enum bef_rc get_text(struct bef_app *app, const struct bef_wanted_text *want, struct bef_text *out,
                            struct bef_err *err)
{
	bool dash = want->count == 1 && strcmp(want->words[0], "-") == 0;

	if (want->editor && !dash && app->in_tty) {
		BEF_AUTO(text) start = { .max = BEF_PROSE_MOST };
		enum bef_rc rc = bef_words_join(want->words, want->count, BEF_PROSE_MOST, &start, err);

		return rc ? rc : bef_ask_editor(app, bef_text_str(&start), out, err);
	}
	if (want->count > 0 && !dash)
		return bef_words_join(want->words, want->count, BEF_BODY_MOST, out, err);
	if (dash || !app->in_tty)
		return bef_fd_read(0, "-", out, err);
	if (!app->g.no_input)
		return bef_ask_line(app, want->prompt, out, err);
	bef_fail(err, BEF_USAGE, "%s", tr("the text is missing"));
	bef_hint(err, tr("beffroi %s \"...\""), bef_cmd_name(app->cmd));
	return BEF_USAGE;
}

/* Text pasted from elsewhere may end its lines with CR LF. */
static void drop_returns(struct bef_text *text)
{
	size_t kept = 0;

	for (size_t i = 0; i < text->len; i++)
		if (text->data[i] != '\r' || i + 1 == text->len || text->data[i + 1] != '\n')
			text->data[kept++] = text->data[i];
	if (text->data)
		text->data[text->len = kept] = '\0';
}

static void keep(struct bef_app *app, const struct bef_wanted_text *want, const char *text)
{
	bool on_the_line = want->count > 0 && !want->editor && strcmp(want->words[0], "-") != 0;

	app->said = on_the_line ? strdup(text) : NULL;
	if (!app->said)
		bef_desk_draft_keep(&app->desk, text);
}

enum bef_rc bef_ask_text(struct bef_app *app, const struct bef_wanted_text *want, struct bef_text *out,
                         struct bef_err *err)
{
	enum bef_rc rc;
	size_t len;
	const char *start;

	bef_text_init(out, 16 << 20);
	rc = get_text(app, want, out, err);
	if (out->len > 0 && !app->g.dry_run)
		keep(app, want, bef_text_str(out));
	if (rc == BEF_OK)
		rc = check_text(app, out, err);
	if (rc)
		return rc;
	drop_returns(out);
	start = bef_trim(bef_text_str(out), &len);
	if (len == 0) {
		bef_fail(err, BEF_USAGE, "%s", tr("the text is empty: nothing was recorded"));
		bef_hint(err, tr("beffroi %s \"...\""), bef_cmd_name(app->cmd));
		return BEF_USAGE;
	}
	memmove(out->data, start, len);
	out->data[len] = '\0';
	out->len = len;
	return BEF_OK;
}
