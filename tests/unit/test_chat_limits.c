/* SPDX-License-Identifier: EUPL-1.2 */
/* The chat and push formats: what a service takes, to the unit, and what is given up first. */
#include "chatting.h"

/* The title that fills `most` units together with what always stands before it. */
enum { BEFORE_TITLE = sizeof("[CRISIS] INC-2026-001 #7 ") - 1 };

static size_t points(const char *text)
{
	return bef_shape_size(text, BEF_UNIT_POINTS);
}

static size_t utf16(const char *text)
{
	return bef_shape_size(text, BEF_UNIT_UTF16);
}

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);

	return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

static void slack_header_150(void **state)
{
	char *fits = many("x", 150 - BEFORE_TITLE);
	char *over = many("x", 151 - BEFORE_TITLE);
	char *escaped = many("&", 60);
	struct chatting chat;
	(void)state;

	chatting_start(&chat, "slack");
	chat.alarm.title = fits;
	chatting_render(&chat);
	assert_int_equal(points(said(&chat, "blocks/0/text/text")), 150);
	assert_true(ends_with(said(&chat, "blocks/0/text/text"), "xx"));
	chat.alarm.title = over;
	chatting_render(&chat);
	assert_int_equal(points(said(&chat, "blocks/0/text/text")), 150);
	assert_true(ends_with(said(&chat, "blocks/0/text/text"), "x" DOTS));
	/* What the header loses is still announced. */
	assert_non_null(strstr(said(&chat, "text"), over));
	/* No entity is cut in two. */
	chat.alarm.title = escaped;
	chatting_render(&chat);
	assert_true(points(said(&chat, "blocks/0/text/text")) <= 150);
	assert_true(ends_with(said(&chat, "blocks/0/text/text"), ";" DOTS));
	chatting_clear(&chat);
	free(fits);
	free(over);
	free(escaped);
}

static void slack_section_3000(void **state)
{
	char *fits = many("y", 3000);
	char *over = many("y", 3001);
	struct chatting chat;
	(void)state;

	chatting_start(&chat, "slack");
	chat.alarm.text = fits;
	chatting_render(&chat);
	assert_string_equal(said(&chat, "attachments/0/blocks/0/text/text"), fits);
	assert_string_equal(said(&chat, "attachments/0/blocks/1/fields/0/text"), "Severity\n4 (cyber crisis)");
	chat.alarm.text = over;
	chatting_render(&chat);
	assert_int_equal(points(said(&chat, "attachments/0/blocks/0/text/text")), 3000);
	assert_true(ends_with(said(&chat, "attachments/0/blocks/0/text/text"), "y" DOTS));
	chatting_clear(&chat);
	free(fits);
	free(over);
}

/* A text and facts that together fill a sheet exactly; one more, and the facts go; then the text is cut. */
static void sheet_of(const char *format, const char *path, size_t most, size_t (*size)(const char *), const char *unit,
                     size_t unit_size)
{
	struct chatting chat;
	size_t rest, bare;
	char *text;

	chatting_start(&chat, format);
	chat.alarm.text = "";
	chatting_render(&chat);
	rest = most - size(said(&chat, path));
	text = many(unit, rest / unit_size);
	chat.alarm.text = text;
	chatting_render(&chat);
	assert_int_equal(size(said(&chat, path)), most - rest % unit_size);
	must(strstr(said(&chat, path), "Severity: "), "%s", format);
	free(text);

	text = many(unit, rest / unit_size + 1);
	chat.alarm.text = text;
	chatting_render(&chat);
	must(!strstr(said(&chat, path), "Severity: "), "%s", format);
	must(strstr(said(&chat, path), text), "%s: the text is whole once the facts are gone", format);
	must(ends_with(said(&chat, path), "\n\nTLP:GREEN"), "%s", format);
	bare = size(said(&chat, path)) - unit_size * (rest / unit_size + 1);
	free(text);

	text = many(unit, (most - bare) / unit_size);
	chat.alarm.text = text;
	chatting_render(&chat);
	must(strstr(said(&chat, path), text), "%s: the text fills it", format);
	free(text);

	text = many(unit, (most - bare) / unit_size + 1);
	chat.alarm.text = text;
	chatting_render(&chat);
	must(size(said(&chat, path)) <= most && size(said(&chat, path)) > most - 8, "%s: %zu", format,
	     size(said(&chat, path)));
	must(ends_with(said(&chat, path), DOTS "\n\nTLP:GREEN"), "%s", format);
	free(text);
	chatting_clear(&chat);
}

static void one_text_to_the_unit(void **state)
{
	(void)state;
	sheet_of("telegram", "text", 4096, utf16, "z", 1);
	sheet_of("telegram", "text", 4096, utf16, "\xf0\x9f\x94\xa5", 2);
	sheet_of("ntfy", "message", 3800, strlen, "z", 1);
	sheet_of("ntfy", "message", 3800, strlen, "\xc3\xa9", 2);
	sheet_of("gotify", "message", 8000, strlen, "z", 1);
}

