/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Why the file of a private key is not used: absent, not a file, somebody
 * else's, or open to others.  NULL when it may be.
 */
const char *bef_key_file_fault(const char *path);
