/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * A webhook on 127.0.0.1 for tests:
 *
 *   hook DIRECTORY [SECONDS]
 *
 * prints the port it listens on, then serves for SECONDS (60) and exits 0.
 * Each complete request is kept, raw, as DIRECTORY/000001.req and so on,
 * before it is answered.  The first part of the path says how to behave, the
 * second, percent-decoded, is its argument; more parts are ignored, so a path
 * may carry a token.  One request per connection; one thread per connection.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define REQUEST_MAX (4 * 1024 * 1024)
#define LIFE_S 60

struct request {
	int fd;
	size_t len;
	char *bytes;    /* raw, with a NUL after it */
	char mode[64];  /* first part of the path */
	char arg[1024]; /* second part, decoded */
};

struct mode {
	const char *name;
	void (*answer)(const struct request *request);
	const char *fixed; /* sent as it is when there is no function */
};

static const char *directory;
static atomic_uint kept_count, flaky_count;

static void send_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t put = send(fd, bytes, len, MSG_NOSIGNAL);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return;
		bytes += put;
		len -= (size_t)put;
	}
}

__attribute__((format(printf, 2, 3))) static void say(int fd, const char *fmt, ...)
{
	char text[4096];
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	send_all(fd, text, len < (int)sizeof(text) ? (size_t)len : sizeof(text) - 1);
}

static void say_answer(int fd, int status, const char *headers, const char *body)
{
	say(fd, "HTTP/1.1 %d Test\r\n%sContent-Length: %zu\r\nConnection: close\r\n\r\n%s",
	    status, headers, strlen(body), body);
}

/* True when the peer is gone; waits at most `ms`. */
static bool gone(int fd, int ms)
{
	struct timeval wait = { ms / 1000, ms % 1000 * 1000 };
	ssize_t got;
	char byte;

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
	got = recv(fd, &byte, 1, 0);
	return got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
}

/* ---- ways to answer ---- */

static void answer_status(const struct request *request)
{
	int status = atoi(request->arg);

	if (status == 204 || status == 304)
		say(request->fd, "HTTP/1.1 %d Test\r\nConnection: close\r\n\r\n", status);
	else
		say_answer(request->fd, status, "", "as asked\n");
}

static void answer_text(const struct request *request)
{
	say_answer(request->fd, 200, "Content-Type: text/plain\r\n", request->arg);
}

static void answer_retry_after(const struct request *request)
{
	char headers[1200];

	snprintf(headers, sizeof(headers), "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: %s\r\n",
	         request->arg);
	say_answer(request->fd, 429, headers, "slow down\n");
}

/* The first N requests of this process fail, the others pass. */
static void answer_flaky(const struct request *request)
{
	if ((int)atomic_fetch_add(&flaky_count, 1) < atoi(request->arg))
		say_answer(request->fd, 503, "", "not yet\n");
	else
		say_answer(request->fd, 200, "", "ok");
}

static void answer_slow(const struct request *request)
{
	while (!gone(request->fd, 1000))
		;
}

static void answer_close(const struct request *request)
{
	(void)request;
}

