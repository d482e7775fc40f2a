/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Time two commands as whole processes, in turn (A B A B ...), so that the
 * machine's drift touches both: pair RUNS 'A ...' 'B ...'.
 * Prints the median milliseconds and peak memory of each, and the median of the
 * ratios A/B.  Words are split at spaces; quotes '...' keep them.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

struct run {
	double ms;
	long peak_kb;
};

static char **split(char *text)
{
	static char *none[1];
	char **words = calloc(64, sizeof(*words));
	int count = 0;

	while (words && *text && count < 63) {
		char end = *text == '\'' ? '\'' : ' ';

		text += end == '\'';
		words[count++] = text;
		text += strcspn(text, end == '\'' ? "'" : " ");
		if (*text)
			*text++ = '\0';
		text += strspn(text, " ");
	}
	return words ? words : none;
}

static struct run once(char **words)
{
	struct run run = { 0 };
	struct timespec start, end;
	struct rusage usage;
	posix_spawn_file_actions_t actions;
	int status;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	clock_gettime(CLOCK_MONOTONIC, &start);
	if (posix_spawnp(&pid, words[0], &actions, NULL, words, environ) != 0) {
		fprintf(stderr, "pair: cannot start %s\n", words[0]);
		exit(2);
	}
	wait4(pid, &status, 0, &usage);
	clock_gettime(CLOCK_MONOTONIC, &end);
	posix_spawn_file_actions_destroy(&actions);
	if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) {
		fprintf(stderr, "pair: %s ended with status %d\n", words[0], status);
		exit(2);
	}
	run.ms = (double)(end.tv_sec - start.tv_sec) * 1e3 + (double)(end.tv_nsec - start.tv_nsec) / 1e6;
	run.peak_kb = usage.ru_maxrss;
	return run;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a;
	double y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double median(double *values, int count)
{
	qsort(values, (size_t)count, sizeof(*values), by_value);
	return values[count / 2];
}

int main(int argc, char **argv)
{
	int runs = argc > 1 ? atoi(argv[1]) : 0;
	double *a = calloc((size_t)runs + 1, sizeof(*a));
	double *b = calloc((size_t)runs + 1, sizeof(*b));
	double *ratio = calloc((size_t)runs + 1, sizeof(*ratio));
	long peak_a = 0;
	char **first, **second;

	if (argc != 4 || runs < 1 || !a || !b || !ratio)
		return 2;
	first = split(argv[2]);
	second = split(argv[3]);
	once(first);
	once(second);
	for (int i = 0; i < runs; i++) {
		struct run x = once(first);
		struct run y = once(second);

		a[i] = x.ms;
		b[i] = y.ms;
		ratio[i] = x.ms / y.ms;
		peak_a = x.peak_kb > peak_a ? x.peak_kb : peak_a;
	}
	printf("%.2f ms (%ld kB)  against %.2f ms  ratio %.2f\n", median(a, runs), peak_a, median(b, runs), median(ratio, runs));
	return 0;
}
