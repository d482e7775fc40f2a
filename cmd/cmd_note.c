/* SPDX-License-Identifier: EUPL-1.2 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/draft.h"
#include "act/say.h"
#include "ask.h"
#include "base/i18n.h"
#include "base/json.h"
#include "out.h"

struct note_opts {
	const char *at, *kind, *amount;
	bool continuous, editor;
};

static const struct bef_opt note_options[] = {
	BEF_TEXT(struct note_opts, at, 't', "at", "heure", N_("TIME"), N_("when it happened: 14:05, -10m, yesterday 18:30")),
	BEF_TEXT(struct note_opts, kind, 'k', "kind", "genre", N_("KIND"), N_("fact (default), request, call, communication, cost, hypothesis, nothing-to-report, sitrep")),
	BEF_TEXT(struct note_opts, amount, 0, "amount", "montant", N_("EUR"), N_("for a cost: 1200 or 1200,50")),
	BEF_FLAG(struct note_opts, continuous, 'c', "continuous", "continu", N_("scribe's mode: one line, one entry, until an empty line")),
	BEF_FLAG(struct note_opts, editor, 'e', "editor", "editeur", N_("write in your editor")),
	BEF_OPT_END,
};

/* A thing said, before it is an entry. */
struct said {
	const char *kind; /* of entry */
	const char *sort; /* of a note, else NULL */
	const char *text;
	int64_t at_ms, cents;
	const char *by;
};

/* "1200", "1 200,50", "1200.5" in euro cents; false if it is no amount. */
static bool parse_amount(const char *text, int64_t *cents)
{
	int64_t units = 0;
	int digits = 0;
	int decimals = -1;

	for (; *text; text++) {
		if (*text == ' ')
			continue;
		if ((*text == ',' || *text == '.') && decimals < 0) {
			decimals = 0;
			continue;
		}
		if (!isdigit((unsigned char)*text) || digits > 12 || decimals == 2)
			return false;
		units = 10 * units + (*text - '0');
		digits++;
		decimals += decimals >= 0;
	}
	for (int i = decimals < 0 ? 0 : decimals; i < 2; i++)
		units *= 10;
	*cents = units;
	return digits > 0;
}

static enum bef_rc record(struct bef_app *app, const struct said *said, struct bef_done *done, struct bef_err *err)
{
	__attribute__((cleanup(bef_saying_clear))) struct bef_saying what = {
		.kind = said->kind, .body = json_object(), .happened_at_ms = said->at_ms,
	};
	bool ok = what.body != NULL;

	bef_json_put_text(what.body, "sort", said->sort, &ok);
	bef_json_put_text(what.body, bef_kind_find(said->kind)->prose, said->text, &ok);
	bef_json_put_text(what.body, strcmp(said->kind, "action.planned") == 0 ? "owner" : "by", said->by, &ok);
	if (said->cents)
		bef_json_put_int(what.body, "amount_cents", said->cents, &ok);
	if (!ok)
		return bef_no_memory(err);
	bef_app_tick(app);
	return bef_act_say(&app->desk, &what, done, err);
}

static enum bef_rc answer(struct bef_app *app, const struct said *said, const struct bef_done *done,
                          struct bef_err *err)
{
	char now[BEF_DATE_SIZE], then[BEF_DATE_SIZE];

	if (done->closed)
		bef_talk(app, tr("%s is closed: this is recorded as a late fact."), done->ref);
	bef_date_format(app->desk.pen.now_ms, app->desk.pen.zone, BEF_DATE_CLOCK, now);
	if (strcmp(said->kind, "action.planned") == 0)
		return bef_put_done(app, done, said->kind, err, tr("#%u action A%d recorded %s"), done->number,
		                    done->about, now);
	if (strcmp(said->kind, "decision.taken") == 0)
		return bef_put_done(app, done, said->kind, err, tr("#%u decision D%d recorded %s"), done->number,
		                    done->about, now);
	if (!said->at_ms)
		return bef_put_done(app, done, said->kind, err, tr("#%u recorded %s"), done->number, now);
	bef_date_format(said->at_ms, app->desk.pen.zone, BEF_DATE_DAY, then);
	return bef_put_done(app, done, said->kind, err, tr("#%u recorded %s, happened %s"), done->number, now, then);
}

/* --- the scribe's mode --- */

