/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

static char scratch[64];

static const char *in_scratch(const char *name)
{
	static char path[2][BEF_PATH];
	static int turn;
	struct bef_err err;

	turn = !turn;
	assert_ok(bef_path_join(path[turn], scratch, name, &err), err);
	return path[turn];
}

static int start(void **state)
{
	(void)state;
	umask(022);
	snprintf(scratch, sizeof(scratch), "/tmp/beffroi-unit-XXXXXX");
	return mkdtemp(scratch) ? 0 : -1;
}

static int finish(void **state)
{
	char command[100];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf '%s'", scratch);
	return system(command);
}

static size_t files_in(const char *dir)
{
	DIR *listing = opendir(dir);
	size_t count = 0;

	while (readdir(listing))
		count++;
	closedir(listing);
	return count - 2;
}

static mode_t mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 07777;
}

static void put(const char *path, const char *text, bool durable)
{
	struct bef_err err;

	assert_ok(bef_file_write(path, text, strlen(text), durable, &err), err);
}

static void what_is_written_is_private_and_read_back_whole(void **state)
{
	static const char bytes[] = "a\0b\xff\n";
	struct bef_text text;
	struct bef_err err;

	(void)state;
	for (int durable = 0; durable < 2; durable++) {
		assert_ok(bef_file_write(in_scratch("f"), bytes, sizeof(bytes) - 1, durable, &err), err);
		assert_int_equal(mode_of(in_scratch("f")), 0600);
		assert_ok(bef_file_read(in_scratch("f"), 100, &text, &err), err);
		assert_int_equal(text.len, sizeof(bytes) - 1);
		assert_memory_equal(text.data, bytes, sizeof(bytes));
		bef_text_clear(&text);
	}
	assert_ok(bef_file_write(in_scratch("f"), "", 0, false, &err), err);
	assert_ok(bef_file_read(in_scratch("f"), 100, &text, &err), err);
	assert_string_equal(bef_text_str(&text), "");
	bef_text_clear(&text);
	assert_ok(bef_dir_sync(scratch, &err), err);
	assert_int_equal(files_in(scratch), 1);
}

static void a_file_is_read_up_to_its_limit_and_refused_beyond(void **state)
{
	static const struct { size_t max; enum bef_rc rc; } rows[] = {
		{ 40000, BEF_OK }, { 40001, BEF_OK }, { 39999, BEF_REFUSED }, { 16384, BEF_REFUSED },
		{ 0, BEF_REFUSED },
	};
	char *big = calloc(1, 40001);

	(void)state;
	memset(big, 'x', 40000);
	put(in_scratch("big"), big, false);
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct bef_text text;
		struct bef_err err;

		assert_rc(bef_file_read(in_scratch("big"), rows[i].max, &text, &err), rows[i].rc, err);
		if (rows[i].rc == BEF_OK)
			assert_string_equal(text.data, big);
		else
			assert_non_null(strstr(err.msg, "longer"));
		bef_text_clear(&text);
	}
	free(big);
}

static void a_file_that_cannot_be_read_says_why(void **state)
{
	struct bef_text text;
	struct bef_err err;

	(void)state;
	assert_rc(bef_file_read(in_scratch("none"), 10, &text, &err), BEF_NOT_FOUND, err);
	assert_non_null(strstr(err.msg, "no such file"));
	bef_text_clear(&text);
	assert_rc(bef_file_read(scratch, 10, &text, &err), BEF_FAILED, err);
	assert_non_null(strstr(err.msg, "directory"));
	bef_text_clear(&text);
	put(in_scratch("plain"), "x", false);
	assert_rc(bef_file_read(in_scratch("plain/below"), 10, &text, &err), BEF_FAILED, err);
	bef_text_clear(&text);
}

static void a_failed_write_leaves_the_former_file_and_nothing_else(void **state)
{
	struct rlimit former;
	struct rlimit little = { 5, RLIM_INFINITY };
	struct bef_text text;
	struct bef_err err;
	size_t before;
	enum bef_rc rc;

	(void)state;
	put(in_scratch("kept"), "as it was", true);
	before = files_in(scratch);
	getrlimit(RLIMIT_FSIZE, &former);
	little.rlim_max = former.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &little);
	rc = bef_file_write(in_scratch("kept"), "something longer", 16, true, &err);
	setrlimit(RLIMIT_FSIZE, &former);
	assert_rc(rc, BEF_FAILED, err);
	assert_ok(bef_file_read(in_scratch("kept"), 100, &text, &err), err);
	assert_string_equal(text.data, "as it was");
	bef_text_clear(&text);
	assert_int_equal(mkdir(in_scratch("folder"), 0700), 0);
	assert_rc(bef_file_write(in_scratch("folder"), "x", 1, true, &err), BEF_FAILED, err);
	assert_rc(bef_file_write(in_scratch("none/below"), "x", 1, true, &err), BEF_FAILED, err);
	assert_int_equal(files_in(scratch), before + 1);
}

