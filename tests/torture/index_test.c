/* SPDX-License-Identifier: EUPL-1.2 */
/* Caches are caches: what is kept as entries come equals what is made again from them, whatever the
 * history; and the full-text index can be lost, spoilt or forbidden without anybody noticing. */
#include "torture.h"

#include <sys/wait.h>

#include "store/index.h"

static const char *const tables[] = {
	"SELECT hex(uuid), is_org, entries, hex(heads), last_at FROM log ORDER BY uuid",
	"SELECT hex(uuid), ref, letter, title, type, severity, tlp, phase, state, drill, opened_at, closed_at,"
	" next_due_at, open_actions, waiting_alerts FROM incident JOIN log USING (log) ORDER BY uuid",
	"SELECT hex(id), hex(uid), recorded_at, header, body, hex(salt), hex(sig) FROM entry ORDER BY id",
};

/* Every column of the caches (and with `entries`, of the journal), as text. */
static void dump(const char *dir, bool entries, struct bef_text *out)
{
	char path[BEF_PATH];
	sqlite3 *db;

	bef_text_init(out, 64 << 20);
	assert_int_equal(bef_path_join(path, dir, "beffroi.db", NULL), BEF_OK);
	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	for (int t = 0; t < (entries ? 3 : 2); t++) {
		sqlite3_stmt *stmt = NULL;

		assert_int_equal(sqlite3_prepare_v2(db, tables[t], -1, &stmt, NULL), SQLITE_OK);
		while (sqlite3_step(stmt) == SQLITE_ROW) {
			for (int col = 0; col < sqlite3_column_count(stmt); col++) {
				const char *text = (const char *)sqlite3_column_text(stmt, col);

				bef_text_printf(out, "%s=%s\n", sqlite3_column_name(stmt, col), text ? text : "NULL");
			}
			bef_text_puts(out, "--\n");
		}
		sqlite3_finalize(stmt);
	}
	sqlite3_close(db);
	assert_false(out->failed);
}

static void assert_same(const char *what, const struct bef_text *a, const struct bef_text *b)
{
	size_t at = 0;

	if (strcmp(bef_text_str(a), bef_text_str(b)) == 0)
		return;
	while (a->data[at] == b->data[at])
		at++;
	at = at < 60 ? 0 : at - 60;
	fail_msg("%s:\n%.160s\n-- instead of --\n%.160s", what, b->data + at, a->data + at);
}

static void rebuild(const char *dir)
{
	AUTO_STORE *store = NULL;
	struct bef_err err = { 0 };
	int logs;

	assert_int_equal(bef_store_open(dir, BEF_STORE_WRITE, 0, &store, &err), BEF_OK);
	if (bef_store_rebuild(store, &logs, &err) != BEF_OK)
		fail_msg("rebuild: %s", err.msg);
}

static void assert_rebuild_changes_nothing(const char *dir)
{
	BEF_AUTO(text) before = { 0 };
	BEF_AUTO(text) after = { 0 };

	dump(dir, true, &before);
	rebuild(dir);
	dump(dir, true, &after);
	assert_same("rebuilt", &before, &after);
	assert_clean(dir);
}

/* --- random histories ------------------------------------------------------------------ */

