/* SPDX-License-Identifier: EUPL-1.2 */
#include "bidi.h"

#include <fribidi.h>
#include <stdlib.h>
#include <string.h>

bool bef_bidi_is_mark(uint32_t c)
{
	return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2069) || c == 0x61c ||
	       c == 0xfeff;
}

/* True for what makes a text worth looking at: a letter, a number or a mark of a right-to-left kind. */
static bool is_rtl(uint32_t c)
{
	return c >= 0x590 && (FRIBIDI_IS_RTL(fribidi_get_bidi_type(c)) || fribidi_get_bidi_type(c) == FRIBIDI_TYPE_AN);
}

/* --- characters side by side, as libfribidi wants them --- */

struct chars {
	FriBidiStrIndex count;
	FriBidiChar *value;
	FriBidiCharType *type;
	FriBidiBracketType *bracket;
	FriBidiLevel *level;
	FriBidiArabicProp *join;
	void *memory; /* of all these */
};

static bool read_chars(struct chars *chars, const char *text, size_t len)
{
	size_t room = len ? len : 1, n;

	*chars = (struct chars){ .memory = calloc(room, 3 * sizeof(FriBidiChar) + 2) };
	if (!chars->memory)
		return false;
	chars->value = chars->memory;
	chars->type = chars->value + room;
	chars->bracket = chars->type + room;
	chars->level = (FriBidiLevel *)(chars->bracket + room);
	chars->join = (FriBidiArabicProp *)(chars->level + room);
	for (const char *end = text + len; text < end; text += n)
		chars->value[chars->count++] = bef_char_at(text, &n);
	fribidi_get_bidi_types(chars->value, chars->count, chars->type);
	return true;
}

/* The levels of a paragraph.  `direction`: ON to be found; what was found comes back. */
static bool find_levels(struct chars *chars, FriBidiParType *direction)
{
	void *room = malloc(128 * (size_t)chars->count + 4096); /* more than it asks for below, where it would not bear a refusal */

	free(room);
	if (!room)
		return false;
	fribidi_get_bracket_types(chars->value, chars->count, chars->type, chars->bracket);
	return fribidi_get_par_embedding_levels_ex(chars->type, chars->bracket, chars->count, direction, chars->level) > 0;
}

/* The end of what is looked at together from `text`: its line end, or as much as is looked at at once. */
static const char *piece_end(const char *text, bool *rtl)
{
	const char *c = text;
	size_t n;

	for (*rtl = false; *c && *c != '\n' && c - text < BEF_BIDI_MOST; c += n)
		*rtl = is_rtl(bef_char_at(c, &n)) || *rtl;
	return c;
}

/* --- joined --- */

/* The letters from `text` to `end` in their joined forms; returns where they end in `to`, or NULL. */
static char *shape(char *to, const char *text, const char *end)
{
	FriBidiParType direction = FRIBIDI_PAR_ON;
	struct chars chars;
	bool ok = read_chars(&chars, text, (size_t)(end - text)) && find_levels(&chars, &direction);

	if (ok) {
		fribidi_get_joining_types(chars.value, chars.count, chars.join);
		fribidi_join_arabic(chars.type, chars.count, chars.level, chars.join);
		fribidi_shape_arabic(FRIBIDI_FLAGS_ARABIC, chars.level, chars.count, chars.join, chars.value);
	}
	for (FriBidiStrIndex i = 0; ok && i < chars.count; i++)
		if (chars.value[i] != FRIBIDI_CHAR_FILL)
			to = bef_char_put(to, chars.value[i]);
	free(chars.memory);
	return ok ? to : NULL;
}

char *bef_bidi_shape(const char *text)
{
	char *out = malloc(2 * strlen(text) + 1); /* of two bytes a letter has three at most once it is joined */
	char *to = out;
	const char *end;
	bool rtl;

	for (; to && *text; text = end) {
		end = piece_end(text, &rtl);
		if (rtl) {
			to = shape(to, text, end);
		} else {
			end += *end == '\n';
			memcpy(to, text, (size_t)(end - text));
			to += end - text;
		}
	}
	if (to)
		*to = '\0';
	else
		free(out);
	return to ? out : NULL;
}

/* --- what is read back --- */

/* Lam and alef are one form of two letters.  On paper a mark without width goes before it for the alef, so that
 * each is read back as one letter, in order, by every reader.  From U+FEF5 two forms each. */
static const struct {
	uint16_t mark, alef;
} alefs[] = { { 0x200c, 0x622 }, { 0x200d, 0x623 }, { 0x200e, 0x625 }, { 0x200f, 0x627 } };

static bool is_lam_alef(uint32_t c)
{
	return c >= 0xfef5 && c <= 0xfefc;
}

