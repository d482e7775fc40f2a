/* SPDX-License-Identifier: EUPL-1.2 */
/* Somebody with the sqlite3 shell, and bits that rot: verify must say so, and where. */
#include "torture.h"

#include <signal.h>
#include <sys/wait.h>

#include "store/index.h"

enum { INCIDENTS = 3, ROUNDS = 70 };

static char base[BEF_PATH];
static char dir[BEF_PATH];
static int64_t incident[INCIDENTS];
static int64_t org;

static const char *ref_of(int64_t log)
{
	static const char *const refs[] = { "INC-2025-001", "INC-2025-002", "INC-2025-003" };

	for (int i = 0; i < INCIDENTS; i++)
		if (incident[i] == log)
			return refs[i];
	return "the organisation's journal";
}

/* --- the store that is tampered with ------------------------------------------------ */

static void collect(struct bef_store *store, struct bef_pen *pen, int64_t log, const char *content)
{
	char path[BEF_PATH];
	char hex[BEF_HASH_HEX];
	struct bef_hash hash;

	bef_sha256(content, strlen(content), NULL, 0, &hash);
	assert_int_equal(bef_store_evidence_path(store, hex_of(&hash, hex), path, NULL), BEF_OK);
	assert_int_equal(bef_file_write(path, content, strlen(content), false, NULL), BEF_OK);
	assert_int_equal(tell(store, pen, log, "evidence.collected",
	                      json_pack("{s:s,s:i,s:s,s:b}", "name", "auth.log", "size", (int)strlen(content),
	                                "sha256", hex, "copied", 1),
	                      NULL, NULL),
	                 BEF_OK);
}

static void erase_last(struct bef_store *store, struct bef_pen *pen, int64_t log, const struct bef_hash *id)
{
	char hex[BEF_HASH_HEX];

	assert_int_equal(bef_store_erase(store, id, NULL), BEF_OK);
	assert_int_equal(tell(store, pen, log, "entry.erased",
	                      json_pack("{s:s,s:s}", "target", hex_of(id, hex), "reason", "a name"), NULL, NULL),
	                 BEF_OK);
}

static void checkpoint(struct bef_store *store, struct bef_pen *pen, int64_t log)
{
	struct bef_log_row row;
	char uuid[BEF_UUID_TEXT];
	char hex[BEF_HASH_HEX];

	assert_int_equal(bef_store_log(store, log, &row, NULL), BEF_OK);
	bef_uuid_format(&row.uuid, uuid);
	assert_int_equal(tell(store, pen, org, "checkpoint",
	                      json_pack("{s:s,s:I,s:[s],s:s}", "incident", uuid, "count", (json_int_t)row.entries,
	                                "heads", hex_of(&row.head[0], hex), "occasion", "report full"),
	                      NULL, NULL),
	                 BEF_OK);
}

static void tell_round(struct bef_store *store, struct bef_pen *pen, int64_t log, int round)
{
	struct bef_hash id;
	char text[80];

	snprintf(text, sizeof(text), "fact %d: the server 10.0.0.%d does not answer", round, round);
	if (round == 30)
		assert_int_equal(raise_alert(store, pen, log, text, &id, NULL), BEF_OK);
	else if (round % 9 == 4)
		assert_int_equal(tell(store, pen, log, "action.planned", json_pack("{s:s}", "text", text), &id, NULL),
		                 BEF_OK);
	else
		assert_int_equal(tell(store, pen, log, "note", note_body(text), &id, NULL), BEF_OK);
	if (round == 20)
		erase_last(store, pen, log, &id);
	if (round == 10 || round == 40)
		collect(store, pen, log, text);
	if (round == 50)
		checkpoint(store, pen, log);
}

/* Two posts write; the incidents come in turn. */
static int make_base(void **state)
{
	struct bef_pen pens[] = { pen_of(1), pen_of(2) };
	AUTO_STORE *store = NULL;
	BEF_AUTO(tx) tx = { 0 };

	if (scratch_make(state) != 0)
		return -1;
	in_scratch("base", base);
	in_scratch("case", dir);
	assert_int_equal(bef_store_open(base, BEF_STORE_CREATE, 0, &store, NULL), BEF_OK);
	tx = bef_tx_begin(store, NULL);
	for (int i = 0; i < INCIDENTS; i++) {
		char ref[BEF_REF_SIZE];

		snprintf(ref, sizeof(ref), "INC-2025-%03d", i + 1);
		assert_int_equal(begin_incident(store, &pens[0], ref, &incident[i], NULL), BEF_OK);
	}
	assert_int_equal(bef_store_org(store, &org, NULL), BEF_OK);
	for (int round = 0; round < ROUNDS; round++)
		for (int i = 0; i < INCIDENTS; i++)
			tell_round(store, &pens[round % 3 == 0], incident[i], round);
	for (int i = 0; i < INCIDENTS; i++)
		assert_int_equal(summarise(store, incident[i], NULL), BEF_OK);
	assert_int_equal(bef_tx_commit(&tx, NULL), BEF_OK);
	bef_store_close(store);
	store = NULL;
	assert_clean(base);
	return 0;
}

