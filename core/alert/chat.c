/* SPDX-License-Identifier: EUPL-1.2 */
#include "alert/chat.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/words.h"

#define ZERO_WIDTH_SPACE "\xe2\x80\x8b"

enum { PART_MOST = 1 << 21 };

const char *bef_chat_mention(const struct bef_rendering *in)
{
	const char *mention = in->to->set[BEF_SET_MENTION];
	bool test = in->alarm->test || strcmp(in->alarm->kind->name, "test") == 0;

	/* A mention that a service refuses must come out in a test, not in the first crisis. */
	if (!mention || !*mention || (bef_alarm_tone(in->alarm) == BEF_TONE_INFO && !test))
		return NULL;
	return mention;
}

enum bef_rc bef_chat_wrong(const struct bef_rendering *in, const char *key, const char *like, struct bef_err *err)
{
	return bef_fail(err, BEF_USAGE, tr("destination \"%s\": \"%s\" for %s looks like %s"), in->to->name, key,
	                in->to->format->label, like);
}

bool bef_chat_made_of(const char *s, const char *set)
{
	return *s && !s[strspn(s, set)];
}

const char *bef_chat_tlp(const struct bef_alarm *alarm)
{
	return alarm->tlp && *alarm->tlp ? bef_word_label(&bef_tlps, alarm->tlp) : "";
}

int bef_chat_facts(const struct bef_shape *shape, const struct bef_alarm_fact *out[BEF_ALARM_FACTS])
{
	int count = 0;

	/* What a reduced alert may tell is in its one sentence already. */
	if (shape->in->alarm->reach != BEF_REACH_FULL)
		return 0;
	for (int i = 0; i < shape->fact_count; i++)
		if (strcmp(shape->fact[i].name, "tlp") != 0)
			out[count++] = &shape->fact[i];
	return count;
}

/* True where a zero-width space after *s keeps it from being read as the start of something: a mention
 * ("@here", "<!here>", "<@U1>"), a tag, a link ("<url|label>", "[label](url)", "[label]: url"). */
static bool must_split(const char *s)
{
	if (*s == '@' || *s == '<')
		return true;
	return *s == ']' && s[1] && strchr("([:", s[1]);
}

static void put_split(struct bef_text *out, const char *s)
{
	bef_text_putc(out, *s);
	if (must_split(s))
		bef_text_puts(out, ZERO_WIDTH_SPACE);
}

void bef_chat_split(struct bef_text *out, const char *s)
{
	for (; *s; s++)
		put_split(out, s);
}

void bef_chat_markdown(struct bef_text *out, const char *s)
{
	for (const char *at = s; *at; at++) {
		bool starts = at == s || at[-1] == '\n';

		/* A hash sign or an angle is markup at the start of a line only: "#7" is left readable. */
		if (strchr("\\`*_~|", *at) || (starts && strchr("#>", *at)))
			bef_text_putc(out, '\\');
		put_split(out, at);
	}
}

void bef_chat_put(json_t *object, const char *key, const char *text, const struct bef_chat_room *room, bool *ok)
{
	BEF_AUTO(text) cut = { .max = PART_MOST };

	if (!*text)
		return;
	bef_shape_cut(&cut, text, room->most, room->unit, room->escape);
	if (cut.failed)
		*ok = false;
	bef_json_put_text(object, key, bef_text_str(&cut), ok);
}

void bef_chat_put_fields(json_t *object, const struct bef_shape *shape, const struct bef_chat_room *room,
                         const char *const names[3], bool *ok)
{
	const struct bef_alarm_fact *facts[BEF_ALARM_FACTS];
	int count = bef_chat_facts(shape, facts);
	json_t *fields;

	if (count == 0)
		return;
	fields = json_array();
	for (int i = 0; i < count; i++) {
		json_t *field = json_object();

		bef_chat_put(field, names[0], facts[i]->label, room, ok);
		bef_chat_put(field, names[1], facts[i]->value, room, ok);
		bef_json_put_bool(field, names[2], true, ok);
		if (json_array_append_new(fields, field) != 0)
			*ok = false;
	}
	bef_json_put(object, "fields", fields, ok);
}

