/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Mark a sentence that a result may carry.  It is said in English; whoever shows it has its translation, which
 * tests/lint/catalogue.sh sees to. */
#define N_(text) text
