/* SPDX-License-Identifier: EUPL-1.2 */
#include "open_ask.h"

#include <stddef.h>
#include <string.h>

#include "ask.h"
#include "base/i18n.h"
#include "gesture.h"
#include "out.h"

struct question {
	const char *prompt;
	const char *proposed; /* what Enter takes, or NULL: an answer is wanted */
	enum { FREE, TYPE, SEVERITY, TIME } check;
	const char *unknown; /* the answer of who does not know; or NULL: `help` is said, and it is asked again */
	const char *help;
};

static const struct question questions[BEF_OPEN_QUESTIONS] = {
	[BEF_OPEN_TITLE] = { N_("What is happening, in a few words?"), NULL, FREE, NULL,
		N_("What somebody saw or heard, as they say it: files that do not open, a strange transfer. It becomes the incident's title, and can be changed.") },
	[BEF_OPEN_SEEN] = { N_("When was the first sign? (6:12, 20 min ago, yesterday 18:30)"), N_("now"), TIME, NULL,
		N_("A rough hour will do: around 10:00, this morning 8:00, 2 hours ago. Enter takes now; it can be changed: beffroi qualify.") },
	[BEF_OPEN_TYPE] = { N_("What does it look like? (ransomware, phishing, leak, fraud, intrusion, outage... or ?)"), "?", TYPE, "?",
		NULL },
	[BEF_OPEN_SEVERITY] = { N_("How serious: 1 anomaly, 2 minor, 3 major, 4 crisis?"), "2", SEVERITY, NULL,
		N_("1: something odd, nothing is hit. 2: a machine or an account, work goes on. 3: several machines, data or money, work suffers. 4: the company's survival is at stake. Enter takes 2; it can be changed: beffroi qualify.") },
	[BEF_OPEN_REPORTER] = { N_("Who gave the sign? (Enter: nobody named)"), "", FREE, "", NULL },
};

static enum bef_rc check_answer(struct bef_app *app, const struct question *q, const char *answer,
                                int64_t *seen_ms, struct bef_err *err)
{
	const char *word;

	switch (q->check) {
	case TYPE:
		return bef_app_word(&bef_types, answer, NULL, &word, err);
	case SEVERITY:
		return bef_app_word(&bef_severities, answer, NULL, &word, err);
	case TIME:
		return bef_app_time(app, answer, BEF_WHEN_FACT, seen_ms, err);
	case FREE:
		break;
	}
	return !*answer && !q->proposed ? bef_fail(err, BEF_USAGE, "%s", tr("a few words are needed")) : BEF_OK;
}

static enum bef_rc ask(struct bef_app *app, const struct question *q, const char *proposed, struct bef_text *line,
                       struct bef_err *err)
{
	BEF_AUTO(text) prompt = { .max = 1000 };

	bef_text_puts(&prompt, tr(q->prompt));
	if (proposed && *proposed)
		bef_text_printf(&prompt, " [%s]", BEF_SHORT(proposed, 60));
	bef_text_puts(&prompt, " > ");
	return bef_ask_line(app, bef_text_str(&prompt), line, err);
}

/* "3 ?" is a 3 said with doubt: all can be changed later.  In free words a question mark is theirs. */
static size_t without_doubt(const struct question *q, const char *start, size_t len)
{
	size_t left = len;

	while (q->check != FREE && left > 0 && strchr("? ", start[left - 1]))
		left--;
	return left ? left : len;
}

/* The answer, or what stands for it; false if none was given: what the question means is said then. */
static bool take(struct bef_app *app, const struct question *q, const char *start, const char *proposed,
                 char answer[256])
{
	size_t len = strlen(start);
	bool doubt = strcmp(start, "?") == 0 || bef_gesture_is_doubt(start);

	if (doubt && !q->unknown) {
		bef_talk(app, "%s", tr(q->help));
		return false;
	}
	if (doubt || (len == 0 && proposed)) {
		start = doubt ? q->unknown : proposed;
		len = strlen(start);
	}
	len = without_doubt(q, start, len);
	if (len >= 256) {
		bef_talk(app, "%s", tr("shorter, please: details go into notes"));
		return false;
	}
	memmove(answer, start, len); /* it may lie there already */
	answer[len] = '\0';
	return true;
}

/* One question; *step moves on, or back. */
static enum bef_rc ask_one(struct bef_app *app, struct bef_open_answers *answers, int *step, struct bef_err *err)
{
	const struct question *q = &questions[*step];
	char *answer = answers->text[*step];
	const char *proposed = *answer ? answer : q->proposed && *q->proposed ? tr(q->proposed) : q->proposed;
	BEF_AUTO(text) line = { .max = 4096 };
	struct bef_err wrong = { 0 };
	enum bef_rc rc = ask(app, q, proposed, &line, err);
	size_t len;
	const char *typed = bef_trim(bef_text_str(&line), &len);

	if (rc)
		return rc;
	if (line.data)
		line.data[(typed - line.data) + (ptrdiff_t)len] = '\0';
	if (strcmp(typed, "<") == 0) {
		*step -= *step > 0;
		return BEF_OK;
	}
	if (!take(app, q, typed, proposed, answer))
		return BEF_OK;
	rc = check_answer(app, q, answer, &answers->seen_ms, &wrong);
	*step += rc == BEF_OK;
	if (rc == BEF_OK)
		return rc;
	answer[0] = '\0';
	if (rc != BEF_USAGE) { /* Ctrl-C at a question about the answer */
		*err = wrong;
		return rc;
	}
	bef_talk(app, "%s%s%s", wrong.msg, *wrong.hint ? " - " : "", wrong.hint);
	return BEF_OK;
}

enum bef_rc bef_open_ask(struct bef_app *app, struct bef_open_answers *answers, struct bef_err *err)
{
	int step = 0;
	int tries = 0;

	bef_talk(app, "%s", tr("Five questions. Enter takes what is in brackets, ? explains, < goes back, Ctrl-C leaves."));
	while (step < BEF_OPEN_QUESTIONS) {
		enum bef_rc rc = ask_one(app, answers, &step, err);

		if (rc)
			return rc;
		if (++tries > 40)
			return bef_fail(err, BEF_USAGE, "%s", tr("no answer understood: nothing was done"));
	}
	return BEF_OK;
}
