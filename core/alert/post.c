/* SPDX-License-Identifier: EUPL-1.2 */
#include "alert/post.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "alert/payload.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"

void bef_destination_clear(struct bef_destination *d)
{
	if (d->url)
		explicit_bzero(d->url, strlen(d->url));
	explicit_bzero(d->secret, sizeof(d->secret));
	free(d->url);
	free(d->ca_file);
	*d = (struct bef_destination){ 0 };
}

static json_t *headers_of(const struct bef_post *post, struct bef_err *err)
{
	BEF_AUTO(text) signature = { .max = 256 };
	char line[320];
	json_t *headers = json_array();
	bool ok = headers != NULL;

	/* Time and signature are new at each attempt, the id never is. */
	ok = ok && bef_alert_signature(post->to->secret, post->to->secret_len, post->message,
	                               post->now_ms / 1000, post->body, &signature, err) == BEF_OK;
	ok = ok && json_array_append_new(headers, json_string("Content-Type: application/json")) == 0;
	snprintf(line, sizeof(line), "webhook-id: %s", post->message);
	ok = ok && json_array_append_new(headers, json_string(line)) == 0;
	snprintf(line, sizeof(line), "Idempotency-Key: %s", post->message);
	ok = ok && json_array_append_new(headers, json_string(line)) == 0;
	snprintf(line, sizeof(line), "webhook-timestamp: %lld", (long long)(post->now_ms / 1000));
	ok = ok && json_array_append_new(headers, json_string(line)) == 0;
	snprintf(line, sizeof(line), "webhook-signature: %s", bef_text_str(&signature));
	ok = ok && json_array_append_new(headers, json_string(line)) == 0;
	if (ok)
		return headers;
	json_decref(headers);
	return NULL;
}

static enum bef_rc add_job(const struct bef_post *post, size_t number, struct bef_text *out, struct bef_err *err)
{
	char name[24];
	json_t *job = json_object();
	char *line = NULL;
	bool ok = job != NULL;

	snprintf(name, sizeof(name), "%zu", number);
	bef_json_put_int(job, "v", 1, &ok);
	bef_json_put_text(job, "type", "job", &ok);
	bef_json_put_text(job, "job", name, &ok);
	bef_json_put_text(job, "url", post->to->url, &ok);
	bef_json_put(job, "headers", headers_of(post, err), &ok);
	bef_json_put_text(job, "body", post->body, &ok);
	bef_json_put_int(job, "connect_ms", 10000, &ok);
	bef_json_put_int(job, "total_ms", 25000, &ok);
	bef_json_put_text(job, "ca_file", post->to->ca_file, &ok);
	if (post->to->allow_http)
		bef_json_put_bool(job, "allow_http", true, &ok);
	if (ok)
		line = json_dumps(job, JSON_COMPACT);
	json_decref(job);
	if (!line)
		return bef_no_memory(err);
	bef_text_puts(out, line);
	bef_text_putc(out, '\n');
	explicit_bzero(line, strlen(line));
	free(line);
	return bef_text_rc(out, err);
}

static void read_result(const char *line, size_t len, struct bef_post *posts, size_t count)
{
	json_t *result = NULL;
	long number;
	struct bef_post *post;

	if (bef_json_load(line, len, &result, NULL) != BEF_OK)
		return;
	number = bef_natural(bef_json_text_or(result, "job", ""), 1000000);
	if (number >= 0 && (size_t)number < count) {
		post = &posts[number];
		snprintf(post->class_name, sizeof(post->class_name), "%s", bef_json_text_or(result, "class", "retry"));
		post->status = (int)bef_json_int(result, "status", 0);
		post->retry_after_s = (int)bef_json_int(result, "retry_after_s", 0);
		post->elapsed_ms = (int)bef_json_int(result, "elapsed_ms", 0);
		snprintf(post->detail, sizeof(post->detail), "%.*s", 190, bef_json_text_or(result, "detail", ""));
		post->detail[bef_utf8_cut(post->detail, 190)] = '\0';
	}
	json_decref(result);
}

static void read_results(const char *text, struct bef_post *posts, size_t count)
{
	while (*text) {
		size_t len = strcspn(text, "\n");

		read_result(text, len, posts, count);
		text += len + (text[len] == '\n');
	}
}

/* The jobs lie in a file that has no name: no deadlock between two pipes, and nothing secret in an
 * argument, in the environment or on a disk. */
static int jobs_file(const struct bef_text *jobs, struct bef_err *err)
{
	int fd = memfd_create("beffroi-jobs", MFD_CLOEXEC);

	if (fd < 0)
		return -1;
	if (bef_fd_write(fd, "jobs", jobs->data, jobs->len, err) != BEF_OK || lseek(fd, 0, SEEK_SET) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static bool start(const char *program, int in, int out, pid_t *pid)
{
	char *const args[] = { (char *)(uintptr_t)program, NULL };
	char *const no_environment[] = { NULL };
	posix_spawn_file_actions_t actions;
	bool ok;

	if (posix_spawn_file_actions_init(&actions) != 0)
		return false;
	ok = posix_spawn_file_actions_adddup2(&actions, in, 0) == 0 &&
	     posix_spawn_file_actions_adddup2(&actions, out, 1) == 0 &&
	     posix_spawn(pid, program, &actions, NULL, args, no_environment) == 0;
	posix_spawn_file_actions_destroy(&actions);
	return ok;
}

static void no_answer(struct bef_post *posts, size_t count, const char *why)
{
	for (size_t i = 0; i < count; i++) {
		snprintf(posts[i].class_name, sizeof(posts[i].class_name), "retry");
		snprintf(posts[i].detail, sizeof(posts[i].detail), "%.150s", why);
	}
}

enum bef_rc bef_post_all(const char *program, struct bef_post *posts, size_t count, struct bef_err *err)
{
	BEF_AUTO(text) jobs = { .max = 64 << 20 };
	BEF_AUTO(text) answer = { .max = 8 << 20 };
	int pipe_fd[2];
	pid_t pid;
	int in;
	enum bef_rc rc = BEF_OK;

	no_answer(posts, count, tr("the network program gave no answer"));
	for (size_t i = 0; rc == BEF_OK && i < count; i++)
		rc = add_job(&posts[i], i, &jobs, err);
	if (rc)
		return rc;
	in = jobs_file(&jobs, err);
	if (in < 0 || pipe2(pipe_fd, O_CLOEXEC) != 0) {
		if (in >= 0)
			close(in);
		return bef_fail(err, BEF_FAILED, "%s", tr("cannot start the network program"));
	}
	if (start(program, in, pipe_fd[1], &pid)) {
		close(pipe_fd[1]);
		rc = bef_fd_read(pipe_fd[0], "beffroi-net", &answer, err);
		while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
			;
		read_results(bef_text_str(&answer), posts, count);
	} else {
		close(pipe_fd[1]);
		no_answer(posts, count, tr("the network program beffroi-net is not installed"));
	}
	close(pipe_fd[0]);
	close(in);
	return rc;
}
