/* SPDX-License-Identifier: EUPL-1.2 */
/* Many people at once: nothing acknowledged is lost or doubled, readers never fail and never see a
 * broken store, nobody waits for ever, and who waits learns for whom. */
#include "torture.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "store/index.h"

enum { READERS = 3 };

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t make_base(const char *dir)
{
	struct bef_pen pen = pen_of(1);
	struct bef_hash id;
	int64_t log = 0;

	assert_int_equal(act_once(dir, &pen, &log, 0, "a fact", &id, NULL), BEF_OK);
	return log;
}

/* Exit status 0: all acknowledged; each id goes to the ledger before the next act. */
static int writer(const char *dir, int64_t log, int who, int acts, int ledger)
{
	struct bef_pen pen = pen_of((uint8_t)who);

	for (int i = 0; i < acts; i++) {
		struct bef_err err = { 0 };
		struct bef_hash id;
		char text[80];

		snprintf(text, sizeof(text), "writer %d says %d", who, i);
		if (act_once(dir, &pen, &log, i, text, &id, &err) != BEF_OK) {
			fprintf(stderr, "writer %d: %s\n", who, err.msg);
			return 1;
		}
		if (write(ledger, &id, sizeof(id)) != sizeof(id))
			return 2;
	}
	return 0;
}

static enum bef_rc count_hit(void *arg, uint64_t seq, struct bef_err *err)
{
	(void)seq;
	(void)err;
	++*(int64_t *)arg;
	return BEF_OK;
}

static int reader(const char *dir, int64_t log, int64_t until_ms)
{
	int64_t last = 0;
	int rounds = 0;

	while (now_ms() < until_ms) {
		const struct bef_verify_options options = { 0 };
		AUTO_STORE *store = NULL;
		AUTO_CASE *c = NULL;
		struct bef_incident_row row;
		struct bef_verdict v = { 0 };
		struct bef_err err = { 0 };
		int64_t hits = 0;
		enum bef_rc rc = bef_store_open(dir, BEF_STORE_READ, 0, &store, &err);

		if (rc == BEF_OK)
			rc = bef_store_case(store, log, &c, &err);
		if (rc == BEF_OK)
			rc = bef_store_incident(store, log, &row, &err);
		if (rc == BEF_OK && rounds++ % 4 == 0)
			rc = bef_store_verify(store, &options, &v, &err);
		/* Readers share the index, and fill it by turns. */
		if (rc == BEF_OK)
			rc = bef_store_search(store, "writer says", count_hit, &hits, &err);
		if (rc == BEF_OK && hits + 2 < (int64_t)c->line_count)
			return 4;
		if (rc || v.broken) {
			fprintf(stderr, "reader: %s%s\n", err.msg, v.flaw);
			return 1;
		}
		/* What was there stays there. */
		if ((int64_t)c->line_count < last)
			return 2;
		last = (int64_t)c->line_count;
		usleep(3000);
	}
	return rounds > 0 ? 0 : 3;
}

static void reap(pid_t child)
{
	int status;

	assert_int_equal(waitpid(child, &status, 0), child);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		fail_msg("a child ended with status %x", (unsigned)status);
}

static void test_many_writers_and_readers(void **state)
{
	int writers = torture_is_long() ? 24 : 8;
	int acts = torture_is_long() ? 40 : 15;
	AUTO_STORE *store = NULL;
	AUTO_CASE *c = NULL;
	pid_t child[64];
	char dir[BEF_PATH];
	char path[BEF_PATH];
	BEF_AUTO(text) told = { 0 };
	int64_t log = make_base(in_scratch("many", dir));
	int64_t start = now_ms();
	int ledger = open(in_scratch("ledger", path), O_WRONLY | O_CREAT | O_APPEND, 0600);

	(void)state;
	assert_true(ledger >= 0);
	fflush(NULL);
	for (int i = 0; i < writers + READERS; i++) {
		child[i] = fork();
		if (child[i] == 0)
			_exit(i < writers ? writer(dir, log, i + 1, acts, ledger)
			                  : reader(dir, log, start + (torture_is_long() ? 6000 : 1500)));
	}
	for (int i = 0; i < writers + READERS; i++)
		reap(child[i]);
	close(ledger);
	printf("many_writers: %d writers, %d acts each, %lld ms\n", writers, acts, (long long)(now_ms() - start));
	assert_int_equal(bef_file_read(path, 1 << 24, &told, NULL), BEF_OK);
	assert_int_equal(told.len, (size_t)(writers * acts) * sizeof(struct bef_hash));
	assert_int_equal(bef_store_open(dir, BEF_STORE_READ, 0, &store, NULL), BEF_OK);
	assert_int_equal(bef_store_case(store, log, &c, NULL), BEF_OK);
	assert_int_equal(c->line_count, 2 + writers * acts);
	assert_int_equal(c->head_count, 1);
	for (int i = 0; i < writers * acts; i++) {
		struct bef_hash id;

		memcpy(&id, told.data + (size_t)i * sizeof(id), sizeof(id));
		assert_true(bef_idmap_find(&c->ids, &id) != SIZE_MAX);
	}
	assert_clean(dir);
}

