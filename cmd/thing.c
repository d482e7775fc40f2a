/* SPDX-License-Identifier: EUPL-1.2 */
#include "thing.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "out.h"

enum { THINGS_MOST = 5000, INPUT_MOST = 4 << 20 };

enum bef_rc bef_thing_run(struct bef_app *app, const struct bef_thing_verb *verbs, const void *opts, char **words,
                          int count, struct bef_err *err)
{
	if (count == 0)
		return verbs[1].run(app, opts, words, 0, err);
	for (const struct bef_thing_verb *verb = verbs; verb->en; verb++)
		if (bef_fold_equal(words[0], verb->en) || bef_fold_equal(words[0], verb->fr))
			return verb->run(app, opts, words + 1, count - 1, err);
	return verbs[0].run(app, opts, words, count, err);
}

static enum bef_rc take_lines(struct bef_app *app, const void *opts, const char *lines, bef_thing_take_fn *take,
                              struct bef_things *things, struct bef_err *err)
{
	for (int number = 1; *lines; number++) {
		size_t whole = strcspn(lines, "\n"), len;
		BEF_AUTO(text) line = { .max = whole };
		const char *start;
		enum bef_rc rc;

		bef_text_add(&line, lines, whole);
		lines += whole + (lines[whole] == '\n');
		start = bef_trim(bef_text_str(&line), &len);
		if (len == 0 || *start == '#')
			continue;
		rc = bef_text_rc(&line, err);
		if (rc == BEF_OK)
			rc = things->count < THINGS_MOST ? take(app, opts, bef_text_str(&line), things, err)
			                                 : bef_fail(err, BEF_USAGE, tr("at most %d at once"), THINGS_MOST);
		if (rc)
			return bef_context(err, rc, tr("line %d"), number);
	}
	return BEF_OK;
}

static enum bef_rc take_input(struct bef_app *app, const void *opts, bef_thing_take_fn *take, struct bef_things *things,
                              struct bef_err *err)
{
	BEF_AUTO(text) input = { .max = INPUT_MOST };
	enum bef_rc rc = bef_fd_read(0, "-", &input, err);

	/* A NUL would hide what comes after it. */
	if (rc == BEF_OK && strlen(bef_text_str(&input)) < input.len)
		return bef_fail(err, BEF_USAGE, "%s", tr("this is no list of lines of text"));
	return rc ? rc : take_lines(app, opts, bef_text_str(&input), take, things, err);
}

enum bef_rc bef_thing_each(struct bef_app *app, const void *opts, char **words, int count, bef_thing_take_fn *take,
                           struct bef_things *things, struct bef_err *err)
{
	bool dash = count == 1 && strcmp(words[0], "-") == 0;
	enum bef_rc rc = BEF_OK;

	if (dash || (count == 0 && !app->in_tty))
		rc = take_input(app, opts, take, things, err);
	for (int i = 0; i < count && !dash && rc == BEF_OK; i++)
		rc = take(app, opts, words[i], things, err);
	if (rc || things->count)
		return rc;
	bef_fail(err, BEF_USAGE, "%s", tr("none was given"));
	bef_hint(err, tr("beffroi %s add VALUE...   or one a line: ... | beffroi %s add -"), bef_cmd_name(app->cmd),
	         bef_cmd_name(app->cmd));
	return BEF_USAGE;
}

static enum bef_rc answer_known(struct bef_app *app, const struct bef_thing *item, char letter, const char *said,
                                struct bef_err *err)
{
	json_t *object;
	bool ok = true;

	if (!app->g.json) {
		bef_talk(app, tr("%c%d is that already: %s"), letter, item->about, said);
		return BEF_OK;
	}
	object = bef_json_begin("known");
	bef_json_put_int(object, "about", item->about, &ok);
	return bef_put_json(ok ? object : NULL, err);
}

enum bef_rc bef_thing_answer(struct bef_app *app, const struct bef_things *things, const struct bef_done *done, char letter,
                             bef_thing_say_fn *say, struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	for (size_t i = 0; i < things->count && rc == BEF_OK; i++) {
		const struct bef_thing *item = &things->item[i];
		BEF_AUTO(text) said = { .max = 1 << 14 };
		BEF_AUTO(text) tame = { .max = 1 << 15 };
		struct bef_done one = *done;

		say(item->body, &said);
		bef_text_tame(&tame, bef_text_str(&said), true);
		if (said.failed || tame.failed)
			bef_text_clear(&tame); /* its number is answer enough */
		one.number = item->number;
		one.id = item->id;
		one.about = item->about;
		rc = item->number ? bef_put_done(app, &one, item->kind, err, "%c%d  %s (#%u)", letter, item->about,
		                                 bef_text_str(&tame), item->number)
		                  : answer_known(app, item, letter, bef_text_str(&tame), err);
	}
	return rc;
}