static void directories_are_made_with_their_parents_and_private(void **state)
{
	struct bef_err err;

	(void)state;
	assert_ok(bef_dir_make(in_scratch("a/b/c"), &err), err);
	assert_int_equal(mode_of(in_scratch("a")), 0700);
	assert_int_equal(mode_of(in_scratch("a/b/c")), 0700);
	assert_ok(bef_dir_make(in_scratch("a/b/c"), &err), err);
	assert_ok(bef_dir_make(in_scratch("a/b/d/"), &err), err);
	assert_ok(bef_dir_make(in_scratch("a//e"), &err), err);
	assert_int_equal(chdir(scratch), 0);
	assert_ok(bef_dir_make("relative/x", &err), err);
	assert_int_equal(mode_of(in_scratch("relative/x")), 0700);
	assert_int_equal(chdir("/"), 0);
}

static void a_file_is_not_taken_for_a_directory(void **state)
{
	struct bef_err err;

	(void)state;
	put(in_scratch("file"), "x", false);
	assert_rc(bef_dir_make(in_scratch("file"), &err), BEF_FAILED, err);
	assert_non_null(strstr(err.msg, "directory"));
	assert_rc(bef_dir_make(in_scratch("file/below"), &err), BEF_FAILED, err);
	assert_rc(bef_dir_sync(in_scratch("file"), &err), BEF_FAILED, err);
	assert_int_equal(symlink("file", in_scratch("link")), 0);
	assert_rc(bef_dir_make(in_scratch("link"), &err), BEF_FAILED, err);
	assert_int_equal(symlink(scratch, in_scratch("good")), 0);
	assert_ok(bef_dir_make(in_scratch("good"), &err), err);
}

static void a_path_too_long_is_refused_not_cut(void **state)
{
	char name[BEF_PATH];
	char out[BEF_PATH];
	struct bef_err err;

	(void)state;
	for (size_t len = BEF_PATH - 5; len < BEF_PATH; len++) {
		memset(name, 'x', len);
		name[len] = '\0';
		assert_rc(bef_path_join(out, "/a", name, &err), len + 3 < BEF_PATH ? BEF_OK : BEF_USAGE, err);
	}
	assert_rc(bef_file_write(name, "x", 1, false, &err), BEF_USAGE, err);
	assert_ok(bef_path_join(out, "/a", "b", &err), err);
	assert_string_equal(out, "/a/b");
	assert_string_equal(bef_path_name("/a/b"), "b");
	assert_string_equal(bef_path_name("b"), "b");
	assert_string_equal(bef_path_name("/a/"), "");
}

/* A pipe gives and takes in pieces. */
static void a_descriptor_is_read_and_written_to_its_end(void **state)
{
	int ends[2];
	struct bef_text text;
	struct bef_err err;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_ok(bef_fd_write(ends[1], "pipe", "hello", 5, &err), err);
	assert_ok(bef_fd_write(ends[1], "pipe", "", 0, &err), err);
	assert_ok(bef_fd_write(ends[1], "pipe", " you", 4, &err), err);
	close(ends[1]);
	bef_text_init(&text, 9);
	assert_ok(bef_fd_read(ends[0], "pipe", &text, &err), err);
	assert_string_equal(text.data, "hello you");
	bef_text_clear(&text);
	close(ends[0]);
	assert_rc(bef_fd_read(ends[0], "pipe", &text, &err), BEF_FAILED, err);
	assert_rc(bef_fd_write(ends[1], "pipe", "x", 1, &err), BEF_FAILED, err);
	assert_non_null(strstr(err.msg, "pipe"));
}

#define unit_file(name) cmocka_unit_test_setup_teardown(name, start, finish)

UNIT_MAIN(unit_file(what_is_written_is_private_and_read_back_whole),
          unit_file(a_file_is_read_up_to_its_limit_and_refused_beyond),
          unit_file(a_file_that_cannot_be_read_says_why),
          unit_file(a_failed_write_leaves_the_former_file_and_nothing_else),
          unit_file(directories_are_made_with_their_parents_and_private),
          unit_file(a_file_is_not_taken_for_a_directory), unit(a_path_too_long_is_refused_not_cut),
          unit(a_descriptor_is_read_and_written_to_its_end))
