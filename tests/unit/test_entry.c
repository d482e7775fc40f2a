/* SPDX-License-Identifier: EUPL-1.2 */
#include "unit.h"

/* An entry with two parents, a role and a time of its own, so that every member is there. */
static void full_entry(struct bef_journal *journal)
{
	struct bef_pen pen = unit_pen(1);
	struct unit_note note = { .kind = "note", .parent_count = 2, .happened_at_ms = UNIT_NOW - 60000 };
	struct bef_hash parents[2];
	struct bef_hash id;

	memset(&parents[0], 0xbb, sizeof(parents[0]));
	memset(&parents[1], 0xaa, sizeof(parents[1]));
	note.parents = parents;
	note.body = unit_json("{'sort':'fact','text':'été'}");
	unit_drawn = 0;
	unit_add(journal, &pen, &note, &id);
}

static void what_is_sealed_is_read_back_without_flaw(void **state)
{
	struct bef_journal journal = { 0 };
	const struct bef_entry *entry;
	struct bef_entry read;
	struct bef_hash parent;
	char copy[BEF_HEADER_MOST];

	(void)state;
	full_entry(&journal);
	entry = &journal.entry[0];
	assert_null(bef_entry_flaw(entry));
	assert_true(bef_entry_parse(entry->header, entry->header_len, &read));
	assert_string_equal(read.author, "post1");
	assert_string_equal(read.role, "scribe");
	assert_string_equal(read.kind, "note");
	assert_string_equal(read.zone, UNIT_ZONE);
	assert_int_equal(read.offset_s, 3600);
	assert_true(read.recorded_at_ms == UNIT_NOW);
	assert_true(read.happened_at_ms == UNIT_NOW - 60000);
	assert_int_equal(read.parent_count, 2);
	bef_entry_parent(&read, 0, &parent);
	assert_int_equal(parent.byte[0], 0xaa);
	bef_entry_parent(&read, 1, &parent);
	assert_int_equal(parent.byte[31], 0xbb);
	assert_true(bef_signature_ok(entry->post, &entry->id, entry->sig));
	assert_string_equal(entry->body, "{\"sort\":\"fact\",\"text\":\"été\"}");
	/* No byte beyond the length is needed. */
	memcpy(copy, entry->header, entry->header_len);
	for (size_t len = 0; len < entry->header_len; len++) {
		char *exact = malloc(len + !len);

		memcpy(exact, copy, len);
		must(!bef_entry_parse(exact, len, &read), "cut to %zu bytes", len);
		free(exact);
	}
	bef_journal_clear(&journal);
}

/* Digests, key and signature were made again by another program (node's crypto). */
static void the_bytes_of_an_entry_are_promised(void **state)
{
	struct bef_journal journal = { 0 };
	char id[BEF_HASH_HEX];
	char sig[2 * BEF_SIG_SIZE + 1];

	(void)state;
	full_entry(&journal);
	bef_hex(journal.entry[0].id.byte, BEF_HASH_SIZE, id);
	bef_hex(journal.entry[0].sig, BEF_SIG_SIZE, sig);
	assert_string_equal(id, "f312286c2a01a0b6ae273777989a435f0d872c5e4418ea64d3d2ce299cc959a7");
	assert_string_equal(sig, "9d0a9d5f033a2295efcbd297156f5b660c2affbc04a402fd63d04130b814e8e5"
	                         "a4ad8a6797fa589de3163c57ea4c393433660565b1b3f85acdc3683bdbb1620b");
	assert_string_equal(
		journal.entry[0].header,
		"{\"author\":\"post1\",\"body\":\"36f42c6e539b3c029b0b44cb2927882f91d23365001dbc854bc047055e270a27\","
		"\"happened_at\":1762146540000,\"kind\":\"note\",\"log\":\"019a4811-0000-7001-8002-030405060708\","
		"\"offset\":3600,\"parents\":["
		"\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\","
		"\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"],"
		"\"post\":\"6b79c57e6a095239282c04818e96112f3f03a4001ba97a564c23852a3f1ea5fc\","
		"\"recorded_at\":1762146600000,\"role\":\"scribe\","
		"\"uid\":\"019a481f-4440-7000-8001-000000000000\",\"v\":1,\"zone\":\"Europe/Paris\"}");
	bef_journal_clear(&journal);
}

