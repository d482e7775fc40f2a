/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* The course of an incident as a picture: one bar a phase, marks for decisions, alerts, evidence
 * and settled steps.  State is always a word or a shape too, never a colour alone. */
#include "model/case.h"

/* Add an <svg> element of our own making, with a title and a description. */
void bef_timeline_svg(const struct bef_case *c, int64_t now_ms, struct bef_text *out);
