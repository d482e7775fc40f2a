/* SPDX-License-Identifier: EUPL-1.2 */
/* Asking a program ("pass show alerts/slack") for a secret.  Declared in keys.h. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "alert/keys.h"
#include "base/date.h"
#include "base/i18n.h"

enum { WORDS_MOST = 32, PAUSE_MS = 10 };

extern char **environ;

/* Split `line` in place; the list ends with NULL.  False: no word, or too many. */
static bool split(char *line, char *words[WORDS_MOST + 1])
{
	int count = 0;

	for (;;) {
		line += strspn(line, " \t");
		if (!*line)
			break;
		if (count == WORDS_MOST)
			return false;
		words[count++] = line;
		line += strcspn(line, " \t");
		if (*line)
			*line++ = '\0';
	}
	words[count] = NULL;
	return count > 0;
}

/* Nothing of ours but the pipe goes along: no database, no other secret's file.  It gets a group of its
 * own, so that what it started ends with it. */
static bool set_up(posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes, int out)
{
	sigset_t none, pipe_signal;

	sigemptyset(&none);
	sigemptyset(&pipe_signal);
	sigaddset(&pipe_signal, SIGPIPE);
	return posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0) == 0 &&
	       posix_spawn_file_actions_adddup2(actions, out, 1) == 0 &&
	       posix_spawn_file_actions_addopen(actions, 2, "/dev/null", O_WRONLY, 0) == 0 &&
	       posix_spawn_file_actions_addclosefrom_np(actions, 3) == 0 &&
	       posix_spawnattr_setflags(attributes,
	                                POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) == 0 &&
	       posix_spawnattr_setpgroup(attributes, 0) == 0 && posix_spawnattr_setsigmask(attributes, &none) == 0 &&
	       posix_spawnattr_setsigdefault(attributes, &pipe_signal) == 0;
}

static bool start(char *const words[], int out, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	bool ok;

	if (posix_spawn_file_actions_init(&actions) != 0)
		return false;
	if (posix_spawnattr_init(&attributes) != 0) {
		posix_spawn_file_actions_destroy(&actions);
		return false;
	}
	ok = set_up(&actions, &attributes, out) &&
	     posix_spawnp(pid, words[0], &actions, &attributes, words, environ) == 0;
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return ok;
}

/* True once it closed its output within the time; what it printed beyond the room is lost. */
static bool listen_to(int fd, int64_t until_ms, char out[BEF_KEY_ROOM])
{
	size_t len = 0;

	out[0] = '\0';
	for (;;) {
		struct pollfd ready = { .fd = fd, .events = POLLIN };
		int64_t left = until_ms - bef_monotonic_ms();
		ssize_t n;

		if (len == BEF_KEY_MOST || left <= 0)
			return false;
		n = poll(&ready, 1, (int)left);
		if (n < 0 && errno != EINTR)
			return false;
		if (n <= 0)
			continue;
		n = read(fd, out + len, BEF_KEY_MOST - len);
		if (n == 0)
			return true;
		if (n < 0 && errno != EINTR)
			return false;
		len += n > 0 ? (size_t)n : 0;
		out[len] = '\0';
	}
}

/* True if it ended well within the time.  Whatever happens it is gone afterwards. */
static bool wait_for(pid_t pid, int64_t until_ms)
{
	int status = -1;
	pid_t ended = 0;

	while (ended == 0 && bef_monotonic_ms() < until_ms) {
		ended = waitpid(pid, &status, WNOHANG);
		if (ended == 0)
			poll(NULL, 0, PAUSE_MS);
	}
	if (ended == pid)
		return WIFEXITED(status) && WEXITSTATUS(status) == 0;
	kill(-pid, SIGKILL);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	return false;
}

enum bef_rc bef_key_command(const char *line, char out[BEF_KEY_ROOM], struct bef_err *err)
{
	BEF_AUTO_FREE char *copy = strdup(line);
	int64_t until_ms = bef_monotonic_ms() + BEF_KEY_WAIT_MS;
	char *words[WORDS_MOST + 1];
	int pipe_fd[2];
	bool heard = false, ended = false;
	pid_t pid;

	if (!copy)
		return bef_no_memory(err);
	if (!split(copy, words))
		return bef_fail(err, BEF_USAGE, "%s", tr("it is not a program and its arguments"));
	if (pipe2(pipe_fd, O_CLOEXEC) != 0)
		return bef_fail(err, BEF_FAILED, tr("no pipe: %s"), strerror(errno));
	if (!start(words, pipe_fd[1], &pid)) {
		close(pipe_fd[0]);
		close(pipe_fd[1]);
		return bef_fail(err, BEF_NOT_FOUND, "%s", tr("the program cannot be started"));
	}
	close(pipe_fd[1]);
	heard = listen_to(pipe_fd[0], until_ms, out);
	close(pipe_fd[0]);
	ended = wait_for(pid, heard ? until_ms : 0);
	if (heard && ended)
		return BEF_OK;
	return bef_fail(err, BEF_FAILED, "%s", tr("the program gave no secret in five seconds, or ended badly"));
}