/* --- saying what is expected ------------------------------------------------------------ */

static void fresh(void)
{
	tree_copy(base, dir);
}

static int64_t ask(const char *fmt, ...) BEF_PRINTF(1, 2);
static int64_t ask(const char *fmt, ...)
{
	char sql[600];
	va_list args;

	va_start(args, fmt);
	vsnprintf(sql, sizeof(sql), fmt, args);
	va_end(args);
	return raw_number(dir, sql);
}

static void change(const char *fmt, ...) BEF_PRINTF(1, 2);
static void change(const char *fmt, ...)
{
	static char sql[32768];
	va_list args;

	va_start(args, fmt);
	vsnprintf(sql, sizeof(sql), fmt, args);
	va_end(args);
	raw_sql(dir, sql);
}

static int64_t seq_of(int64_t log, int64_t number)
{
	return ask("SELECT seq FROM entry WHERE log = %lld ORDER BY seq LIMIT 1 OFFSET %lld", (long long)log,
	           (long long)number - 1);
}

static int64_t count_of(int64_t log)
{
	return ask("SELECT count(*) FROM entry WHERE log = %lld", (long long)log);
}

/* Broken, in the journal `log` at `number` (0: any). */
static void expect(const char *what, bool all, int64_t log, int64_t number)
{
	struct bef_verdict v;

	look(dir, all, &v);
	if (!v.broken)
		fail_msg("%s: not noticed (journal %s, number %lld)", what, ref_of(log), (long long)number);
	if (!strstr(v.ref, ref_of(log)) && !strstr(v.flaw, ref_of(log)))
		fail_msg("%s: said of '%s' instead of %s: %s", what, v.ref, ref_of(log), v.flaw);
	if (number && v.number != number)
		fail_msg("%s: said of number %lld instead of %lld of %s: %s", what, (long long)v.number,
		         (long long)number, v.ref, v.flaw);
}

static void each_place(void (*fn)(int64_t log, int64_t number, int64_t count))
{
	const int64_t logs[] = { org, incident[0], incident[1], incident[2] };

	for (size_t i = 0; i < 4; i++) {
		int64_t count;

		fresh();
		count = count_of(logs[i]);
		const int64_t numbers[] = { 1, 2, 3, count / 2, count - 1, count };

		for (size_t n = 0; n < 6; n++)
			fn(logs[i], numbers[n], count);
	}
}

/* --- one entry ------------------------------------------------------------------------------- */

static void change_one(int64_t log, int64_t number, int64_t count)
{
	long long seq;

	(void)count;
	fresh();
	seq = seq_of(log, number);
	change("UPDATE entry SET body = body || ' ' WHERE seq = %lld", seq);
	expect("a space added to the body", false, log, number);
	fresh();
	change("UPDATE entry SET body = '{}' WHERE seq = %lld", seq);
	expect("the body replaced", false, log, number);
	fresh();
	change("UPDATE entry SET salt = zeroblob(16) WHERE seq = %lld", seq);
	expect("the salt replaced", false, log, number);
	fresh();
	change("UPDATE entry SET header = replace(header, '\"alice\"', '\"mallory\"') WHERE seq = %lld", seq);
	expect("the author replaced", false, log, number);
	fresh();
	change("UPDATE entry SET header = replace(header, '\"v\":1', '\"v\":1 ') WHERE seq = %lld", seq);
	expect("the header no longer canonical", false, log, number);
	fresh();
	change("UPDATE entry SET header = replace(header, '_at\":176', '_at\":175') WHERE seq = %lld", seq);
	expect("back-dated in the header", false, log, number);
	fresh();
	change("UPDATE entry SET recorded_at = recorded_at - 86400000 WHERE seq = %lld", seq);
	expect("back-dated in the column", false, log, number);
	fresh();
	change("UPDATE entry SET uid = randomblob(16) WHERE seq = %lld", seq);
	expect("the uid column", false, log, number);
	fresh();
	change("UPDATE entry SET uid = x'00' WHERE seq = %lld", seq);
	expect("a uid column of the wrong size", false, log, number);
	fresh();
	change("UPDATE entry SET id = randomblob(32) WHERE seq = %lld", seq);
	expect("the id column", false, log, number);
	fresh();
	change("UPDATE entry SET id = randomblob(31) WHERE seq = %lld", seq);
	expect("an id column of the wrong size", false, log, number);
	fresh();
	change("UPDATE entry SET sig = zeroblob(64) WHERE seq = %lld", seq);
	expect("the signature", true, log, number);
	fresh();
	change("UPDATE entry SET log = %lld WHERE seq = %lld", (long long)(log == org ? incident[0] : org), seq);
	expect("moved to another journal", false, log == org ? incident[0] : org, 0);
	fresh();
	change("UPDATE entry SET log = 8388607 WHERE seq = %lld", seq);
	{
		struct bef_verdict v;

		look(dir, false, &v);
		assert_true(v.broken);
	}
}

