/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/condition.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

enum { DEPTH_MOST = 50, LITERAL_MOST = 1024, REGEX_MOST = 200, SET_MOST = 100 };

/* One side of a comparison. */
struct operand {
	char text[LITERAL_MOST];
	char type[24];
	bool known;    /* a variable's value may not be */
	bool variable;
};

/* Recursive descent, evaluating as it goes; the first fault sticks. */
struct parser {
	const char *start, *at;
	bef_value_fn *value;
	const void *context;
	int depth;
	struct bef_err *err;
	enum bef_rc rc;
};

static void fault(struct parser *p, const char *what)
{
	if (!p->rc)
		p->rc = bef_fail(p->err, BEF_USAGE, tr("condition, character %d: %s"), (int)(p->at - p->start) + 1, what);
}

static void skip_spaces(struct parser *p)
{
	p->at += strspn(p->at, " \t\r\n");
}

static bool is_word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-' || c == '.' || c == '$';
}

static bool take(struct parser *p, const char *mark)
{
	size_t len = strlen(mark);

	skip_spaces(p);
	if (strncmp(p->at, mark, len) != 0)
		return false;
	if (isalpha((unsigned char)*mark) && is_word_char(p->at[len]))
		return false;
	p->at += len;
	return true;
}

static void put(struct parser *p, struct operand *out, size_t *len, char c)
{
	if (*len + 1 < sizeof(out->text))
		out->text[(*len)++] = c;
	else
		fault(p, tr("a text that is too long"));
	out->text[*len] = '\0';
}

/* '...' with \' and \\; t'...', h'...' and b'...' keep their letter's type. */
static void quoted(struct parser *p, struct operand *out)
{
	char quote = *p->at++;
	size_t len = 0;

	while (*p->at && *p->at != quote && !p->rc) {
		if (*p->at == '\\' && (p->at[1] == quote || p->at[1] == '\\'))
			p->at++;
		put(p, out, &len, *p->at++);
	}
	if (*p->at != quote)
		fault(p, tr("a quotation that does not end"));
	else
		p->at++;
}

static void variable(struct parser *p, struct operand *out)
{
	const char *type = NULL;
	const char *value = p->value ? p->value(p->context, out->text, &type) : NULL;
	size_t len = value ? strlen(value) : 0;

	out->variable = true;
	out->known = value && len < sizeof(out->text);
	if (out->known)
		memcpy(out->text, value, len + 1);
	if (type)
		strncpy(out->type, type, sizeof(out->type) - 1);
}

static void operand(struct parser *p, struct operand *out)
{
	size_t len = 0;

	*out = (struct operand){ .type = "string", .known = true };
	skip_spaces(p);
	if (strchr("thb", *p->at) && *p->at && p->at[1] == '\'')
		p->at++;
	if (*p->at == '\'' || *p->at == '"') {
		quoted(p, out);
		return;
	}
	while (is_word_char(*p->at) && !p->rc)
		put(p, out, &len, *p->at++);
	if (len == 0)
		fault(p, tr("a variable or a value is wanted here"));
	else if (strncmp(out->text, "__", 2) == 0) {
		if (strncmp(p->at, ":value", 6) == 0)
			p->at += 6;
		variable(p, out);
	}
}

static enum bef_truth not(enum bef_truth a)
{
	return a == BEF_UNKNOWN ? BEF_UNKNOWN : a == BEF_TRUE ? BEF_FALSE : BEF_TRUE;
}

static enum bef_truth truth(bool yes)
{
	return yes ? BEF_TRUE : BEF_FALSE;
}

static bool is_number(const char *text)
{
	char *end;

	if (!*text)
		return false;
	strtod(text, &end);
	return *end == '\0' && !isspace((unsigned char)*text) && !isalpha((unsigned char)*text);
}

/* -1, 0 or 1; numbers by value, truth values whatever their case, the rest as bytes. */
static int compare(const struct operand *a, const struct operand *b)
{
	if (is_number(a->text) && is_number(b->text)) {
		double x = strtod(a->text, NULL);
		double y = strtod(b->text, NULL);

		return x < y ? -1 : x > y;
	}
	if (strcmp(a->type, "bool") == 0 || strcmp(b->type, "bool") == 0)
		return strcasecmp(a->text, b->text);
	return strcmp(a->text, b->text);
}

