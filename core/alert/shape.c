/* SPDX-License-Identifier: EUPL-1.2 */
/* Cutting and degrading.  Escaping is in shape_text.c. */
#include "alert/shape.h"

#include <string.h>

#include "model/words.h"

#define ELLIPSIS "\xe2\x80\xa6"

enum {
	SHAPE_MOST = 1 << 21,
	GRAPHEME_MOST = 64, /* bytes; a longer one is an attack, and may be cut */
};

static size_t units_of(uint32_t c, size_t bytes, enum bef_unit unit)
{
	if (unit == BEF_UNIT_BYTES)
		return bytes;
	return unit == BEF_UNIT_UTF16 && c >= 0x10000 ? 2 : 1;
}

size_t bef_shape_size(const char *s, enum bef_unit unit)
{
	size_t len = strlen(s);
	size_t size = 0;
	uint32_t c = 0;

	for (size_t n; len > 0; s += n, len -= n) {
		n = bef_utf8_next(s, len, &c);
		if (n == 0)
			n = 1;
		size += units_of(c, n, unit);
	}
	return size;
}

static bool is_flag_half(uint32_t c)
{
	return c >= 0x1f1e6 && c <= 0x1f1ff;
}

/* True if a text may end before `c`.  What takes no column belongs to what is before it; so do skin
 * colours and what a joiner joins.  A short form of Unicode's annex 29 that never cuts more than it. */
static bool may_end_before(uint32_t c, size_t bytes, const char *at, uint32_t before, int flags)
{
	char one[5] = "";

	if (c < 0x300)
		return true;
	memcpy(one, at, bytes);
	if (bef_text_width(one) == 0 || (c >= 0x1f3fb && c <= 0x1f3ff) || before == 0x200d)
		return false;
	return !(is_flag_half(c) && flags % 2 == 1);
}

/* Bytes of the longest prefix of at most `max` units that cuts no grapheme: a letter keeps its accents, an emoji its
 * skin colour, a flag its second half. */
static size_t fit(const char *s, size_t max, enum bef_unit unit)
{
	size_t len = strlen(s);
	size_t used = 0, at = 0, end = 0;
	uint32_t before = 0;
	int flags = 0;

	while (at < len) {
		uint32_t c = 0;
		size_t n = bef_utf8_next(s + at, len - at, &c);

		if (n == 0)
			n = 1;
		if (at - end >= GRAPHEME_MOST || may_end_before(c, n, s + at, before, flags))
			end = at;
		used += units_of(c, n, unit);
		if (used > max)
			return end;
		flags = is_flag_half(c) ? flags + 1 : 0;
		before = c;
		at += n;
	}
	return len;
}

/* Put the first `len` bytes of `s` into `out`, as they go to the service. */
static void put_prefix(struct bef_text *out, const char *s, size_t len, bef_escape_fn escape)
{
	BEF_AUTO(text) prefix = { .max = len };

	bef_text_add(&prefix, s, len);
	if (prefix.failed)
		out->failed = true;
	else if (escape)
		escape(out, bef_text_str(&prefix));
	else
		bef_text_puts(out, bef_text_str(&prefix));
}

/* Units that the first `len` bytes take once escaped.  Without memory `out` has failed. */
static size_t escaped_size(struct bef_text *out, const char *s, size_t len, enum bef_unit unit, bef_escape_fn escape)
{
	BEF_AUTO(text) escaped = { .max = SHAPE_MOST * 8 };

	put_prefix(&escaped, s, len, escape);
	if (escaped.failed)
		out->failed = true;
	return bef_shape_size(bef_text_str(&escaped), unit);
}

void bef_shape_cut(struct bef_text *out, const char *s, size_t max, enum bef_unit unit, bef_escape_fn escape)
{
	size_t dots = bef_shape_size(ELLIPSIS, unit);
	size_t low = 0;
	/* Escaping never shortens: what is too long unescaped needs no closer look. */
	size_t high = fit(s, max, unit);

	if (!s[high] && escaped_size(out, s, high, unit, escape) <= max) {
		put_prefix(out, s, high, escape);
		return;
	}
	if (max < dots)
		return;
	high = max - dots;
	while (low < high) {
		size_t middle = low + (high - low + 1) / 2;

		if (escaped_size(out, s, fit(s, middle, unit), unit, escape) <= max - dots)
			low = middle;
		else
			high = middle - 1;
	}
	put_prefix(out, s, fit(s, low, unit), escape);
	bef_text_puts(out, ELLIPSIS);
}

static void bef_shape_clear(struct bef_shape *shape)
{
	bef_text_clear(&shape->title);
	bef_text_clear(&shape->text);
	bef_text_clear(&shape->headline);
}

void bef_shape_headline(const struct bef_alarm *alarm, struct bef_text *out)
{
	struct bef_alarm seen = *alarm;
	int marking = bef_word_index(&bef_tlps, alarm->tlp);

	if (seen.reach == BEF_REACH_FULL && (marking < 0 || marking > bef_word_index(&bef_tlps, "green")))
		seen.reach = BEF_REACH_REDUCED;
	bef_alarm_title(&seen, out);
}

/* What each attempt gives up, in the order in which it is missed least. */
static const struct step {
	bool facts;
	size_t title_part, text_part; /* of the limit: one in so many; 0: none */
} steps[] = {
	{ true, 1, 1 }, { false, 1, 1 }, { false, 1, 4 }, { false, 1, 16 }, { false, 4, 64 }, { false, 4, 0 },
};

static bool put_words(struct bef_text *out, void (*say)(const struct bef_alarm *alarm, struct bef_text *out),
                      const struct bef_alarm *alarm, size_t max, enum bef_unit unit)
{
	BEF_AUTO(text) whole = { .max = SHAPE_MOST };

	bef_text_init(out, SHAPE_MOST);
	say(alarm, &whole);
	bef_shape_cut(out, bef_text_str(&whole), max, unit, NULL);
	return !whole.failed && !out->failed;
}

static enum bef_rc try_step(const struct bef_rendering *in, const struct bef_limits *limits, const struct step *step,
                            bef_body_fn body, struct bef_text *out, struct bef_err *err)
{
	const size_t title = limits->title / step->title_part;
	BEF_AUTO(shape) shape = { .in = in };
	enum bef_rc rc;
	bool ok;

	ok = put_words(&shape.title, bef_alarm_title, in->alarm, title, limits->unit);
	ok = put_words(&shape.headline, bef_shape_headline, in->alarm, title, limits->unit) && ok;
	if (step->text_part)
		ok = put_words(&shape.text, bef_alarm_say, in->alarm, limits->text / step->text_part, limits->unit) && ok;
	if (!ok)
		return bef_no_memory(err);
	if (step->facts)
		shape.fact_count = bef_alarm_facts(in->alarm, shape.fact);
	rc = body(&shape, out, err);
	if (rc == BEF_FAILED && out->full)
		return BEF_OK;
	return rc;
}

enum bef_rc bef_shape_body(const struct bef_rendering *in, const struct bef_limits *limits, bef_body_fn body,
                           struct bef_request *out, struct bef_err *err)
{
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		enum bef_rc rc;

		bef_text_clear(&out->body);
		rc = try_step(in, limits, &steps[i], body, &out->body, err);
		if (rc || (!out->body.failed && out->body.len <= limits->body))
			return rc;
		if (out->body.failed && !out->body.full)
			return bef_no_memory(err);
	}
	return bef_fail(err, BEF_FAILED, tr("the alert cannot be made short enough for %s"), in->to->format->label);
}
