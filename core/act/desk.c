/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/desk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/json.h"

enum bef_rc bef_desk_init(struct bef_desk *desk, const char *base, const char *state_home, struct bef_err *err)
{
	char name[80];
	char hex[BEF_HASH_HEX];
	struct bef_hash digest;
	enum bef_rc rc;

	if (strlen(base) >= sizeof(desk->base))
		return bef_fail(err, BEF_USAGE, tr("the path '%.60s...' is too long"), base);
	memcpy(desk->base, base, strlen(base) + 1);
	bef_sha256(base, strlen(base), NULL, 0, &digest);
	bef_hex(digest.byte, sizeof(digest.byte), hex);
	snprintf(name, sizeof(name), "stores/%.16s", hex);
	rc = bef_path_join(desk->state, state_home, name, err);
	return rc ? rc : bef_path_join(desk->key_path, state_home, "post.key", err);
}

void bef_desk_clear(struct bef_desk *desk)
{
	bef_keypair_clear(&desk->pen.key);
	desk->has_key = false;
}

/* A key that others may read proves nothing. */
static enum bef_rc read_key(struct bef_desk *desk, struct bef_err *err)
{
	uint8_t secret[BEF_SECRET_SIZE];
	BEF_AUTO(text) text = { 0 };
	struct stat st;
	enum bef_rc rc = bef_file_read(desk->key_path, 2 * BEF_SECRET_SIZE + 2, &text, err);

	if (rc)
		return rc;
	if (stat(desk->key_path, &st) != 0 || st.st_mode & 077 || st.st_uid != geteuid()) {
		bef_fail(err, BEF_REFUSED, tr("the signing key '%.200s' may be read by others"), desk->key_path);
		bef_hint(err, "chmod 600 '%.200s'", desk->key_path);
		return BEF_REFUSED;
	}
	if (text.len > 0 && text.data[text.len - 1] == '\n')
		text.data[--text.len] = '\0';
	if (!bef_unhex(bef_text_str(&text), secret, sizeof(secret)))
		return bef_fail(err, BEF_BROKEN, tr("'%.200s' is not a signing key"), desk->key_path);
	bef_keypair_from_secret(secret, &desk->pen.key);
	explicit_bzero(secret, sizeof(secret));
	explicit_bzero(text.data, text.len);
	desk->has_key = true;
	return BEF_OK;
}

/* Two first commands at once: the first to link its file wins, both use that one. */
static enum bef_rc draw_key(const struct bef_desk *desk, struct bef_err *err)
{
	uint8_t seed[BEF_SEED_SIZE];
	char line[2 * BEF_SECRET_SIZE + 2];
	struct bef_keypair pair;
	char temporary[BEF_PATH];
	char dir[BEF_PATH];
	enum bef_rc rc;

	snprintf(dir, sizeof(dir), "%.*s", (int)(bef_path_name(desk->key_path) - desk->key_path - 1),
	         desk->key_path);
	rc = bef_dir_make(dir, err);
	if (rc)
		return rc;
	snprintf(temporary, sizeof(temporary), "%.4000s.%ld", desk->key_path, (long)getpid());
	bef_random(seed, sizeof(seed));
	bef_keypair_from_seed(seed, &pair);
	bef_hex(pair.secret, sizeof(pair.secret), line);
	bef_keypair_clear(&pair);
	strcat(line, "\n");
	rc = bef_file_write(temporary, line, strlen(line), true, err);
	explicit_bzero(line, sizeof(line));
	explicit_bzero(seed, sizeof(seed));
	if (rc == BEF_OK && link(temporary, desk->key_path) != 0 && errno != EEXIST)
		rc = bef_fail(err, BEF_FAILED, tr("cannot write '%s'"), desk->key_path);
	unlink(temporary);
	return rc ? rc : bef_dir_sync(dir, err);
}

enum bef_rc bef_desk_key(struct bef_desk *desk, struct bef_err *err)
{
	enum bef_rc rc;

	if (desk->has_key)
		return BEF_OK;
	rc = read_key(desk, err);
	if (rc != BEF_NOT_FOUND)
		return rc;
	if (desk->dry_run) {
		uint8_t seed[BEF_SEED_SIZE];

		bef_random(seed, sizeof(seed));
		bef_keypair_from_seed(seed, &desk->pen.key); /* for this once */
		explicit_bzero(seed, sizeof(seed));
		desk->has_key = true;
		return BEF_OK;
	}
	rc = draw_key(desk, err);
	return rc ? rc : read_key(desk, err);
}

