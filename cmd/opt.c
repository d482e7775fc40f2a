/* SPDX-License-Identifier: EUPL-1.2 */
#include "opt.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

const char *bef_opt_name(const struct bef_opt *opt)
{
	return bef_lang() == BEF_FR ? opt->fr : opt->en;
}

/* What stands between the words and the options while parsing. */
struct parsing {
	const struct bef_opt_set *sets;
	size_t count;
	char **argv;
	int argc, at, words;
	struct bef_err *err;
};

static const struct bef_opt *find_long(const struct parsing *p, const char *name, void **values)
{
	for (size_t s = 0; s < p->count; s++)
		for (const struct bef_opt *opt = p->sets[s].row; opt->en; opt++)
			if (bef_fold_equal(name, opt->en) || bef_fold_equal(name, opt->fr)) {
				*values = p->sets[s].values;
				return opt;
			}
	return NULL;
}

static const struct bef_opt *find_letter(const struct parsing *p, char letter, void **values)
{
	for (size_t s = 0; s < p->count; s++)
		for (const struct bef_opt *opt = p->sets[s].row; opt->en; opt++)
			if (opt->letter == letter) {
				*values = p->sets[s].values;
				return opt;
			}
	return NULL;
}

static enum bef_rc unknown(const struct parsing *p, const char *name)
{
	const struct bef_opt *best = NULL;
	unsigned limit = (unsigned)strlen(name) / 3 > 1 ? (unsigned)strlen(name) / 3 : 1;
	unsigned least = limit + 1;

	for (size_t s = 0; s < p->count; s++)
		for (const struct bef_opt *opt = p->sets[s].row; opt->en; opt++) {
			unsigned distance = bef_edit_distance(name, bef_opt_name(opt), limit);

			if (distance < least) {
				least = distance;
				best = opt;
			}
		}
	bef_fail(p->err, BEF_USAGE, tr("there is no option '--%s'"), BEF_SHORT(name, 60));
	if (best)
		bef_hint(p->err, tr("did you mean --%s?"), bef_opt_name(best));
	else
		bef_hint(p->err, "%s", tr("see them with: -h"));
	return BEF_USAGE;
}

int bef_number(const char *word)
{
	char *end;
	long n;

	if (*word == '#' || (*word && strchr("DdAaOoSs", *word) && isdigit((unsigned char)word[1])))
		word++;
	if (!isdigit((unsigned char)*word))
		return 0;
	n = strtol(word, &end, 10);
	return *end == '\0' && n > 0 && n < 100000000 ? (int)n : 0;
}

static enum bef_rc store_value(struct parsing *p, const struct bef_opt *opt, void *place, const char *value)
{
	struct bef_list *list = place;

	switch (opt->type) {
	case BEF_OPT_FLAG:
		*(bool *)place = true;
		break;
	case BEF_OPT_TEXT:
	case BEF_OPT_FILE:
		*(const char **)place = value;
		break;
	case BEF_OPT_NUMBER:
		*(int *)place = bef_number(value);
		if (*(int *)place == 0) {
			bef_fail(p->err, BEF_USAGE, tr("'%s' is not a number"), BEF_SHORT(value, 40));
			return bef_context(p->err, BEF_USAGE, "--%s", bef_opt_name(opt));
		}
		break;
	case BEF_OPT_LIST:
		if (list->count == BEF_LIST_MOST)
			return bef_fail(p->err, BEF_USAGE, tr("option --%s was given too often"), bef_opt_name(opt));
		list->item[list->count++] = value;
		break;
	}
	return BEF_OK;
}

static enum bef_rc store(struct parsing *p, const struct bef_opt *opt, void *values, const char *value)
{
	size_t good;

