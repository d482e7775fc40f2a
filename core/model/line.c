/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/line.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"

void bef_entry_line(struct bef_text *out, const struct bef_entry *entry, int64_t number, bool with_text)
{
	char hex[2 * BEF_SIG_SIZE + 1], uuid[BEF_UUID_TEXT];

	bef_uuid_format(&entry->log, uuid);
	bef_hex(entry->id.byte, sizeof(entry->id.byte), hex);
	bef_text_printf(out, "{\"v\":1,\"type\":\"journal.entry\",\"log\":\"%s\",\"number\":%lld,\"id\":\"%s\",\"header\":",
	                uuid, (long long)number, hex);
	bef_json_string(out, entry->header);
	if (entry->body && with_text) {
		bef_text_puts(out, ",\"body\":");
		bef_json_string(out, entry->body);
		bef_hex(entry->salt, sizeof(entry->salt), hex);
		bef_text_printf(out, ",\"salt\":\"%s\"", hex);
	}
	bef_hex(entry->sig, sizeof(entry->sig), hex);
	bef_text_printf(out, ",\"signature\":\"%s\"}\n", hex);
}

/* Small digits only: one way to write a line. */
static bool digits(const json_t *doc, const char *key, void *out, size_t len)
{
	const char *text = bef_json_text(doc, key);

	return text && strspn(text, "0123456789abcdef") == strlen(text) && bef_unhex(text, out, len);
}

static const char *take(struct bef_entry_line *out)
{
	struct bef_entry *entry = &out->entry;
	const char *header = bef_json_text(out->doc, "header");
	bool has_salt = json_object_get(out->doc, "salt") != NULL;

	if (strcmp(bef_json_text_or(out->doc, "type", ""), "journal.entry") != 0 || bef_json_int(out->doc, "v", 0) != 1)
		return N_("the line is not a journal entry of version 1");
	if (!digits(out->doc, "id", entry->id.byte, sizeof(entry->id.byte)))
		return N_("the id is not 64 hexadecimal digits");
	if (!digits(out->doc, "signature", entry->sig, sizeof(entry->sig)))
		return N_("the signature is not 128 hexadecimal digits");
	if (has_salt != (json_object_get(out->doc, "body") != NULL))
		return N_("body and salt do not come together");
	if (has_salt && !digits(out->doc, "salt", entry->salt, sizeof(entry->salt)))
		return N_("the salt is not 32 hexadecimal digits");
	entry->header = header ? header : "";
	entry->header_len = strlen(entry->header);
	entry->body = bef_json_text(out->doc, "body");
	entry->body_len = entry->body ? strlen(entry->body) : 0;
	if (has_salt && !entry->body)
		return N_("the body is not a JSON object");
	return bef_entry_examine(entry);
}

/* The bytes of a body are those of its canonical form. */
static const char *take_body(struct bef_entry_line *out)
{
	BEF_AUTO(text) again = { .max = 2 * BEF_BODY_MOST };

	if (!out->entry.body)
		return NULL;
	if (bef_json_load(out->entry.body, out->entry.body_len, &out->body, NULL) != BEF_OK || !json_is_object(out->body))
		return N_("the body is not a JSON object");
	out->no_memory = bef_json_canonical(out->body, &again, NULL) == BEF_FAILED || (again.failed && !again.full);
	if (out->no_memory || again.failed || again.len != out->entry.body_len ||
	    memcmp(again.data, out->entry.body, again.len) != 0)
		return N_("the body is not in canonical form");
	return NULL;
}

const char *bef_entry_line_read(const char *line, size_t len, struct bef_entry_line *out)
{
	const char *said;
	const char *flaw;
	char uuid[BEF_UUID_TEXT];

	*out = (struct bef_entry_line){ .doc = NULL };
	if (bef_json_load(line, len, &out->doc, NULL) != BEF_OK || !json_is_object(out->doc))
		return N_("the line is not one JSON object");
	flaw = take(out);
	if (!flaw)
		flaw = take_body(out);
	if (flaw)
		return flaw;
	bef_uuid_format(&out->entry.log, uuid);
	said = bef_json_text_or(out->doc, "log", "");
	return strcmp(said, uuid) == 0 ? NULL : N_("it is given as part of another journal than its header says");
}

void bef_entry_line_clear(struct bef_entry_line *line)
{
	json_decref(line->doc);
	json_decref(line->body);
	*line = (struct bef_entry_line){ .doc = NULL };
}
