/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* The part of the full report about the law: clocks, answers, instants. */
#include "model/case.h"
#include "report/doc.h"

void bef_report_law(struct bef_doc *doc, const struct bef_case *c, int64_t now_ms);
