/* SPDX-License-Identifier: EUPL-1.2 */
/* Escaping, mentions, forms, JSON and colours.  Declared in shape.h. */
#include <string.h>

#include "alert/shape.h"
#include "base/crypto.h"

#define ZERO_WIDTH_SPACE "\xe2\x80\x8b"

/* Add `s` with each byte that is in `special` written as its entity. */
static void put_entities(struct bef_text *out, const char *s, const char *special)
{
	static const struct {
		char byte;
		const char *entity;
	} rows[] = { { '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" }, { '"', "&quot;" }, { '\'', "&#39;" } };

	while (*s) {
		size_t plain = strcspn(s, special);

		bef_text_add(out, s, plain);
		s += plain;
		for (size_t i = 0; *s && i < sizeof(rows) / sizeof(*rows); i++)
			if (rows[i].byte == *s) {
				bef_text_puts(out, rows[i].entity);
				s++;
				break;
			}
	}
}

void bef_shape_entities(struct bef_text *out, const char *s)
{
	put_entities(out, s, "&<>");
}

void bef_shape_html(struct bef_text *out, const char *s)
{
	put_entities(out, s, "&<>\"'");
}

void bef_shape_quiet(struct bef_text *out, const char *s)
{
	for (; *s; s++) {
		bef_text_putc(out, *s);
		if (*s == '@' || (*s == '<' && s[1] && strchr("!@#", s[1])))
			bef_text_puts(out, ZERO_WIDTH_SPACE);
	}
}

void bef_shape_percent(struct bef_text *out, const char *s)
{
	static const char unreserved[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

	for (; *s; s++) {
		if (strchr(unreserved, *s))
			bef_text_putc(out, *s);
		else
			bef_text_printf(out, "%%%02X", (unsigned char)*s);
	}
}

void bef_shape_form(struct bef_text *out, const char *name, const char *value)
{
	if (out->len > 0)
		bef_text_putc(out, '&');
	bef_text_puts(out, name);
	bef_text_putc(out, '=');
	bef_shape_percent(out, value);
}

static int add_bytes(const char *bytes, size_t len, void *out)
{
	bef_text_add(out, bytes, len);
	return ((struct bef_text *)out)->failed ? -1 : 0;
}

/* Not json_dumps(): in 2.14 it forgets that its buffer could not grow while it wrote a key.  Our text does not. */
enum bef_rc bef_shape_json(json_t *value, bool ok, struct bef_text *out, struct bef_err *err)
{
	int failed = ok && value ? json_dump_callback(value, add_bytes, out, JSON_COMPACT) : -1;

	json_decref(value);
	if (failed && !out->failed)
		return bef_no_memory(err);
	return bef_text_rc(out, err);
}

bool bef_shape_basic(struct bef_request *request, const char *user, const char *password)
{
	char pair[512], value[6 + 4 * (sizeof(pair) / 3 + 1) + 1] = "Basic ";
	size_t user_len = strlen(user), password_len = strlen(password);
	bool ok;

	if (user_len + 1 + password_len > sizeof(pair))
		return false;
	memcpy(pair, user, user_len);
	pair[user_len] = ':';
	memcpy(pair + user_len + 1, password, password_len);
	bef_base64(pair, user_len + 1 + password_len, value + 6);
	ok = bef_request_header(request, "Authorization", value);
	explicit_bzero(pair, sizeof(pair));
	explicit_bzero(value, sizeof(value));
	return ok;
}

int bef_shape_rgb(enum bef_tone tone)
{
	static const int colours[BEF_TONE_COUNT] = {
		[BEF_TONE_INFO] = 0x546e7a,   [BEF_TONE_MINOR] = 0x1565c0, [BEF_TONE_MAJOR] = 0xe65100,
		[BEF_TONE_CRISIS] = 0xb00020, [BEF_TONE_CLEAR] = 0x2e7d32,
	};

	return colours[tone];
}

const char *bef_shape_hex(enum bef_tone tone)
{
	static const char *const colours[BEF_TONE_COUNT] = {
		[BEF_TONE_INFO] = "#546E7A",   [BEF_TONE_MINOR] = "#1565C0", [BEF_TONE_MAJOR] = "#E65100",
		[BEF_TONE_CRISIS] = "#B00020", [BEF_TONE_CLEAR] = "#2E7D32",
	};

	return colours[tone];
}

const char *bef_shape_type(const struct bef_alarm *alarm)
{
	if (alarm->test)
		return "test.ping";
	return alarm->reach >= BEF_REACH_REDUCED ? alarm->kind->type : "incident.alert";
}