static json_t *random_body(uint64_t *seed, const struct bef_case *c, int what, const char **kind)
{
	static const char *const states[] = { "open", "done", "failed", "dropped" };
	char hex[BEF_HASH_HEX];
	const struct bef_line *line = &c->line[dice(seed) % c->line_count];
	json_int_t soon = (json_int_t)(1762000000000 + dice(seed) % 100000000);

	hex_of(&line->entry->id, hex);
	switch (what) {
	case 0:
		*kind = "decision.taken";
		return json_pack("{s:s,s:I}", "choice", "couper le lien", "review_at", soon);
	case 1:
		*kind = "action.planned";
		return json_pack("{s:s,s:I,s:s}", "text", "isoler", "due_at", soon, "owner", "bob");
	case 2:
		*kind = "action.changed";
		return json_pack("{s:s,s:s,s:I}", "action", hex, "state", states[dice(seed) % 4], "due_at", soon);
	case 3:
		*kind = "entry.struck";
		return json_pack("{s:s,s:s}", "target", hex, "reason", "wrong incident");
	case 4:
		*kind = "entry.undone";
		return json_pack("{s:s}", "target", hex);
	case 5:
		*kind = "entry.amended";
		return json_pack("{s:s,s:{s:s},s:I}", "target", hex, "set", "title", "Titre corrigé",
		                 "happened_at", soon);
	case 6:
		*kind = "incident.changed";
		return json_pack("{s:s,s:s}", "severity", dice(seed) % 2 ? "2" : "4", "title", "Deux postes chiffrés");
	case 7:
		*kind = "incident.closed";
		return json_object();
	case 8:
		*kind = "incident.reopened";
		return json_pack("{s:s}", "reason", "not over");
	case 9:
		*kind = "decision.taken";
		return json_pack("{s:s,s:s}", "choice", "rétablir le lien", "supersedes", hex);
	default:
		*kind = "note";
		return note_body("l'équipe est prévenue");
	}
}

/* One act on a random incident; clocks of posts differ and may jump back. */
static void random_act(struct bef_store *store, struct bef_pen *pen, uint64_t *seed)
{
	BEF_AUTO(tx) tx = bef_tx_begin(store, NULL);
	AUTO_CASE *c = NULL;
	const char *kind = NULL;
	int what = (int)(dice(seed) % 16);
	struct bef_err err = { 0 };
	struct bef_hash id;
	int64_t log = 0;
	enum bef_rc rc;

	assert_int_equal(tx.rc, BEF_OK);
	while (log == 0) {
		struct bef_log_row row;
		int64_t maybe = 1 + dice(seed) % 4;

		if (bef_store_log(store, maybe, &row, NULL) == BEF_OK && !row.is_org)
			log = maybe;
	}
	assert_int_equal(bef_store_case(store, log, &c, NULL), BEF_OK);
	pen->now_ms += (int64_t)(dice(seed) % 5000) - 500;
	if (what == 15) {
		const struct bef_line *line = &c->line[dice(seed) % c->line_count];
		const char *target = bef_line_text(line, "target");
		char hex[BEF_HASH_HEX];

		/* Kept: the reference of an opening, what an erasure named. */
		rc = bef_store_erase(store, &line->entry->id, &err);
		if (rc == BEF_OK)
			rc = tell(store, pen, log, "entry.erased",
			          json_pack("{s:s,s:s,s:{s:s}}", "target", hex_of(&line->entry->id, hex),
			                    "reason", "rgpd", "kept", target ? "target" : "ref",
			                    target ? target : c->ref),
			          &id, &err);
	} else if (what == 14)
		rc = raise_alert(store, pen, log, "alerte", &id, &err);
	else {
		json_t *body = random_body(seed, c, what, &kind);

		rc = tell(store, pen, log, kind, body, &id, &err);
	}
	if (rc == BEF_OK)
		rc = summarise(store, log, &err);
	if (rc == BEF_OK)
		rc = bef_tx_commit(&tx, &err);
	if (rc)
		fail_msg("%s: %s", kind ? kind : "act", err.msg);
}

static void live(const char *dir, uint8_t post, int acts, uint64_t *seed)
{
	AUTO_STORE *store = NULL;
	struct bef_pen pen = pen_of(post);

	pen.now_ms += (int64_t)(dice(seed) % 1000000);
	assert_int_equal(bef_store_open(dir, BEF_STORE_WRITE, 0, &store, NULL), BEF_OK);
	for (int i = 0; i < acts; i++)
		random_act(store, &pen, seed);
}

static void new_incident(const char *dir, uint8_t post, const char *ref)
{
	AUTO_STORE *store = NULL;
	struct bef_pen pen = pen_of(post);
	int64_t log;

	pen.now_ms += post;
	assert_int_equal(bef_store_open(dir, BEF_STORE_CREATE, 0, &store, NULL), BEF_OK);
	{
		BEF_AUTO(tx) tx = bef_tx_begin(store, NULL);

		assert_int_equal(begin_incident(store, &pen, ref, &log, NULL), BEF_OK);
		assert_int_equal(bef_tx_commit(&tx, NULL), BEF_OK);
	}
}