/* "10.0.0.0/8" holds "10.1.2.3"; 1, 0, or -1 where either is no address. */
static int is_subnet(const char *address, const char *net)
{
	unsigned char a[16], n[16];
	char base[64];
	const char *slash = strchr(net, '/');
	size_t len = slash ? (size_t)(slash - net) : strlen(net);
	int family = strchr(net, ':') ? AF_INET6 : AF_INET;
	long most = family == AF_INET ? 32 : 128;
	long bits = slash ? bef_natural(slash + 1, most) : most;

	if (len >= sizeof(base) || bits < 0)
		return -1;
	memcpy(base, net, len);
	base[len] = '\0';
	if (inet_pton(family, base, n) != 1)
		return -1;
	if (inet_pton(family, address, a) != 1)
		return inet_pton(family == AF_INET ? AF_INET6 : AF_INET, address, a) == 1 ? 0 : -1;
	for (long i = 0; i < bits; i++)
		if ((a[i / 8] ^ n[i / 8]) & (0x80 >> (i % 8)))
			return 0;
	return 1;
}

/* SQL's LIKE: % is any text, _ any character.  The pattern is ours to walk: no recursion. */
static bool like(const char *text, const char *pattern)
{
	const char *star = NULL;
	const char *back = NULL;

	while (*text) {
		if (*pattern == '%') {
			star = ++pattern;
			back = text;
		} else if (*pattern == '_' || *pattern == *text) {
			pattern++;
			text++;
		} else if (star) {
			pattern = star;
			text = ++back;
		} else
			return false;
	}
	pattern += strspn(pattern, "%");
	return *pattern == '\0';
}

/* POSIX extended, bounded in length; what it does not know has no answer. */
static enum bef_truth matches(const char *text, const char *pattern)
{
	enum bef_truth found;
	regex_t regex;

	/* Repetition counts and back references can make the C library's matcher run without bound. */
	if (strlen(pattern) > REGEX_MOST || strpbrk(pattern, "{\\") || regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB) != 0)
		return BEF_UNKNOWN;
	found = truth(regexec(&regex, text, 0, NULL, 0) == 0);
	regfree(&regex);
	return found;
}

static enum bef_truth member(struct parser *p, const struct operand *a)
{
	enum bef_truth found = BEF_FALSE;
	struct operand b;
	int count = 0;

	if (!take(p, "(")) {
		fault(p, tr("IN wants a list in parentheses"));
		return BEF_UNKNOWN;
	}
	do {
		operand(p, &b);
		if (!b.known)
			found = found == BEF_TRUE ? BEF_TRUE : BEF_UNKNOWN;
		else if (compare(a, &b) == 0 || (strchr(b.text, '/') && is_subnet(a->text, b.text) == 1))
			found = BEF_TRUE;
		if (++count > SET_MOST)
			fault(p, tr("a list that is too long"));
	} while (!p->rc && take(p, ","));
	if (!p->rc && !take(p, ")"))
		fault(p, tr("a parenthesis that does not close"));
	return found;
}

static enum bef_truth subset(const char *a, const char *b)
{
	int is = is_subnet(a, b);

	return is < 0 ? BEF_UNKNOWN : truth(is == 1);
}

/* The operators between two operands, the longer ones first. */
enum relation { EQ, NE, LE, GE, LT, GT, LIKE, MATCHES, ISSUBSET, ISSUPERSET, RELATIONS };

static const char *const marks[RELATIONS + 2] = { "==", "!=", "<=", ">=", "<", ">", "LIKE", "MATCHES", "ISSUBSET",
	                                          "ISSUPERSET", "=", "<>" };

static enum bef_truth relate(int relation, const struct operand *a, const struct operand *b)
{
	int order = compare(a, b);

	switch (relation) {
	case EQ:
	case RELATIONS:
		return truth(order == 0);
	case NE:
	case RELATIONS + 1:
		return truth(order != 0);
	case LE:
		return truth(order <= 0);
	case GE:
		return truth(order >= 0);
	case LT:
		return truth(order < 0);
	case GT:
		return truth(order > 0);
	case LIKE:
		return truth(like(a->text, b->text));
	case MATCHES:
		return matches(a->text, b->text);
	case ISSUBSET:
		return subset(a->text, b->text);
	default:
		return subset(b->text, a->text);
	}
}

/* A variable alone: true when it says so. */
static enum bef_truth alone(const struct operand *a)
{
	if (!a->known)
		return BEF_UNKNOWN;
	return truth(strcasecmp(a->text, "true") == 0 || strcasecmp(a->text, "yes") == 0 || strcmp(a->text, "1") == 0);
}

static int take_relation(struct parser *p)
{
	int found = -1;

	skip_spaces(p);
	if (p->at[0] == '<' && p->at[1] == '>') {
		p->at += 2;
		return RELATIONS + 1;
	}
	for (int i = 0; found < 0 && i < RELATIONS + 2; i++)
		if (take(p, marks[i]))
			found = i;
	return found;
}