static void answer_reset(const struct request *request)
{
	const struct linger now = { 1, 0 };

	setsockopt(request->fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
}

static void send_forever(int fd, const char *piece)
{
	struct timespec start, now;

	clock_gettime(CLOCK_MONOTONIC, &start);
	do {
		for (int i = 0; i < 64; i++)
			send_all(fd, piece, strlen(piece));
		clock_gettime(CLOCK_MONOTONIC, &now);
	} while (!gone(fd, 1) && now.tv_sec - start.tv_sec < 20);
}

static void answer_huge(const struct request *request)
{
	char piece[4097];

	memset(piece, 'x', sizeof(piece) - 1);
	piece[sizeof(piece) - 1] = '\0';
	say(request->fd, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
	send_forever(request->fd, piece);
}

static void answer_huge_head(const struct request *request)
{
	say(request->fd, "HTTP/1.1 200 OK\r\n");
	send_forever(request->fd, "X-Filler: 0123456789012345678901234567890123456789\r\n");
}

static void answer_hints_forever(const struct request *request)
{
	send_forever(request->fd, "HTTP/1.1 103 Early Hints\r\nRetry-After: 999\r\n\r\n");
}

/* One byte at a time, for as long as anybody listens. */
static void trickle(int fd, const char *start)
{
	say(fd, "%s", start);
	for (int i = 0; i < 600 && !gone(fd, 100); i++)
		say(fd, "t");
}

static void answer_trickle(const struct request *request)
{
	trickle(request->fd, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
}

static void answer_trickle_head(const struct request *request)
{
	trickle(request->fd, "HTTP/1.1 200 OK\r\nX-Slow: ");
}

/* A 404 page that repeats the request, as many do: head, body and all. */
static void answer_echo(const struct request *request)
{
	say_answer(request->fd, 404, "", request->bytes);
}

static const struct mode modes[] = {
	{ "ok", NULL, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n" },
	{ "status", answer_status, NULL },
	{ "text", answer_text, NULL },
	{ "retry-after", answer_retry_after, NULL },
	{ "flaky", answer_flaky, NULL },
	{ "slow", answer_slow, NULL },
	{ "close", answer_close, NULL },
	{ "reset", answer_reset, NULL },
	{ "huge", answer_huge, NULL },
	{ "huge-head", answer_huge_head, NULL },
	{ "hints-forever", answer_hints_forever, NULL },
	{ "trickle", answer_trickle, NULL },
	{ "trickle-head", answer_trickle_head, NULL },
	{ "echo", answer_echo, NULL },
	{ "garbage", NULL, "\x7f""ELF\x01\x02 this is not HTTP\r\n\r\n\xff\xfe" },
	{ "redirect", NULL, "HTTP/1.1 302 Found\r\nLocation: https://login.example.test/sso?token=SECRETSECRET\r\n"
	                    "Content-Length: 0\r\nConnection: close\r\n\r\n" },
	{ "truncated", NULL, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this" },
	{ "hints", NULL, "HTTP/1.1 103 Early Hints\r\nRetry-After: 999\r\n\r\n"
	                 "HTTP/1.1 503 Test\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" },
	{ "hints-only", NULL, "HTTP/1.1 100 Continue\r\n\r\n" },
	{ "binary", NULL, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
	                  "a\xff\xc0\xaf\xed\xa0\x80\"\\\r\n\x1b[31m\x7f\xe2\x80\xae\xc3\xa9 end" },
};

/* ---- reading and keeping ---- */

static size_t content_length(const char *head)
{
	const char *line = strcasestr(head, "\r\nContent-Length:");

	return line ? strtoul(line + 17, NULL, 10) : 0;
}

/* True when head and body are all there. */
static bool is_complete(const struct request *request)
{
	const char *end = strstr(request->bytes, "\r\n\r\n");

	return end && request->len >= (size_t)(end + 4 - request->bytes) + content_length(request->bytes);
}

static bool receive(struct request *request)
{
	struct timeval wait = { 10, 0 };

	setsockopt(request->fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
	while (!is_complete(request) && request->len < REQUEST_MAX) {
		ssize_t got = recv(request->fd, request->bytes + request->len, REQUEST_MAX - request->len, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		request->len += (size_t)got;
		request->bytes[request->len] = '\0';
		if (request->bytes[0] < 'A' || request->bytes[0] > 'Z') /* TLS, most likely */
			return false;
	}
	return is_complete(request);
}

/* Written aside and renamed, so that whoever lists the directory sees whole files only. */
static void keep(const struct request *request)
{
	unsigned number = atomic_fetch_add(&kept_count, 1) + 1;
	char aside[4200], name[4200];
	FILE *file;

	snprintf(aside, sizeof(aside), "%s/.%06u.part", directory, number);
	snprintf(name, sizeof(name), "%s/%06u.req", directory, number);
	file = fopen(aside, "wb");
	if (!file || fwrite(request->bytes, 1, request->len, file) != request->len ||
	    fclose(file) != 0 || rename(aside, name) != 0)
		perror("hook: keeping a request");
}

static int hex(char c)
{
	const char *digits = "0123456789abcdef";
	const char *at = c ? strchr(digits, c | 0x20) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* Copy one part of the path; returns what follows it. */
static const char *path_part(const char *path, char *out, size_t size)
{
	size_t len = 0;

	while (*path == '/')
		path++;
	while (*path && !strchr("/? \r\n", *path)) {
		char c = *path++;

		if (c == '%' && hex(path[0]) >= 0 && hex(path[1]) >= 0) {
			c = (char)(hex(path[0]) << 4 | hex(path[1]));
			path += 2;
		}
		if (len + 1 < size)
			out[len++] = c;
	}
	out[len] = '\0';
	return path;
}

static void answer(struct request *request)
{
	const char *path = strchr(request->bytes, ' ');

	path = path_part(path ? path + 1 : "", request->mode, sizeof(request->mode));
	path_part(path, request->arg, sizeof(request->arg));
	for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
		if (strcmp(modes[i].name, request->mode) != 0)
			continue;
		if (modes[i].answer)
			modes[i].answer(request);
		else
			send_all(request->fd, modes[i].fixed, strlen(modes[i].fixed));
		return;
	}
	say_answer(request->fd, 404, "", "hook: no such mode\n");
}

/* Close so that the peer reads our last bytes before any reset. */
static void hang_up(const struct request *request)
{
	if (strcmp(request->mode, "reset") != 0) {
		shutdown(request->fd, SHUT_WR);
		gone(request->fd, 200);
	}
	close(request->fd);
}

static void *serve(void *arg)
{
	struct request *request = arg;

	if (receive(request)) {
		keep(request);
		answer(request);
	}
	hang_up(request);
	free(request->bytes);
	free(request);
	return NULL;
}

static void spawn(int fd, const pthread_attr_t *detached)
{
	struct request *request = calloc(1, sizeof(*request));
	char *bytes = calloc(1, REQUEST_MAX + 1);
	pthread_t thread;

	if (request && bytes) {
		request->fd = fd;
		request->bytes = bytes;
		if (pthread_create(&thread, detached, serve, request) == 0)
			return;
	}
	free(bytes);
	free(request);
	close(fd);
}

/* ---- */

static void on_alarm(int signal_number)
{
	(void)signal_number;
	_exit(0);
}

static int listen_locally(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	socklen_t len = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, len) != 0 || listen(fd, 128) != 0 ||
	    getsockname(fd, (struct sockaddr *)&address, &len) != 0) {
		perror("hook: listening");
		exit(1);
	}
	printf("%d\n", ntohs(address.sin_port));
	fflush(stdout);
	return fd;
}

int main(int argc, char **argv)
{
	pthread_attr_t detached;
	int listener;

	if (argc < 2 || argc > 3) {
		fprintf(stderr, "usage: hook DIRECTORY [SECONDS]\n");
		return 2;
	}
	directory = argv[1];
	signal(SIGPIPE, SIG_IGN);
	signal(SIGALRM, on_alarm);
	alarm(argc == 3 ? (unsigned)atoi(argv[2]) : LIFE_S);
	pthread_attr_init(&detached);
	pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
	listener = listen_locally();
	for (;;) {
		int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);

		if (fd >= 0)
			spawn(fd, &detached);
		else if (errno == EMFILE || errno == ENFILE)
			usleep(10000);
	}
}