static bool starts(const char **text, const char *mark)
{
	size_t len = strlen(mark);

	if (strncmp(*text, mark, len) != 0)
		return false;
	*text += len + strspn(*text + len, " ");
	return true;
}

/* "call the insurer @marc": who does it stands last, after a space (an address has none). */
static void split_owner(char *text, const char **owner)
{
	char *at = strrchr(text, '@');

	if (!at || at == text || at[-1] != ' ' || !at[1] || strchr(at, ' '))
		return;
	*owner = at + 1;
	do
		*at-- = '\0';
	while (at > text && *at == ' ');
}

/* "1200 new disks": the amount may be left out. */
static void split_amount(struct said *said)
{
	size_t digits = strspn(said->text, "0123456789,.");
	char amount[32];

	snprintf(amount, sizeof(amount), "%.*s", (int)digits, said->text);
	if (digits > 0 && digits < sizeof(amount) && parse_amount(amount, &said->cents))
		said->text += digits + strspn(said->text + digits, " ");
}

/* A line may start with a time, then with a mark: d: decision, a: action, ? hypothesis, EUR cost.
 * What it does not say is as in *said. */
static enum bef_rc read_scribe_line(struct bef_app *app, char *line, struct said *said, struct bef_err *err)
{
	size_t len = bef_when_prefix(line);
	enum bef_rc rc = BEF_OK;

	said->text = line;
	if (len > 0) {
		line[len] = '\0';
		rc = bef_app_time(app, line, BEF_WHEN_FACT, &said->at_ms, err);
		said->text = line + len + 1 + strspn(line + len + 1, " ");
	}
	if (starts(&said->text, "d:")) {
		said->kind = "decision.taken";
		said->sort = NULL;
	} else if (starts(&said->text, "a:")) {
		said->kind = "action.planned";
		said->sort = NULL;
		said->by = NULL; /* who told of it need not be who does it */
		split_owner(line + (said->text - line), &said->by);
	} else if (starts(&said->text, "?")) {
		said->sort = "hypothesis";
	} else if (starts(&said->text, "€")) {
		said->sort = "cost";
		split_amount(said);
	}
	return rc;
}

static enum bef_rc scribe_line(struct bef_app *app, char *line, const struct said *as, struct bef_err *err)
{
	struct said said = *as;
	struct bef_done done;
	enum bef_rc rc = read_scribe_line(app, line, &said, err);

	if (rc)
		return rc;
	if (!*said.text)
		return bef_fail(err, BEF_USAGE, "%s", tr("the text is empty: nothing was recorded"));
	rc = record(app, &said, &done, err);
	return rc ? rc : answer(app, &said, &done, err);
}

/* The next line, after the clock; *over: there is none.  On a terminal an empty line ends; in a pipe
 * only the end does, so that no paragraph is lost. */
static enum bef_rc next_line(struct bef_app *app, struct bef_text *line, bool *over, struct bef_err *err)
{
	char clock[BEF_DATE_SIZE];
	struct bef_err end = { 0 };
	enum bef_rc rc;

	do {
		bef_app_tick(app);
		bef_date_format(app->desk.pen.now_ms, app->desk.pen.zone, BEF_DATE_CLOCK, clock);
		strcat(clock, " > ");
		rc = bef_ask_line(app, app->in_tty ? clock : "", line, &end);
	} while (rc == BEF_OK && line->len == 0 && !app->in_tty);
	*over = rc == BEF_NOT_FOUND || (rc == BEF_OK && line->len == 0);
	if (rc && !*over)
		*err = end;
	return *over ? BEF_OK : rc;
}

static enum bef_rc scribe(struct bef_app *app, const struct said *as, struct bef_err *err)
{
	BEF_AUTO(text) line = { .max = BEF_PROSE_MOST };
	bool all = true;
	int count = 0;

