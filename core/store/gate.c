/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/gate.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"

static volatile sig_atomic_t time_is_up;

static void wake(int signal_number)
{
	(void)signal_number;
	time_is_up = 1;
}

/* Wait in the kernel's queue, woken by a timer; false if the time was up. */
static bool wait_in_turn(int fd, int wait_ms)
{
	struct sigaction former;
	struct sigaction action = { .sa_handler = wake };
	/* It repeats, in case the first one comes before flock() is entered. */
	struct itimerval timer = {
		.it_value = { wait_ms / 1000, wait_ms % 1000 * 1000 },
		.it_interval = { 0, 50000 },
	};
	const struct itimerval off = { 0 };
	bool taken;

	if (wait_ms <= 0)
		return false; /* a timer of nothing never rings */
	time_is_up = 0;
	sigaction(SIGALRM, &action, &former);
	setitimer(ITIMER_REAL, &timer, NULL);
	/* Other signals (a window resized, a child gone) do not end the wait. */
	do
		taken = flock(fd, LOCK_EX) == 0;
	while (!taken && errno == EINTR && !time_is_up);
	setitimer(ITIMER_REAL, &off, NULL);
	sigaction(SIGALRM, &former, NULL);
	return taken;
}

/* One short line for those who wait.  Not synced: it is a courtesy. */
static void sign_in(int fd)
{
	char host[64] = "?";
	char line[160];
	const char *user = getenv("LOGNAME");
	int len;

	gethostname(host, sizeof(host) - 1);
	len = snprintf(line, sizeof(line), "pid %ld, %.40s@%.60s\n", (long)getpid(), user ? user : "?", host);
	if (len > 0 && pwrite(fd, line, (size_t)len, 0) == len && ftruncate(fd, len) != 0)
		return;
}

static enum bef_rc busy(int fd, struct bef_err *err)
{
	char line[160] = "";
	ssize_t len = pread(fd, line, sizeof(line) - 1, 0);
	struct bef_text tame;

	line[len > 0 ? len : 0] = '\0';
	line[strcspn(line, "\n")] = '\0';
	bef_text_init(&tame, 600);
	bef_text_tame(&tame, line, true);
	bef_fail(err, BEF_BUSY, tr("somebody else is writing (%.150s)"), bef_text_str(&tame));
	bef_hint(err, "%s", tr("nothing is lost; run the same command again"));
	bef_text_clear(&tame);
	return BEF_BUSY;
}

enum bef_rc bef_gate_take(const char *dir, int wait_ms, int *out, struct bef_err *err)
{
	char path[BEF_PATH];
	enum bef_rc rc = bef_path_join(path, dir, "beffroi.lock", err);
	int fd;

	if (rc)
		return rc;
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0 && errno == ENOENT)
		return bef_fail(err, BEF_NOT_FOUND, tr("there is no journal in '%.200s'"), dir);
	if (fd < 0) {
		bef_fail(err, BEF_FAILED, tr("cannot write in '%.200s'"), dir);
		bef_hint(err, "%s", tr("check who owns it, or choose another place with --base DIR"));
		return BEF_FAILED;
	}
	if (flock(fd, LOCK_EX | LOCK_NB) != 0 && !wait_in_turn(fd, wait_ms)) {
		rc = busy(fd, err);
		close(fd);
		return rc;
	}
	sign_in(fd);
	*out = fd;
	return BEF_OK;
}