static void every_change_of_one_byte_is_refused_or_changes_the_id(void **state)
{
	static const char tries[] = "\x00\x01 \"',-./0129:AFZ[]afghz{}\x7f\x80\xff";
	struct bef_journal journal = { 0 };
	struct bef_entry entry;
	char *header;
	size_t refused = 0;

	(void)state;
	full_entry(&journal);
	entry = journal.entry[0];
	header = malloc(entry.header_len);
	memcpy(header, entry.header, entry.header_len);
	entry.header = header;
	for (size_t at = 0; at < entry.header_len; at++) {
		char honest = header[at];

		for (size_t i = 0; i < sizeof(tries) - 1 + 8; i++) {
			struct bef_entry read;

			header[at] = i < 8 ? (char)(honest ^ 1 << i) : tries[i - 8];
			if (header[at] == honest)
				continue;
			must(bef_entry_flaw(&entry) != NULL, "byte %zu as %#x", at, (unsigned char)header[at]);
			refused += !bef_entry_parse(header, entry.header_len, &read);
		}
		header[at] = honest;
	}
	assert_null(bef_entry_flaw(&entry));
	assert_true(refused > 10000);
	free(header);
	bef_journal_clear(&journal);
}

static void every_change_of_a_body_or_a_salt_is_seen(void **state)
{
	struct bef_journal journal = { 0 };
	struct bef_entry entry;
	char body[100];

	(void)state;
	full_entry(&journal);
	entry = journal.entry[0];
	memcpy(body, entry.body, entry.body_len);
	entry.body = body;
	assert_null(bef_entry_flaw(&entry));
	for (size_t at = 0; at < 8 * entry.body_len; at++) {
		body[at / 8] ^= (char)(1 << at % 8);
		assert_non_null(bef_entry_flaw(&entry));
		body[at / 8] ^= (char)(1 << at % 8);
	}
	entry.salt[15] ^= 1;
	assert_non_null(bef_entry_flaw(&entry));
	entry.body = NULL; /* erased: only the header is left to check */
	assert_null(bef_entry_flaw(&entry));
	entry.id.byte[0] ^= 1;
	assert_non_null(bef_entry_flaw(&entry));
	bef_journal_clear(&journal);
}

#define ID_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define ID_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

/* The piece `was` of a good header replaced by `is`. */
static const struct {
	const char *why, *was, *is;
	bool good;
} variants[] = {
	{ "untouched", "", "", true },
	{ "a space before", "{\"author", " {\"author", false },
	{ "a space after a colon", "\"v\":1", "\"v\": 1", false },
	{ "a space after a comma", ",\"kind\"", ", \"kind\"", false },
	{ "a space after", "Paris\"}", "Paris\"} ", false },
	{ "a newline after", "Paris\"}", "Paris\"}\n", false },
	{ "something after", "Paris\"}", "Paris\"}{}", false },
	{ "another order", "\"v\":1,\"zone\":\"Europe/Paris\"", "\"zone\":\"Europe/Paris\",\"v\":1", false },
	{ "a member twice", "\"v\":1", "\"v\":1,\"v\":1", false },
	{ "an unknown member", "\"v\":1", "\"v\":1,\"w\":1", false },
	{ "a later version", "\"v\":1", "\"v\":2", false },
	{ "a version as text", "\"v\":1", "\"v\":\"1\"", false },
	{ "no author", "\"author\":\"post1\",", "", false },
	{ "an empty author", "post1", "", false },
	{ "a capital author", "post1", "Post1", false },
	{ "an author with an escape", "post1", "\\u0070ost1", false },
	{ "an author of 32", "post1", "abcdefghijklmnopqrstuvwxyz._-012", true },
	{ "an author of 33", "post1", "abcdefghijklmnopqrstuvwxyz._-0123", false },
	{ "an empty role", "\"role\":\"scribe\"", "\"role\":\"\"", false },
	{ "no role", ",\"role\":\"scribe\"", "", true },
	{ "no parents", "[\"" ID_A "\",\"" ID_B "\"]", "[]", true },
	{ "one parent", "[\"" ID_A "\",\"" ID_B "\"]", "[\"" ID_A "\"]", true },
	{ "unsorted parents", "[\"" ID_A "\",\"" ID_B "\"]", "[\"" ID_B "\",\"" ID_A "\"]", false },
	{ "a parent twice", "[\"" ID_A "\",\"" ID_B "\"]", "[\"" ID_A "\",\"" ID_A "\"]", false },
	{ "a comma too many", "\"" ID_B "\"]", "\"" ID_B "\",]", false },
	{ "a comma too few", ID_A "\",", ID_A "\"", false },
	{ "a comma first", "[\"" ID_A, "[,\"" ID_A, false },
	{ "a capital digit in a parent", ID_B "\"]",
	  "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbB\"]", false },
	{ "a short parent", ID_B "\"]", "bb\"]", false },
	{ "capitals in the journal's id", "\"019a4811-", "\"019A4811-", false },
	{ "a journal's id without dashes", "0000-7001", "00007001-", false },
	{ "happened when it was recorded", "1762146540000", "1762146600000", false },
	{ "did not happen apart", "\"happened_at\":1762146540000,", "", true },
	{ "happened at nought, which means absent", "1762146540000", "0", false },
	{ "a leading nought", "\"offset\":3600", "\"offset\":03600", false },
	{ "minus nought", "\"offset\":3600", "\"offset\":-0", false },
	{ "a plus", "\"offset\":3600", "\"offset\":+3600", false },
	{ "a real number", "\"offset\":3600", "\"offset\":3600.0", false },
	{ "an exponent", "\"offset\":3600", "\"offset\":36e2", false },
	{ "no number", "\"offset\":3600", "\"offset\":", false },
	{ "only a minus", "\"offset\":3600", "\"offset\":-", false },
	{ "nought", "\"offset\":3600", "\"offset\":0", true },
	{ "west", "\"offset\":3600", "\"offset\":-34200", true },
	{ "further than a day east", "\"offset\":3600", "\"offset\":86401", false },
	{ "an offset that only fits when cut", "\"offset\":3600", "\"offset\":4294970896", false },
	{ "the largest number", "1762146600000", "9007199254740991", true },
	{ "2^53", "1762146600000", "9007199254740992", false },
	{ "17 digits", "1762146600000", "17621466000000000", false },
	{ "40 digits", "1762146600000", "1762146600000000000000000000000000000000", false },
	{ "a zone with a space", "Europe/Paris", "Europe/ Paris", false },
	{ "a zone that is long", "Europe/Paris", "America/Argentina/ComodRivadavia/abcdefghijklmno", false },
};

