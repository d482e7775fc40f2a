# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
# The program completes by itself: commands, options, and the values that are in the journal.
complete -C 'beffroi completion' beffroi
