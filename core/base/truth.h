/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Three-valued truth (Kleene): what is not known is neither true nor false. */
enum bef_truth { BEF_FALSE, BEF_TRUE, BEF_UNKNOWN };