/* All journals of `from` into `to`. */
static void unite(const char *to, const char *from)
{
	AUTO_STORE *here = NULL;
	AUTO_STORE *there = NULL;
	struct bef_err err = { 0 };

	assert_int_equal(bef_store_open(to, BEF_STORE_WRITE, 0, &here, NULL), BEF_OK);
	assert_int_equal(bef_store_open(from, BEF_STORE_READ, 0, &there, NULL), BEF_OK);
	{
		BEF_AUTO(tx) tx = bef_tx_begin(here, NULL);

		for (int64_t log = 1; log < 10; log++) {
			struct bef_journal journal = { 0 };
			struct bef_log_row row;
			int added;

			if (bef_store_log(there, log, &row, NULL) != BEF_OK)
				continue;
			assert_int_equal(bef_store_journal(there, log, &journal, NULL), BEF_OK);
			assert_int_equal(bef_journal_sort(&journal, NULL), BEF_OK);
			if (bef_store_unite(here, &journal, row.is_org, &added, &err) != BEF_OK)
				fail_msg("unite: %s", err.msg);
			bef_journal_clear(&journal);
		}
		assert_int_equal(bef_tx_commit(&tx, NULL), BEF_OK);
	}
}

static void test_rebuilt_equals_live(void **state)
{
	int rounds = torture_is_long() ? 150 : 12;
	char one[BEF_PATH];
	char two[BEF_PATH];
	char both[BEF_PATH];

	(void)state;
	in_scratch("one", one);
	in_scratch("two", two);
	in_scratch("both", both);
	for (int round = 0; round < rounds; round++) {
		BEF_AUTO(text) a = { 0 };
		BEF_AUTO(text) b = { 0 };
		uint64_t seed = (uint64_t)round * 977 + 1;

		tree_remove(one);
		new_incident(one, 1, "INC-2025-001");
		new_incident(one, 1, "INC-2025-002");
		live(one, 1, 25, &seed);
		assert_rebuild_changes_nothing(one);
		/* Two posts that write apart, then learn of each other; each opened an INC-2025-003. */
		tree_copy(one, two);
		new_incident(one, 1, "INC-2025-003");
		new_incident(two, 2, "INC-2025-003");
		live(one, 1, 12, &seed);
		live(two, 2, 12, &seed);
		tree_copy(one, both);
		unite(both, two);
		assert_rebuild_changes_nothing(both);
		unite(two, one);
		assert_rebuild_changes_nothing(two);
		dump(both, true, &a);
		dump(two, true, &b);
		assert_same("united the other way round", &a, &b);
		/* Again is no change; and life goes on. */
		unite(both, two);
		bef_text_clear(&b);
		dump(both, true, &b);
		assert_same("united again", &a, &b);
		live(both, 3, 8, &seed);
		assert_rebuild_changes_nothing(both);
	}
}

/* A copy that is not whole, or not honest, changes nothing. */
static void test_what_is_not_whole_is_not_united(void **state)
{
	AUTO_STORE *store = NULL;
	AUTO_STORE *other = NULL;
	struct bef_journal all = { 0 };
	struct bef_journal part = { 0 };
	struct bef_err err = { 0 };
	char one[BEF_PATH];
	char two[BEF_PATH];
	uint64_t seed = 5;
	int added = 0;

	(void)state;
	in_scratch("whole", one);
	in_scratch("fresh", two);
	new_incident(one, 1, "INC-2025-001");
	new_incident(two, 2, "INC-2025-009");
	live(one, 1, 10, &seed);
	assert_int_equal(bef_store_open(one, BEF_STORE_READ, 0, &store, NULL), BEF_OK);
	assert_int_equal(bef_store_journal(store, incident_log(one), &all, NULL), BEF_OK);
	assert_int_equal(bef_store_open(two, BEF_STORE_WRITE, 0, &other, NULL), BEF_OK);
	for (int hole = 0; hole < 3; hole++) {
		BEF_AUTO(tx) tx = bef_tx_begin(other, NULL);

		bef_journal_clear(&part);
		for (size_t i = 0; i < all.count; i++)
			if (i != (size_t)hole * 3)
				assert_int_equal(bef_journal_add(&part, &all.entry[i], NULL), BEF_OK);
		assert_int_equal(bef_store_unite(other, &part, false, &added, &err), BEF_BROKEN);
		assert_said(BEF_BROKEN, &err);
	}
	for (size_t i = 0; i < all.count; i++) {
		BEF_AUTO(tx) tx = bef_tx_begin(other, NULL);

		all.entry[i].sig[7] ^= 1;
		assert_int_equal(bef_store_unite(other, &all, false, &added, &err), BEF_BROKEN);
		all.entry[i].sig[7] ^= 1;
	}
	bef_journal_clear(&part);
	bef_journal_clear(&all);
	bef_store_clear(&other);
	assert_clean(two);
	assert_int_equal(raw_number(two, "SELECT count(*) FROM log"), 2);
}

