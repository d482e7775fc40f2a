/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * What templates may name: one table, from which come the list that people
 * read, the check that names what is not in it, and the texts that are added
 * to the case for them (local hours, words of the vocabularies).
 */
#include "model/words.h"
#include "report/report.h"

enum bef_variable_sort { BEF_VAR_TEXT, BEF_VAR_NUMBER, BEF_VAR_FLAG, BEF_VAR_INSTANT, BEF_VAR_WORD, BEF_VAR_LIST, BEF_VAR_ANY };

/* An INSTANT has a brother NAME_local, a WORD one NAME_label.  A list is opened by a section; the names below it
 * are those after its dot. */
struct bef_template_variable {
	const char *path;
	enum bef_variable_sort sort;
	const struct bef_words *words; /* of a WORD */
	const char *help;              /* through tr() */
};
extern const struct bef_template_variable bef_template_variables[]; /* ends with a NULL path */

/* What `name` means inside the section opened as `scope` ("" at the top): the row, found there or further out,
 * or NULL.  NAME_local and NAME_label mean the row of NAME. */
const struct bef_template_variable *bef_variable_find(const char *scope, const char *name);
/* The known name that is nearest to `name` there, or NULL. */
const char *bef_variable_near(const char *scope, const char *name);

/* The case with all that the table promises.  NULL: no memory. */
json_t *bef_variable_data(const struct bef_report_input *in);
