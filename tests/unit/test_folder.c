/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "unit.h"

static char base[64];

static void put(const char *name, const char *text)
{
	char path[BEF_PATH];
	struct bef_err err;

	snprintf(path, sizeof(path), "%s/rules/%s", base, name);
	assert_ok(bef_file_write(path, text, strlen(text), false, &err), err);
}

static const char *at(const char *name)
{
	static char path[2][BEF_PATH];
	static int turn;

	turn = !turn;
	snprintf(path[turn], sizeof(path[turn]), "%s/rules/%s", base, name);
	return path[turn];
}

static int start(void **state)
{
	char dir[BEF_PATH];

	(void)state;
	snprintf(base, sizeof(base), "/tmp/beffroi-unit-XXXXXX");
	if (!mkdtemp(base))
		return -1;
	snprintf(dir, sizeof(dir), "%s/rules", base);
	return mkdir(dir, 0700);
}

static int finish(void **state)
{
	char command[100];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf '%s'", base);
	return system(command);
}

struct seen {
	char names[200];
	const char *fails_at;
};

static enum bef_rc see(void *seen_, const char *path, const char *name, struct bef_err *err)
{
	struct seen *seen = seen_;
	BEF_AUTO(text) text = { 0 };

	if (strcmp(name, "broken.json") == 0) {
		assert_rc(bef_file_read(path, 100, &text, err), BEF_NOT_FOUND, *err);
	} else {
		assert_ok(bef_file_read(path, 100, &text, err), *err);
		assert_int_equal(text.len, 1);
	}
	strcat(strcat(seen->names, name), " ");
	return seen->fails_at && strcmp(name, seen->fails_at) == 0 ? bef_fail(err, BEF_USAGE, "no") : BEF_OK;
}

static void plain_files_come_by_name_and_nothing_else(void **state)
{
	struct seen seen = { "", NULL };
	struct bef_err err;

	(void)state;
	put("b.json", "x");
	put("a.json", "x");
	put("C.json", "x");
	put(".hidden.json", "x");
	put("a.json.old", "x");
	put("json", "x");
	assert_int_equal(mkfifo(at("pipe.json"), 0600), 0);
	assert_int_equal(symlink("pipe.json", at("led.json")), 0);
	assert_int_equal(symlink("nowhere", at("broken.json")), 0);
	assert_int_equal(mkdir(at("dir.json"), 0700), 0);
	assert_int_equal(symlink("b.json", at("linked.json")), 0);
	assert_ok(bef_folder_each(base, "rules", bef_folder_json, 10, see, &seen, &err), err);
	assert_string_equal(seen.names, "C.json a.json b.json broken.json linked.json ");
}

static void no_more_than_asked_for_and_none_after_a_failure(void **state)
{
	struct seen seen = { "", NULL };
	struct bef_err err;

	(void)state;
	assert_ok(bef_folder_each(base, "rules", bef_folder_json, 2, see, &seen, &err), err);
	assert_string_equal(seen.names, "C.json a.json ");
	seen = (struct seen){ "", "a.json" };
	assert_rc(bef_folder_each(base, "rules", bef_folder_json, 10, see, &seen, &err), BEF_USAGE, err);
	assert_string_equal(seen.names, "C.json a.json ");
}

static void a_folder_that_is_not_there_holds_nothing(void **state)
{
	struct seen seen = { "", NULL };
	struct bef_err err;

	(void)state;
	assert_ok(bef_folder_each(base, "nothing", bef_folder_json, 10, see, &seen, &err), err);
	assert_string_equal(seen.names, "");
}

int main(void)
{
	static const struct CMUnitTest tests[] = { unit(plain_files_come_by_name_and_nothing_else),
		                                   unit(no_more_than_asked_for_and_none_after_a_failure),
		                                   unit(a_folder_that_is_not_there_holds_nothing) };
	struct bef_err err;

	if (bef_crypto_init(&err) != BEF_OK)
		return 1;
	return cmocka_run_group_tests_name(__FILE__, tests, start, finish) != 0;
}