/* --- searching ---------------------------------------------------------------------------- */

static char dir[BEF_PATH];
static int64_t log_number;

static enum bef_rc count_hit(void *arg, uint64_t seq, struct bef_err *err)
{
	(void)seq;
	(void)err;
	++*(int *)arg;
	return BEF_OK;
}

/* Hits, or -rc. */
static int found(const char *words)
{
	AUTO_STORE *store = NULL;
	struct bef_err err = { 0 };
	int hits = 0;
	enum bef_rc rc;

	assert_int_equal(bef_store_open(dir, BEF_STORE_READ, 0, &store, NULL), BEF_OK);
	rc = bef_store_search(store, words, count_hit, &hits, &err);
	if (rc == BEF_FAILED || rc == BEF_BROKEN)
		fail_msg("'%s': %s", words, err.msg);
	return rc ? -(int)rc : hits;
}

static void say(const char *text, struct bef_hash *id)
{
	static int64_t later;
	struct bef_pen pen = pen_of(1);
	struct bef_err err = { 0 };

	pen.now_ms += later += 1000;
	if (act_once(dir, &pen, &log_number, 0, text, id, &err) != BEF_OK)
		fail_msg("%s", err.msg);
}

static void path_of_index(char path[BEF_PATH])
{
	assert_int_equal(bef_path_join(path, dir, "beffroi.idx", NULL), BEF_OK);
}

static void test_accents_and_operators(void **state)
{
	static const struct {
		const char *words;
		int hits;
	} rows[] = {
		{ "équipe", 2 }, { "equipe", 2 }, { "ÉQUIPE", 2 }, { "equi", 2 }, { "l'équipe", 2 }, { "œuvre", 2 },
		{ "oeuvre", 2 }, { "OEUVRE", 2 }, { "equipe prevenue", 1 }, { "prevenue equipe", 1 }, { "zèbre", 0 },
		{ "10.0.0.7", 1 }, { "evil.example", 1 }, { "a AND b", 0 }, { "equipe OR zebre", 0 },
		{ "equipe NOT prevenue", 0 }, { "NEAR(equipe oeuvre)", 0 }, { "\"equipe\"", 2 }, { "equipe*", 2 },
		{ "text:equipe", 1 }, { "^equipe", 2 }, { "(equipe", 2 }, { "equipe)", 2 }, { "{equipe", 2 },
		{ "-equipe", 2 }, { "+equipe", 2 }, { "'", -BEF_USAGE }, { "", -BEF_USAGE }, { "\"", -BEF_USAGE },
		{ "* - + : ( ) { } ^", -BEF_USAGE }, { "' OR 1=1 --", 0 }, { "%", -BEF_USAGE },
		{ "incident.opened", 0 }, { "équipe — prévenue", 1 }, { "« équipe »", 2 }, { "équipe…", 2 },
		{ "l’équipe", 2 }, { "—", 0 }, { "“équipe”", 2 }, { "équipe€", 2 },
	};

	(void)state;
	say("L'équipe est prévenue par evil.example (10.0.0.7)", NULL);
	say("Mise en œuvre du plan; text: l equipe suit", NULL);
	say("la main d'oeuvre manque", NULL);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (found(rows[i].words) != rows[i].hits)
			fail_msg("'%s' finds %d, not %d", rows[i].words, found(rows[i].words), rows[i].hits);
	/* Whatever bytes, an answer. */
	for (int byte = 1; byte < 256; byte++) {
		const char words[] = { (char)byte, 'e', 'q', 'u', (char)byte, '\0' };

		assert_true(found(words) <= 2);
		assert_true(found(words + 4) <= 7);
	}
}

