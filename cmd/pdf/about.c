/* SPDX-License-Identifier: EUPL-1.2 */
#include "about.h"

static const char *member(const json_t *head, const char *key)
{
	const char *text = json_string_value(json_object_get(head, key));

	return text ? text : "";
}

/* Both are PDF 1.4, and libharu knows neither (2.3.0): they go straight into its catalogue. */
void bef_about_tell(struct bef_sheets *s, const json_t *head)
{
	HPDF_Dict preferences = HPDF_Dict_New(s->doc->mmgr);
	const char *lang = member(head, "lang");

	s->doc->pdf_version = HPDF_VER_14;
	HPDF_SetCurrentEncoder(s->doc, "UTF-8");
	HPDF_SetInfoAttr(s->doc, HPDF_INFO_TITLE, member(head, "title"));
	HPDF_SetInfoAttr(s->doc, HPDF_INFO_PRODUCER, "beffroi");
	HPDF_SetPageMode(s->doc, HPDF_PAGE_MODE_USE_OUTLINE);
	if (preferences) {
		HPDF_Dict_AddBoolean(preferences, "DisplayDocTitle", HPDF_TRUE);
		HPDF_Dict_Add(s->doc->catalog, "ViewerPreferences", preferences);
	}
	if (*lang)
		HPDF_Dict_Add(s->doc->catalog, "Lang", HPDF_String_New(s->doc->mmgr, lang, NULL));
}

void bef_about_mark(struct bef_sheets *s, int level, const char *text)
{
	HPDF_Encoder encoder = HPDF_GetEncoder(s->doc, "UTF-8");
	HPDF_Destination here = HPDF_Page_CreateDestination(s->page);

	level = level < 2 ? 2 : level > 4 ? 4 : level;
	s->above[level - 1] = here ? HPDF_CreateOutline(s->doc, s->above[level - 2], text, encoder) : NULL;
	if (!s->above[level - 1]) {
		s->failed = true;
		return;
	}
	for (int below = level; below < 4; below++)
		s->above[below] = s->above[level - 1];
	HPDF_Destination_SetXYZ(here, 0, (float)s->y + 4, 1);
	HPDF_Outline_SetDestination(s->above[level - 1], here);
}
