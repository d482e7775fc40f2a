/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/detail.h"

#include <stdbool.h>
#include <string.h>

#include "base/i18n.h"

enum { HOLES = 4, PART = 400, DEPTH = 3 };

/* What may stand in a hole. */
enum hole {
	WORD = 1, /* without blanks: a host, a name; kept as it is */
	NUMBER,
	TEXT,     /* whatever it is, kept as it is */
	REASON,   /* said in its turn, or kept if nobody knows it */
	KNOWN,    /* said in its turn; nobody knows it: the form does not fit */
};

struct form {
	const char *text; /* holes are %s or %d, in the same order in both languages */
	enum hole hole[HOLES];
};

/* The first that fits is used: what says more comes first. */
static const struct form forms[] = {
	/* cmd/net: judge.c, tell.c, job.c */
	{ N_("not sent to %s: its address is %s"), { WORD, KNOWN } },
	{ N_("not sent to %s: the proxy's address is %s"), { WORD, KNOWN } },
	{ N_("not sent to %s: %s"), { WORD, REASON } },
	{ N_("not sent: %s"), { REASON } },
	{ N_("job refused: '%s': %s"), { REASON, REASON } },
	{ N_("%s answered %s, a redirect to %s: %s"), { WORD, NUMBER, WORD, REASON } },
	{ N_("%s answered %s: %s"), { WORD, NUMBER, REASON } },
	{ N_("%s answered %s"), { WORD, NUMBER } },
	/* core/act, core/alert: what kept it from leaving, and answers with something in them */
	{ N_("it lacks its %s"), { REASON } },
	{ N_("cannot start the network program: %s"), { TEXT } },
	{ N_("the alert cannot be made short enough for %s"), { TEXT } },
	{ N_("destination \"%s\": \"%s\" for %s looks like %s"), { TEXT, TEXT, TEXT, TEXT } },
	{ N_("mode '%s' is neither structured nor binary"), { TEXT } },
	{ N_("it cannot be read: %s"), { TEXT } },
	{ N_("the file cannot be opened: %s"), { TEXT } },
	{ N_("no pipe: %s"), { TEXT } },
	{ N_("the group has a new number: set \"to\" to %s"), { WORD } },
	{ N_("only %d SMS credits are left at OVH"), { NUMBER } },
	/* "host: why", "destination: setting: why": so little of a form that its reason must be known */
	{ N_("%s: %s"), { WORD, KNOWN } },
};

/* What may stand after any of them. */
static const char *const tails[] = {
	N_(" (the rest of its answer was not read)"),
	N_("; the message may have arrived"),
};

static bool say(const char *text, int depth, struct bef_text *out);

static bool fits(enum hole hole, const char *part)
{
	if (hole == NUMBER)
		return *part && !part[strspn(part, "0123456789")];
	return *part && (hole != WORD || !strpbrk(part, " \t\n"));
}

/* Where a hole of `text` ends: before the words that follow it in the form, or at the end; NULL: it does not fit. */
static const char *end_of_hole(const char *text, const char *after)
{
	size_t words = strcspn(after, "%"), len = strlen(text);

	if (after[words])
		return memmem(text, len, after, words);
	return len >= words && strcmp(text + len - words, after) == 0 ? text + len - words : NULL;
}

static bool take_apart(const struct form *form, const char *text, char part[HOLES][PART])
{
	const char *end;
	int n = 0;

	for (const char *f = form->text; *f; f++) {
		if (*f != '%') {
			if (*text++ != *f)
				return false;
			continue;
		}
		end = end_of_hole(text, ++f + 1);
		if (!end || end - text >= PART)
			return false;
		memcpy(part[n], text, (size_t)(end - text));
		part[n][end - text] = '\0';
		if (!fits(form->hole[n], part[n]))
			return false;
		text = end;
		n++;
	}
	return *text == '\0';
}

static bool say_hole(enum hole hole, const char *part, int depth, struct bef_text *out)
{
	if ((hole == REASON || hole == KNOWN) && say(part, depth + 1, out))
		return true;
	bef_text_puts(out, part);
	return hole != KNOWN;
}

static bool say_form(const struct form *form, const char *text, int depth, struct bef_text *out)
{
	BEF_AUTO(text) whole = { .max = out->max };
	char part[HOLES][PART];
	int n = 0;

	if (!take_apart(form, text, part))
		return false;
	for (const char *f = tr(form->text); *f; f++) {
		if (*f != '%') {
			bef_text_putc(&whole, *f);
			continue;
		}
		f++;
		if (!say_hole(form->hole[n], part[n], depth, &whole))
			return false;
		n++;
	}
	bef_text_puts(out, bef_text_str(&whole));
	return true;
}

static bool say_before_tail(const char *tail, const char *text, int depth, struct bef_text *out)
{
	size_t len = strlen(text), after = strlen(tail);
	char head[PART];

	if (len <= after || len - after >= PART || strcmp(text + len - after, tail) != 0)
		return false;
	memcpy(head, text, len - after);
	head[len - after] = '\0';
	if (!say(head, depth + 1, out))
		return false;
	bef_text_puts(out, tr(tail));
	return true;
}

/* False, and nothing added: nobody knows it. */
static bool say(const char *text, int depth, struct bef_text *out)
{
	const char *said = tr(text);

	if (said != text) {
		bef_text_puts(out, said);
		return true;
	}
	if (depth > DEPTH)
		return false;
	for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++)
		if (say_before_tail(tails[i], text, depth, out))
			return true;
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		if (say_form(&forms[i], text, depth, out))
			return true;
	return false;
}

void bef_detail_say(const char *detail, struct bef_text *out)
{
	if (bef_lang() == BEF_EN || !say(detail, 0, out))
		bef_text_puts(out, detail);
}
