/* SPDX-License-Identifier: EUPL-1.2 */
#include "server.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct connection {
	int fd;
	void (*serve)(int fd);
};

static atomic_uint kept_count;

void server_send(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t put = write(fd, bytes, len); /* SIGPIPE is ignored; a pipe will do too */

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return;
		bytes += put;
		len -= (size_t)put;
	}
}

void server_say(int fd, const char *fmt, ...)
{
	char text[8192];
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	server_send(fd, text, len < (int)sizeof(text) ? (size_t)len : sizeof(text) - 1);
}

bool server_gone(int fd, int ms)
{
	struct timeval wait = { ms / 1000, ms % 1000 * 1000 };
	ssize_t got;
	char byte;

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
	got = recv(fd, &byte, 1, 0);
	return got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
}

void server_hang(int fd)
{
	struct pollfd peer = { .fd = fd, .events = POLLRDHUP };

	while (poll(&peer, 1, 1000) == 0 || (peer.revents == 0 && errno == EINTR))
		;
}

void server_reset(int fd)
{
	const struct linger now = { 1, 0 };

	setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
	close(fd);
}

/* Written aside and renamed, so that whoever lists the directory sees whole files only. */
void server_keep(const char *directory, const char *suffix, const char *bytes, size_t len)
{
	unsigned number = atomic_fetch_add(&kept_count, 1) + 1;
	char aside[4200], name[4200];
	FILE *file;

	snprintf(aside, sizeof(aside), "%s/.%06u.part", directory, number);
	snprintf(name, sizeof(name), "%s/%06u.%s", directory, number, suffix);
	file = fopen(aside, "wb");
	if (!file || fwrite(bytes, 1, len, file) != len || fclose(file) != 0 || rename(aside, name) != 0)
		perror("keeping what arrived");
}

static void *run(void *arg)
{
	struct connection connection = *(struct connection *)arg;

	free(arg);
	connection.serve(connection.fd);
	return NULL;
}

static void spawn(int fd, void (*serve)(int fd), const pthread_attr_t *detached)
{
	struct connection *connection = calloc(1, sizeof(*connection));
	pthread_t thread;

	if (connection) {
		*connection = (struct connection){ fd, serve };
		if (pthread_create(&thread, detached, run, connection) == 0)
			return;
	}
	free(connection);
	close(fd);
}

/* One byte more in DIRECTORY/connections: an attempt that sent nothing is counted too. */
static void count(const char *directory)
{
	char name[4200];
	int fd;

	snprintf(name, sizeof(name), "%s/connections", directory);
	fd = open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd >= 0) {
		server_send(fd, ".", 1);
		close(fd);
	}
}

static void on_alarm(int signal_number)
{
	(void)signal_number;
	_exit(0);
}

static int server_listen(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	socklen_t len = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	/* So that what is not read stays with its sender. */
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &(int){ 16384 }, sizeof(int));
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, len) != 0 || listen(fd, 128) != 0 ||
	    getsockname(fd, (struct sockaddr *)&address, &len) != 0) {
		perror("listening");
		exit(1);
	}
	printf("%d\n", ntohs(address.sin_port));
	fflush(stdout);
	return fd;
}

_Noreturn void server_run(const char *directory, unsigned seconds, void (*serve)(int fd))
{
	pthread_attr_t detached;
	int listener;

	signal(SIGPIPE, SIG_IGN);
	signal(SIGALRM, on_alarm);
	alarm(seconds);
	pthread_attr_init(&detached);
	pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
	listener = server_listen();
	for (;;) {
		int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);

		if (fd >= 0) {
			count(directory);
			spawn(fd, serve, &detached);
		} else if (errno == EMFILE || errno == ENFILE) {
			usleep(10000);
		}
	}
}
