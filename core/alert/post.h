/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Handing posts to beffroi-net, the only program that touches the network, and
 * reading what became of them.  A post that gets no answer (the program is not
 * there, it died) has class "retry".
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* Where an alert can go, from the configuration.  Addresses and secrets stay in it. */
struct bef_destination {
	char name[64];
	char *url;
	uint8_t secret[64];
	size_t secret_len;
	char *ca_file; /* or NULL */
	bool allow_http;
};
void bef_destination_clear(struct bef_destination *d);

struct bef_post {
	/* in */
	const struct bef_destination *to;
	const char *message; /* id, stable for all attempts */
	const char *body;
	int64_t now_ms;
	/* out */
	char class_name[16]; /* ok retry ambiguous permanent suspend self */
	int status;
	int retry_after_s;
	int elapsed_ms;
	char detail[200];
};

/* Post them one after the other.  `program` is the path of beffroi-net.  BEF_FAILED: memory or no
 * pipe; each post then has class "retry" and a detail. */
enum bef_rc bef_post_all(const char *program, struct bef_post *posts, size_t count, struct bef_err *err)
	BEF_MUST_CHECK;
