/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* A program beside ours, with which we speak over one socket: its standard input and output both. */
#include <stdbool.h>
#include <sys/types.h>

/* Start args[0] with these arguments (ended by NULL) and nothing in its environment but `environment`; what it says
 * on standard error is dropped if `quiet`.  True: *pid is to be waited for, *fd to be closed by the caller. */
bool bef_process_start(const char *const *args, char *const *environment, bool quiet, pid_t *pid, int *fd);
