/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * What the chat and push formats share, on top of shape.h.
 *
 * Free text is never read as markup and never wakes anybody: only the mention
 * of the configuration does, and it stands after the title, because a preview
 * must begin with the words that matter.  The marking (TLP) is printed last and
 * is never given up when a message has to be shorter.
 */
#include <jansson.h>

#include "alert/shape.h"

/* Whom to wake, as configured; NULL: nobody is, or this is for information only, which wakes nobody.  A test
 * does, so that it tests that too. */
const char *bef_chat_mention(const struct bef_rendering *in);

/* BEF_USAGE: the setting `key` is not what this service wants; `like` shows what is. */
enum bef_rc bef_chat_wrong(const struct bef_rendering *in, const char *key, const char *like, struct bef_err *err);
/* True if `s` has at least one byte and none that is not in `set`. */
bool bef_chat_made_of(const char *s, const char *set);
/* Letters and digits, to be put together with what else may stand there. */
#define BEF_CHAT_DIGITS "0123456789"
#define BEF_CHAT_ALNUM "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" BEF_CHAT_DIGITS

/* "TLP:AMBER". */
const char *bef_chat_tlp(const struct bef_alarm *alarm);

/* The facts to show beside the words, the marking left out, as bef_chat_tlp() has it.  Returns how many. */
int bef_chat_facts(const struct bef_shape *shape, const struct bef_alarm_fact *out[BEF_ALARM_FACTS]);

/* --- escaping ------------------------------------------------------------------ */

/* CommonMark as Mattermost and Discord read it: backslashes, and a zero-width space after each @ and <
 * and between "]" and what would make a link of it. */
void bef_chat_markdown(struct bef_text *out, const char *s);
/* Zero-width spaces only, in the same places: for those who know no escape character. */
void bef_chat_split(struct bef_text *out, const char *s);

/* --- building ------------------------------------------------------------------ */

/* Set a member to `text`, escaped and cut to `most` units; nothing for an empty text. */
struct bef_chat_room {
	size_t most;
	enum bef_unit unit;
	bef_escape_fn escape; /* or NULL */
};
void bef_chat_put(json_t *object, const char *key, const char *text, const struct bef_chat_room *room, bool *ok);

/* Set "fields" to the facts, if there are any: small objects, whose three members have these names: label,
 * value, and "may stand beside another". */
void bef_chat_put_fields(json_t *object, const struct bef_shape *shape, const struct bef_chat_room *room,
                         const char *const names[3], bool *ok);

/* A whole message as one text: title and mention, words, facts, marking.  For services that take no more
 * than that.  Within `room`: with facts it is all or nothing, without them the words are cut. */
struct bef_chat_sheet {
	struct bef_chat_room room;
	bool titled;       /* the title is in it; else the service shows the headline above it */
	const char *bold;  /* around the title: "**", or "" */
	size_t title_most; /* units of the incident's own title below a headline that left it out */
};
enum bef_rc bef_chat_sheet(const struct bef_shape *shape, const struct bef_chat_sheet *sheet, const char *mention,
                           struct bef_text *out, struct bef_err *err) BEF_MUST_CHECK;

/* Say that a body made of these words is too large, so that it is tried with fewer. */
enum bef_rc bef_chat_too_large(struct bef_text *body, struct bef_err *err);

/* Add "Authorization: Bearer"; wipes what it used. */
bool bef_chat_bearer(struct bef_request *out, const char *token);
/* End a JSON request. */
enum bef_rc bef_chat_end(struct bef_request *out, bool headers_ok, struct bef_err *err) BEF_MUST_CHECK;
