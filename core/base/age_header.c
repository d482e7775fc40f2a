/* SPDX-License-Identifier: EUPL-1.2 */
/* What an encrypted file starts with.  Declared in age_parts.h. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/age_parts.h"
#include "base/crypto.h"
#include "base/i18n.h"

static void mac_of(const uint8_t file_key[BEF_AGE_FILE_KEY], const struct bef_text *header, struct bef_hash *out)
{
	uint8_t key[32];

	bef_age_hkdf(file_key, BEF_AGE_FILE_KEY, NULL, 0, "header", key);
	bef_hmac(key, sizeof(key), header->data, header->len, out);
	sodium_memzero(key, sizeof(key));
}

enum bef_rc bef_age_header_write(const struct bef_age_locks *locks, const uint8_t file_key[BEF_AGE_FILE_KEY],
                                 struct bef_text *out, struct bef_err *err)
{
	struct bef_hash mac;
	char text[64];
	enum bef_rc rc = BEF_OK;

	bef_text_puts(out, BEF_AGE_VERSION "\n");
	for (size_t i = 0; i < locks->count && rc == BEF_OK; i++)
		rc = bef_age_wrap_x25519(file_key, locks->recipient[i], out, err);
	if (rc == BEF_OK && locks->count == 0)
		rc = bef_age_wrap_scrypt(file_key, locks->passphrase, locks->work ? locks->work : BEF_AGE_WORK, out, err);
	bef_text_puts(out, "---");
	if (rc == BEF_OK)
		rc = bef_text_rc(out, err);
	if (rc)
		return rc;
	mac_of(file_key, out, &mac);
	bef_age_base64(mac.byte, sizeof(mac.byte), text);
	bef_text_printf(out, " %s\n", text);
	return bef_text_rc(out, err);
}

/* --- reading --- */

struct header {
	const struct bef_source *from;
	const struct bef_age_keys *keys;
	struct bef_text text; /* all that was read, with its line ends */
	size_t line;          /* where the line at hand starts in it */
	int stanzas;
	bool by_passphrase, found;
	uint8_t file_key[BEF_AGE_FILE_KEY];
};

static enum bef_rc damaged(struct bef_err *err)
{
	return bef_fail(err, BEF_BROKEN, "%s", tr("what the encrypted file starts with is damaged"));
}

/* One more line, without its end in *len. */
static enum bef_rc next_line(struct header *h, size_t *len, struct bef_err *err)
{
	h->line = h->text.len;
	for (;;) {
		char c;
		size_t got;
		enum bef_rc rc = bef_source_fill(h->from, &c, 1, &got, err);

		if (rc)
			return rc;
		if (got == 0 || h->text.len >= BEF_AGE_HEADER_MOST || (c != '\n' && (c < ' ' || c > '~')))
			return damaged(err);
		*len = h->text.len - h->line;
		bef_text_putc(&h->text, c);
		if (c == '\n')
			return bef_text_rc(&h->text, err);
	}
}

/* "-> type argument...": words of printable characters, one space between. */
static bool read_words(const char *line, size_t len, struct bef_age_stanza *stanza)
{
	const char *end = line + len;
	const char *at = line + 3;

	if (len < 4 || memcmp(line, "-> ", 3) != 0)
		return false;
	for (;;) {
		const char *space = memchr(at, ' ', (size_t)(end - at));
		size_t size = (size_t)((space ? space : end) - at);

		if (size == 0)
			return false;
		/* A word too long to be one of ours is of a stanza that is not, or damaged. */
		if (stanza->words < 3 && size < sizeof(stanza->word[0]))
			memcpy(stanza->word[stanza->words], at, size);
		stanza->words++;
		if (!space)
			return true;
		at = space + 1;
	}
}

/* Lines of 64 characters, then one that is shorter. */
static enum bef_rc read_body(struct header *h, struct bef_age_stanza *stanza, struct bef_err *err)
{
	size_t len;
	size_t lines = 0;

