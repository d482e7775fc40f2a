/* SPDX-License-Identifier: EUPL-1.2 */
/* The chat and push formats: hostile words stay words, and only the configured mention wakes anybody. */
#include "chatting.h"

static const char *const chats[] = {
	"slack",  "mattermost", "rocketchat", "zulip", "teams",    "discord", "google_chat",
	"matrix", "ntfy",       "gotify",     "telegram",
};

/* Every string of a body, one after the other. */
static void gather(const json_t *at, struct bef_text *out)
{
	const char *key;
	json_t *value;
	size_t i;

	if (json_is_string(at))
		bef_text_printf(out, "%s\n", json_string_value(at));
	json_array_foreach(at, i, value)
		gather(value, out);
	json_object_foreach((json_t *)(uintptr_t)at, key, value)
		gather(value, out);
}

/* What the service reads: the strings of a JSON body, the fields of a form. */
static void read_all(const struct chatting *chat, struct bef_text *out)
{
	const char *s = bef_text_str(&chat->request.body);
	char code[3] = "";

	if (chat->body) {
		gather(chat->body, out);
		return;
	}
	for (; *s; s++) {
		if (*s != '%') {
			bef_text_putc(out, *s == '&' ? '\n' : *s);
			continue;
		}
		memcpy(code, s + 1, 2);
		bef_text_putc(out, (char)strtoul(code, NULL, 16));
		s += 2;
	}
}

/* Nothing that could wake somebody or hide a link is left whole, in any format. */
static void free_text_wakes_nobody(void **state)
{
	static const char hostile[] = "<!channel> <!here> <@U012345> <!subteam^S1> @everyone @channel @here @all @**all** "
				      "@*group* <users/all> @room <@&42> <at>Boss</at> <https://evil.example|ok> "
				      "[mail](https://evil.example)";
	(void)state;

	for (size_t i = 0; i < ROWS(chats); i++) {
		/* Those that read no markup in these texts, and wake nobody for them. */
		bool inert = bef_word_in_list("ntfy,gotify,matrix,teams", chats[i]);
		BEF_AUTO(text) all = { .max = 1 << 20 };
		struct chatting chat;

		chatting_start(&chat, chats[i]);
		chat.alarm.title = hostile;
		chat.alarm.text = hostile;
		chatting_render(&chat);
		read_all(&chat, &all);
		if (!inert && strcmp(chats[i], "telegram") != 0) {
			must(!strstr(all.data, "<!"), "%s: %s", chats[i], all.data);
			must(!strstr(all.data, "<@"), "%s: %s", chats[i], all.data);
			must(!strstr(all.data, "<users/"), "%s: %s", chats[i], all.data);
			must(!strstr(all.data, "<https:"), "%s: %s", chats[i], all.data);
		}
		if (!inert && strcmp(chats[i], "slack") != 0 && strcmp(chats[i], "google_chat") != 0) {
			must(!strstr(all.data, "@everyone"), "%s: %s", chats[i], all.data);
			must(!strstr(all.data, "@channel"), "%s: %s", chats[i], all.data);
			must(!strstr(all.data, "@all"), "%s: %s", chats[i], all.data);
			must(!strstr(all.data, "@**all"), "%s: %s", chats[i], all.data);
		}
		chatting_clear(&chat);
	}
}

