/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * An entry: the unit of the journal, written once and never changed.
 *
 * Two JSON objects in canonical form (base/json.h).  The header is what is
 * hashed and signed; the body is what was said.  The bytes stored are the bytes
 * hashed, so that checking never serialises again and sha256sum can redo it:
 *
 *     id        = SHA-256(header)
 *     signature = Ed25519(id), by the post that wrote it
 *     header.body = SHA-256(salt, 16 bytes, followed by body)
 *
 * The salt lets a body be erased while the chain still verifies, and nobody
 * can confirm a guess at what was there.
 *
 * Header members, in this order since canonical form sorts them; those marked
 * with a question mark may be absent:
 *
 *     author       short handle of who says it: a-z 0-9 . _ -, at most 32
 *     body         digest of salt and body, hexadecimal
 *     happened_at? UTC milliseconds, when it is not recorded_at
 *     kind         one of model/kind.h
 *     log          UUID of the journal
 *     offset       seconds east of UTC at the writer's place, then
 *     parents      ids of the entries this one follows, sorted; none for the first
 *     post         public key of the machine and account that wrote it
 *     recorded_at  UTC milliseconds
 *     role?        function in which the author wrote (model/words.h)
 *     uid          UUIDv7 drawn by the writer: a retry with the same uid is no second entry
 *     v            1
 *     zone         IANA zone at the writer's place
 */
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/crypto.h"
#include "base/date.h"
#include "base/err.h"
#include "base/text.h"

enum {
	BEF_HANDLE_SIZE = 33,
	BEF_KIND_SIZE = 33,
	BEF_SALT_SIZE = 16,
	BEF_PARENTS_MOST = 64,
	BEF_HEADER_MOST = 6144,
	BEF_BODY_MOST = 1 << 23,  /* a playbook pinned by a run is the longest */
	BEF_PROSE_MOST = 1 << 18, /* what a person may type into one entry */
};

struct bef_entry {
	struct bef_hash id;
	struct bef_hash body_hash;
	struct bef_uuid log;
	struct bef_uuid uid;
	int64_t recorded_at_ms;
	int64_t happened_at_ms; /* recorded_at_ms when the header has none */
	int offset_s;
	unsigned parent_count;
	char zone[BEF_ZONE_SIZE];
	char author[BEF_HANDLE_SIZE];
	char role[BEF_HANDLE_SIZE]; /* "" if none */
	char kind[BEF_KIND_SIZE];
	uint8_t post[BEF_KEY_SIZE];
	uint8_t salt[BEF_SALT_SIZE];
	uint8_t sig[BEF_SIG_SIZE];
	const char *header;  /* as hashed; NUL-terminated */
	const char *body;    /* as hashed; NULL once erased */
	const char *parents; /* within header: each id is 64 digits, the next 67 bytes on */
	size_t header_len;
	size_t body_len;
	uint64_t seq; /* order of arrival in this store: for paging only, it means nothing elsewhere */
};

/* The i-th parent, i below parent_count. */
void bef_entry_parent(const struct bef_entry *entry, unsigned i, struct bef_hash *out);

/* Read a header into *out, whose strings then borrow from it.  Only the canonical form is
 * accepted, to the byte: a header that parses is the one that would be written again.  False:
 * it is not such a header, and *out is rubbish.  Does not compute the id. */
bool bef_entry_parse(const char *header, size_t len, struct bef_entry *out);

/* Who holds the pen, and when.  Everything that an entry needs and that is not what it says. */
struct bef_pen {
	struct bef_keypair key;
	char author[BEF_HANDLE_SIZE];
	char role[BEF_HANDLE_SIZE];
	char zone[BEF_ZONE_SIZE];
	int64_t now_ms;
};

/* True for 1 to 32 of a-z 0-9 . _ - */
bool bef_handle_ok(const char *handle);

/*
 * Write and sign an entry of `kind` saying `body`.  happened_at_ms 0: now.
 * `parents` are sorted here.  uid and salt are drawn by the caller.
 * The two texts are initialised here, own the bytes and must outlive *out.
 * BEF_USAGE: the body has no canonical form or is too long.
 */
struct bef_sealing {
	const char *kind;
	const struct bef_uuid *log;
	struct bef_hash *parents;
	unsigned parent_count;
	int64_t happened_at_ms;
	const json_t *body;
	struct bef_uuid uid;
	uint8_t salt[BEF_SALT_SIZE];
};
enum bef_rc bef_entry_seal(const struct bef_pen *pen, const struct bef_sealing *what,
                           struct bef_text *header, struct bef_text *body, struct bef_entry *out,
                           struct bef_err *err) BEF_MUST_CHECK;

/* What is wrong with an entry on its own, or NULL: header not canonical, id or body digest that
 * does not match.  English, through tr().  Does not look at parents or signature. */
const char *bef_entry_flaw(const struct bef_entry *entry);
/* The same of an entry of which only id, header, body, salt and their lengths are known; the rest is
 * filled in from the header. */
const char *bef_entry_examine(struct bef_entry *entry);

/* The head as printed on paper: 80 bits of an id in groups of four digits, capitals, as
 * "7F3A-09C1-...".  And the digits of such a text, or of a whole id, lower-case without dashes;
 * false if it is neither. */
void bef_head_format(const struct bef_hash *id, char out[32]);
bool bef_head_parse(const char *text, char out[BEF_HASH_HEX]);
