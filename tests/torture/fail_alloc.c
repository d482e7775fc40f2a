/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * LD_PRELOAD=build/MODE/fail_alloc.so: make an allocation fail in any program.
 *
 *     FAIL_ALLOC=n          the n-th one from the start of main's libraries, from 1; 0 or unset: none
 *     FAIL_ALLOC_EACH=dir   with FAIL_ALLOC=n,n,...: the program once for each, in a copy of the process made
 *                           before main, for starting takes longer than most of what is tried; what it says is in
 *                           dir/n.out and dir/n.err, and standard output has a line "n STATUS" of each
 *     FAIL_ALLOC_STICKY=1   and all that follow
 *     FAIL_ALLOC_IN=name    only in the program of this name (children inherit the variables)
 *     FAIL_ALLOC_SPARE=lib  what the library of this name asks for neither fails nor counts; e.g. jansson,
 *                           whose parser (2.14) writes beyond its buffer when that could not grow
 *     FAIL_ALLOC_COUNT=path at a normal end, write there how many there were: "1234\n"
 *
 * Takes no lock, allocates nothing and keeps no state but two counters, so it may be called from
 * anywhere.  strdup, asprintf, getline and their kin call malloc, and so are covered.
 */
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static atomic_long count;
static long fail_at; /* 0: never; set before main */
static bool sticky;
static bool active;
static char count_path[4096];
static uintptr_t spare_from, spare_to; /* where the spared library's code lies */

static bool fails(const void *caller)
{
	long now;

	if (!active || ((uintptr_t)caller >= spare_from && (uintptr_t)caller < spare_to))
		return false;
	now = atomic_fetch_add_explicit(&count, 1, memory_order_relaxed) + 1;
	if (!fail_at || now < fail_at || (now > fail_at && !sticky))
		return false;
	errno = ENOMEM;
	return true;
}

static int find_library(struct dl_phdr_info *library, size_t size, void *name)
{
	(void)size;
	if (!strstr(library->dlpi_name, name))
		return 0;
	for (int i = 0; i < library->dlpi_phnum; i++)
		if (library->dlpi_phdr[i].p_type == PT_LOAD && library->dlpi_phdr[i].p_flags & PF_X) {
			spare_from = library->dlpi_addr + library->dlpi_phdr[i].p_vaddr;
			spare_to = spare_from + library->dlpi_phdr[i].p_memsz;
		}
	return 1;
}

/* What goes to `fd` goes to the file dir/n.suffix from now on. */
static void send_to(int fd, const char *dir, long n, const char *suffix)
{
	char path[4096];
	int file;

	snprintf(path, sizeof(path), "%s/%ld.%s", dir, n, suffix);
	file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (file < 0 || dup2(file, fd) < 0)
		_exit(125);
	close(file);
}

/* Returns in each copy, never in the first process. */
static void each(const char *numbers, const char *dir)
{
	for (;;) {
		char *rest;
		long n = strtol(numbers, &rest, 10);
		pid_t copy;
		int how;

		if (rest == numbers)
			_exit(0);
		numbers = rest + (*rest == ',');
		copy = fork();
		if (copy == 0) {
			fail_at = n;
			send_to(STDOUT_FILENO, dir, n, "out");
			send_to(STDERR_FILENO, dir, n, "err");
			return;
		}
		if (copy < 0 || waitpid(copy, &how, 0) != copy)
			_exit(125);
		dprintf(STDOUT_FILENO, "%ld %d\n", n, WIFSIGNALED(how) ? 128 + WTERMSIG(how) : WEXITSTATUS(how));
	}
}

__attribute__((constructor)) static void start(void)
{
	const char *at = getenv("FAIL_ALLOC");
	const char *only = getenv("FAIL_ALLOC_IN");
	const char *path = getenv("FAIL_ALLOC_COUNT");
	const char *dir = getenv("FAIL_ALLOC_EACH");
	char *spare = getenv("FAIL_ALLOC_SPARE");

	if (only && strcmp(only, program_invocation_short_name) != 0)
		return;
	fail_at = at ? strtol(at, NULL, 10) : 0;
	if (spare && *spare)
		dl_iterate_phdr(find_library, spare);
	sticky = getenv("FAIL_ALLOC_STICKY") != NULL;
	if (path && strlen(path) < sizeof(count_path))
		memcpy(count_path, path, strlen(path) + 1);
	if (dir)
		each(at ? at : "", dir);
	active = true;
}

__attribute__((destructor)) static void end(void)
{
	char digits[24];
	char *at = digits + sizeof(digits);
	long left = atomic_load(&count);
	int fd;

	if (!active || !*count_path)
		return;
	active = false;
	*--at = '\n';
	do
		*--at = (char)('0' + left % 10);
	while ((left /= 10) > 0);
	fd = open(count_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return;
	if (write(fd, at, (size_t)(digits + sizeof(digits) - at)) < 0)
		unlink(count_path);
	close(fd);
}

void *malloc(size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t number, size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL : __libc_calloc(number, size);
}

void *realloc(void *old, size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL : __libc_realloc(old, size);
}

void *reallocarray(void *old, size_t number, size_t size)
{
	size_t all;

	if (__builtin_mul_overflow(number, size, &all)) {
		errno = ENOMEM;
		return NULL;
	}
	return fails(__builtin_return_address(0)) ? NULL : __libc_realloc(old, all);
}

void *memalign(size_t alignment, size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL : __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
	void *got;

	if (alignment % sizeof(void *) != 0 || (alignment & (alignment - 1)) != 0 || alignment == 0)
		return EINVAL;
	got = fails(__builtin_return_address(0)) ? NULL : __libc_memalign(alignment, size);
	if (!got)
		return ENOMEM;
	*out = got;
	return 0;
}
