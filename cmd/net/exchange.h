/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * One attempt while it runs: where it may go, what it has sent, what came
 * back.  The part of it that needs no libcurl; wire.c drives it, and gives
 * some of these functions to libcurl to be called back.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address.h"
#include "job.h"

#define BEF_LINES_MAX (BEF_HEADERS_MAX + 2)
#define BEF_KEEP_BYTES 8192 /* of the answer, for its first words */
#define BEF_BYTES_MOST 65536

struct bef_exchange {
	const struct bef_job *job;
	char host[BEF_HOST_SIZE];     /* for messages: the one part of a URL that is no secret */
	char scheme[8];
	char ehlo_path[BEF_NAME_MAX + 2]; /* of mail: "/" and the name to say, "" when the URL has it */
	bool plain;                   /* nothing encrypts it */
	enum bef_reach reach;
	int opened;                   /* sockets */
	const char *vetoed;           /* why the last refused address was refused */
	size_t handed;                /* bytes of a mail given to libcurl */
	size_t head_bytes, body_bytes;
	int64_t answered_at_s;        /* our clock when the last line of a head came */
	bool reply_over;              /* of mail: the next line begins another reply */
	bool answered;                /* of mail: the whole message has its reply */
	int64_t end_ms;               /* of CLOCK_MONOTONIC */
	char *bytes;                  /* of a binary job: the answer, BEF_BYTES_MOST at most */
	size_t bytes_len;
	size_t kept_len;
	char kept[BEF_KEEP_BYTES];
};

/* Learn from the parsed URL where and how it goes; a reason when it must not, else NULL. */
const char *bef_exchange_aim(struct bef_exchange *exchange, const struct bef_url_parts *parts);

/* The lines of its HTTP head that are not libcurl's own, or the recipient of a mail; returns how many. */
size_t bef_exchange_lines(const struct bef_exchange *exchange, const char *out[BEF_LINES_MAX]);

/*
 * How long the transfer may take: of a mail's time some is kept for QUIT,
 * which libcurl sends, and whose answer it awaits, even after a failure.
 */
long bef_exchange_limit_ms(const struct bef_exchange *exchange);

/* It runs from now on, and is late once there is no more to wait for. */
void bef_exchange_start(struct bef_exchange *exchange);
bool bef_exchange_is_late(const struct bef_exchange *exchange);

/*
 * Whether a socket may be opened to this address.  Judged here, on the
 * address about to be used, no later answer of the DNS can change it.
 */
bool bef_exchange_may_open(struct bef_exchange *exchange, const struct sockaddr *address);

/* Called back by libcurl: `arg` is the exchange; less than size * count ends the transfer. */
size_t bef_exchange_head(char *bytes, size_t size, size_t count, void *arg);
size_t bef_exchange_body(char *bytes, size_t size, size_t count, void *arg);

/* Called back for the next bytes of a mail; 0 at its end. */
size_t bef_exchange_give(char *out, size_t size, size_t count, void *arg);

/* Forget what the receiver said. */
void bef_exchange_wipe(struct bef_exchange *exchange);
