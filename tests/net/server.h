/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * What the servers of these tests share: a port on 127.0.0.1, a thread per
 * connection, and files in a directory that say what arrived.
 */
#include <stdbool.h>
#include <stddef.h>

/* Print a free port and serve each connection with `serve`, until `seconds` have passed; then exit 0. */
_Noreturn void server_run(const char *directory, unsigned seconds, void (*serve)(int fd));

void server_send(int fd, const char *bytes, size_t len);
__attribute__((format(printf, 2, 3))) void server_say(int fd, const char *fmt, ...);

/* True when the peer is gone; waits at most `ms`. */
bool server_gone(int fd, int ms);

/* Hold the connection, reading nothing, until the peer leaves. */
void server_hang(int fd);

/* Close with a reset instead of a farewell. */
void server_reset(int fd);

/* Keep what arrived as DIRECTORY/000001.SUFFIX and so on. */
void server_keep(const char *directory, const char *suffix, const char *bytes, size_t len);