/* Small files of the state directory: written in place, not synced, never a reason to fail. */
static bool state_write(const struct bef_desk *desk, const char *name, const void *data, size_t len)
{
	char path[BEF_PATH];
	bool ok;
	int fd;

	if (bef_path_join(path, desk->state, name, NULL))
		return false;
	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0 && errno == ENOENT) {
		char dir[BEF_PATH];

		snprintf(dir, sizeof(dir), "%.*s", (int)(bef_path_name(path) - path - 1), path);
		if (bef_dir_make(dir, NULL))
			return false;
		fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	}
	if (fd < 0)
		return false;
	/* Cut to length afterwards: ext4 flushes a file that was emptied first. */
	ok = bef_fd_write(fd, path, data, len, NULL) == BEF_OK && ftruncate(fd, (off_t)len) == 0;
	close(fd);
	return ok;
}

static enum bef_rc state_read(const struct bef_desk *desk, const char *name, size_t max, struct bef_text *out,
                              struct bef_err *err)
{
	char path[BEF_PATH];
	enum bef_rc rc = bef_path_join(path, desk->state, name, err);

	bef_text_init(out, max);
	return rc ? rc : bef_file_read(path, max, out, err);
}

void bef_desk_draft_path(const struct bef_desk *desk, char out[BEF_PATH])
{
	if (bef_path_join(out, desk->state, *desk->draft ? desk->draft : "drafts", NULL))
		out[0] = '\0';
}

bool bef_desk_draft_keep(struct bef_desk *desk, const char *text)
{
	char path[BEF_PATH];

	/* Named after this process; one that had the same number may have left its own. */
	for (int i = 0; !*desk->draft && i < 1000; i++) {
		snprintf(desk->draft, sizeof(desk->draft), "drafts/%ld.%d", (long)getpid(), i);
		bef_desk_draft_path(desk, path);
		if (access(path, F_OK) == 0)
			desk->draft[0] = '\0';
	}
	return *desk->draft && state_write(desk, desk->draft, text, strlen(text));
}

/* Called with the name of a draft below the state directory; true to go on. */
typedef bool left_fn(const struct bef_desk *desk, const char *name, void *arg);

/* The drafts of commands that are over. */
static void each_left(const struct bef_desk *desk, left_fn *fn, void *arg)
{
	char path[BEF_PATH], name[40];
	struct dirent *file;
	DIR *dir = bef_path_join(path, desk->state, "drafts", NULL) ? NULL : opendir(path);
	bool go_on = true;

	while (dir && go_on && (file = readdir(dir))) {
		long pid = strtol(file->d_name, NULL, 10);

		if (pid <= 0 || strlen(file->d_name) > 30 || (kill((pid_t)pid, 0) == 0 && pid != getpid()))
			continue;
		snprintf(name, sizeof(name), "drafts/%.30s", file->d_name);
		go_on = strcmp(name, desk->draft) == 0 || fn(desk, name, arg);
	}
	if (dir)
		closedir(dir);
}

static void drop(const struct bef_desk *desk, const char *name)
{
	char path[BEF_PATH];

	if (!bef_path_join(path, desk->state, name, NULL))
		unlink(path);
}

static bool drop_same(const struct bef_desk *desk, const char *name, void *arg)
{
	const struct bef_text *ours = arg;
	BEF_AUTO(text) left = { 0 };

	if (state_read(desk, name, BEF_BODY_MOST, &left, NULL) == BEF_OK && left.len == ours->len &&
	    memcmp(bef_text_str(&left), bef_text_str(ours), left.len) == 0)
		drop(desk, name);
	return true;
}

void bef_desk_draft_drop(const struct bef_desk *desk)
{
	BEF_AUTO(text) ours = { 0 };

	if (!*desk->draft)
		return;
	if (state_read(desk, desk->draft, BEF_BODY_MOST, &ours, NULL) == BEF_OK)
		each_left(desk, drop_same, &ours);
	drop(desk, desk->draft);
}

void bef_desk_draft_drop_same(const struct bef_desk *desk, const char *text)
{
	struct bef_text ours = { .data = (char *)(uintptr_t)text, .len = strlen(text) };

	each_left(desk, drop_same, &ours);
}

struct telling {
	bef_draft_fn *fn;
	void *arg;
};

static bool tell_left(const struct bef_desk *desk, const char *name, void *arg)
{
	const struct telling *telling = arg;
	BEF_AUTO(text) left = { 0 };
	char path[BEF_PATH];

	if (state_read(desk, name, BEF_BODY_MOST, &left, NULL) == BEF_OK && left.len > 0 &&
	    !bef_path_join(path, desk->state, name, NULL))
		telling->fn(telling->arg, path, bef_text_str(&left));
	return true;
}

void bef_desk_drafts_left(const struct bef_desk *desk, bef_draft_fn *fn, void *arg)
{
	struct telling telling = { fn, arg };

	each_left(desk, tell_left, &telling);
}

