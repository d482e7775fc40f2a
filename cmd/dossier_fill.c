/* SPDX-License-Identifier: EUPL-1.2 */
/* What goes into a dossier, in its order.  Declared in dossier.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/json.h"
#include "dossier.h"
#include "model/line.h"

enum { PIECE = 1 << 18 };

/* --- journals --- */

typedef bool given_fn(const struct bef_dossier_job *job, const struct bef_line *line);

static bool all_given(const struct bef_dossier_job *job, const struct bef_line *line)
{
	(void)job;
	(void)line;
	return true; /* what is left out has no text here already */
}

/* Of the organisation's journal: what it says of this incident, and how it began. */
static bool about_incident(const struct bef_dossier_job *job, const struct bef_line *line)
{
	char uuid[BEF_UUID_TEXT];
	const char *incident = bef_json_text_or(bef_line_body(line), "incident", "");

	bef_uuid_format(&job->c->log, uuid);
	return strcmp(incident, uuid) == 0;
}

/* Once for the length, which comes first in an archive, once for the bytes: `size` or the dossier. */
static enum bef_rc pass(struct bef_dossier_job *job, const struct bef_case *c, given_fn *given, int64_t *size,
                        struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	for (size_t i = 0; i < c->line_count && rc == BEF_OK; i++) {
		job->line.len = 0;
		bef_entry_line(&job->line, c->line[i].entry, (int64_t)i + 1, given(job, &c->line[i]));
		rc = bef_text_rc(&job->line, err);
		if (size)
			*size += (int64_t)job->line.len;
		else if (rc == BEF_OK)
			rc = bef_tar_put(&job->dossier->tar, job->line.data, job->line.len, err);
	}
	return rc;
}

static enum bef_rc put_journal(struct bef_dossier_job *job, const char *name, const struct bef_case *c, given_fn *given,
                               struct bef_err *err)
{
	int64_t size = 0;
	enum bef_rc rc = pass(job, c, given, &size, err);

	if (rc == BEF_OK)
		rc = bef_dossier_begin(job->dossier, name, size, err);
	if (rc == BEF_OK)
		rc = pass(job, c, given, NULL, err);
	return rc ? rc : bef_dossier_end(job->dossier, NULL, err);
}

/* --- evidence --- */

/* The bytes of the file as they pass, against the digest that was taken when it was collected. */
static enum bef_rc stream_file(struct bef_dossier_job *job, int fd, const char *name, struct bef_hash *digest,
                               struct bef_err *err)
{
	BEF_AUTO_FREE char *piece = malloc(PIECE);
	struct bef_fd_stream stream = { fd, name };
	struct bef_source from = bef_fd_source(&stream);
	enum bef_rc rc = piece ? BEF_OK : bef_no_memory(err);
	size_t got = 1;

	while (rc == BEF_OK && got > 0) {
		rc = from.get(from.arg, piece, PIECE, &got, err);
		if (rc == BEF_OK && got > 0)
			rc = bef_tar_put(&job->dossier->tar, piece, got, err);
	}
	return rc ? rc : bef_dossier_end(job->dossier, digest, err);
}

static enum bef_rc put_file(struct bef_dossier_job *job, const char *name, const char *path, const char *sha256,
                            struct bef_err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct bef_hash digest;
	struct stat st;
	char hex[BEF_HASH_HEX];
	enum bef_rc rc;

	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		if (fd >= 0)
			close(fd);
		return bef_fail(err, BEF_BROKEN, "%s", tr("its file is gone"));
	}
	rc = bef_dossier_begin(job->dossier, name, (int64_t)st.st_size, err);
	if (rc == BEF_OK)
		rc = stream_file(job, fd, name, &digest, err);
	close(fd);
	if (rc)
		return rc;
	bef_hex(digest.byte, sizeof(digest.byte), hex);
	return strcmp(hex, sha256) == 0 ? BEF_OK : bef_fail(err, BEF_BROKEN, "%s", tr("its file no longer matches its digest"));
}

static enum bef_rc put_item(struct bef_dossier_job *job, const struct bef_line *line, const json_t *body,
                            struct bef_err *err)
{
	const char *sha256 = bef_json_text(body, "sha256");
	struct bef_hash digest;
	char path[BEF_PATH], name[BEF_TAR_NAME];
	enum bef_rc rc;

	if (!sha256 || !bef_json_bool(body, "copied") || !bef_unhex(sha256, digest.byte, sizeof(digest.byte)))
		return BEF_OK;
	snprintf(name, sizeof(name), "evidence/%.64s", sha256);
	if (bef_dossier_has(job->dossier, name))
		return BEF_OK;
	rc = bef_store_evidence_path(job->store, sha256, path, err);
	if (rc == BEF_OK)
		rc = put_file(job, name, path, sha256, err);
	job->evidence++;
	if (rc == BEF_OK)
		return rc;
	bef_context(err, rc, tr("the evidence of #%u (%.100s)"), line->number, bef_json_text_or(body, "name", "?"));
	if (rc == BEF_BROKEN)
		bef_hint(err, "%s", tr("look with: beffroi verify   (a dossier without any evidence: --without evidence)"));
	return rc;
}