static enum bef_truth test(struct parser *p)
{
	struct operand a, b;
	enum bef_truth found;
	bool negated;
	int relation;

	operand(p, &a);
	negated = !p->rc && take(p, "NOT");
	if (!p->rc && take(p, "IN")) {
		found = member(p, &a);
	} else {
		relation = p->rc ? -1 : take_relation(p);
		if (relation < 0) {
			if (negated || !a.variable)
				fault(p, tr("a comparison is wanted here"));
			return alone(&a);
		}
		operand(p, &b);
		found = b.known ? relate(relation, &a, &b) : BEF_UNKNOWN;
	}
	if (!a.known)
		found = BEF_UNKNOWN;
	return negated ? not(found) : found;
}

static enum bef_truth expression(struct parser *p);

static enum bef_truth exists(struct parser *p)
{
	struct operand a;

	operand(p, &a);
	if (!p->rc && !a.variable)
		fault(p, tr("EXISTS wants a variable"));
	return truth(a.known);
}

static enum bef_truth term(struct parser *p)
{
	const char *was = p->at;
	enum bef_truth found;

	if (take(p, "NOT")) {
		if (take(p, "EXISTS"))
			return not(exists(p));
		p->at = was;
		take(p, "NOT");
		return p->depth++ < DEPTH_MOST ? not(term(p)) : (fault(p, tr("too deep")), BEF_UNKNOWN);
	}
	if (take(p, "EXISTS"))
		return exists(p);
	if (!take(p, "("))
		return test(p);
	if (p->depth++ >= DEPTH_MOST) {
		fault(p, tr("too deep"));
		return BEF_UNKNOWN;
	}
	found = expression(p);
	p->depth--;
	if (!p->rc && !take(p, ")"))
		fault(p, tr("a parenthesis that does not close"));
	return found;
}

/* AND binds closer than OR; both sides are always read, so that a fault anywhere is seen. */
static enum bef_truth conjunction(struct parser *p)
{
	enum bef_truth a = term(p);

	while (!p->rc && take(p, "AND")) {
		enum bef_truth b = term(p);

		a = a == BEF_FALSE || b == BEF_FALSE ? BEF_FALSE : a == BEF_UNKNOWN ? a : b;
	}
	return a;
}

static enum bef_truth expression(struct parser *p)
{
	enum bef_truth a = conjunction(p);

	while (!p->rc && take(p, "OR")) {
		enum bef_truth b = conjunction(p);

		a = a == BEF_TRUE || b == BEF_TRUE ? BEF_TRUE : a == BEF_UNKNOWN ? a : b;
	}
	return a;
}

enum bef_rc bef_condition_eval(const char *text, bef_value_fn *value, const void *context, enum bef_truth *out,
                               struct bef_err *err)
{
	struct parser p = { .start = text, .at = text, .value = value, .context = context, .err = err };
	bool bracket = take(&p, "[");
	enum bef_truth found = expression(&p);

	if (bracket && !p.rc && !take(&p, "]"))
		fault(&p, tr("a bracket that does not close"));
	skip_spaces(&p);
	if (!p.rc && *p.at)
		fault(&p, tr("this is not understood"));
	*out = p.rc ? BEF_UNKNOWN : found;
	return p.rc;
}

static bool copy_word(char out[256], const char *from, size_t len)
{
	if (len == 0 || len >= 256)
		return false;
	memcpy(out, from, len);
	out[len] = '\0';
	return true;
}

/* Over "__name__", with or without ":value". */
static const char *past_variable(const char *text, char name[256])
{
	size_t len = 0;

	text += strspn(text, " \t");
	while (is_word_char(text[len]))
		len++;
	if (strncmp(text, "__", 2) != 0 || !copy_word(name, text, len))
		return NULL;
	text += len;
	text += strncmp(text, ":value", 6) == 0 ? 6 : 0;
	return text + strspn(text, " \t");
}

bool bef_condition_variable(const char *text, char name[256])
{
	const char *end = past_variable(text, name);

	return end && *end == '\0';
}

bool bef_condition_simple(const char *text, char name[256], char value[256])
{
	const char *at = past_variable(text, name);
	const char *end;

	if (!at || *at != '=')
		return false;
	at += at[1] == '=' ? 2 : 1;
	at += strspn(at, " \t");
	if (*at != '\'')
		return false;
	end = strchr(++at, '\'');
	return end && !memchr(at, '\\', (size_t)(end - at)) && end[1 + strspn(end + 1, " \t")] == '\0' &&
	       copy_word(value, at, (size_t)(end - at));
}
