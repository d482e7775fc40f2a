/* SPDX-License-Identifier: EUPL-1.2 */
#include "alert/courier.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/process.h"

enum { CONNECT_MS = 10000, SAID_MOST = 65536, GRACE_MS = 3000 };

/* --- what is given --- */

static void put_headers(json_t *job, const struct bef_request *request, bool *ok)
{
	json_t *list = json_array();

	for (int i = 0; list && i < request->header_count; i++)
		*ok = json_array_append_new(list, json_string(bef_text_str(&request->header[i]))) == 0 && *ok;
	if (request->header_count)
		bef_json_put(job, "headers", list, ok);
	else
		json_decref(list);
}

/* A text that is not empty. */
static void put_text(json_t *job, const char *key, const char *value, bool *ok)
{
	bef_json_put_text(job, key, value && *value ? value : NULL, ok);
}

static void put_flag(json_t *job, const char *key, bool value, bool *ok)
{
	if (value)
		bef_json_put_bool(job, key, true, ok);
}

static void put_bytes(json_t *job, const struct bef_text *body, bool *ok)
{
	BEF_AUTO_FREE char *text = malloc(4 * ((body->len + 2) / 3) + 1);

	if (text)
		bef_base64(bef_text_str(body), body->len, text);
	*ok = *ok && text;
	put_text(job, "body", text, ok);
	put_flag(job, "binary", true, ok);
}

static json_t *job_of(const struct bef_request *request, const struct bef_destination *to, int total_ms)
{
	json_t *job = json_pack("{s:i, s:s, s:s, s:i, s:i}", "v", 1, "type", "job", "job", "1", "connect_ms",
	                        total_ms < CONNECT_MS ? total_ms : CONNECT_MS, "total_ms", total_ms);
	bool ok = job != NULL;

	put_text(job, "url", bef_text_str(&request->url), &ok);
	put_text(job, "method", request->mail_to.len ? NULL : request->method, &ok);
	put_headers(job, request, &ok);
	if (request->bytes)
		put_bytes(job, &request->body, &ok);
	else
		put_text(job, "body", bef_text_str(&request->body), &ok);
	put_text(job, "mail_from", bef_text_str(&request->mail_from), &ok);
	put_text(job, "mail_to", bef_text_str(&request->mail_to), &ok);
	put_text(job, "user", request->user, &ok);
	put_text(job, "password", request->password, &ok);
	put_text(job, "ca_file", to->set[BEF_SET_CA_FILE], &ok);
	put_text(job, "cert_file", to->set[BEF_SET_CERT_FILE], &ok);
	put_text(job, "key_file", to->set[BEF_SET_KEY_FILE], &ok);
	put_text(job, "pin", to->set[BEF_SET_PIN], &ok);
	put_text(job, "proxy", to->set[BEF_SET_PROXY], &ok);
	put_flag(job, "insecure_http", to->insecure_http, &ok);
	put_flag(job, "public_only", to->public_only, &ok);
	if (ok)
		return job;
	json_decref(job);
	return NULL;
}

/* --- the process --- */

enum bef_rc bef_courier_start(struct bef_courier *courier, const char *program, struct bef_err *err)
{
	const char *const args[] = { program, NULL };
	char *const no_environment[] = { NULL };

	*courier = (struct bef_courier){ .fd = -1, .said = { .max = SAID_MOST } };
	if (bef_process_start(args, no_environment, false, &courier->pid, &courier->fd))
		return BEF_OK;
	*courier = (struct bef_courier){ .fd = -1 };
	return bef_fail(err, BEF_FAILED, "%s", tr("the network program beffroi-net is not installed"));
}

static bool send_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t sent = send(fd, bytes, len, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return false;
		bytes += sent;
		len -= (size_t)sent;
	}
	return true;
}

enum bef_rc bef_courier_give(struct bef_courier *courier, const struct bef_request *request,
                             const struct bef_destination *to, int total_ms, struct bef_err *err)
{
	json_t *job = job_of(request, to, total_ms);
	char *line = job ? json_dumps(job, JSON_COMPACT) : NULL;
	bool sent;

	json_decref(job);
	if (!line)
		return bef_no_memory(err);
	sent = send_all(courier->fd, line, strlen(line)) && send_all(courier->fd, "\n", 1);
	explicit_bzero(line, strlen(line));
	free(line);
	if (!sent)
		return bef_fail(err, BEF_FAILED, "%s", tr("the network program gave no answer"));
	courier->away = true;
	courier->bytes = request->bytes;
	courier->said.max = request->bytes ? SAID_MOST + 2 * request->bytes->max : SAID_MOST;
	return BEF_OK;
}