/* Offsets are counted as Telegram counts them, past an emoji. */
static void telegram_entities_in_utf16(void **state)
{
	struct chatting chat;
	(void)state;

	chatting_start(&chat, "telegram");
	chat.alarm.title = "\xf0\x9f\x94\xa5\xf0\x9f\x94\xa5 \xc3\xa9";
	chat.to.set[BEF_SET_MENTION] = lend("987654");
	chatting_render(&chat);
	assert_null(json_object_get(chat.body, "parse_mode"));
	assert_int_equal(json_integer_value(node(chat.body, "entities/0/length")), BEFORE_TITLE + 6);
	assert_string_equal(said(&chat, "entities/1/type"), "text_mention");
	assert_int_equal(json_integer_value(node(chat.body, "entities/1/offset")), BEFORE_TITLE + 7);
	assert_int_equal(json_integer_value(node(chat.body, "entities/1/length")), 6);
	assert_int_equal(json_integer_value(node(chat.body, "entities/1/user/id")), 987654);
	chatting_clear(&chat);
}

static void discord_sum_6000(void **state)
{
	char *long_text = many("d", 5000);
	struct chatting chat;
	size_t sum;
	(void)state;

	chatting_start(&chat, "discord");
	chat.alarm.text = long_text;
	chatting_render(&chat);
	assert_int_equal(utf16(said(&chat, "embeds/0/description")), 4096);
	assert_int_equal(json_array_size(node(chat.body, "embeds/0/fields")), 5);
	/* Journals written elsewhere may name anything: the facts, escaped, would go over the sum. */
	chat.alarm.severity = chat.alarm.type = chat.alarm.phase = chat.alarm.state = chat.alarm.head = chat.alarm.role =
		"************************************************************************************************"
		"**************************************************************";
	chatting_render(&chat);
	sum = utf16(said(&chat, "embeds/0/description")) + utf16(said(&chat, "embeds/0/footer/text"));
	for (size_t i = 0; i < json_array_size(node(chat.body, "embeds/0/fields")); i++) {
		const json_t *field = json_array_get(node(chat.body, "embeds/0/fields"), i);

		sum += utf16(bef_json_text(field, "name")) + utf16(bef_json_text(field, "value"));
	}
	assert_true(sum <= 6000);
	assert_int_equal(utf16(said(&chat, "embeds/0/description")), 4096);
	chatting_clear(&chat);
	free(long_text);
}

/* 100 kB of the worst: the request is whole, within the service's bytes, and still says which incident. */
static void a_flood_is_cut_not_refused(void **state)
{
	static const struct {
		const char *format;
		size_t most;
	} rows[] = {
		{ "slack", 60000 }, { "mattermost", 60000 }, { "rocketchat", 60000 }, { "zulip", 200000 },
		{ "teams", 18000 }, { "discord", 100000 },   { "google_chat", 31000 }, { "matrix", 60000 },
		{ "ntfy", 30000 },  { "gotify", 32000 },     { "telegram", 100000 },
	};
	static const char *const units[] = { "x", "\n", "\"", "&", "<", "@", "*", "`", "\xc3\xa9", "\xf0\x9f\x94\xa5", "{" };
	(void)state;

	for (size_t i = 0; i < ROWS(rows); i++)
		for (size_t j = 0; j < ROWS(units); j++) {
			char *flood = many(units[j], 100000 / strlen(units[j]));
			struct chatting chat;

			chatting_start(&chat, rows[i].format);
			chat.alarm.title = strcmp(units[j], "\n") == 0 ? "x" : flood;
			chat.alarm.text = flood;
			chatting_render(&chat);
			must(chat.request.body.len <= rows[i].most, "%s, %s: %zu bytes", rows[i].format, units[j],
			     chat.request.body.len);
			must(strstr(bef_text_str(&chat.request.body), "INC-2026-001"), "%s", rows[i].format);
			must(strstr(bef_text_str(&chat.request.body), "TLP"), "%s, %s: the marking is gone", rows[i].format,
			     units[j]);
			must(bef_utf8_check(chat.request.body.data, chat.request.body.len) == chat.request.body.len, "%s",
			     rows[i].format);
			chatting_clear(&chat);
			free(flood);
		}
}

static void teams_stays_below_18_kb(void **state)
{
	char *text = many("t", 15500);
	struct chatting chat;
	(void)state;

	chatting_start(&chat, "teams");
	chat.alarm.text = text;
	chatting_render(&chat);
	assert_string_equal(said(&chat, "attachments/0/content/body/1/inlines/0/text"), text);
	assert_string_equal(said(&chat, "attachments/0/content/body/2/type"), "FactSet");
	/* Quotes double: the facts go first, and when that is not enough the text is shortened. */
	free(text);
	text = many("t\"", 7500);
	chat.alarm.text = text;
	chatting_render(&chat);
	assert_true(chat.request.body.len <= 18000);
	assert_string_equal(said(&chat, "attachments/0/content/body/2/inlines/0/text"), "TLP:GREEN");
	assert_true(ends_with(said(&chat, "attachments/0/content/body/1/inlines/0/text"), DOTS));
	chatting_clear(&chat);
	free(text);
}

UNIT_MAIN(unit(slack_header_150), unit(slack_section_3000), unit(one_text_to_the_unit), unit(telegram_entities_in_utf16),
          unit(discord_sum_6000), unit(a_flood_is_cut_not_refused), unit(teams_stays_below_18_kb))
