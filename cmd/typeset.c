/* SPDX-License-Identifier: EUPL-1.2 */
#include "typeset.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ask.h"
#include "base/i18n.h"
#include "base/process.h"

enum { PDF_MOST = 1 << 30 };

/* --- a program that turns what it reads into what it writes --- */

/* Give what is left to give, take what has come; false at the end, or if that fails. */
static bool exchange(int fd, const char **from, size_t *left, struct bef_text *out)
{
	struct pollfd both = { .fd = fd, .events = (short)(POLLIN | (*left ? POLLOUT : 0)) };
	char bytes[65536];
	ssize_t n;

	if (poll(&both, 1, -1) < 0)
		return errno == EINTR && !bef_interrupted();
	if (both.revents & POLLOUT && *left) {
		n = send(fd, *from, *left, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0 && errno != EAGAIN && errno != EINTR)
			*left = 0; /* it does not read on: what it says decides */
		*from += n > 0 ? n : 0;
		*left -= n > 0 ? (size_t)n : 0;
		if (*left == 0)
			shutdown(fd, SHUT_WR);
	}
	if (!(both.revents & (POLLIN | POLLHUP | POLLERR)))
		return true;
	n = recv(fd, bytes, sizeof(bytes), MSG_DONTWAIT);
	if (n > 0)
		bef_text_add(out, bytes, (size_t)n);
	return (n > 0 && !out->failed) || (n < 0 && (errno == EAGAIN || errno == EINTR));
}

/* True if it took everything, wrote something and ended well. */
static bool filter(const char *const *args, char *const *environment, const struct bef_text *in, bool quiet,
                   struct bef_text *out)
{
	const char *from = bef_text_str(in);
	size_t left = in->len;
	int fd, status = -1;
	pid_t pid;

	if (!bef_process_start(args, environment, quiet, &pid, &fd))
		return false;
	if (left == 0)
		shutdown(fd, SHUT_WR);
	while (exchange(fd, &from, &left, out))
		;
	if (out->failed || bef_interrupted())
		kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	close(fd);
	return status == 0 && !out->failed && out->len > 0;
}

static void swap(struct bef_text *a, struct bef_text *b)
{
	struct bef_text was = *a;

	*a = *b;
	*b = was;
}

/* --- ours --- */

static bool found(char path[BEF_PATH])
{
	bef_app_program("beffroi-pdf", path);
	return access(path, X_OK) == 0;
}

enum bef_rc bef_typeset(const struct bef_app *app, struct bef_text *text, struct bef_err *err)
{
	BEF_AUTO(text) pdf = { .max = PDF_MOST };
	char *const no_environment[] = { NULL };
	char path[BEF_PATH];
	const char *const args[] = { path, NULL };

	(void)app;
	if (!found(path)) {
		bef_fail(err, BEF_FAILED, "%s", tr("the program that makes PDFs, beffroi-pdf, is not installed"));
		bef_hint(err, "%s", tr("install libhpdf-dev and libfribidi-dev and build again; or: beffroi report -f html, then print from a browser"));
		return BEF_FAILED;
	}
	if (!filter(args, no_environment, text, false, &pdf)) {
		bef_fail(err, BEF_FAILED, "%s", tr("the PDF could not be made"));
		bef_hint(err, "%s", tr("the same document: -f html, then print from a browser"));
		return BEF_FAILED;
	}
	swap(text, &pdf);
	return BEF_OK;
}

/* --- tagged, by a browser of others --- */

/* The first of these names on PATH. */
static bool find(const char *const *names, char out[BEF_PATH])
{
	const char *path = getenv("PATH");

	for (; *names; names++)
		for (const char *dir = path ? path : "/usr/bin:/bin"; *dir; dir += strspn(dir, ":")) {
			size_t len = strcspn(dir, ":");

			snprintf(out, BEF_PATH, "%.*s/%s", (int)len, dir, *names);
			if (len && *dir == '/' && access(out, X_OK) == 0)
				return true;
			dir += len;
		}
	return false;
}