/* A writer that dies at any moment leaves nothing half done and no lock. */
static void test_writers_killed(void **state)
{
	int rounds = torture_is_long() ? 400 : 60;
	uint64_t seed = 7;
	char dir[BEF_PATH];
	char path[BEF_PATH];
	BEF_AUTO(text) told = { 0 };
	AUTO_STORE *store = NULL;
	AUTO_CASE *c = NULL;
	int64_t log = make_base(in_scratch("killed", dir));
	int ledger = open(in_scratch("killed-ledger", path), O_WRONLY | O_CREAT | O_APPEND, 0600);

	(void)state;
	fflush(NULL);
	for (int i = 0; i < rounds; i++) {
		pid_t child = fork();
		int status;

		if (child == 0)
			_exit(writer(dir, log, i % 250 + 1, 100, ledger));
		usleep(dice(&seed) % 12000);
		kill(child, SIGKILL);
		assert_int_equal(waitpid(child, &status, 0), child);
	}
	close(ledger);
	assert_clean(dir);
	assert_int_equal(bef_file_read(path, 1 << 24, &told, NULL), BEF_OK);
	assert_int_equal(bef_store_open(dir, BEF_STORE_WRITE, 0, &store, NULL), BEF_OK);
	assert_int_equal(bef_store_case(store, log, &c, NULL), BEF_OK);
	for (size_t at = 0; at + sizeof(struct bef_hash) <= told.len; at += sizeof(struct bef_hash)) {
		struct bef_hash id;

		memcpy(&id, told.data + at, sizeof(id));
		assert_true(bef_idmap_find(&c->ids, &id) != SIZE_MAX);
	}
	/* At most the one in flight beyond what was told, each time. */
	assert_true(c->line_count - 2 - told.len / sizeof(struct bef_hash) <= (size_t)rounds);
}

static void ignore(int signal_number)
{
	(void)signal_number;
}

static void test_a_stopped_holder_is_named(void **state)
{
	const struct sigaction other = { .sa_handler = ignore };
	AUTO_STORE *store = NULL;
	struct bef_err err = { 0 };
	char dir[BEF_PATH];
	char wanted[32];
	int64_t start;
	pid_t noise;
	pid_t child;
	int status;

	(void)state;
	make_base(in_scratch("stopped", dir));
	fflush(NULL);
	child = fork();
	if (child == 0) {
		if (bef_store_open(dir, BEF_STORE_WRITE, 1000, &store, NULL) == BEF_OK)
			raise(SIGSTOP);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, WUNTRACED), child);
	assert_true(WIFSTOPPED(status));
	snprintf(wanted, sizeof(wanted), "pid %ld,", (long)child);

	start = now_ms();
	assert_int_equal(bef_store_open(dir, BEF_STORE_WRITE, 300, &store, &err), BEF_BUSY);
	assert_said(BEF_BUSY, &err);
	assert_non_null(strstr(err.msg, wanted));
	assert_true(now_ms() - start >= 250 && now_ms() - start < 1500);

	start = now_ms(); /* no wait at all is no wait at all */
	assert_int_equal(bef_store_open(dir, BEF_STORE_WRITE, 0, &store, &err), BEF_BUSY);
	assert_true(now_ms() - start < 200);

	/* Other signals neither end the wait nor make it longer. */
	sigaction(SIGUSR1, &other, NULL);
	noise = fork();
	if (noise == 0) {
		for (int i = 0; i < 10; i++) {
			usleep(20000);
			kill(getppid(), SIGUSR1);
		}
		_exit(0);
	}
	start = now_ms();
	assert_int_equal(bef_store_open(dir, BEF_STORE_WRITE, 600, &store, &err), BEF_BUSY);
	assert_true(now_ms() - start >= 550 && now_ms() - start < 1800);
	while (waitpid(noise, &status, 0) < 0)
		assert_int_equal(errno, EINTR);

	/* Reading goes on meanwhile. */
	assert_clean(dir);
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, &status, 0), child);
	start = now_ms();
	assert_int_equal(bef_store_open(dir, BEF_STORE_WRITE, 1000, &store, &err), BEF_OK);
	assert_true(now_ms() - start < 500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_many_writers_and_readers),
		cmocka_unit_test(test_writers_killed),
		cmocka_unit_test(test_a_stopped_holder_is_named),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