/* --- what comes back --- */

static void died(struct bef_return *out)
{
	*out = (struct bef_return){ .reply = { .text = out->text } };
	snprintf(out->reply.class_name, sizeof(out->reply.class_name), "ambiguous");
	snprintf(out->reply.detail, sizeof(out->reply.detail), "%s", N_("the network program gave no answer"));
}

static void read_bytes(const char *text, struct bef_text *out)
{
	BEF_AUTO_FREE char *bytes = malloc(strlen(text) + 1);
	size_t len = bytes ? bef_unbase64(text, bytes, strlen(text)) : SIZE_MAX;

	bef_text_clear(out);
	if (len != SIZE_MAX)
		bef_text_add(out, bytes, len);
}

static void read_result(const char *line, size_t len, struct bef_text *bytes, struct bef_return *out)
{
	json_auto_t *result = NULL;
	const char *class_name, *detail;

	died(out);
	class_name = bef_json_load(line, len, &result, NULL) == BEF_OK ? bef_json_text(result, "class") : NULL;
	if (!class_name)
		return;
	snprintf(out->text, sizeof(out->text), "%s", bef_json_text_or(result, "answer", ""));
	snprintf(out->reply.class_name, sizeof(out->reply.class_name), "%s", class_name);
	detail = bef_json_text_or(result, "detail", "");
	snprintf(out->reply.detail, sizeof(out->reply.detail), "%.*s", (int)bef_utf8_cut(detail, 190), detail);
	out->reply.status = (int)bef_json_int(result, "status", 0);
	out->reply.retry_after_s = (int)bef_json_int(result, "retry_after_s", 0);
	out->elapsed_ms = (int)bef_json_int(result, "elapsed_ms", 0);
	out->cert_expires_at_s = bef_json_int(result, "cert_expires_at", 0);
	out->skew_s = (int)bef_json_int(result, "skew_s", 0);
	if (bytes)
		read_bytes(bef_json_text_or(result, "bytes", ""), bytes);
}

bool bef_courier_take(struct bef_courier *courier, struct bef_return *out)
{
	char bytes[8192];
	ssize_t got = recv(courier->fd, bytes, sizeof(bytes), MSG_DONTWAIT);
	const char *end;

	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return false;
	if (got > 0)
		bef_text_add(&courier->said, bytes, (size_t)got);
	end = strchr(bef_text_str(&courier->said), '\n');
	if (got > 0 && !end && !courier->said.failed)
		return false;
	if (!end) { /* the next request starts another one */
		died(out);
		bef_courier_stop(courier);
		return true;
	}
	read_result(courier->said.data, (size_t)(end - courier->said.data), courier->bytes, out);
	courier->away = false;
	bef_text_clear(&courier->said);
	courier->said.max = SAID_MOST;
	return true;
}

void bef_courier_stop(struct bef_courier *courier)
{
	if (courier->pid > 0) {
		close(courier->fd);
		kill(courier->pid, SIGKILL); /* it carries nothing that is still wanted */
		while (waitpid(courier->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	bef_text_clear(&courier->said);
	*courier = (struct bef_courier){ .fd = -1 };
}

enum bef_rc bef_courier_carry(const char *program, const struct bef_request *request, const struct bef_destination *to,
                              int total_ms, struct bef_return *out, struct bef_err *err)
{
	struct bef_courier courier;
	enum bef_rc rc = bef_courier_start(&courier, program, err);

	if (rc)
		return rc;
	rc = bef_courier_give(&courier, request, to, total_ms, err);
	while (rc == BEF_OK) {
		struct pollfd wait = { .fd = courier.fd, .events = POLLIN };
		int ready = poll(&wait, 1, total_ms + GRACE_MS);

		if (ready == 0)
			died(out);
		if (ready == 0 || (ready > 0 && bef_courier_take(&courier, out)))
			break;
	}
	bef_courier_stop(&courier);
	return rc;
}
