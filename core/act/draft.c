/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/draft.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "act/state.h"
#include "base/json.h"

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
	return *desk->draft && bef_state_write(desk, desk->draft, text, strlen(text));
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

	if (bef_state_read(desk, name, BEF_BODY_MOST, &left, NULL) == BEF_OK && left.len == ours->len &&
	    memcmp(bef_text_str(&left), bef_text_str(ours), left.len) == 0)
		drop(desk, name);
	return true;
}

void bef_desk_draft_drop(const struct bef_desk *desk)
{
	BEF_AUTO(text) ours = { 0 };

	if (!*desk->draft)
		return;
	if (bef_state_read(desk, desk->draft, BEF_BODY_MOST, &ours, NULL) == BEF_OK)
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

	if (bef_state_read(desk, name, BEF_BODY_MOST, &left, NULL) == BEF_OK && left.len > 0 &&
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

	if (bef_state_read(desk, name, BEF_BODY_MOST, &left, NULL) != BEF_OK)
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