static bool by_weasyprint(const char *program, const struct bef_app *app, const struct bef_text *html, struct bef_text *out)
{
	const char *const args[] = { program, "--pdf-variant", "pdf/ua-1", "-", "-", NULL };
	char epoch[64];
	char *environment[] = { epoch, (char[]){ "PATH=/usr/bin:/bin" }, (char[]){ "LC_ALL=C.UTF-8" }, NULL };

	snprintf(epoch, sizeof(epoch), "SOURCE_DATE_EPOCH=%lld", (long long)(app->desk.pen.now_ms / 1000));
	return filter(args, environment, html, true, out);
}

static void sweep(const char *dir)
{
	const char *const args[] = { "/bin/rm", "-rf", dir, NULL };
	char *const no_environment[] = { NULL };
	BEF_AUTO(text) said = { .max = 1 << 16 };

	(void)filter(args, no_environment, &(struct bef_text){ 0 }, true, &said);
}

/* It reads and writes files only: in a private folder, its profile too. */
static bool by_chromium(const char *program, const struct bef_text *html, struct bef_text *out)
{
	const char *base = getenv("TMPDIR");
	char dir[BEF_PATH / 4], from[BEF_PATH / 2], to[BEF_PATH / 2], print[BEF_PATH], profile[BEF_PATH], home[BEF_PATH];
	const char *args[] = { program, "--headless", "--disable-gpu", "--no-pdf-header-footer", profile, print, from,
		               geteuid() == 0 ? "--no-sandbox" : NULL, NULL };
	char *environment[] = { home, (char[]){ "PATH=/usr/bin:/bin" }, NULL };
	struct bef_text said = { .max = 1 << 20 };
	struct bef_text nothing = { 0 };
	bool ok;

	snprintf(dir, sizeof(dir), "%.900s/beffroi-pdf-XXXXXX", base && *base ? base : "/tmp");
	if (!mkdtemp(dir))
		return false;
	snprintf(from, sizeof(from), "%s/document.html", dir);
	snprintf(to, sizeof(to), "%s/document.pdf", dir);
	snprintf(print, sizeof(print), "--print-to-pdf=%s", to);
	snprintf(profile, sizeof(profile), "--user-data-dir=%s", dir);
	snprintf(home, sizeof(home), "HOME=%s", dir);
	ok = bef_file_write(from, bef_text_str(html), html->len, false, NULL) == BEF_OK;
	if (ok)
		(void)filter(args, environment, &nothing, true, &said); /* what it says and its status mean little */
	bef_text_clear(&said);
	ok = ok && bef_file_read(to, PDF_MOST, out, NULL) == BEF_OK && out->len > 0;
	sweep(dir);
	return ok;
}

enum bef_rc bef_typeset_tagged(const struct bef_app *app, struct bef_text *text, struct bef_err *err)
{
	static const char *const weasyprint[] = { "weasyprint", NULL };
	static const char *const chromium[] = { "chromium", "chromium-browser", "google-chrome", NULL };
	BEF_AUTO(text) pdf = { .max = PDF_MOST };
	char program[BEF_PATH];
	bool done = false, found = false;

	if (find(weasyprint, program)) {
		found = true;
		done = by_weasyprint(program, app, text, &pdf);
	}
	if (!done && find(chromium, program)) {
		found = true;
		bef_text_clear(&pdf);
		pdf.max = PDF_MOST;
		done = by_chromium(program, text, &pdf);
	}
	if (done) {
		swap(text, &pdf);
		return BEF_OK;
	}
	bef_fail(err, BEF_FAILED, "%s", found ? tr("the tagged PDF could not be made")
	                                      : tr("neither weasyprint nor chromium is here to make a tagged PDF"));
	bef_hint(err, "%s", tr("-f html, open the file in a browser, Ctrl-P, 'Save as PDF'; or install weasyprint"));
	return BEF_FAILED;
}