static void test_one_entry_changed(void **state)
{
	(void)state;
	each_place(change_one);
}

static void remove_one(int64_t log, int64_t number, int64_t count)
{
	fresh();
	change("DELETE FROM entry WHERE seq = %lld", (long long)seq_of(log, number));
	/* What follows now stands in its place; at the end, the last that remains is named. */
	expect("an entry removed", false, log, number == count ? count - 1 : number);
}

static void test_one_entry_removed(void **state)
{
	(void)state;
	each_place(remove_one);
}

static void swap_two(int64_t log, int64_t number, int64_t count)
{
	long long a, b;

	if (number == count)
		return;
	fresh();
	a = seq_of(log, number);
	b = seq_of(log, number + 1);
	change("UPDATE entry SET seq = -1 WHERE seq = %lld; UPDATE entry SET seq = %lld WHERE seq = %lld;"
	       "UPDATE entry SET seq = %lld WHERE seq = -1", a, a, b, b);
	expect("two entries swapped", false, log, number);
}

static void test_two_entries_swapped(void **state)
{
	(void)state;
	each_place(swap_two);
}

static void insert_copy(int64_t log, int64_t number, int64_t count)
{
	fresh();
	change("INSERT INTO entry (id, uid, log, recorded_at, header, body, salt, sig)"
	       " SELECT randomblob(32), randomblob(16), log, recorded_at, header, body, salt, sig FROM entry"
	       " WHERE seq = %lld", (long long)seq_of(log, number));
	expect("a copy with a new id", false, log, count + 1);
}

static void test_a_copy_inserted(void **state)
{
	(void)state;
	each_place(insert_copy);
}

static void set_null(int64_t log, int64_t number, int64_t count)
{
	(void)count;
	fresh();
	if (ask("SELECT body IS NULL FROM entry WHERE seq = %lld", (long long)seq_of(log, number)))
		return;
	change("UPDATE entry SET body = NULL, salt = NULL WHERE seq = %lld", (long long)seq_of(log, number));
	expect("a text gone without an erasure", false, log, number);
}

static void test_a_text_gone_without_an_erasure(void **state)
{
	(void)state;
	each_place(set_null);
}

static void test_an_erased_text_put_back(void **state)
{
	AUTO_STORE *store = NULL;
	BEF_AUTO(tx) tx = { 0 };
	struct bef_pen pen = pen_of(1);
	struct bef_hash id;
	char hex[BEF_HASH_HEX];
	static char body[600];
	int64_t number;

	(void)state;
	fresh();
	assert_int_equal(bef_store_open(dir, BEF_STORE_WRITE, 0, &store, NULL), BEF_OK);
	tx = bef_tx_begin(store, NULL);
	pen.now_ms += 1000000;
	assert_int_equal(tell(store, &pen, incident[1], "note", note_body("a name"), &id, NULL), BEF_OK);
	assert_int_equal(bef_tx_commit(&tx, NULL), BEF_OK);
	number = count_of(incident[1]);
	hex_of(&id, hex);
	change("CREATE TABLE kept AS SELECT body, salt FROM entry WHERE id = x'%s'", hex);
	snprintf(body, sizeof(body), "UPDATE entry SET body = (SELECT body FROM kept), salt = (SELECT salt FROM kept)"
	                             " WHERE id = x'%s'; DROP TABLE kept", hex);
	tx = bef_tx_begin(store, NULL);
	erase_last(store, &pen, incident[1], &id);
	assert_int_equal(bef_tx_commit(&tx, NULL), BEF_OK);
	bef_store_clear(&store);
	raw_sql(dir, body);
	expect("an erased text put back", false, incident[1], number);
}

