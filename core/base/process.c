/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/process.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

static bool spawn(const char *const *args, char *const *environment, int fd, bool quiet, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	bool ok;

	if (posix_spawn_file_actions_init(&actions) != 0)
		return false;
	ok = posix_spawn_file_actions_adddup2(&actions, fd, STDIN_FILENO) == 0 &&
	     posix_spawn_file_actions_adddup2(&actions, fd, STDOUT_FILENO) == 0 &&
	     (!quiet || posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0) &&
	     posix_spawn(pid, args[0], &actions, NULL, (char *const *)(uintptr_t)args, environment) == 0;
	posix_spawn_file_actions_destroy(&actions);
	return ok;
}

bool bef_process_start(const char *const *args, char *const *environment, bool quiet, pid_t *pid, int *fd)
{
	int pair[2];
	bool ok;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		return false;
	ok = spawn(args, environment, pair[1], quiet, pid);
	close(pair[1]);
	if (ok)
		*fd = pair[0];
	else
		close(pair[0]);
	return ok;
}