	if (opt->type == BEF_OPT_FLAG)
		return store_value(p, opt, (char *)values + opt->offset, NULL);
	if (!value && p->at < p->argc)
		value = p->argv[p->at++];
	if (!value)
		return bef_fail(p->err, BEF_USAGE, tr("option --%s wants a value: %s"), bef_opt_name(opt),
		                tr(opt->arg));
	good = bef_utf8_check(value, strlen(value));
	if (opt->type != BEF_OPT_FILE && value[good]) {
		bef_fail(p->err, BEF_USAGE, tr("this is not UTF-8 text (byte %zu): nothing was recorded"), good + 1);
		return bef_context(p->err, BEF_USAGE, "--%s", bef_opt_name(opt));
	}
	return store_value(p, opt, (char *)values + opt->offset, value);
}

static enum bef_rc take_long(struct parsing *p, const char *word)
{
	const char *equals = strchr(word, '=');
	size_t len = equals ? (size_t)(equals - word) : strlen(word);
	void *values = NULL;
	const struct bef_opt *opt;
	char name[64];

	if (len >= sizeof(name))
		return bef_fail(p->err, BEF_USAGE, tr("there is no option '--%s'"), BEF_SHORT(word, 60));
	memcpy(name, word, len);
	name[len] = '\0';
	opt = find_long(p, name, &values);
	if (!opt)
		return unknown(p, name);
	if (equals && opt->type == BEF_OPT_FLAG)
		return bef_fail(p->err, BEF_USAGE, tr("option --%s takes no value"), bef_opt_name(opt));
	return store(p, opt, values, equals ? equals + 1 : NULL);
}

/* "-qj", "-t14:05", "-t 14:05" */
static enum bef_rc take_letters(struct parsing *p, const char *letters)
{
	for (; *letters; letters++) {
		void *values = NULL;
		const struct bef_opt *opt = find_letter(p, *letters, &values);
		const char *rest = letters + 1;
		enum bef_rc rc;

		if (!opt)
			return bef_fail(p->err, BEF_USAGE, tr("there is no option '-%c'"), *letters);
		if (opt->type == BEF_OPT_FLAG)
			rc = store(p, opt, values, NULL);
		else
			return store(p, opt, values, *rest == '=' ? rest + 1 : *rest ? rest : NULL);
		if (rc)
			return rc;
	}
	return BEF_OK;
}

static bool looks_like_option(const char *word)
{
	return word[0] == '-' && word[1] && !isdigit((unsigned char)word[1]);
}

enum bef_rc bef_opt_parse(const struct bef_opt_set *sets, size_t count, int argc, char **argv, int *words,
                          struct bef_err *err)
{
	struct parsing p = { .sets = sets, .count = count, .argv = argv, .argc = argc, .err = err };
	bool only_words = false;

	while (p.at < p.argc) {
		char *word = argv[p.at++];
		bool is_option = !only_words && looks_like_option(word);
		enum bef_rc rc = BEF_OK;

		if (is_option && strcmp(word, "--") == 0)
			only_words = true;
		else if (is_option && word[1] == '-')
			rc = take_long(&p, word + 2);
		else if (is_option)
			rc = take_letters(&p, word + 1);
		else
			argv[p.words++] = word;
		if (rc)
			return rc;
	}
	*words = p.words;
	return BEF_OK;
}

/* True if the value of this option, or of the last of these letters, is the next word. */
static bool wants_next(const struct parsing *p, const char *word)
{
	const struct bef_opt *opt = NULL;
	void *values;

	if (word[1] == '-') {
		opt = find_long(p, word + 2, &values);
		return opt && opt->type != BEF_OPT_FLAG;
	}
	for (word++; *word; word++) {
		opt = find_letter(p, *word, &values);
		if (opt && opt->type != BEF_OPT_FLAG)
			return word[1] == '\0';
	}
	return false;
}

int bef_opt_first_word(const struct bef_opt *row, int argc, char **argv)
{
	const struct bef_opt_set set = { row, NULL };
	const struct parsing p = { .sets = &set, .count = 1 };

	for (int i = 0; i < argc; i++)
		if (!looks_like_option(argv[i]))
			return i;
		else if (wants_next(&p, argv[i]))
			i++;
	return -1;
}