static void test_a_lost_or_spoilt_index_is_made_again(void **state)
{
	uint64_t seed = 3;
	char path[BEF_PATH];
	char stranger[BEF_PATH];
	struct stat about;

	(void)state;
	path_of_index(path);
	assert_int_equal(found("equipe"), 2);
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
	unlink(path);
	assert_int_equal(found("equipe"), 2);
	assert_int_equal(bef_file_write(path, "", 0, false, NULL), BEF_OK);
	assert_int_equal(found("equipe"), 2);
	assert_int_equal(bef_file_write(path, "not a database at all", 21, false, NULL), BEF_OK);
	assert_int_equal(found("equipe"), 2);
	for (off_t size = 0; size < about.st_size; size += 2048) {
		assert_int_equal(truncate(path, size), 0);
		assert_int_equal(found("equipe"), 2);
	}
	/* Wiped pages, one at a time: no wrong answer for want of a page. */
	for (off_t at = 0; at < about.st_size; at += 4096) {
		static const char zeros[4096];
		int fd = open(path, O_WRONLY);

		assert_int_equal(pwrite(fd, zeros, sizeof(zeros), at), sizeof(zeros));
		close(fd);
		assert_true(found("equipe") <= 2);
		unlink(path);
		assert_int_equal(found("equipe"), 2);
	}
	/* Single bits: no crash, and never more than there is. */
	for (int i = 0; i < (torture_is_long() ? 2000 : 150); i++) {
		int fd = open(path, O_RDWR);
		off_t at = (off_t)(dice(&seed) % (uint32_t)about.st_size);
		unsigned char byte;

		assert_int_equal(pread(fd, &byte, 1, at), 1);
		byte ^= (unsigned char)(1 << dice(&seed) % 8);
		assert_int_equal(pwrite(fd, &byte, 1, at), 1);
		close(fd);
		assert_true(found("equipe") >= 0);
		unlink(path);
		assert_int_equal(found("oeuvre"), 2);
	}
	/* Somebody else's: of another journal, and of another program. */
	in_scratch("one", stranger);
	raw_sql(stranger, "SELECT 1");
	{
		char theirs[BEF_PATH];

		assert_int_equal(bef_path_join(theirs, stranger, "beffroi.db", NULL), BEF_OK);
		file_copy(theirs, path);
		assert_int_equal(found("equipe"), 2);
	}
	unlink(path);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_int_equal(found("equipe"), 2);
	rmdir(path);
	assert_int_equal(found("equipe"), 2);
}

static void test_new_entries_are_found_at_once(void **state)
{
	char path[BEF_PATH];
	char kept[BEF_PATH];

	(void)state;
	path_of_index(path);
	assert_int_equal(found("hippocampe"), 0);
	file_copy(path, in_scratch("old.idx", kept));
	say("un hippocampe dans le réseau", NULL);
	assert_int_equal(found("hippocampe"), 1);
	assert_int_equal(found("hippocampe"), 1);
	file_copy(kept, path); /* an index put back from a copy catches up */
	assert_int_equal(found("hippocampe"), 1);
}

/* As somebody who may read and no more, with the rollback journal at rest beside or left out. */
static void test_a_read_only_directory_is_searched(void **state)
{
	char path[BEF_PATH];
	char db[BEF_PATH];
	char journal[BEF_PATH];
	int status;
	pid_t child;

	(void)state;
	path_of_index(path);
	assert_int_equal(bef_path_join(db, dir, "beffroi.db", NULL), BEF_OK);
	assert_int_equal(bef_path_join(journal, dir, "beffroi.db-journal", NULL), BEF_OK);
	for (int with_index = 0; with_index < 3; with_index++) {
		if (with_index == 0)
			unlink(path);
		else
			assert_int_equal(found("equipe"), 2);
		if (with_index == 2)
			say("une fourmi", NULL); /* the index is behind */
		chmod(scratch, 0755);
		chmod(dir, 0555);
		chmod(db, 0444);
		assert_int_equal(with_index == 2 ? unlink(journal) : chmod(journal, 0444), 0);
		if (with_index)
			chmod(path, 0444);
		fflush(NULL);
		child = fork();
		if (child == 0) {
			if (getuid() == 0 && setuid(65534) != 0)
				_exit(9);
			_exit(found("equipe") == 2 && (with_index < 2 || found("fourmi") == 1) &&
			                      found("zebre") == 0 ? 0 : 1);
		}
		assert_int_equal(waitpid(child, &status, 0), child);
		chmod(dir, 0700);
		chmod(db, 0600);
		chmod(journal, 0600);
		if (with_index)
			chmod(path, 0600);
		assert_int_equal(status, 0);
	}
}