	do {
		enum bef_rc rc = next_line(h, &len, err);

		if (rc)
			return rc;
		if (len > 64)
			return damaged(err);
		if (lines++ == 0 && len < 64 &&
		    bef_age_unbase64(h->text.data + h->line, len, stanza->body, sizeof(stanza->body)))
			stanza->body_len = sizeof(stanza->body);
	} while (len == 64);
	if (lines > 1)
		stanza->body_len = 0;
	return BEF_OK;
}

/* A passphrase's stanza stands alone: nobody else can then have been given the key in secret. */
static enum bef_rc read_stanza(struct header *h, size_t len, struct bef_err *err)
{
	struct bef_age_stanza stanza = { .words = 0 };
	enum bef_rc rc;

	if (!read_words(h->text.data + h->line, len, &stanza))
		return damaged(err);
	h->stanzas++;
	h->by_passphrase = h->by_passphrase || strcmp(stanza.word[0], "scrypt") == 0;
	if (h->by_passphrase && h->stanzas > 1)
		return damaged(err);
	rc = read_body(h, &stanza, err);
	if (rc || h->found)
		return rc;
	rc = bef_age_unwrap(&stanza, h->keys, h->file_key, err);
	h->found = rc == BEF_OK;
	return rc == BEF_NOT_FOUND ? BEF_OK : rc;
}

static enum bef_rc no_key(const struct header *h, struct bef_err *err)
{
	if (h->by_passphrase) {
		bef_fail(err, BEF_REFUSED, "%s", tr("this file is opened by a passphrase"));
		bef_hint(err, "%s", tr("run it in a terminal, or give: --passphrase-file FILE"));
		return BEF_REFUSED;
	}
	bef_fail(err, BEF_REFUSED, "%s",
	         h->keys->count ? tr("none of the keys given opens this file") : tr("this file is opened by a recipient's key"));
	bef_hint(err, "%s", tr("give the file that age-keygen made: --key FILE"));
	return BEF_REFUSED;
}

/* "--- MAC", over all that came before the space. */
static enum bef_rc read_mac(struct header *h, size_t len, struct bef_err *err)
{
	const char *line = h->text.data + h->line;
	uint8_t said[BEF_AGE_MAC];
	struct bef_hash mac;

	if (len < 5 || memcmp(line, "--- ", 4) != 0 || !bef_age_unbase64(line + 4, len - 4, said, sizeof(said)))
		return damaged(err);
	if (!h->found)
		return no_key(h, err);
	h->text.len = h->line + 3;
	mac_of(h->file_key, &h->text, &mac);
	return sodium_memcmp(mac.byte, said, sizeof(said)) == 0 ? BEF_OK : damaged(err);
}

static enum bef_rc read_all(struct header *h, struct bef_err *err)
{
	size_t len = 0;
	enum bef_rc rc = next_line(h, &len, err);

	if (rc == BEF_OK && (len != strlen(BEF_AGE_VERSION) || memcmp(h->text.data, BEF_AGE_VERSION, len) != 0))
		rc = bef_fail(err, BEF_BROKEN, "%s", tr("this is not a file in the age format, version 1"));
	while (rc == BEF_OK) {
		rc = next_line(h, &len, err);
		if (rc == BEF_OK && len >= 3 && memcmp(h->text.data + h->line, "---", 3) == 0)
			return h->stanzas ? read_mac(h, len, err) : damaged(err);
		if (rc == BEF_OK)
			rc = read_stanza(h, len, err);
	}
	return rc;
}

enum bef_rc bef_age_header_read(const struct bef_source *from, const struct bef_age_keys *keys,
                                uint8_t file_key[BEF_AGE_FILE_KEY], struct bef_err *err)
{
	struct header h = { .from = from, .keys = keys, .text = { .max = BEF_AGE_HEADER_MOST + 1 } };
	enum bef_rc rc = read_all(&h, err);

	if (rc == BEF_OK)
		memcpy(file_key, h.file_key, BEF_AGE_FILE_KEY);
	sodium_memzero(h.file_key, sizeof(h.file_key));
	bef_text_clear(&h.text);
	return rc;
}
