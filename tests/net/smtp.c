/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * An SMTP server on 127.0.0.1 that keeps to a script:
 *
 *   smtp DIRECTORY MODE [SECONDS [TLS_PORT]]
 *   smtp DIRECTORY MODE -       on standard input and output, from the greeting
 *   smtp DIRECTORY MODE =       the same, as after STARTTLS: no greeting
 *
 * The first form prints the port it listens on, serves for SECONDS (60) and
 * exits 0; it hands a connection that said STARTTLS to TLS_PORT, where
 * something that speaks TLS passes the rest to the third form.  What a client
 * said is kept, raw, as DIRECTORY/000001.smtp and so on when it has left.
 */
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server.h"

#define SAID_MAX (4 * 1024 * 1024)
#define LIFE_S 60

struct talk {
	int in, out;
	size_t len, taken; /* bytes that came, and those that were understood */
	char *said;
};

struct line {
	const char *mode; /* NULL: every mode */
	const char *verb; /* "" the greeting, "." the end of a message, "=" what follows a 334 */
	const char *reply;
};

static const char silence[] = "silence", hang_up[] = "hang up", reset[] = "reset", endless[] = "endless",
                  repeat[] = "repeat", drip[] = "drip";

/* The first line that fits is said. */
static const struct line script[] = {
	{ "banner-421", "", "421 4.3.2 too busy\r\n" },
	{ "banner-554", "", "554 5.7.1 not from your network\r\n" },
	{ "mute", "", silence },
	{ "hangup", "", hang_up },
	{ "garbage", "", "\xff\xfe\x01 hello\r\n" },
	{ "endless", "EHLO", endless },
	{ "drip", "EHLO", drip },
	{ "ehlo-550", "EHLO", "550 5.7.1 who are you\r\n" },
	{ "starttls", "EHLO", "250-test\r\n250 STARTTLS\r\n" },
	{ "starttls-454", "EHLO", "250-test\r\n250 STARTTLS\r\n" },
	{ "starttls-454", "STARTTLS", "454 4.7.0 TLS is not available now\r\n" },
	{ "starttls-502", "EHLO", "250-test\r\n250 STARTTLS\r\n" },
	{ "starttls-502", "STARTTLS", "502 5.5.1 not implemented\r\n" },
	{ "starttls-inject", "EHLO", "250-test\r\n250 STARTTLS\r\n" },
	{ "starttls-inject", "STARTTLS", "220 go ahead\r\n250-test\r\n250 AUTH PLAIN\r\n" },
	{ "auth-none", "EHLO", "250-test\r\n250 SIZE 10000000\r\n" },
	{ "auth-ntlm", "EHLO", "250-test\r\n250 AUTH NTLM GSSAPI\r\n" },
	{ "auth-535", "=", "535 5.7.8 authentication failed\r\n" },
	{ "auth-454", "=", "454 4.7.0 temporary authentication failure\r\n" },
	{ "auth-repeat", "=", repeat },
	{ "auth-silent", "=", silence },
	{ "mail-530", "MAIL", "530 5.7.0 authenticate first\r\n" },
	{ "mail-552", "MAIL", "552 5.3.4 too large\r\n" },
	{ "rcpt-452", "RCPT", "452 4.2.2 mailbox full\r\n" },
	{ "rcpt-550", "RCPT", "550-5.1.1 no such user\r\n550 5.1.1 here\r\n" },
	{ "rcpt-silent", "RCPT", silence },
	{ "rcpt-drop", "RCPT", hang_up },
	{ "data-451", "DATA", "451 4.3.0 try later\r\n" },
	{ "dot-451", ".", "451 4.7.1 greylisted\r\n" },
	{ "dot-421", ".", "421 4.3.2 shutting down\r\n" },
	{ "dot-554", ".", "554 5.6.0 it looks like spam\r\n" },
	{ "dot-250-odd", ".", "251 will forward\r\n" },
	{ "dot-silent", ".", silence },
	{ "dot-drop", ".", hang_up },
	{ "dot-reset", ".", reset },
	{ "quit-silent", "QUIT", silence },
	{ "quit-drop", "QUIT", hang_up },

	{ NULL, "", "220 test ESMTP\r\n" },
	{ NULL, "EHLO", "250-test\r\n250-SIZE 10000000\r\n250 AUTH GSSAPI NTLM LOGIN PLAIN\r\n" },
	{ NULL, "HELO", "250 test\r\n" },
	{ NULL, "AUTH", "334 \r\n" },
	{ NULL, "=", "235 2.7.0 welcome\r\n" },
	{ NULL, "STARTTLS", "220 go ahead\r\n" },
	{ NULL, "MAIL", "250 2.1.0 sender\r\n" },
	{ NULL, "RCPT", "250 2.1.5 recipient\r\n" },
	{ NULL, "DATA", "354 go on\r\n" },
	{ NULL, ".", "250 2.0.0 queued as 42\r\n" },
	{ NULL, "VRFY", "252 perhaps\r\n" },
	{ NULL, "QUIT", "221 2.0.0 bye\r\n" },
	{ NULL, NULL, "500 5.5.1 what\r\n" },
};