	if (app->in_tty)
		bef_talk(app, "%s", tr("One line, one entry; an empty line ends. A line may start with a time (14:05, -10m), then d: decision, a: action @who, ? hypothesis, € cost."));
	for (;;) {
		struct bef_err wrong = { 0 };
		bool over;
		enum bef_rc rc = next_line(app, &line, &over, err);

		if (rc)
			return rc;
		if (over)
			break;
		bef_desk_draft_keep(&app->desk, line.data);
		rc = scribe_line(app, line.data, as, &wrong);
		if (rc && rc != BEF_USAGE) {
			*err = wrong;
			return rc;
		}
		/* A line that is not understood is said so, and the others go on. */
		if (rc) {
			bef_talk(app, "%s%s%s", wrong.msg, *wrong.hint ? " - " : "", wrong.hint);
			app->desk.draft[0] = '\0'; /* it stays; the next line gets its own */
			all = false;
			continue;
		}
		bef_desk_draft_drop(&app->desk);
		count++;
	}
	bef_talk(app, trn("%d line. To read again: beffroi log", "%d lines. To read again: beffroi log", count), count);
	return all ? BEF_OK : bef_fail(err, BEF_USAGE, "%s", tr("some lines were not recorded: see above"));
}

enum { MENTIONS_MOST = 3 };

struct mentioning {
	struct bef_app *app;
	int count;
};

static void mention(void *arg, const char *path, const char *text)
{
	struct mentioning *m = arg;

	if (m->count++ >= MENTIONS_MOST)
		return;
	bef_talk(m->app, tr("A text that may not have been recorded is kept in %s:"), path);
	bef_talk(m->app, "  %s", BEF_SHORT(text, 200));
	bef_talk(m->app, "%s", tr("To record it: beffroi note - < that file"));
}

/* Text that an earlier command could not record is offered, never thrown away. */
static void mention_drafts(struct bef_app *app)
{
	struct mentioning m = { app, 0 };

	if (!app->g.json)
		bef_desk_drafts_left(&app->desk, mention, &m);
}

static enum bef_rc note_run(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	const struct note_opts *opts = opts_;
	const struct bef_wanted_text want = { words, count, opts->editor, tr("fact > ") };
	BEF_AUTO(text) text = { 0 };
	struct said said = { .kind = "note", .by = app->g.by };
	struct bef_done done;
	enum bef_rc rc = bef_app_word(&bef_note_sorts, opts->kind, opts->amount ? "cost" : "fact", &said.sort, err);

	if (rc == BEF_OK)
		rc = bef_app_time(app, opts->at, BEF_WHEN_FACT, &said.at_ms, err);
	if (rc == BEF_OK && opts->amount && !parse_amount(opts->amount, &said.cents))
		rc = bef_fail(err, BEF_USAGE, tr("'%s' is not an amount in euros"), BEF_SHORT(opts->amount, 40));
	if (rc == BEF_OK && opts->continuous && count > 0) {
		bef_fail(err, BEF_USAGE, "%s", tr("with --continuous the text is asked for, line by line"));
		bef_hint(err, "%s", tr("leave out the words, or leave out --continuous"));
		return BEF_USAGE;
	}
	if (rc)
		return rc;
	if (count == 0)
		mention_drafts(app);
	if (opts->continuous)
		return scribe(app, &said, err);
	rc = bef_ask_text(app, &want, &text, err);
	if (rc)
		return rc;
	said.text = bef_text_str(&text);
	rc = record(app, &said, &done, err);
	if (rc)
		return rc;
	bef_desk_draft_drop(&app->desk);
	rc = answer(app, &said, &done, err);
	if (count > 0)
		mention_drafts(app);
	return rc;
}

const struct bef_cmd bef_cmd_note = {
	.en = "note", .fr = "noter",
	.group = BEF_GROUP_GESTURES,
	.summary = N_("record a fact in the incident log"),
	.args = N_("[TEXT...|-]"),
	.about = N_("Without a text the question is asked, and no quotes are needed. When it happened and when it was written are kept apart."),
	.examples_en = "beffroi note                           the question is asked: no quotes needed\n"
	               "beffroi note --continuous              scribe's mode: one line, one entry\n"
	               "beffroi note VPN is down -t 14:05      the time of the fact, not of the typing\n"
	               "dmesg | beffroi note -                 from another command\n",
	.examples_fr = "beffroi noter                          la question s'affiche : pas besoin de guillemets\n"
	               "beffroi noter --continu                mode secrétaire : une ligne, une entrée\n"
	               "beffroi noter VPN coupé -t 14h05       l'heure du fait, pas celle de la saisie\n"
	               "dmesg | beffroi noter -                depuis une autre commande\n",
	.most_words = -1,
	.opts = note_options, .opts_size = sizeof(struct note_opts),
	.run = note_run,
};