/* --- playbooks --- */

static enum bef_rc put_playbook(struct bef_dossier_job *job, const json_t *body, struct bef_err *err)
{
	const char *document = bef_json_text(body, "document");
	const char *sha256 = bef_json_text(body, "sha256");
	struct bef_hash digest;
	char hex[BEF_HASH_HEX], name[BEF_TAR_NAME];

	if (!document || !sha256)
		return BEF_OK;
	bef_sha256(document, strlen(document), NULL, 0, &digest);
	bef_hex(digest.byte, sizeof(digest.byte), hex);
	snprintf(name, sizeof(name), "playbooks/%.16s.json", hex);
	if (strcmp(hex, sha256) != 0 || bef_dossier_has(job->dossier, name))
		return BEF_OK;
	return bef_dossier_text(job->dossier, name, document, strlen(document), err);
}

/* What was written at first, not as amended since: the check knows nothing of amendments. */
static enum bef_rc each_line(struct bef_dossier_job *job, bool evidence, struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	for (size_t i = 0; i < job->c->line_count && rc == BEF_OK; i++) {
		const struct bef_entry *entry = job->c->line[i].entry;
		bool collects = strcmp(entry->kind, "evidence.collected") == 0;
		json_t *body = NULL;

		if (!entry->body || (evidence ? !collects : strncmp(entry->kind, "run.", 4) != 0))
			continue;
		rc = bef_json_load(entry->body, entry->body_len, &body, err);
		if (rc == BEF_OK)
			rc = evidence ? put_item(job, &job->c->line[i], body, err) : put_playbook(job, body, err);
		json_decref(body);
	}
	return rc;
}

/* One line an item, fields between tabs. */
static enum bef_rc put_index(struct bef_dossier_job *job, struct bef_err *err)
{
	BEF_AUTO(text) out = { .max = 1 << 30 };
	char when[BEF_DATE_SIZE];
	enum bef_rc rc;

	bef_text_printf(&out, "%s\n", tr("item\tentry\tcollected (UTC)\tbytes\tSHA-256\tname\twhat was said"));
	for (size_t i = 0; i < job->c->evidence_count; i++) {
		const struct bef_line *line = job->c->evidence[i].line;
		const char *sha256 = bef_line_text(line, "sha256");
		const char *name = bef_line_text(line, "name");
		const char *text = bef_line_text(line, "text");

		bef_text_printf(&out, "%zu\t#%u\t%s\t%lld\t%s\t", i + 1, line->number, bef_date_utc(line->at_ms, when),
		                (long long)bef_line_int(line, "size"), sha256 ? sha256 : "-");
		bef_text_tame(&out, name ? name : "-", true);
		bef_text_putc(&out, '\t');
		bef_text_tame(&out, text ? text : "", true);
		if (!bef_json_bool(bef_line_body(line), "copied"))
			bef_text_puts(&out, tr(" (left where it was: not in the dossier)"));
		bef_text_putc(&out, '\n');
	}
	rc = bef_text_rc(&out, err);
	return rc ? rc : bef_dossier_text(job->dossier, "evidence/index.txt", out.data, out.len, err);
}

/* --- documents --- */

static enum bef_rc put_document(struct bef_dossier_job *job, const struct bef_report *report, const char *format,
                                const char *name, struct bef_err *err)
{
	BEF_AUTO(text) text = { .max = 1 << 30 };
	char member[BEF_TAR_NAME];
	int missing = 0;
	enum bef_rc rc = bef_report_write(report, format, &job->in, &text, &missing, err);

	snprintf(member, sizeof(member), "documents/%.40s.%s", name, format);
	return rc ? rc : bef_dossier_text(job->dossier, member, bef_text_str(&text), text.len, err);
}

static enum bef_rc put_documents(struct bef_dossier_job *job, struct bef_err *err)
{
	enum bef_rc rc = put_document(job, bef_reports[0], "json", "case", err);

	for (const struct bef_report *const *report = bef_reports; *report && rc == BEF_OK; report++)
		rc = put_document(job, *report, "html", (*report)->en, err);
	return rc;
}

enum bef_rc bef_dossier_fill(struct bef_dossier_job *job, struct bef_err *err)
{
	enum bef_rc rc = bef_dossier_pages(job, err);

	job->line.max = BEF_LINE_MOST;
	if (rc == BEF_OK)
		rc = put_journal(job, "journal/journal.ndjson", job->c, all_given, err);
	if (rc == BEF_OK && job->organisation)
		rc = put_journal(job, "journal/organisation.ndjson", job->organisation, about_incident, err);
	if (rc == BEF_OK)
		rc = put_documents(job, err);
	if (rc == BEF_OK)
		rc = each_line(job, false, err);
	if (rc == BEF_OK)
		rc = put_index(job, err);
	if (rc == BEF_OK && !job->dossier->manifest.no_evidence)
		rc = each_line(job, true, err);
	bef_text_clear(&job->line);
	return rc;
}
