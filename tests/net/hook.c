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
 * may carry a token.  A mode named ...-early acts once the head is read, and
 * leaves the body where it is.  One request per connection.
 *
 * "moody" draws one of several faults, or none; "ID MODE" is then a line of
 * DIRECTORY/moods, in the order in which they are answered.
 */
#include "hook.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server.h"

#define REQUEST_MAX (4 * 1024 * 1024)
#define LIFE_S 60

static const char *directory;

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

static void read_mode(struct request *request)
{
	const char *path = strchr(request->bytes, ' ');

	path = path_part(path ? path + 1 : "", request->mode, sizeof(request->mode));
	request->mode[strcspn(request->mode, ":")] = '\0'; /* the port, in CONNECT */
	path_part(path, request->arg, sizeof(request->arg));
	if (strcmp(request->mode, "moody") == 0)
		hook_draw(request);
}

static size_t content_length(const char *head)
{
	const char *line = strcasestr(head, "\r\nContent-Length:");

	return line ? strtoul(line + 17, NULL, 10) : 0;
}

/* True when head and body, or as much as the mode wants, are there. */
static bool is_complete(struct request *request)
{
	const char *end = strstr(request->bytes, "\r\n\r\n");

	if (!end)
		return false;
	if (!*request->mode)
		read_mode(request);
	return strstr(request->mode, "-early") ||
	       request->len >= (size_t)(end + 4 - request->bytes) + content_length(request->bytes);
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

/* Close so that the peer reads our last bytes before any reset, unless a reset is what was asked. */
static void hang_up(const struct request *request)
{
	if (strncmp(request->mode, "reset", 5) == 0) {
		server_reset(request->fd);
		return;
	}
	shutdown(request->fd, SHUT_WR);
	server_gone(request->fd, 200);
	close(request->fd);
}

/* Before the answer: whoever got one finds it here. */
static void note_mood(const struct request *request)
{
	const char *id = strcasestr(request->bytes, "\r\nwebhook-id: ");
	char line[200], name[4200];
	int fd;

	snprintf(name, sizeof(name), "%s/moods", directory);
	id = id ? id + 14 : "-";
	snprintf(line, sizeof(line), "%.*s %s\n", (int)strcspn(id, "\r"), id, request->mode);
	fd = open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	server_send(fd, line, strlen(line));
	close(fd);
}

static void serve(int fd)
{
	struct request request = { .fd = fd, .bytes = calloc(1, REQUEST_MAX + 1) };

	if (request.bytes && receive(&request)) {
		server_keep(directory, "req", request.bytes, request.len);
		if (request.moody)
			note_mood(&request);
		hook_answer(&request);
	}
	hang_up(&request);
	free(request.bytes);
}

int main(int argc, char **argv)
{
	if (argc < 2 || argc > 3) {
		fprintf(stderr, "usage: hook DIRECTORY [SECONDS]\n");
		return 2;
	}
	directory = argv[1];
	server_run(directory, argc == 3 ? (unsigned)atoi(argv[2]) : LIFE_S, serve);
}
