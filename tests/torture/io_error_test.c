/* SPDX-License-Identifier: EUPL-1.2 */
/* Every read, write, sync, truncation, removal, opening and lock of an act fails in turn, once and
 * for good; and the disk fills up at every write.  The caller is told in one line, nothing that was
 * acknowledged is lost, the store verifies and takes the next act. */
#include "torture.h"

#include "crash_vfs.h"

enum { ACTS = 3 };

static long faults;

struct ledger {
	struct bef_hash id[ACTS];
	char text[ACTS][2100];
	int told;
};

/* Some are long enough to take pages of their own. */
static void text_of(int i, long at, char out[2100])
{
	int len = snprintf(out, 2100, "fact number %d of the run %ld ", i, at);

	if (i == 1)
		memset(out + len, 'x', 2000);
	out[i == 1 ? len + 2000 : len] = '\0';
}

static void acts(const char *dir, int64_t log, long at, struct ledger *ledger)
{
	struct bef_pen pen = pen_of(1);

	*ledger = (struct ledger){ 0 };
	pen.now_ms += 5000;
	for (int i = 0; i < ACTS; i++) {
		struct bef_err err = { 0 };
		enum bef_rc rc;

		text_of(i, at, ledger->text[ledger->told]);
		rc = act_once(dir, &pen, &log, i, ledger->text[ledger->told], &ledger->id[ledger->told], &err);
		if (rc) {
			assert_said(rc, &err);
			assert_true(crash.fired);
			assert_int_not_equal(rc, BEF_NOT_FOUND);
			assert_int_not_equal(rc, BEF_REFUSED);
			continue;
		}
		ledger->told++;
	}
}

static void check(const char *dir, const struct ledger *ledger, int64_t before)
{
	struct bef_pen pen = pen_of(9);
	struct bef_err err = { 0 };
	struct bef_hash id;
	int64_t log = incident_log(dir);

	if (ledger->told > 0) {
		AUTO_STORE *store = NULL;
		AUTO_CASE *c = NULL;

		assert_true(log > 0);
		assert_int_equal(bef_store_open(dir, BEF_STORE_READ, 0, &store, &err), BEF_OK);
		assert_int_equal(bef_store_case(store, log, &c, &err), BEF_OK);
		for (int i = 0; i < ledger->told; i++)
			assert_true(case_has(c, &ledger->id[i], ledger->text[i]));
		/* An act that failed at its very last step may be there all the same. */
		assert_true((int64_t)c->line_count - before - ledger->told <= ACTS - ledger->told);
	}
	if (log)
		assert_clean(dir);
	pen.now_ms += 1000000;
	if (act_once(dir, &pen, &log, 0, "after the fault", &id, &err) != BEF_OK)
		fail_msg("the act after the fault: %s", err.msg);
	assert_clean(dir);
}

static void fail_everywhere(const char *base, int64_t log, struct crash_plan plan)
{
	char dir[BEF_PATH];
	struct ledger ledger;
	int64_t before = log ? raw_number(base, "SELECT entries FROM log WHERE is_org = 0") : 1;

	in_scratch("fault", dir);
	do {
		plan.at++;
		tree_copy(base, dir);
		crash_begin(dir, plan);
		acts(dir, log, plan.at, &ledger);
		crash_stop();
		faults += crash.fired;
		check(dir, &ledger, before);
		crash_forget();
	} while (crash.fired);
	assert_int_equal(ledger.told, ACTS);
}

static void each_plan(const char *base, int64_t log)
{
	static const struct crash_plan plans[] = {
		{ .ops = CRASH_WRITE },
		{ .ops = CRASH_WRITE, .sticky = true },
		{ .ops = CRASH_SYNC },
		{ .ops = CRASH_SYNC, .sticky = true },
		{ .ops = CRASH_ANY },
		{ .ops = CRASH_ANY, .sticky = true },
		{ .ops = CRASH_WRITE, .code = SQLITE_FULL },
		{ .ops = CRASH_WRITE, .code = SQLITE_FULL, .sticky = true },
	};

	for (size_t i = 0; i < sizeof(plans) / sizeof(*plans); i++)
		fail_everywhere(base, log, plans[i]);
}

static void test_creation_and_first_acts(void **state)
{
	char none[BEF_PATH];

	(void)state;
	each_plan(in_scratch("no-such", none), 0);
}

static void test_later_acts(void **state)
{
	struct bef_pen pen = pen_of(1);
	char base[BEF_PATH];
	struct bef_hash id;
	int64_t log = 0;

	(void)state;
	in_scratch("base", base);
	for (int i = 0; i < 4; i++)
		assert_int_equal(act_once(base, &pen, &log, i, "a fact", &id, NULL), BEF_OK);
	each_plan(base, log);
}

/* The message says what the matter is, and the store knows that the disk was full. */
static void test_a_full_disk_is_called_full(void **state)
{
	struct bef_pen pen = pen_of(1);
	struct bef_err err = { 0 };
	char dir[BEF_PATH];
	struct bef_hash id;
	int64_t log = 0;

	(void)state;
	assert_int_equal(act_once(in_scratch("full", dir), &pen, &log, 0, "a fact", &id, NULL), BEF_OK);
	crash_begin(dir, (struct crash_plan){ .ops = CRASH_WRITE, .at = 1, .sticky = true, .code = SQLITE_FULL });
	{
		AUTO_STORE *store = NULL;
		BEF_AUTO(tx) tx = { 0 };
		enum bef_rc rc;

		assert_int_equal(bef_store_open(dir, BEF_STORE_WRITE, 0, &store, &err), BEF_OK);
		tx = bef_tx_begin(store, &err);
		rc = tx.rc ? tx.rc : tell(store, &pen, log, "note", note_body("no room"), NULL, &err);
		if (rc == BEF_OK)
			rc = bef_tx_commit(&tx, &err);
		assert_int_equal(rc, BEF_FAILED);
		assert_non_null(strstr(err.msg, "full"));
		assert_true(bef_store_is_full(store));
		/* The reserve, then once more in the same opening, as the program does. */
		bef_tx_clear(&tx);
		assert_true(bef_store_ballast_drop(store));
		crash.plan.at = 0;
		tx = bef_tx_begin(store, &err);
		assert_int_equal(tx.rc, BEF_OK);
		assert_int_equal(tell(store, &pen, log, "note", note_body("in the reserve"), NULL, &err), BEF_OK);
		assert_int_equal(bef_tx_commit(&tx, &err), BEF_OK);
	}
	crash_stop();
	crash_forget();
	assert_clean(dir);
}

static int say_how_many(void **state)
{
	printf("io_error: %ld faults tried\n", faults);
	return scratch_remove(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_creation_and_first_acts),
		cmocka_unit_test(test_later_acts),
		cmocka_unit_test(test_a_full_disk_is_called_full),
	};

	return cmocka_run_group_tests(tests, scratch_make, say_how_many);
}
