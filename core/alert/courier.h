/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * A courier: one beffroi-net process that carries one destination's requests,
 * one at a time.  Only that program knows libcurl and the network; a
 * destination that hangs holds up nobody else's courier, and a mail server
 * never shares a process with a web server.
 *
 * What it is given crosses a socket pair: nothing secret is in an argument, in
 * the environment or on a disk.
 */
#include <sys/types.h>

#include "alert/format.h"

struct bef_courier {
	pid_t pid; /* 0: not started */
	int fd;    /* to poll for reading while it is on its way */
	bool away; /* a request was given, and no answer read */
	struct bef_text said;
	struct bef_text *bytes; /* where the answer goes whole, if the request wants it (struct bef_request) */
};

/* What came back of one request. */
struct bef_return {
	struct bef_response reply;
	char text[512]; /* what reply.text points at */
	int elapsed_ms;
	int64_t cert_expires_at_s; /* of the receiver's certificate, Unix seconds; 0: no TLS, or not known */
	int skew_s;                /* the receiver's clock against ours; 0: not known, or right */
};

/* Start it.  BEF_FAILED: `program` cannot be run; the message says what is missing. */
enum bef_rc bef_courier_start(struct bef_courier *courier, const char *program, struct bef_err *err) BEF_MUST_CHECK;
/* Hand it a request, to be ended one way or the other within total_ms. */
enum bef_rc bef_courier_give(struct bef_courier *courier, const struct bef_request *request,
                             const struct bef_destination *to, int total_ms, struct bef_err *err) BEF_MUST_CHECK;
/* Read what is there.  True: *out is filled in (also when it died: "ambiguous", since its request may
 * have left; then it is stopped).  False: not yet. */
bool bef_courier_take(struct bef_courier *courier, struct bef_return *out);
/* End it, whatever it does. */
void bef_courier_stop(struct bef_courier *courier);

/* Start, give, wait, stop: for one request that somebody waits for. */
enum bef_rc bef_courier_carry(const char *program, const struct bef_request *request, const struct bef_destination *to,
                              int total_ms, struct bef_return *out, struct bef_err *err) BEF_MUST_CHECK;