enum bef_rc bef_chat_too_large(struct bef_text *body, struct bef_err *err)
{
	body->failed = body->full = true;
	return bef_text_rc(body, err);
}

static void put_escaped(struct bef_text *out, const char *s, const struct bef_chat_sheet *sheet)
{
	if (sheet->room.escape)
		sheet->room.escape(out, s);
	else
		bef_text_puts(out, s);
}

static void put_head(const struct bef_shape *shape, const struct bef_chat_sheet *sheet, const char *mention,
                     struct bef_text *out)
{
	if (sheet->titled) {
		bef_text_puts(out, sheet->bold);
		put_escaped(out, bef_text_str(&shape->title), sheet);
		bef_text_puts(out, sheet->bold);
	} else if (strcmp(bef_text_str(&shape->title), bef_text_str(&shape->headline)) != 0) {
		/* What the title on a locked screen had to leave out. */
		bef_shape_cut(out, shape->in->alarm->title, sheet->title_most, sheet->room.unit, sheet->room.escape);
	}
	if (mention)
		bef_text_printf(out, "%s%s", out->len ? " " : "", mention);
	if (out->len > 0)
		bef_text_putc(out, '\n');
}

static void put_tail(const struct bef_shape *shape, const struct bef_chat_sheet *sheet, struct bef_text *out)
{
	const struct bef_alarm_fact *facts[BEF_ALARM_FACTS];
	int count = bef_chat_facts(shape, facts);
	const char *tlp = bef_chat_tlp(shape->in->alarm);
	enum bef_lang former = bef_lang_set(shape->in->alarm->lang);

	for (int i = 0; i < count; i++) {
		BEF_AUTO(text) line = { .max = 512 };

		bef_text_printf(&line, tr("%s: %s"), facts[i]->label, facts[i]->value);
		bef_text_puts(out, i == 0 ? "\n\n" : "\n");
		put_escaped(out, bef_text_str(&line), sheet);
		out->failed = out->failed || line.failed;
	}
	bef_lang_set(former);
	if (*tlp)
		bef_text_printf(out, "%s%s", count ? "\n" : "\n\n", tlp);
}

enum bef_rc bef_chat_sheet(const struct bef_shape *shape, const struct bef_chat_sheet *sheet, const char *mention,
                           struct bef_text *out, struct bef_err *err)
{
	const struct bef_chat_room *room = &sheet->room;
	BEF_AUTO(text) head = { .max = PART_MOST };
	BEF_AUTO(text) words = { .max = PART_MOST };
	BEF_AUTO(text) tail = { .max = PART_MOST };
	size_t used;

	put_head(shape, sheet, mention, &head);
	put_escaped(&words, bef_text_str(&shape->text), sheet);
	put_tail(shape, sheet, &tail);
	if (head.failed || words.failed || tail.failed)
		return bef_no_memory(err);
	used = bef_shape_size(bef_text_str(&head), room->unit) + bef_shape_size(bef_text_str(&tail), room->unit);
	bef_text_puts(out, bef_text_str(&head));
	if (used + bef_shape_size(bef_text_str(&words), room->unit) <= room->most)
		bef_text_puts(out, bef_text_str(&words));
	else if (shape->fact_count > 0 || used >= room->most)
		return bef_chat_too_large(out, err);
	else
		bef_shape_cut(out, bef_text_str(&shape->text), room->most - used, room->unit, room->escape);
	bef_text_puts(out, bef_text_str(&tail));
	return bef_text_rc(out, err);
}

bool bef_chat_bearer(struct bef_request *out, const char *token)
{
	BEF_AUTO(text) value = { .max = 4000 };
	bool ok;

	bef_text_printf(&value, "Bearer %s", token);
	ok = !value.failed && bef_request_header(out, "Authorization", bef_text_str(&value));
	if (value.data)
		explicit_bzero(value.data, value.size);
	return ok;
}

enum bef_rc bef_chat_end(struct bef_request *out, bool headers_ok, struct bef_err *err)
{
	/* The charset is for the services that would otherwise guess at accents and emojis. */
	headers_ok = headers_ok && bef_request_header(out, "Content-Type", "application/json; charset=utf-8");
	return bef_request_end(out, headers_ok, err);
}
