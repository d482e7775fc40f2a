# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
#
# Ports for servers that cannot be told to take a free one and say which.

# free_port: one that nobody listens on just now; files that run side by side draw from ranges of their own
free_port() {
	local port
	while :; do
		port=$((20000 + $$ % 120 * 100 + RANDOM % 100))
		grep -q "$(printf ':%04X 00000000:0000 0A' $port)" /proc/net/tcp || break
	done
	echo $port
}

# listening PORT: until somebody does; without connecting, for s_server counts connections
listening() {
	local entry
	entry=$(printf '0100007F:%04X 00000000:0000 0A' "$1")
	for _ in $(seq 250); do
		grep -q "$entry" /proc/net/tcp && return
		sleep 0.02
	done
	return 1
}

# answer_once FILE: 204, as soon as a request has come into the file; then the line stays open for a while
answer_once() {
	for _ in $(seq 250); do
		[ ! -s "$1" ] || break
		sleep 0.02
	done
	printf 'HTTP/1.1 204 No Content\r\n\r\n'
	sleep 2
}