/* True if this letter, joined on both sides, before or after or nowhere, becomes `c`. */
static bool becomes(uint32_t letter, uint32_t c)
{
	static const char *const before[] = { "", "ـ", "", "ـ" }, *const after[] = { "", "", "ـ", "ـ" };

	for (int i = 0; i < 4; i++) {
		char text[24], out[48];
		char *end = bef_char_put(stpcpy(text, before[i]), letter);
		size_t n;

		if (!shape(out, text, stpcpy(end, after[i])))
			return false;
		if (bef_char_at(out + strlen(before[i]), &n) == c)
			return true;
	}
	return false;
}

uint32_t bef_bidi_letter(uint32_t c)
{
	for (size_t i = 0; i < sizeof(alefs) / sizeof(*alefs); i++)
		if (alefs[i].mark == c)
			return alefs[i].alef;
	if (is_lam_alef(c))
		return 0x644;
	for (uint32_t letter = 0x621; c >= 0xfb50 && c <= 0xfefc && letter < 0x6d6; letter++)
		if (becomes(letter, c))
			return letter;
	return c;
}

/* --- line after line --- */

void bef_flow_begin(struct bef_flow *flow, const char *text)
{
	*flow = (struct bef_flow){ .next = text };
}

void bef_flow_end(struct bef_flow *flow)
{
	free(flow->levels);
	*flow = (struct bef_flow){ 0 };
}

/* The levels from `text` on.  The rest of a paragraph goes as its beginning did. */
static bool look_at(struct bef_flow *flow, const char *text)
{
	bool goes_on = flow->to && *flow->to && *flow->to != '\n', rtl;
	FriBidiParType direction = !goes_on ? FRIBIDI_PAR_ON : flow->rtl ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
	struct chars chars;
	size_t n, i = 0;
	bool ok;

	free(flow->levels);
	*flow = (struct bef_flow){ flow->next, text, piece_end(text, &rtl), NULL, goes_on && flow->rtl };
	if (!rtl && !flow->rtl)
		return true;
	flow->levels = malloc((size_t)(flow->to - text) + 1);
	ok = flow->levels && read_chars(&chars, text, (size_t)(flow->to - text));
	if (!ok)
		return false;
	ok = find_levels(&chars, &direction);
	for (const char *c = text; ok && c < flow->to; c += n) {
		bef_char_at(c, &n);
		memset(flow->levels + (c - text), chars.level[i++], n);
	}
	flow->rtl = FRIBIDI_IS_RTL(direction);
	free(chars.memory);
	return ok;
}

bool bef_flow_line(struct bef_flow *flow, const struct bef_ruler *ruler, double width, struct bef_span *line)
{
	flow->next = bef_wrap(ruler, flow->next, width, line);
	if ((!flow->to || line->start + line->len > flow->to || line->start > flow->to) && !look_at(flow, line->start))
		return false;
	if (flow->levels && line->start + line->len <= flow->to) /* else: more than is looked at at once, on one line */
		line->levels = flow->levels + (line->start - flow->from);
	line->rtl = flow->rtl;
	return true;
}

/* --- from left to right --- */

/* In place: mirrored what has two sides, each run that goes the other way turned round, vowel marks before
 * their letter: the font draws these over what follows. */
static bool turn(struct chars *chars, const struct bef_span *line)
{
	FriBidiParType direction = line->rtl ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
	const char *c = line->start;
	size_t n;

	for (FriBidiStrIndex i = 0; i < chars->count; i++, c += n) {
		bef_char_at(c, &n);
		chars->level[i] = line->levels[c - line->start];
	}
	fribidi_shape_mirroring(chars->level, chars->count, chars->value);
	return fribidi_reorder_line(0, chars->type, chars->count, 0, direction, chars->level,
	                            chars->value, NULL) > 0;
}

/* Without the marks of the text, with ours. */
static char *put(char *to, uint32_t c)
{
	if (is_lam_alef(c))
		to = bef_char_put(to, alefs[(c - 0xfef5) / 2].mark);
	return bef_bidi_is_mark(c) ? to : bef_char_put(to, c);
}

char *bef_bidi_visual(const struct bef_span *line)
{
	struct chars chars = { 0 };
	char *out = malloc(4 * line->len + 1);
	char *to = out;
	size_t n;

	if (out && line->levels && (!read_chars(&chars, line->start, line->len) || (line->len && !turn(&chars, line)))) {
		free(chars.memory);
		free(out);
		return NULL;
	}
	if (!out)
		return NULL;
	for (FriBidiStrIndex i = 0; i < chars.count; i++)
		to = put(to, chars.value[i]);
	for (const char *c = line->start, *end = c + line->len; !line->levels && c < end; c += n)
		to = put(to, bef_char_at(c, &n));
	*to = '\0';
	free(chars.memory);
	return out;
}