static const char *directory, *mode;
static int tls_port;

static const char *find(const char *verb)
{
	for (const struct line *line = script;; line++)
		if ((!line->mode || strcmp(line->mode, mode) == 0) && (!line->verb || strcmp(line->verb, verb) == 0))
			return line->reply;
}

/* The next bytes up to `end`, lent; NULL when the client is gone. */
static const char *hear(struct talk *talk, const char *end)
{
	for (;;) {
		char *from = talk->said + talk->taken;
		char *found = strstr(from, end);
		ssize_t got;

		if (found) {
			talk->taken = (size_t)(found - talk->said) + strlen(end);
			return from;
		}
		if (talk->len == SAID_MAX)
			return NULL;
		got = read(talk->in, talk->said + talk->len, SAID_MAX - talk->len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return NULL;
		talk->len += (size_t)got;
		talk->said[talk->len] = '\0';
	}
}

static void say_slowly(int fd)
{
	for (int i = 0; i < 200; i++) {
		server_say(fd, "%c", "250-test\r\n"[i % 10]);
		usleep(100000);
	}
}

/* False when the conversation ends here. */
static bool say(struct talk *talk, const char *reply, const char *heard)
{
	if (reply == silence) {
		while (hear(talk, "\r\n"))
			;
		return false;
	}
	if (reply == reset)
		server_reset(talk->out);
	if (reply == hang_up || reply == reset)
		return false;
	if (reply == drip)
		say_slowly(talk->out);
	for (int i = 0; reply == endless && i < 100000; i++)
		server_say(talk->out, "250-option %d\r\n", i);
	if (reply == drip || reply == endless)
		return false;
	if (reply == repeat)
		server_say(talk->out, "535 5.7.8 not good: %.*s\r\n", (int)strcspn(heard, "\r"), heard);
	else
		server_send(talk->out, reply, strlen(reply));
	return true;
}

static bool copy(int from, int to)
{
	char bytes[4096];
	ssize_t got = read(from, bytes, sizeof(bytes));

	if (got > 0)
		server_send(to, bytes, (size_t)got);
	return got > 0;
}

/* Everything from here on belongs to whoever listens on TLS_PORT. */
static void pass_on(struct talk *talk)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((in_port_t)tls_port) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct pollfd ends[2] = { { .fd = talk->in, .events = POLLIN }, { .fd = fd, .events = POLLIN } };

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
		while (poll(ends, 2, -1) > 0) {
			if (ends[0].revents && !copy(talk->in, fd))
				break;
			if (ends[1].revents && !copy(fd, talk->out))
				break;
		}
	if (fd >= 0)
		close(fd);
}

static void verb_of(const char *heard, char *out, size_t size)
{
	size_t len = strcspn(heard, " :\r");

	snprintf(out, size, "%.*s", (int)len, heard);
	for (char *p = out; *p; p++)
		if (*p >= 'a' && *p <= 'z')
			*p -= 'a' - 'A';
}

static void converse(struct talk *talk)
{
	const char *heard, *reply;
	char verb[16];

	while ((heard = hear(talk, "\r\n"))) {
		verb_of(heard, verb, sizeof(verb));
		reply = find(verb);
		if (!say(talk, reply, heard) || strcmp(verb, "QUIT") == 0)
			return;
		if (strncmp(reply, "220", 3) == 0 && tls_port) {
			pass_on(talk);
			return;
		}
		if (strncmp(reply, "334", 3) == 0) {
			heard = hear(talk, "\r\n");
			if (!heard || !say(talk, find("="), heard))
				return;
		}
		if (strncmp(reply, "354", 3) == 0 && (!hear(talk, "\r\n.\r\n") || !say(talk, find("."), "")))
			return;
	}
}

static void talk_over(int in, int out, bool greet)
{
	struct talk talk = { .in = in, .out = out, .said = calloc(1, SAID_MAX + 1) };

	if (talk.said && (!greet || say(&talk, find(""), "")))
		converse(&talk);
	if (talk.said)
		server_keep(directory, "smtp", talk.said, talk.len);
	free(talk.said);
}

static void serve(int fd)
{
	talk_over(fd, fd, true);
	close(fd);
}

int main(int argc, char **argv)
{
	if (argc < 3 || argc > 5) {
		fprintf(stderr, "usage: smtp DIRECTORY MODE [SECONDS [TLS_PORT] | - | =]\n");
		return 2;
	}
	directory = argv[1];
	mode = argv[2];
	tls_port = argc == 5 ? atoi(argv[4]) : 0;
	if (argc == 4 && strchr("-=", argv[3][0])) {
		signal(SIGPIPE, SIG_IGN);
		alarm(LIFE_S);
		talk_over(STDIN_FILENO, STDOUT_FILENO, argv[3][0] == '-');
		return 0;
	}
	server_run(directory, argc > 3 ? (unsigned)atoi(argv[3]) : LIFE_S, serve);
}