static void escapes_are_those_of_the_service(void **state)
{
	static const struct {
		const char *format, *path, *title, *expected;
	} rows[] = {
		{ "slack", "blocks/0/text/text", "a & <!here> *b* _c_", "a &amp; &lt;!here&gt; *b* _c_" },
		{ "mattermost", "attachments/0/title", "a *b* _c_ `d` ~e~ |f| \\ #1 @here <!here>",
		  "a \\*b\\* \\_c\\_ \\`d\\` \\~e\\~ \\|f\\| \\\\ #1 @" SPLIT "here <" SPLIT "!here>" },
		{ "mattermost", "attachments/0/fallback", "*b* @here", "*b* @" SPLIT "here\nThe file server asks for a ransom." },
		{ "rocketchat", "text", "*b* @all [x](http://y) <http://y|x> #general",
		  "*b* @" SPLIT "all [x]" SPLIT "(http://y) <" SPLIT "http://y|" SPLIT "x> #" SPLIT "general" },
		{ "teams", "attachments/0/content/body/0/inlines/0/text", "*b* <at>x</at> [x](y) {{DATE(2026)}} \\",
		  "*b* <at>x</at> [x](y) {" SPLIT "{DATE(2026)}} \\" },
		{ "discord", "content", "||x|| [x](y) <@1> # @everyone",
		  "\\|\\|x\\|\\| [x]" SPLIT "(y) <" SPLIT "@" SPLIT "1> # @" SPLIT "everyone" },
		{ "google_chat", "text", "<users/all> & *x*",
		  "&lt;users/all&gt; &amp; *x*\nThe file server asks for a ransom.\n\nTLP:GREEN" },
		{ "matrix", "body", "<b>&\"'", "<b>&\"'\nThe file server asks for a ransom." },
		{ "matrix", "formatted_body", "<b>&\"'", "&lt;b&gt;&amp;&quot;&#39;</strong>" },
		{ "ntfy", "title", "<b> @x *y*", "<b> @x *y*" },
		{ "gotify", "title", "<b> @x *y*", "<b> @x *y*" },
		{ "telegram", "text", "<b> @x *y* _z", "<b> @" SPLIT "x *y* _z\nThe file server" },
	};
	(void)state;

	for (size_t i = 0; i < ROWS(rows); i++) {
		char expected[400];
		struct chatting chat;

		chatting_start(&chat, rows[i].format);
		chat.alarm.title = rows[i].title;
		chatting_render(&chat);
		snprintf(expected, sizeof(expected), "[CRISIS] INC-2026-001 #%s7 %s",
		         strcmp(rows[i].format, "rocketchat") == 0 ? SPLIT : "", rows[i].expected);
		must(strstr(said(&chat, rows[i].path), expected), "%s: %s", rows[i].format, said(&chat, rows[i].path));
		chatting_clear(&chat);
	}
}

/* Zulip's Markdown knows no backslash, and its body is a form. */
static void zulip_shows_entities_as_characters(void **state)
{
	BEF_AUTO(text) all = { .max = 1 << 20 };
	struct chatting chat;
	(void)state;

	chatting_start(&chat, "zulip");
	chat.alarm.title = "**b** `c` <time:1> & @**all** [x](y)";
	chat.alarm.text = "# Title\n#**stream**";
	chatting_render(&chat);
	read_all(&chat, &all);
	assert_string_equal(all.data, "type=stream\nto=alerts\ntopic=INC-2026-001\ncontent=**[CRISIS] INC-2026-001 #7 "
	                              "&#42;&#42;b&#42;&#42; &#96;c&#96; &#60;time:1&#62; &#38; @" SPLIT
	                              "&#42;&#42;all&#42;&#42; [x]" SPLIT "(y)**\n&#35; Title\n&#35;&#42;&#42;stream"
	                              "&#42;&#42;\n\nSeverity: 4 (cyber crisis)\nType: ransomware\nPhase: Containment\n"
	                              "Crisis state: crisis\nWhen: 21/11/2026 03:12 (UTC+1)\nTLP:GREEN");
	chat.to.set[BEF_SET_TOPIC] = lend("a topic of more than sixty characters, which is what Zulip allows at most");
	chatting_render(&chat);
	bef_text_clear(&all);
	read_all(&chat, &all);
	assert_non_null(strstr(all.data, "\ntopic=a topic of more than sixty characters, which is what Zulip " DOTS "\n"));
	chatting_clear(&chat);
}

/* The start of a line is where Markdown has its titles and quotations. */
static void a_line_may_start_with_anything(void **state)
{
	struct chatting chat;
	(void)state;

	chatting_start(&chat, "discord");
	chat.alarm.text = "# big\n> said\n- item\na # b > c\n>>> all";
	chatting_render(&chat);
	assert_string_equal(said(&chat, "embeds/0/description"),
	                    "\\# big\n\\> said\n- item\na # b > c\n\\>>> all");
	chatting_clear(&chat);
}

