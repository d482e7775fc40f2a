/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/entry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"

#define DIGITS "0123456789"
#define HEX DIGITS "abcdef"
#define HANDLE HEX "ghijklmnopqrstuvwxyz._-"

bool bef_handle_ok(const char *handle)
{
	size_t len = strlen(handle);

	return len > 0 && len < BEF_HANDLE_SIZE && strspn(handle, HANDLE) == len;
}

/* A header under the eyes: what remains, and whether all was well so far. */
struct scan {
	const char *at;
	const char *end;
	bool ok;
};

static void literal(struct scan *s, const char *text)
{
	size_t len = strlen(text);

	if (!s->ok || (size_t)(s->end - s->at) < len || memcmp(s->at, text, len) != 0) {
		s->ok = false;
		return;
	}
	s->at += len;
}

static bool starts(const struct scan *s, const char *text)
{
	size_t len = strlen(text);

	return s->ok && (size_t)(s->end - s->at) >= len && memcmp(s->at, text, len) == 0;
}

/* Characters up to the closing quote, copied into `out`. */
static void string(struct scan *s, const char *alphabet, char *out, size_t size)
{
	size_t len = 0;

	while (s->ok && s->at + len < s->end && s->at[len] != '"') {
		if (!strchr(alphabet, s->at[len]) || s->at[len] == '\0' || len + 1 >= size) {
			s->ok = false;
			return;
		}
		out[len] = s->at[len];
		len++;
	}
	out[len] = '\0';
	s->at += len;
	if (len == 0)
		s->ok = false;
	literal(s, "\"");
}

/* The value of a small hexadecimal digit; 0xff for any other character. */
static unsigned nibble(char c)
{
	static const uint8_t values[256] = {
		['0'] = 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19,
		['a'] = 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f,
	};

	return values[(unsigned char)c] ^ 0x10u;
}

/* Bytes from digits; false if one is none.  The hot loop of verify: it looks at them all, then once
 * whether all were well. */
static bool decode(const char *digits, uint8_t *out, size_t len)
{
	unsigned all = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned high = nibble(digits[2 * i]);
		unsigned low = nibble(digits[2 * i + 1]);

		all |= high | low;
		out[i] = (uint8_t)(high << 4 | low);
	}
	return all < 0x10;
}

static void hex(struct scan *s, uint8_t *out, size_t len)
{
	if (!s->ok || (size_t)(s->end - s->at) < 2 * len || !decode(s->at, out, len))
		s->ok = false;
	else
		s->at += 2 * len;
}

static void uuid(struct scan *s, struct bef_uuid *out)
{
	static const uint8_t groups[] = { 4, 2, 2, 2, 6 };
	uint8_t *at = out->byte;

	for (size_t i = 0; i < sizeof(groups); i++) {
		if (i > 0)
			literal(s, "-");
		hex(s, at, groups[i]);
		at += groups[i];
	}
}

/* An integer as JCS writes it: no sign but minus, no leading zero, at most 2^53 - 1. */
static int64_t integer(struct scan *s)
{
	bool negative = starts(s, "-");
	int64_t value = 0;
	int digits = 0;

	if (negative)
		s->at++;
	while (s->ok && s->at < s->end && *s->at >= '0' && *s->at <= '9') {
		if ((digits == 1 && value == 0) || digits == 16)
			s->ok = false;
		value = 10 * value + (*s->at++ - '0');
		digits++;
	}
	if (digits == 0 || (negative && value == 0) || value > ((int64_t)1 << 53) - 1)
		s->ok = false;
	return negative ? -value : value;
}

/* Seconds east of UTC: less than a day, either way. */
static int offset(struct scan *s)
{
	int64_t value = integer(s);

	if (value <= -86400 || value >= 86400)
		s->ok = false;
	return s->ok ? (int)value : 0;
}

