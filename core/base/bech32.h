/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* The checksum of Bech32 (BIP 173), one value of five bits at a time; it starts at 1. */
#include <stdint.h>

uint32_t bef_bech32_step(uint32_t sum, unsigned value);