static bool drop_holding(const struct bef_desk *desk, const char *name, void *arg)
{
	BEF_AUTO(text) left = { 0 };
	BEF_AUTO(text) json = { .max = 8 * BEF_BODY_MOST };

	if (state_read(desk, name, BEF_BODY_MOST, &left, NULL) != BEF_OK)
		return true;
	bef_json_string(&json, bef_text_str(&left));
	if (json.failed || strstr(bef_text_str(&json), arg))
		drop(desk, name);
	return true;
}

void bef_desk_draft_scour(const struct bef_desk *desk, const char *bytes)
{
	bef_desk_draft_drop(desk);
	each_left(desk, drop_holding, (void *)(uintptr_t)bytes);
}

bool bef_desk_current(const struct bef_desk *desk, struct bef_uuid *out)
{
	BEF_AUTO(text) text = { 0 };

	return state_read(desk, "current", 64, &text, NULL) == BEF_OK &&
	       bef_uuid_parse(bef_text_str(&text), out);
}

enum bef_rc bef_desk_choose(const struct bef_desk *desk, const struct bef_uuid *log, struct bef_err *err)
{
	char text[BEF_UUID_TEXT];

	bef_uuid_format(log, text);
	if (state_write(desk, "current", text, strlen(text)))
		return BEF_OK;
	return bef_fail(err, BEF_FAILED, tr("cannot write in '%.200s'"), desk->state);
}

static int year_of(const struct bef_desk *desk)
{
	struct bef_civil now;

	bef_civil_from(desk->pen.now_ms / 1000 + bef_zone_offset(desk->pen.zone, desk->pen.now_ms), &now);
	return now.year;
}

static enum bef_rc not_chosen(int open, struct bef_err *err)
{
	if (open == 0) {
		bef_fail(err, BEF_NOT_FOUND, "%s", tr("no incident is open"));
		bef_hint(err, "%s", tr("open one with: beffroi open   or see the closed ones: beffroi list --all"));
	} else {
		bef_fail(err, BEF_NOT_FOUND, "%s", tr("several incidents are open and none is chosen"));
		bef_hint(err, "%s", tr("see them with: beffroi list   then choose: beffroi use N   or add: -i N"));
	}
	return BEF_NOT_FOUND;
}

/* The incident chosen with `use`; BEF_NOT_FOUND: none was, or it is not in this journal. */
static enum bef_rc chosen_one(const struct bef_desk *desk, struct bef_store *store, struct bef_log_row *row,
                              int64_t *closed_at_ms, struct bef_err *err)
{
	char ref[BEF_REF_SIZE];
	struct bef_uuid uuid;
	enum bef_rc rc;

	if (!bef_desk_current(desk, &uuid))
		return BEF_NOT_FOUND;
	rc = bef_store_log_by_uuid(store, &uuid, row, err);
	return rc ? rc : bef_store_incident_brief(store, row->log, ref, closed_at_ms, err);
}

enum bef_rc bef_desk_resolve(const struct bef_desk *desk, struct bef_store *store, int64_t *log,
                             struct bef_err *err)
{
	int64_t closed_at_ms = 0;
	struct bef_log_row row;
	int open = 0;
	bool chosen;
	enum bef_rc rc;

	if (*desk->incident)
		return bef_store_find(store, desk->incident, year_of(desk), log, err);
	rc = chosen_one(desk, store, &row, &closed_at_ms, err);
	if (rc && rc != BEF_NOT_FOUND)
		return rc;
	chosen = rc == BEF_OK;
	if (chosen && closed_at_ms == 0) {
		*log = row.log;
		return BEF_OK;
	}
	rc = bef_store_open_count(store, &open, log, err);
	if (rc || open == 1)
		return rc;
	if (open > 1 || !chosen)
		return not_chosen(open, err);
	*log = row.log;
	return BEF_OK;
}

void bef_desk_head_keep(const struct bef_desk *desk, const struct bef_log_row *row)
{
	char name[64] = "heads/";
	char line[128];
	char hex[BEF_HASH_HEX];
	int len;

	if (row->head_count == 0)
		return;
	bef_uuid_format(&row->uuid, name + strlen(name));
	bef_hex(row->head[0].byte, sizeof(row->head[0].byte), hex);
	len = snprintf(line, sizeof(line), "%lld %s\n", (long long)row->entries, hex);
	state_write(desk, name, line, (size_t)len);
}

bool bef_desk_head(const struct bef_desk *desk, const struct bef_uuid *log, int64_t *entries,
                   struct bef_hash *head)
{
	BEF_AUTO(text) text = { 0 };
	char name[64] = "heads/";
	char hex[BEF_HASH_HEX] = "";
	long long count = 0;

	bef_uuid_format(log, name + strlen(name));
	if (state_read(desk, name, 128, &text, NULL) != BEF_OK ||
	    sscanf(bef_text_str(&text), "%lld %64[0-9a-f]", &count, hex) != 2)
		return false;
	*entries = count;
	return bef_unhex(hex, head->byte, sizeof(head->byte));
}