static void only_the_canonical_form_of_a_header_is_read(void **state)
{
	struct bef_journal journal = { 0 };

	(void)state;
	full_entry(&journal);
	for (size_t i = 0; i < ROWS(variants); i++) {
		const char *header = journal.entry[0].header;
		const char *found = strstr(header, variants[i].was);
		struct bef_entry read;
		char text[2000];

		must(found, "row '%s' matches nothing", variants[i].why);
		snprintf(text, sizeof(text), "%.*s%s%s", (int)(found - header), header, variants[i].is,
		         found + strlen(variants[i].was));
		must(bef_entry_parse(text, strlen(text), &read) == variants[i].good, "%s", variants[i].why);
	}
	bef_journal_clear(&journal);
}

static void at_most_sixty_four_parents_are_read(void **state)
{
	struct bef_journal journal = { 0 };
	const char *header;
	const char *at;

	(void)state;
	full_entry(&journal);
	header = journal.entry[0].header;
	at = strstr(header, ID_A);
	for (unsigned count = 63; count <= 66; count++) {
		struct bef_text text;
		struct bef_entry read;

		bef_text_init(&text, 10000);
		bef_text_add(&text, header, (size_t)(at - header));
		for (unsigned i = 0; i < count; i++)
			bef_text_printf(&text, "%s%064x", i ? "\",\"" : "", i);
		bef_text_puts(&text, strstr(header, ID_B) + 64);
		assert_int_equal(bef_entry_parse(text.data, text.len, &read), count <= BEF_PARENTS_MOST);
		bef_text_clear(&text);
	}
	bef_journal_clear(&journal);
}

static enum bef_rc seal(const struct bef_pen *pen, const json_t *body, struct bef_err *err)
{
	struct bef_uuid log = unit_log();
	struct bef_sealing what = { .kind = "note", .log = &log, .body = body };
	struct bef_text header;
	struct bef_text text;
	struct bef_entry entry;
	enum bef_rc rc = bef_entry_seal(pen, &what, &header, &text, &entry, err);

	bef_text_clear(&header);
	bef_text_clear(&text);
	return rc;
}

static void what_has_no_canonical_form_is_not_sealed(void **state)
{
	static const char *const authors[] = { "", "Léa", "a b", "a\"b", "a\nb" };
	static const char *const bodies[] = { "{'a':1.5}", "{'a':null}", "{'a':9007199254740992}", "{'é':1}" };
	struct bef_pen pen = unit_pen(0);
	json_t *body = unit_json("{'sort':'fact','text':'x'}");
	struct bef_err err;

	(void)state;
	assert_ok(seal(&pen, body, &err), err);
	for (size_t i = 0; i < ROWS(authors); i++) {
		snprintf(pen.author, sizeof(pen.author), "%s", authors[i]);
		assert_int_equal(bef_handle_ok(authors[i]), false);
		assert_rc(seal(&pen, body, &err), BEF_USAGE, err);
	}
	json_decref(body);
	pen = unit_pen(0);
	for (size_t i = 0; i < ROWS(bodies); i++) {
		body = unit_json(bodies[i]);
		assert_rc(seal(&pen, body, &err), BEF_USAGE, err);
		json_decref(body);
	}
}

