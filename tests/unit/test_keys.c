/* SPDX-License-Identifier: EUPL-1.2 */
/* Secrets read from files, from systemd and from programs; none in a message. */
#include "unit.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "alert/destination.h"
#include "base/file.h"

static char dir[] = "/tmp/beffroi-keys-XXXXXX";

static int make_dir(void **state)
{
	(void)state;
	return mkdtemp(dir) ? 0 : 1;
}

static int remove_dir(void **state)
{
	char path[128];
	const char *const names[] = { "good", "open", "empty", "binary", "program", "big", "secret" };

	(void)state;
	for (size_t i = 0; i < ROWS(names); i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
		unlink(path);
	}
	return rmdir(dir);
}

static const char *put(const char *name, const char *text, size_t len, mode_t mode)
{
	static char path[128];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, len), (ssize_t)len);
	assert_int_equal(fchmod(fd, mode), 0);
	close(fd);
	return path;
}

/* Read one token this way; what is expected is its value, or a status and a word of the message. */
static void reads(enum bef_secret_way way, const char *where, enum bef_rc expected, const char *value)
{
	struct bef_destination d = { .name = "cell", .secret[BEF_SECRET_TOKEN] = { way, strdup(where) } };
	struct bef_keys keys;
	struct bef_err err = { 0 };
	enum bef_rc rc = bef_keys_read(&d, &keys, &err);

	assert_rc(rc, expected, err);
	if (rc == BEF_OK)
		assert_string_equal(keys.value[BEF_SECRET_TOKEN], value);
	else {
		must(strncmp(err.msg, "cell: token", 11) == 0, "%s", err.msg);
		must(strstr(err.msg, value) != NULL, "%s", err.msg);
		assert_null(strstr(err.msg, "hush"));
		assert_null(keys.value[BEF_SECRET_TOKEN]);
	}
	bef_keys_clear(&keys);
	bef_destination_clear(&d);
}

static void a_file_is_read_when_nobody_else_can(void **state)
{
	(void)state;
	reads(BEF_SECRET_FILE, put("good", "hush hush \r\nnot this\n", 21, 0600), BEF_OK, "hush hush");
	reads(BEF_SECRET_FILE, put("good", "hush", 4, 0400), BEF_OK, "hush");
	reads(BEF_SECRET_FILE, put("open", "hush\n", 5, 0640), BEF_REFUSED, "others may read");
	reads(BEF_SECRET_FILE, put("open", "hush\n", 5, 0604), BEF_REFUSED, "others may read");
	reads(BEF_SECRET_FILE, put("empty", "\nhush\n", 6, 0600), BEF_FAILED, "empty");
	reads(BEF_SECRET_FILE, put("binary", "hu\033sh\n", 6, 0600), BEF_FAILED, "control character");
	reads(BEF_SECRET_FILE, put("binary", "hu\377sh\n", 6, 0600), BEF_FAILED, "UTF-8");
	reads(BEF_SECRET_FILE, dir, BEF_FAILED, "not a file");
	reads(BEF_SECRET_FILE, "/nowhere/at/all", BEF_NOT_FOUND, "token_file");
}

static void nothing_and_plain_text_need_no_file(void **state)
{
	struct bef_destination d = { .name = "cell" };
	struct bef_keys keys;
	struct bef_err err;

	(void)state;
	assert_ok(bef_keys_read(&d, &keys, &err), err);
	for (int i = 0; i < BEF_SECRET_COUNT; i++)
		assert_null(keys.value[i]);
	reads(BEF_SECRET_PLAIN, "https://a.example/x", BEF_OK, "https://a.example/x");
}

static void a_credential_is_a_name_in_systemds_folder(void **state)
{
	(void)state;
	put("secret", "hush\n", 5, 0440);
	unsetenv("CREDENTIALS_DIRECTORY");
	reads(BEF_SECRET_CREDENTIAL, "secret", BEF_NOT_FOUND, "systemd");
	setenv("CREDENTIALS_DIRECTORY", dir, 1);
	reads(BEF_SECRET_CREDENTIAL, "secret", BEF_OK, "hush");
	reads(BEF_SECRET_CREDENTIAL, "missing", BEF_NOT_FOUND, "token_credential");
	reads(BEF_SECRET_CREDENTIAL, "../secret", BEF_USAGE, "slash");
	reads(BEF_SECRET_CREDENTIAL, "..", BEF_USAGE, "dot");
	setenv("CREDENTIALS_DIRECTORY", "here", 1);
	reads(BEF_SECRET_CREDENTIAL, "secret", BEF_NOT_FOUND, "systemd");
	unsetenv("CREDENTIALS_DIRECTORY");
}

static void a_program_is_asked_without_a_shell(void **state)
{
	(void)state;
	reads(BEF_SECRET_COMMAND, "echo  hush  hush", BEF_OK, "hush hush");
	reads(BEF_SECRET_COMMAND, "echo a;id $HOME", BEF_OK, "a;id $HOME");
	reads(BEF_SECRET_COMMAND, "false", BEF_FAILED, "token_command");
	reads(BEF_SECRET_COMMAND, "true", BEF_FAILED, "empty");
	reads(BEF_SECRET_COMMAND, "no-such-program-here x", BEF_NOT_FOUND, "cannot be started");
	reads(BEF_SECRET_COMMAND, "  ", BEF_USAGE, "not a program");
	/* More than anybody's secret. */
	reads(BEF_SECRET_COMMAND, "yes hush", BEF_FAILED, "token_command");
}

static void a_program_inherits_no_file_of_ours(void **state)
{
	static const char script[] = "#!/bin/sh\n[ -e /proc/self/fd/99 ] && echo open || echo closed\n";
	int fd = open("/dev/null", O_RDONLY);

	(void)state;
	assert_int_equal(dup2(fd, 99), 99);
	reads(BEF_SECRET_COMMAND, put("program", script, sizeof(script) - 1, 0700), BEF_OK, "closed");
	close(99);
	close(fd);
}

static void a_program_gets_five_seconds(void **state)
{
	static const char script[] = "#!/bin/sh\necho hush\nsleep 60\n";
	time_t from = time(NULL);

	(void)state;
	reads(BEF_SECRET_COMMAND, put("program", script, sizeof(script) - 1, 0700), BEF_FAILED, "five seconds");
	assert_in_range(time(NULL) - from, 4, 20);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		unit(a_file_is_read_when_nobody_else_can),     unit(nothing_and_plain_text_need_no_file),
		unit(a_credential_is_a_name_in_systemds_folder), unit(a_program_is_asked_without_a_shell),
		unit(a_program_inherits_no_file_of_ours),      unit(a_program_gets_five_seconds),
	};

	return cmocka_run_group_tests(tests, make_dir, remove_dir) != 0;
}