/* Sorted, none twice: there is one way to write a set. */
static void parents(struct scan *s, struct bef_entry *out)
{
	struct bef_hash one;

	out->parent_count = 0;
	out->parents = s->at + 1;
	literal(s, "[");
	while (s->ok && !starts(s, "]")) {
		const char *former = s->at - 66;

		if (out->parent_count > 0)
			literal(s, ",");
		literal(s, "\"");
		hex(s, one.byte, sizeof(one.byte));
		literal(s, "\"");
		if (out->parent_count > 0 && s->ok && memcmp(former, s->at - 66, 66) >= 0)
			s->ok = false;
		if (++out->parent_count > BEF_PARENTS_MOST)
			s->ok = false;
	}
	literal(s, "]");
	out->parents++;
}

void bef_entry_parent(const struct bef_entry *entry, unsigned i, struct bef_hash *out)
{
	decode(entry->parents + (size_t)i * 67, out->byte, sizeof(out->byte));
}

bool bef_entry_parse(const char *header, size_t len, struct bef_entry *out)
{
	struct scan s = { header, header + len, true };
	bool happened;

	literal(&s, "{\"author\":\"");
	string(&s, HANDLE, out->author, sizeof(out->author));
	literal(&s, ",\"body\":\"");
	hex(&s, out->body_hash.byte, sizeof(out->body_hash.byte));
	literal(&s, "\"");
	happened = starts(&s, ",\"happened_at\":");
	if (happened) {
		literal(&s, ",\"happened_at\":");
		out->happened_at_ms = integer(&s);
	}
	literal(&s, ",\"kind\":\"");
	string(&s, HANDLE, out->kind, sizeof(out->kind));
	literal(&s, ",\"log\":\"");
	uuid(&s, &out->log);
	literal(&s, "\",\"offset\":");
	out->offset_s = offset(&s);
	literal(&s, ",\"parents\":");
	parents(&s, out);
	literal(&s, ",\"post\":\"");
	hex(&s, out->post, sizeof(out->post));
	literal(&s, "\",\"recorded_at\":");
	out->recorded_at_ms = integer(&s);
	out->role[0] = '\0';
	if (starts(&s, ",\"role\":\"")) {
		literal(&s, ",\"role\":\"");
		string(&s, HANDLE, out->role, sizeof(out->role));
	}
	literal(&s, ",\"uid\":\"");
	uuid(&s, &out->uid);
	literal(&s, "\",\"v\":1,\"zone\":\"");
	string(&s, HANDLE "ABCDEFGHIJKLMNOPQRSTUVWXYZ/+", out->zone, sizeof(out->zone));
	literal(&s, "}");
	if (!happened)
		out->happened_at_ms = out->recorded_at_ms;
	else if (out->happened_at_ms == out->recorded_at_ms || out->happened_at_ms == 0)
		s.ok = false; /* written only when it differs; 0 means absent */
	out->header = header;
	out->header_len = len;
	return s.ok && s.at == s.end;
}

static void header_format(const struct bef_pen *pen, const struct bef_sealing *what,
                          const struct bef_hash *body_hash, struct bef_text *out)
{
	char hash[BEF_HASH_HEX];
	char id[BEF_UUID_TEXT];

	bef_hex(body_hash->byte, sizeof(body_hash->byte), hash);
	bef_text_printf(out, "{\"author\":\"%s\",\"body\":\"%s\"", pen->author, hash);
	if (what->happened_at_ms && what->happened_at_ms != pen->now_ms)
		bef_text_printf(out, ",\"happened_at\":%lld", (long long)what->happened_at_ms);
	bef_uuid_format(what->log, id);
	bef_text_printf(out, ",\"kind\":\"%s\",\"log\":\"%s\",\"offset\":%d,\"parents\":[", what->kind, id,
	                bef_zone_offset(pen->zone, pen->now_ms));
	for (unsigned i = 0; i < what->parent_count; i++) {
		bef_hex(what->parents[i].byte, sizeof(what->parents[i].byte), hash);
		bef_text_printf(out, "%s\"%s\"", i ? "," : "", hash);
	}
	bef_hex(pen->key.public_key, sizeof(pen->key.public_key), hash);
	bef_text_printf(out, "],\"post\":\"%s\",\"recorded_at\":%lld", hash, (long long)pen->now_ms);
	if (pen->role[0])
		bef_text_printf(out, ",\"role\":\"%s\"", pen->role);
	bef_uuid_format(&what->uid, id);
	bef_text_printf(out, ",\"uid\":\"%s\",\"v\":1,\"zone\":\"%s\"}", id, pen->zone);
}