/* Former contents of pages in the rollback journal, which stays beside the database. */
static long trace_size(void)
{
	char path[BEF_PATH];
	struct stat st;

	assert_int_equal(bef_path_join(path, dir, "beffroi.db-journal", NULL), BEF_OK);
	assert_int_equal(stat(path, &st), 0);
	return (long)st.st_size;
}

static void test_erased_words_are_not_found(void **state)
{
	AUTO_STORE *store = NULL;
	struct bef_pen pen = pen_of(1);
	struct bef_err err = { 0 };
	struct bef_hash id;
	char hex[BEF_HASH_HEX];
	char path[BEF_PATH];

	(void)state;
	path_of_index(path);
	say("le mot de passe est Krakatoa", &id);
	say("rien de plus", NULL);
	assert_true(trace_size() > 0);
	assert_int_equal(found("krakatoa"), 1);
	assert_true(tree_holds(dir, "krakatoa") > 0);
	assert_int_equal(bef_store_open(dir, BEF_STORE_WRITE, 0, &store, NULL), BEF_OK);
	pen.now_ms += 10000000;
	{
		BEF_AUTO(tx) tx = bef_tx_begin(store, NULL);

		assert_int_equal(bef_store_erase(store, &id, NULL), BEF_OK);
		assert_int_equal(tell(store, &pen, log_number, "entry.erased",
		                      json_pack("{s:s,s:s}", "target", hex_of(&id, hex), "reason", "x"), NULL, NULL),
		                 BEF_OK);
		assert_int_equal(summarise(store, log_number, NULL), BEF_OK);
		assert_int_equal(bef_tx_commit(&tx, NULL), BEF_OK);
	}
	assert_int_equal(trace_size(), 0);
	assert_int_equal(found("krakatoa"), 0); /* even before the files are scoured */
	if (bef_store_scour(store, "Krakatoa", 8, &err) != BEF_OK)
		fail_msg("scour: %s", err.msg);
	assert_int_equal(tree_holds(dir, "Krakatoa") + tree_holds(dir, "krakatoa"), 0);
	assert_int_equal(found("krakatoa"), 0);
	assert_int_equal(trace_size(), 0);
	assert_int_equal(found("equipe"), 2);
	assert_int_equal(tree_holds(dir, "krakatoa"), 0);
	/* Scouring says so when it fails to clean. */
	assert_int_equal(bef_path_join(path, dir, "notes.txt", NULL), BEF_OK);
	assert_int_equal(bef_file_write(path, "xx Krakatoa", 11, false, NULL), BEF_OK);
	assert_int_equal(bef_store_scour(store, "Krakatoa", 8, &err), BEF_FAILED);
	assert_non_null(strstr(err.msg, "notes.txt"));
	unlink(path);
}

static int make(void **state)
{
	if (scratch_make(state) != 0)
		return -1;
	in_scratch("words", dir);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rebuilt_equals_live),
		cmocka_unit_test(test_what_is_not_whole_is_not_united),
		cmocka_unit_test(test_accents_and_operators),
		cmocka_unit_test(test_a_lost_or_spoilt_index_is_made_again),
		cmocka_unit_test(test_new_entries_are_found_at_once),
		cmocka_unit_test(test_a_read_only_directory_is_searched),
		cmocka_unit_test(test_erased_words_are_not_found),
	};

	return cmocka_run_group_tests(tests, make, scratch_remove);
}