static void a_body_over_the_limit_is_a_usage_error_that_says_so(void **state)
{
	struct bef_pen pen = unit_pen(0);
	struct bef_err err;

	(void)state;
	for (int over = 0; over < 2; over++) {
		size_t len = BEF_BODY_MOST - strlen("{\"text\":\"\"}") + (size_t)over;
		char *text = malloc(len + 1);
		json_t *body;

		memset(text, 'x', len);
		text[len] = '\0';
		body = json_pack("{s:s}", "text", text);
		assert_rc(seal(&pen, body, &err), over ? BEF_USAGE : BEF_OK, err);
		if (over)
			assert_non_null(strstr(err.msg, "8388608"));
		json_decref(body);
		free(text);
	}
}

static void a_handle_is_one_to_thirty_two_small_letters(void **state)
{
	static const struct { const char *text; bool ok; } rows[] = {
		{ "a", true }, { "lea.martin_2-b", true }, { "abcdefghijklmnopqrstuvwxyz._-012", true },
		{ "", false }, { "abcdefghijklmnopqrstuvwxyz._-0123", false }, { "Lea", false },
		{ "léa", false }, { "a/b", false }, { "a ", false }, { "a@b", false },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++)
		must(bef_handle_ok(rows[i].text) == rows[i].ok, "'%s'", rows[i].text);
}

static void a_head_on_paper_is_read_back(void **state)
{
	static const char *const bad[] = {
		"", "7F3A", "7F3A-09C1-22AA-1234-567", "7F3A-09C1-22AA-1234-56789", "7F3A-09C1-22AA-1234-567G",
		"7F3A_09C1_22AA_1234_5678", ID_A "a", "7f3a-09c1-22aa-1234-567é",
	};
	char paper[32];
	char digits[BEF_HASH_HEX];
	struct bef_hash id;

	(void)state;
	for (size_t i = 0; i < sizeof(id.byte); i++)
		id.byte[i] = (uint8_t)(0xf0 - 9 * i);
	bef_head_format(&id, paper);
	assert_string_equal(paper, "F0E7-DED5-CCC3-BAB1-A89F");
	assert_true(bef_head_parse(paper, digits));
	assert_string_equal(digits, "f0e7ded5ccc3bab1a89f");
	assert_true(bef_head_parse(" f0e7 ded5 ccc3 BAB1 a89f ", digits));
	assert_string_equal(digits, "f0e7ded5ccc3bab1a89f");
	assert_true(bef_head_parse(ID_A, digits));
	assert_string_equal(digits, ID_A);
	for (size_t i = 0; i < ROWS(bad); i++)
		must(!bef_head_parse(bad[i], digits), "'%s'", bad[i]);
}

static void a_mutated_header_never_breaks_the_reader(void **state)
{
	struct bef_journal journal = { 0 };
	struct dice dice = { unit_seed() };
	unsigned good = 0;

	(void)state;
	full_entry(&journal);
	for (int i = 0; i < 20000; i++) {
		size_t len = journal.entry[0].header_len;
		char room[1000];
		struct bef_entry read;
		char *exact;

		memcpy(room, journal.entry[0].header, len);
		len = dice_mutate(&dice, room, len, sizeof(room));
		exact = malloc(len); /* so that the sanitizer sees a byte too far */
		memcpy(exact, room, len);
		if (bef_entry_parse(exact, len, &read)) {
			good++;
			assert_true(bef_handle_ok(read.author) && read.parent_count <= 2);
		}
		free(exact);
	}
	assert_true(good < 20000);
	bef_journal_clear(&journal);
}

UNIT_MAIN(unit(what_is_sealed_is_read_back_without_flaw), unit(the_bytes_of_an_entry_are_promised),
          unit(every_change_of_one_byte_is_refused_or_changes_the_id),
          unit(every_change_of_a_body_or_a_salt_is_seen), unit(only_the_canonical_form_of_a_header_is_read),
          unit(at_most_sixty_four_parents_are_read), unit(what_has_no_canonical_form_is_not_sealed),
          unit(a_body_over_the_limit_is_a_usage_error_that_says_so),
          unit(a_handle_is_one_to_thirty_two_small_letters), unit(a_head_on_paper_is_read_back),
          unit(a_mutated_header_never_breaks_the_reader))
