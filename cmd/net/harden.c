/* SPDX-License-Identifier: EUPL-1.2 */
#include "harden.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define UNDER_SANITIZER 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) && !defined(UNDER_SANITIZER)
#define UNDER_SANITIZER 1
#endif

static void no_core_dumps(void)
{
	const struct rlimit none = { 0, 0 };

	(void)setrlimit(RLIMIT_CORE, &none);
	(void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#ifndef UNDER_SANITIZER /* the leak checker attaches to its own process */
	(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

static bool is_open(int fd)
{
	return fcntl(fd, F_GETFD) >= 0;
}

static void close_above(int last)
{
	long limit;

#ifdef SYS_close_range
	if (syscall(SYS_close_range, (unsigned)last + 1, ~0U, 0) == 0)
		return;
#endif
	limit = sysconf(_SC_OPEN_MAX);
	for (int fd = last + 1; fd < (limit > 0 && limit < 65536 ? limit : 65536); fd++)
		close(fd);
}

bool bef_harden(void)
{
	no_core_dumps();
	if (!is_open(STDIN_FILENO) || !is_open(STDOUT_FILENO))
		return false;
	if (!is_open(STDERR_FILENO) && open("/dev/null", O_WRONLY) != STDERR_FILENO)
		return false;
	close_above(STDERR_FILENO);
	signal(SIGPIPE, SIG_IGN);
	/*
	 * Proxies, resolver options, OpenSSL's configuration file: all of it would
	 * come from here.  Certificates need nothing: libcurl was built knowing
	 * where the system's authorities are, and a job may name its own file.
	 */
	return clearenv() == 0;
}
