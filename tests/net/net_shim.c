/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Preloaded into a program, this is a poorer network.  Names ending in
 * ".slow.test" take six seconds not to be found, as with a name server that
 * has stopped answering; names ending in ".near.test" are 127.0.0.1.  Sockets
 * take few bytes at a time, so that what a receiver does not read is seen
 * not to leave.
 */
#include <dlfcn.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define SEND_BYTES 16384

static int ends(const char *name, const char *end)
{
	size_t len = name ? strlen(name) : 0;

	return len >= strlen(end) && strcmp(name + len - strlen(end), end) == 0;
}

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **out)
{
	int (*real)(const char *, const char *, const struct addrinfo *, struct addrinfo **);

	if (ends(name, ".slow.test")) {
		sleep(6);
		return EAI_AGAIN;
	}
	*(void **)&real = dlsym(RTLD_NEXT, "getaddrinfo");
	return real(ends(name, ".near.test") ? "127.0.0.1" : name, service, hints, out);
}

int socket(int family, int type, int protocol)
{
	int (*real)(int, int, int);
	int fd, few = SEND_BYTES;

	*(void **)&real = dlsym(RTLD_NEXT, "socket");
	fd = real(family, type, protocol);
	if (fd >= 0)
		(void)setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &few, sizeof(few));
	return fd;
}