/* --- forged entries ------------------------------------------------------------------------------ */

/* A well-made entry in the name of a known post, after `parent`, with a signature that is not: put
 * at `seq`, the caches as that post would have left them. */
static void forge(int64_t log, int64_t parent_number, int64_t at_seq)
{
	AUTO_STORE *store = NULL;
	BEF_AUTO(text) header = { 0 };
	BEF_AUTO(text) content = { 0 };
	struct bef_pen pen = pen_of(1);
	struct bef_entry entry = { 0 };
	struct bef_log_row row;
	struct bef_hash parent;
	json_t *body = note_body("the backups were tested yesterday");
	struct bef_sealing what = { .kind = "note", .parents = &parent, .parent_count = 1, .body = body };
	char id[BEF_HASH_HEX], uid[65], salt[65], sig[129];
	int logs;

	{
		char path[BEF_PATH];
		sqlite3_stmt *stmt = NULL;
		sqlite3 *db;

		assert_int_equal(bef_path_join(path, dir, "beffroi.db", NULL), BEF_OK);
		assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
		assert_int_equal(sqlite3_prepare_v2(db, "SELECT id FROM entry WHERE seq = ?1", -1, &stmt, NULL),
		                 SQLITE_OK);
		sqlite3_bind_int64(stmt, 1, seq_of(log, parent_number));
		assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
		memcpy(&parent, sqlite3_column_blob(stmt, 0), sizeof(parent));
		sqlite3_finalize(stmt);
		sqlite3_close(db);
	}
	assert_int_equal(bef_store_open(dir, BEF_STORE_WRITE, 0, &store, NULL), BEF_OK);
	assert_int_equal(bef_store_log(store, log, &row, NULL), BEF_OK);
	pen.now_ms += 40;
	what.log = &row.uuid;
	bef_uuid_v7(pen.now_ms, &what.uid);
	assert_int_equal(bef_entry_seal(&pen, &what, &header, &content, &entry, NULL), BEF_OK);
	json_decref(body);
	bef_hex(entry.uid.byte, sizeof(entry.uid.byte), uid);
	bef_hex(entry.salt, sizeof(entry.salt), salt);
	memset(entry.sig, 0x5a, sizeof(entry.sig));
	bef_hex(entry.sig, sizeof(entry.sig), sig);
	hex_of(&entry.id, id);
	change("UPDATE entry SET seq = -seq - 1 WHERE seq >= %lld; UPDATE entry SET seq = -seq WHERE seq < 0;"
	       "INSERT INTO entry VALUES (%lld, x'%s', x'%s', %lld, %lld, '%s', '%s', x'%s', x'%s')",
	       (long long)at_seq, (long long)at_seq, id, uid, (long long)log, (long long)entry.recorded_at_ms,
	       entry.header, entry.body, salt, sig);
	assert_int_equal(bef_store_rebuild(store, &logs, NULL), BEF_OK);
}

static void test_an_unsigned_entry_forged(void **state)
{
	(void)state;
	for (int i = 0; i < INCIDENTS; i++) {
		int64_t count;

		fresh();
		count = count_of(incident[i]);
		forge(incident[i], count, ask("SELECT max(seq) + 1 FROM entry"));
		expect("a forged last entry", false, incident[i], count + 1);
		/* As a branch in the past, which later entries of the same post do not cover. */
		fresh();
		forge(incident[i], count / 2, seq_of(incident[i], count / 2) + 1);
		expect("a forged branch", false, incident[i], count / 2 + 1);
		fresh();
		forge(incident[i], 1, seq_of(incident[i], count / 2) + 1);
		expect("a forged branch at the root", false, incident[i], count / 2 + 1);
	}
}

/* --- ends, whole journals, caches, evidence ---------------------------------------------------------- */

static void rebuild(void)
{
	AUTO_STORE *store = NULL;
	int logs;

	assert_int_equal(bef_store_open(dir, BEF_STORE_WRITE, 0, &store, NULL), BEF_OK);
	assert_int_equal(bef_store_rebuild(store, &logs, NULL), BEF_OK);
}

