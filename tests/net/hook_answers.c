/* SPDX-License-Identifier: EUPL-1.2 */
#include "hook.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "server.h"

struct mode {
	const char *name;
	void (*answer)(const struct request *request);
	const char *fixed; /* sent as it is when there is no function */
};

static atomic_uint flaky_count;

static void say_answer(int fd, int status, const char *headers, const char *body)
{
	server_say(fd, "HTTP/1.1 %d Test\r\n%sContent-Length: %zu\r\nConnection: close\r\n\r\n%s",
	           status, headers, strlen(body), body);
}

static void answer_status(const struct request *request)
{
	int status = atoi(request->arg);

	if (status == 204 || status == 304)
		server_say(request->fd, "HTTP/1.1 %d Test\r\nConnection: close\r\n\r\n", status);
	else
		say_answer(request->fd, status, "", "as asked\n");
}

static void answer_text(const struct request *request)
{
	say_answer(request->fd, 200, "Content-Type: text/plain\r\n", request->arg);
}

/* A clock that is ARGUMENT seconds ahead of ours. */
static void answer_date(const struct request *request)
{
	time_t then = time(NULL) + atoi(request->arg);
	char headers[80];
	struct tm tm;

	strftime(headers, sizeof(headers), "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", gmtime_r(&then, &tm));
	say_answer(request->fd, 200, headers, "ok");
}

static void answer_retry_after(const struct request *request)
{
	char headers[1200];

	snprintf(headers, sizeof(headers), "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: %s\r\n",
	         request->arg);
	say_answer(request->fd, 429, headers, "slow down\n");
}

/* ARGUMENT: a status, a blank, where to. */
static void answer_redirect_to(const struct request *request)
{
	char headers[1200];

	snprintf(headers, sizeof(headers), "Location: %s\r\n", request->arg + strcspn(request->arg, " ") + 1);
	say_answer(request->fd, atoi(request->arg), headers, "");
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
	server_hang(request->fd);
}

static void answer_close(const struct request *request)
{
	(void)request;
}

static void send_forever(int fd, const char *piece)
{
	struct timespec start, now;

	clock_gettime(CLOCK_MONOTONIC, &start);
	do {
		for (int i = 0; i < 64; i++)
			server_send(fd, piece, strlen(piece));
		clock_gettime(CLOCK_MONOTONIC, &now);
	} while (!server_gone(fd, 1) && now.tv_sec - start.tv_sec < 20);
}

static void answer_huge(const struct request *request)
{
	char piece[4097];

	memset(piece, 'x', sizeof(piece) - 1);
	piece[sizeof(piece) - 1] = '\0';
	server_say(request->fd, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
	send_forever(request->fd, piece);
}

static void answer_huge_head(const struct request *request)
{
	server_say(request->fd, "HTTP/1.1 200 OK\r\n");
	send_forever(request->fd, "X-Filler: 0123456789012345678901234567890123456789\r\n");
}

static void answer_hints_forever(const struct request *request)
{
	send_forever(request->fd, "HTTP/1.1 103 Early Hints\r\nRetry-After: 999\r\n\r\n");
}

/* One byte at a time, for as long as anybody listens. */
static void trickle(int fd, const char *start)
{
	server_say(fd, "%s", start);
	for (int i = 0; i < 600 && !server_gone(fd, 100); i++)
		server_say(fd, "t");
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
	{ "reset", answer_close, NULL },
	{ "hang-early", answer_slow, NULL },
	{ "close-early", answer_close, NULL },
	{ "reset-early", answer_close, NULL },
	{ "refuse-early", NULL, "HTTP/1.1 413 Test\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" },
	{ "agree-early", NULL, "HTTP/1.1 200 Test\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" },
	{ "date", answer_date, NULL },
	/* What a proxy is asked: "CONNECT credentials-wanted:443", or "POST http://…". */
	{ "credentials-wanted", NULL, "HTTP/1.1 407 Test\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" },
	{ "unreachable", NULL, "HTTP/1.1 502 Test\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" },
	{ "http", NULL, "HTTP/1.1 204 Test\r\nConnection: close\r\n\r\n" },
	{ "huge", answer_huge, NULL },
	{ "huge-head", answer_huge_head, NULL },
	{ "hints-forever", answer_hints_forever, NULL },
	{ "trickle", answer_trickle, NULL },
	{ "trickle-head", answer_trickle_head, NULL },
	{ "echo", answer_echo, NULL },
	{ "garbage", NULL, "\x7f""ELF\x01\x02 this is not HTTP\r\n\r\n\xff\xfe" },
	{ "redirect", NULL, "HTTP/1.1 302 Found\r\nLocation: https://login.example.test/sso?token=SECRETSECRET\r\n"
	                    "Content-Length: 0\r\nConnection: close\r\n\r\n" },
	{ "redirect-to", answer_redirect_to, NULL },
	{ "truncated", NULL, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this" },
	{ "hints", NULL, "HTTP/1.1 103 Early Hints\r\nRetry-After: 999\r\n\r\n"
	                 "HTTP/1.1 503 Test\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" },
	{ "hints-only", NULL, "HTTP/1.1 100 Continue\r\n\r\n" },
	{ "binary", NULL, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
	                  "a\xff\xc0\xaf\xed\xa0\x80\"\\\r\n\x1b[31m\x7f\xe2\x80\xae\xc3\xa9 end" },
};

void hook_draw(struct request *request)
{
	static const char *const moods[][2] = {
		{ "status", "500" }, { "status", "503" }, { "retry-after", "2" }, { "reset-early", "" },
		{ "close-early", "" }, { "reset", "" }, { "close", "" },
	};
	static atomic_uint turn;
	/* Dice that fall the same way each time the program runs. */
	unsigned drawn = (atomic_fetch_add(&turn, 1) + 1) * 2654435761U;
	const char *const *mood;
	bool good;

	drawn = (drawn ^ drawn >> 15) * 2246822519U;
	drawn ^= drawn >> 13;
	good = drawn % 100 >= (unsigned)atoi(request->arg);
	mood = moods[drawn / 100 % (sizeof(moods) / sizeof(*moods))];
	snprintf(request->mode, sizeof(request->mode), "%s", good ? "ok" : mood[0]);
	snprintf(request->arg, sizeof(request->arg), "%s", good ? "" : mood[1]);
	request->moody = 1;
}

void hook_answer(const struct request *request)
{
	for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
		if (strcmp(modes[i].name, request->mode) != 0)
			continue;
		if (modes[i].answer)
			modes[i].answer(request);
		else
			server_send(request->fd, modes[i].fixed, strlen(modes[i].fixed));
		return;
	}
	say_answer(request->fd, 404, "", "hook: no such mode\n");
}