static const struct {
	const char *format, *mention, *path, *expected;
} mentions[] = {
	{ "slack", "<!subteam^S01>", "blocks/1/text/text", "<!subteam^S01>" },
	{ "slack", "@channel", "text", "[CRISIS] INC-2026-001 #7 Files encrypted <!channel>\nThe file server asks for a ransom." },
	{ "slack", "@here", "blocks/1/text/text", "<!here>" },
	{ "mattermost", "@channel", "text", "@channel" },
	{ "rocketchat", "@all", "text", "[CRISIS] INC-2026-001 #" SPLIT "7 Files encrypted @all" },
	{ "teams", "a@b.example", "attachments/0/content/body/1/text", "<at>a@b.example</at>" },
	{ "teams", "a@b.example", "attachments/0/content/msteams/entities/0/text", "<at>a@b.example</at>" },
	{ "teams", "a@b.example", "attachments/0/content/msteams/entities/0/mentioned/id", "a@b.example" },
	{ "discord", "<@&4242>", "content", "[CRISIS] INC-2026-001 #7 Files encrypted <@&4242>" },
	{ "discord", "<@&4242>", "allowed_mentions/roles/0", "4242" },
	{ "discord", "<@17>", "allowed_mentions/users/0", "17" },
	{ "discord", "@everyone", "allowed_mentions/parse/0", "everyone" },
	{ "google_chat", "<users/all>", "text", "[CRISIS] INC-2026-001 #7 Files encrypted <users/all>\nThe file server asks "
	  "for a ransom.\n\nTLP:GREEN" },
	{ "matrix", "@boss:example.org", "m.mentions/user_ids/0", "@boss:example.org" },
	{ "telegram", "@boss", "text", "[CRISIS] INC-2026-001 #7 Files encrypted @boss\nThe file server asks for a ransom.\n\n"
	  "Severity: 4 (cyber crisis)\nType: ransomware\nPhase: Containment\nCrisis state: crisis\n"
	  "When: 21/11/2026 03:12 (UTC+1)\nTLP:GREEN" },
};

static void a_configured_mention_fires_where_it_should(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(mentions); i++) {
		struct chatting chat;

		chatting_start(&chat, mentions[i].format);
		chat.to.set[BEF_SET_MENTION] = lend(mentions[i].mention);
		chatting_render(&chat);
		must(strcmp(said(&chat, mentions[i].path), mentions[i].expected) == 0, "%s %s: %s", mentions[i].format,
		     mentions[i].mention, said(&chat, mentions[i].path));
		chatting_clear(&chat);
	}
}

/* The same words typed in a title are not the mention: it stands once in each place that needs it. */
static void a_mention_fires_once(void **state)
{
	static const struct {
		const char *format, *mention, *live;
		int times;
	} rows[] = {
		{ "slack", "@channel", "<!channel>", 2 }, { "mattermost", "@channel", "@channel", 1 },
		{ "rocketchat", "@all", "@all", 1 },      { "zulip", "@**all**", "@**all**", 1 },
		{ "discord", "@here", "@here", 1 },       { "google_chat", "<users/all>", "<users/all>", 1 },
		{ "telegram", "@boss", "@boss", 1 },      { "teams", "a@b.example", "<at>a@b.example</at>", 2 },
	};
	(void)state;

	for (size_t i = 0; i < ROWS(rows); i++) {
		BEF_AUTO(text) all = { .max = 1 << 20 };
		BEF_AUTO(text) none = { .max = 1 << 20 };
		struct chatting chat;

		chatting_start(&chat, rows[i].format);
		chat.to.set[BEF_SET_MENTION] = lend(rows[i].mention);
		if (strcmp(rows[i].format, "teams") != 0)
			chat.alarm.title = chat.alarm.text = rows[i].live;
		chatting_render(&chat);
		read_all(&chat, &all);
		must(times(all.data, rows[i].live) == rows[i].times, "%s: %s", rows[i].format, all.data);
		/* A test tests that too; what is for information wakes nobody. */
		chat.alarm.test = true;
		chatting_render(&chat);
		read_all(&chat, &none);
		must(times(none.data, rows[i].live) == rows[i].times, "%s: %s", rows[i].format, none.data);
		bef_text_clear(&none);
		chat.alarm.test = false;
		chat.alarm.level = "info";
		chatting_render(&chat);
		read_all(&chat, &none);
		must(times(none.data, rows[i].live) == 0, "%s: %s", rows[i].format, none.data);
		chatting_clear(&chat);
	}
}

static void matrix_wakes_the_room_by_its_list_alone(void **state)
{
	struct chatting chat;
	(void)state;

	chatting_start(&chat, "matrix");
	chat.alarm.title = "@room";
	chatting_render(&chat);
	assert_int_equal(json_object_size(node(chat.body, "m.mentions")), 0);
	assert_true(json_is_object(node(chat.body, "m.mentions")));
	assert_string_equal(said(&chat, "msgtype"), "m.text");
	chat.to.set[BEF_SET_MENTION] = lend("@room");
	chatting_render(&chat);
	assert_true(json_is_true(node(chat.body, "m.mentions/room")));
	chatting_clear(&chat);
}

UNIT_MAIN(unit(free_text_wakes_nobody), unit(escapes_are_those_of_the_service), unit(zulip_shows_entities_as_characters),
          unit(a_line_may_start_with_anything), unit(a_configured_mention_fires_where_it_should),
          unit(a_mention_fires_once), unit(matrix_wakes_the_room_by_its_list_alone))