static void cut_tail(int64_t log, int64_t how_many)
{
	fresh();
	change("DELETE FROM outbox WHERE log = %lld; DELETE FROM entry WHERE log = %lld AND seq >= %lld",
	       (long long)log, (long long)log, (long long)seq_of(log, count_of(log) - how_many + 1));
}

static void test_the_end_cut_off(void **state)
{
	(void)state;
	for (int i = 0; i < INCIDENTS; i++) {
		struct bef_verdict v;
		int64_t count;

		fresh();
		count = count_of(incident[i]);
		for (int64_t cut = 1; cut < 20; cut += 4) {
			cut_tail(incident[i], cut);
			expect("the end cut off", false, incident[i], count - cut);
			/* What a hash chain cannot show: with every cache put right and no checkpoint
			 * after the cut, only a head kept elsewhere (verify --head) says so. */
			rebuild();
			look(dir, true, &v);
			assert_false(v.broken);
		}
		/* Beyond the checkpoint, the organisation's journal knows better. */
		cut_tail(incident[i], 30);
		rebuild();
		expect("the end cut off before a checkpoint", false, incident[i], 0);
	}
	cut_tail(org, 1);
	expect("the end of the organisation's journal cut off", false, org, 0);
}

static void test_an_incident_removed(void **state)
{
	struct bef_verdict v;

	(void)state;
	for (int i = 0; i < INCIDENTS; i++) {
		long long log = incident[i];

		fresh();
		change("DELETE FROM outbox WHERE log = %lld; DELETE FROM incident WHERE log = %lld;"
		       "DELETE FROM entry WHERE log = %lld; DELETE FROM log WHERE log = %lld", log, log, log, log);
		expect("a whole incident removed", false, incident[i], 0);
		fresh();
		change("DELETE FROM outbox WHERE log = %lld; DELETE FROM incident WHERE log = %lld;"
		       "DELETE FROM entry WHERE log = %lld", log, log, log);
		expect("the entries of an incident removed", false, incident[i], 0);
	}
	/* The witness itself removed with all its rows: nothing in the store can say so, since a store may
	 * hold an incident brought from elsewhere and nothing more.  Again, verify --head does. */
	fresh();
	change("DELETE FROM entry WHERE log = %lld; DELETE FROM log WHERE log = %lld", (long long)org, (long long)org);
	look(dir, true, &v);
	assert_false(v.broken);
}

static void test_a_cache_changed(void **state)
{
	static const char *const changes[] = {
		"UPDATE log SET entries = entries + 1", "UPDATE log SET heads = x''",
		"UPDATE log SET heads = CAST(heads || zeroblob(32) AS BLOB)", "UPDATE log SET heads = zeroblob(32)",
		"UPDATE log SET last_at = last_at - 1", "UPDATE log SET uuid = randomblob(16)",
		"UPDATE log SET is_org = 1 - is_org",
		"UPDATE incident SET ref = 'INC-2025-009'", "UPDATE incident SET letter = 'z'",
		"UPDATE incident SET title = 'Rien'", "UPDATE incident SET type = 'phishing'",
		"UPDATE incident SET severity = '1'", "UPDATE incident SET tlp = 'clear'",
		"UPDATE incident SET phase = 'recovery'", "UPDATE incident SET state = 'crisis'",
		"UPDATE incident SET drill = 1", "UPDATE incident SET opened_at = opened_at + 1",
		"UPDATE incident SET closed_at = 1", "UPDATE incident SET next_due_at = 1",
		"UPDATE incident SET open_actions = 0", "UPDATE incident SET waiting_alerts = 7",
		"DELETE FROM incident",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
		struct bef_verdict v;

		fresh();
		change("%s WHERE log = %lld", changes[i], (long long)incident[1]);
		look(dir, false, &v);
		if (!v.broken)
			fail_msg("%s: not noticed", changes[i]);
		if (!strstr(changes[i], " ref =") && !strstr(changes[i], "letter") && !strstr(changes[i], "DELETE") &&
		    !strstr(changes[i], "uuid"))
			expect(changes[i], false, incident[1], 0);
		/* A cache is a cache: it can be made again, but for what names the journal. */
		if (strstr(changes[i], "uuid") || strstr(changes[i], "is_org"))
			continue;
		rebuild();
		assert_clean(dir);
	}
}

