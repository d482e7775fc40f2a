/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Put the bytes of a file into the program at build time, NUL-terminated.
 * The path is relative to the directory in which make runs.
 */
#include <stddef.h>

#define BEF_EMBED(name, path)                                           \
	__asm__(".pushsection .rodata\n"                                \
	        ".balign 8\n"                                           \
	        ".global bef_embed_" #name "\n"                         \
	        ".hidden bef_embed_" #name "\n"                         \
	        "bef_embed_" #name ":\n"                                \
	        ".incbin \"" path "\"\n"                                \
	        ".byte 0\n"                                             \
	        ".global bef_embed_" #name "_end\n"                     \
	        ".hidden bef_embed_" #name "_end\n"                     \
	        "bef_embed_" #name "_end:\n"                            \
	        ".popsection\n");                                       \
	extern const char bef_embed_##name[];                           \
	extern const char bef_embed_##name##_end[]

/* Bytes of the file, without the NUL that was added. */
#define BEF_EMBED_SIZE(name) ((size_t)(bef_embed_##name##_end - bef_embed_##name) - 1)
