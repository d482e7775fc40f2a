/* SPDX-License-Identifier: EUPL-1.2 */
#include "alert/reply.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { VALUE_SIZE = 200, WAIT_MOST_S = 3600 };

static const char *after_blanks(const char *s)
{
	return s + strspn(s, " \t\r\n");
}

/* The value of `"key":`, or NULL. */
static const char *find_value(const char *text, const char *key)
{
	size_t len = strlen(key);

	for (const char *at = strchr(text, '"'); at; at = strchr(at + 1, '"')) {
		const char *colon;

		if (strncmp(at + 1, key, len) != 0 || at[len + 1] != '"')
			continue;
		colon = after_blanks(at + len + 2);
		if (*colon == ':')
			return after_blanks(colon + 1);
	}
	return NULL;
}

/* Bytes of a string up to its closing quote, or to where the answer was cut. */
static size_t string_length(const char *s)
{
	size_t n = 0;

	while (s[n] && s[n] != '"')
		n += s[n] == '\\' && s[n + 1] ? 2 : 1;
	return n;
}

bool bef_reply_member(const char *text, const char *key, char *out, size_t size)
{
	const char *value = find_value(text, key);
	size_t len;

	if (!value)
		return false;
	if (*value == '"')
		len = string_length(++value);
	else
		len = strcspn(value, ",}]{[ \t\r\n");
	if (len >= size)
		len = bef_utf8_cut(value, size - 1);
	memcpy(out, value, len);
	out[len] = '\0';
	return true;
}

void bef_reply_set(struct bef_response *reply, const char *class_name, const char *detail)
{
	if (class_name)
		snprintf(reply->class_name, sizeof(reply->class_name), "%s", class_name);
	if (detail)
		snprintf(reply->detail, sizeof(reply->detail), "%.*s",
		         (int)bef_utf8_cut(detail, sizeof(reply->detail) - 1), detail);
}

static bool fits(const struct bef_response *reply, const struct bef_ruling *row)
{
	char value[VALUE_SIZE];
	const char *whole;
	size_t len;

	if (reply->status == 0 || (row->status && row->status != reply->status))
		return false;
	if (!row->key) {
		whole = bef_trim(reply->text, &len);
		return len == strlen(row->word) && strncmp(whole, row->word, len) == 0;
	}
	if (!*row->key)
		return strstr(reply->text, row->word) != NULL;
	if (!bef_reply_member(reply->text, row->key, value, sizeof(value)))
		return false;
	return !row->word || strcmp(value, row->word) == 0;
}

void bef_reply_rule(struct bef_response *reply, const struct bef_ruling *rows)
{
	for (; rows->key || rows->word; rows++) {
		if (!fits(reply, rows))
			continue;
		bef_reply_set(reply, rows->class_name, rows->detail);
		if (reply->retry_after_s == 0)
			reply->retry_after_s = rows->retry_after_s;
		reply->posted = rows->posted;
		return;
	}
}

/* "12", "0.857": what is left of the point, and whether there is more than nothing right of it. */
static bool read_decimal(const char *s, long *whole, bool *more)
{
	size_t digits = strspn(s, "0123456789");
	size_t fraction = s[digits] == '.' ? strspn(s + digits + 1, "0123456789") : 0;
	char number[16] = "";

	*more = fraction > 0 && strspn(s + digits + 1, "0") < fraction;
	if (digits == 0 || digits >= sizeof(number) || s[digits + (fraction ? fraction + 1 : 0)])
		return false;
	memcpy(number, s, digits);
	*whole = bef_natural(number, 1000L * WAIT_MOST_S);
	if (*whole < 0)
		*whole = 1000L * WAIT_MOST_S;
	return true;
}

void bef_reply_wait(struct bef_response *reply, const char *key, int per_second)
{
	char value[32];
	long whole;
	bool more;

	if (strcmp(reply->class_name, "retry") != 0 || reply->retry_after_s > 0 ||
	    !bef_reply_member(reply->text, key, value, sizeof(value)) || !read_decimal(value, &whole, &more))
		return;
	if (whole % per_second)
		more = true;
	whole = whole / per_second + more;
	reply->retry_after_s = (int)(whole < WAIT_MOST_S ? whole : WAIT_MOST_S);
}