static void test_evidence(void **state)
{
	char one[BEF_PATH];
	char other[BEF_PATH];
	char evidence[BEF_PATH];
	const struct dirent *file;
	DIR *open_dir;

	(void)state;
	*one = *other = '\0';
	fresh();
	assert_int_equal(bef_path_join(evidence, dir, "evidence", NULL), BEF_OK);
	open_dir = opendir(evidence);
	while ((file = readdir(open_dir)))
		if (file->d_name[0] != '.')
			assert_int_equal(bef_path_join(*one ? other : one, evidence, file->d_name, NULL), BEF_OK);
	closedir(open_dir);
	assert_true(*other);
	file_copy(one, other);
	expect("an evidence file swapped", false, incident[0], 0);
	fresh();
	assert_int_equal(truncate(one, 5), 0);
	expect("an evidence file cut", false, incident[0], 0);
	fresh();
	assert_int_equal(truncate(one, 0), 0);
	expect("an evidence file emptied", false, incident[0], 0);
	fresh();
	unlink(one);
	expect("an evidence file removed", false, incident[0], 0);
}

/* --- bits that rot -------------------------------------------------------------------------------------- */

static enum bef_rc no_hit(void *arg, uint64_t seq, struct bef_err *err)
{
	(void)arg;
	(void)seq;
	(void)err;
	return BEF_OK;
}

/* Everything a reader may do with it; true if verify or SQLite noticed. */
static bool read_all(void)
{
	AUTO_STORE *store = NULL;
	struct bef_verdict v;
	struct bef_err err = { 0 };
	int64_t log = 0;

	look(dir, true, &v);
	if (bef_store_open(dir, BEF_STORE_READ, 0, &store, &err) == BEF_OK) {
		for (log = 1; log <= 4; log++) {
			AUTO_CASE *c = NULL;

			if (bef_store_case(store, log, &c, &err) != BEF_OK)
				assert_true(*err.msg);
		}
		if (bef_store_search(store, "server", no_hit, NULL, &err) != BEF_OK)
			assert_true(*err.msg);
	}
	return v.broken;
}

/* In a child of its own, so that a crash or a hang is a result. */
static bool noticed_in_child(long at, int bit)
{
	pid_t child;
	int status;

	fflush(NULL);
	child = fork();
	if (child == 0) {
		alarm(30);
		_exit(read_all() ? 1 : 0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	if (!WIFEXITED(status) || WEXITSTATUS(status) > 1)
		fail_msg("byte %ld, bit %d: status %x", at, bit, (unsigned)status);
	return WEXITSTATUS(status) == 1;
}

static void test_single_bits(void **state)
{
	int flips = torture_is_long() ? 3000 : 300;
	uint64_t seed = 20251103;
	struct stat about;
	char path[BEF_PATH];
	int noticed = 0;
	int used;

	(void)state;
	fresh();
	used = (int)ask("SELECT 100 - sum(unused) * 100 / sum(pgsize) FROM dbstat");
	assert_int_equal(bef_path_join(path, dir, "beffroi.db", NULL), BEF_OK);
	assert_int_equal(stat(path, &about), 0);
	for (int i = 0; i < flips; i++) {
		long at = (long)(dice(&seed) % (uint32_t)about.st_size);
		int bit = (int)(dice(&seed) % 8);
		FILE *file;
		int byte;

		fresh();
		file = fopen(path, "r+b");
		assert_non_null(file);
		fseek(file, at, SEEK_SET);
		byte = fgetc(file);
		fseek(file, at, SEEK_SET);
		fputc(byte ^ 1 << bit, file);
		fclose(file);
		noticed += noticed_in_child(at, bit);
	}
	/* The others fell into room that holds nothing: tails of pages, texts that were erased. */
	printf("tamper: %d of %d single bits noticed (%d %%; %d %% of the file is in use)\n", noticed, flips,
	       noticed * 100 / flips, used);
	assert_true(noticed * 100 / flips >= used - 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_entry_changed),
		cmocka_unit_test(test_one_entry_removed),
		cmocka_unit_test(test_two_entries_swapped),
		cmocka_unit_test(test_a_copy_inserted),
		cmocka_unit_test(test_a_text_gone_without_an_erasure),
		cmocka_unit_test(test_an_erased_text_put_back),
		cmocka_unit_test(test_an_unsigned_entry_forged),
		cmocka_unit_test(test_the_end_cut_off),
		cmocka_unit_test(test_an_incident_removed),
		cmocka_unit_test(test_a_cache_changed),
		cmocka_unit_test(test_evidence),
		cmocka_unit_test(test_single_bits),
	};

	return cmocka_run_group_tests(tests, make_base, scratch_remove);
}
