/* SPDX-License-Identifier: EUPL-1.2 */
#include "harden.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { SECONDS_MOST = 300 };

static void at_most(int what, rlim_t value)
{
	const struct rlimit limit = { value, value };

	(void)setrlimit(what, &limit);
}

static bool is_open(int fd)
{
	return fcntl(fd, F_GETFD) >= 0;
}

bool bef_harden(void)
{
	at_most(RLIMIT_CORE, 0);
	at_most(RLIMIT_CPU, SECONDS_MOST);
#ifndef __SANITIZE_ADDRESS__ /* its shadow takes terabytes of addresses */
	at_most(RLIMIT_AS, (rlim_t)4 << 30);
#endif
	(void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	if (!is_open(STDIN_FILENO) || !is_open(STDOUT_FILENO))
		return false;
	if (!is_open(STDERR_FILENO) && open("/dev/null", O_WRONLY) != STDERR_FILENO)
		return false;
	if (syscall(SYS_close_range, STDERR_FILENO + 1u, ~0U, 0) != 0)
		for (int fd = STDERR_FILENO + 1; fd < 1024; fd++)
			close(fd);
	signal(SIGPIPE, SIG_IGN);
	return clearenv() == 0;
}

void bef_harden_more(void)
{
#ifndef __SANITIZE_ADDRESS__ /* the leak checker reads /proc at the end */
	at_most(RLIMIT_NOFILE, 0);
#endif
}