static int by_bytes(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct bef_hash));
}

enum bef_rc bef_entry_seal(const struct bef_pen *pen, const struct bef_sealing *what,
                           struct bef_text *header, struct bef_text *body, struct bef_entry *out,
                           struct bef_err *err)
{
	struct bef_hash body_hash;
	enum bef_rc rc;

	bef_text_init(header, BEF_HEADER_MOST);
	bef_text_init(body, BEF_BODY_MOST);
	if (what->parent_count > 1)
		qsort(what->parents, what->parent_count, sizeof(*what->parents), by_bytes);
	rc = bef_json_canonical(what->body, body, err);
	if (rc == BEF_OK && body->full)
		rc = bef_fail(err, BEF_USAGE, tr("the content is longer than %zu bytes"), body->max);
	if (rc == BEF_OK)
		rc = bef_text_rc(body, err);
	if (rc)
		return rc;
	bef_sha256(what->salt, sizeof(what->salt), body->data, body->len, &body_hash);
	header_format(pen, what, &body_hash, header);
	rc = bef_text_rc(header, err);
	if (rc)
		return rc;
	if (!bef_entry_parse(header->data, header->len, out))
		return bef_fail(err, BEF_USAGE, tr("the header would not be canonical: %.200s"), header->data);
	memcpy(out->salt, what->salt, sizeof(out->salt));
	out->body = body->data;
	out->body_len = body->len;
	bef_sha256(header->data, header->len, NULL, 0, &out->id);
	bef_sign(&pen->key, &out->id, out->sig);
	return BEF_OK;
}

const char *bef_entry_examine(struct bef_entry *entry)
{
	struct bef_hash digest;

	if (!bef_entry_parse(entry->header, entry->header_len, entry))
		return N_("the header is not in canonical form");
	bef_sha256(entry->header, entry->header_len, NULL, 0, &digest);
	if (!bef_hash_equal(&digest, &entry->id))
		return N_("the header does not match the entry's id");
	if (!entry->body)
		return NULL;
	bef_sha256(entry->salt, sizeof(entry->salt), entry->body, entry->body_len, &digest);
	return bef_hash_equal(&digest, &entry->body_hash) ? NULL : N_("the content does not match its digest");
}

const char *bef_entry_flaw(const struct bef_entry *entry)
{
	struct bef_entry copy = *entry;

	return bef_entry_examine(&copy);
}

void bef_head_format(const struct bef_hash *id, char out[32])
{
	char digits[BEF_HASH_HEX];
	size_t at = 0;

	bef_hex(id->byte, sizeof(id->byte), digits);
	for (int i = 0; i < 20; i++) {
		if (i > 0 && i % 4 == 0)
			out[at++] = '-';
		out[at++] = digits[i] >= 'a' ? (char)(digits[i] - 'a' + 'A') : digits[i];
	}
	out[at] = '\0';
}

bool bef_head_parse(const char *text, char out[BEF_HASH_HEX])
{
	size_t len = 0;

	for (; *text; text++) {
		char c = *text >= 'A' && *text <= 'F' ? (char)(*text - 'A' + 'a') : *text;

		if (c == '-' || c == ' ')
			continue;
		if (nibble(c) > 15 || len + 1 >= BEF_HASH_HEX)
			return false;
		out[len++] = c;
	}
	out[len] = '\0';
	return len == 20 || len == 64;
}
