#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# Each allocation of a command fails once.  It succeeds all the same, or says in
# one line that it failed and leaves nothing half-written.  TORTURE=long tries
# every one, otherwise forty drawn with a fixed seed.

load lib

setup() {
	fresh
	FAIL=${FAIL_ALLOC_SO:-${BEFFROI%/*}/fail_alloc.so}
	! is_asan || skip "the sanitisers have an allocator of their own"
	[ -f "$FAIL" ] || skip "fail_alloc.so is not built"
	needs_clock
	incident
	"$BEFFROI" note 'a fact, été' >/dev/null
	"$BEFFROI" decide 'cut it' --reason spreading >/dev/null
	"$BEFFROI" action 'restore' --for karim >/dev/null
	echo x >evidence.txt
	"$BEFFROI" attach evidence.txt >/dev/null
	"$BEFFROI" run ransomware </dev/null >/dev/null 2>&1
}

# failing N WORDS: run it with its Nth allocation failing
failing() {
	local n=$1
	shift
	status=0
	LD_PRELOAD=$FAIL FAIL_ALLOC=$n FAIL_ALLOC_IN=beffroi "$BEFFROI" "$@" >out 2>err </dev/null || status=$?
}

# The numbers of the allocations to try, of those that WORDS make.
chosen() {
	local total
	LD_PRELOAD=$FAIL FAIL_ALLOC=0 FAIL_ALLOC_IN=beffroi FAIL_ALLOC_COUNT=$PWD/count "$BEFFROI" "$@" >/dev/null 2>&1 </dev/null
	total=$(cat count)
	[ "$total" -ge 10 ]
	if [ "${TORTURE-}" = long ] || [ "$total" -le 40 ]; then
		seq "$total"
	else
		awk -v total="$total" 'BEGIN { srand(7); for (i = 0; i < 40; i++) print int(total * i / 40) + 1 + int(rand() * total / 40) }'
	fi
}

# clean_failure N [OUT ERR]: a failure is status 1, one line, one hint at most, and no result
clean_failure() {
	local line errors=0 others=0 out=${2-out} err=${3-err}
	[ "$status" -eq 1 ] || { echo "allocation $1: status $status"; cat "$out" "$err"; return 1; }
	while IFS= read -r line || [ -n "$line" ]; do
		case $line in
		'beffroi: '*) errors=$((errors + 1)) ;;
		'  -> '*) ;;
		*) others=$((others + 1)) ;;
		esac
	done <"$err"
	[ "$errors" -eq 1 ] || { echo "allocation $1: not one line of error"; cat "$err"; return 1; }
	# After what is done is told, so is what to do next.
	[ "$others" -eq 0 ] || grep -q 'what was asked is done' "$err" || { echo "allocation $1: more than one line"; cat "$err"; return 1; }
}

# writes WORDS: commands that add one entry when they succeed
writes() {
	local n before after
	chosen "$@" >numbers
	after=$(entries)
	for n in $(cat numbers); do
		before=$after
		failing "$n" "$@"
		after=$(entries)
		if [ "$status" -eq 0 ]; then
			[ "$after" -eq $((before + 1)) ] || { echo "allocation $n: success, and $before to $after entries"; return 1; }
			[ -s out ] || { echo "allocation $n: recorded, and nothing said"; return 1; }
		else
			clean_failure "$n"
			[ "$after" -eq "$before" ] || grep -q 'what was asked is done' err ||
				{ echo "allocation $n: failure, and $before to $after entries"; cat out err; return 1; }
		fi
		[ $((n % 5)) -ne 0 ] || sound
	done
	sound
}

# reads WORDS: what is said is what is always said, or there was a failure
reads() {
	local n same
	rm -rf each
	mkdir each
	"$BEFFROI" "$@" >whole 2>/dev/null </dev/null
	chosen "$@" >numbers
	LD_PRELOAD=$FAIL FAIL_ALLOC=$(paste -sd , numbers) FAIL_ALLOC_EACH=each FAIL_ALLOC_IN=beffroi "$BEFFROI" "$@" \
		>ends </dev/null
	[ "$(wc -l <ends)" -eq "$(wc -l <numbers)" ]
	same=$(sha256sum <whole)
	same=" $(cd each && sha256sum ./*.out | sed -n "s/^${same%% *}  //p" | tr '\n' ' ')"
	while read -r n status; do
		if [ "$status" -eq 0 ]; then
			[[ $same == *" ./$n.out "* ]] ||
				{ echo "allocation $n: success, and another answer:"; diff whole "each/$n.out"; return 1; }
		else
			clean_failure "$n" "each/$n.out" "each/$n.err"
		fi
	done <ends
	sound
}

@test "an opening whose memory runs out opens nothing, or all" {
	local n before after
	chosen open 'first one' --type ransomware -t -5m >numbers
	after=$("$BEFFROI" list --all --json | wc -l)
	for n in $(cat numbers); do
		before=$after
		failing "$n" open 'second one' --type ransomware -t -5m
		after=$("$BEFFROI" list --all --json | wc -l)
		if [ "$status" -eq 0 ]; then
			[ "$after" -eq $((before + 1)) ]
			grep -q opened out
		else
			clean_failure "$n"
			[ "$after" -eq "$before" ] || grep -q 'what was asked is done' err || { echo "allocation $n: $before to $after"; cat out err; return 1; }
		fi
	done
	sound
}

@test "a first opening whose memory runs out leaves a place where the next one works" {
	local n
	for n in $(BEFFROI_BASE=$PLACE/counted XDG_STATE_HOME=$PLACE/counted-state chosen open x); do
		export BEFFROI_BASE=$PLACE/base-$n XDG_STATE_HOME=$PLACE/state-$n
		failing "$n" open x
		[ "$status" -eq 0 ] || clean_failure "$n"
		if [ $((n % 4)) -eq 0 ]; then
			ok open again
			sound
		fi
	done
}

@test "a note whose memory runs out is recorded whole or not at all" {
	writes note 'été: a text of some length' --kind call --by marc -t -5m
}

@test "a note as JSON whose memory runs out is recorded whole or not at all" {
	writes note 'again' --json
}

@test "a decision and an action whose memory runs out are recorded whole or not at all" {
	writes decide 'choose' --rejected other --reason why --review +2h
	writes action 'do it' --for karim --before +2h --after 1
}

@test "a limit whose memory runs out is computed or not" {
	reads deadline compute --from 2027-03-26T20:15 --offset PT72H
	reads echeance calculer --de 2027-03-26T20:15 --delai PT72H --feries-locaux 2027-03-30 --json --langue fr
}

@test "an answer, and the clocks that follow, are recorded whole or not at all" {
	ok deadline answer controller=yes attack=yes personal-data=yes risk=yes cyber-insurance=yes
	writes deadline answer attack=yes
	reads deadline
	reads deadline --json --all
	reads deadline cnil
	reads deadline -f ics -o -
	reads deadline qualify
	reads deadline contacts
	reads watch
}

@test "a moved clock is recorded with what moved it, or neither is" {
	local n before after value=no
	ok deadline answer controller=yes cyber-insurance=yes attack=yes
	chosen deadline answer attack=no --dry-run >numbers
	after=$(entries)
	for n in $(cat numbers); do
		before=$after
		failing "$n" deadline answer "attack=$value"
		after=$(entries)
		if [ "$status" -eq 0 ]; then
			[ "$after" -eq $((before + 2)) ] || { echo "allocation $n: $before to $after"; return 1; }
			[ "$value" = no ] && value=yes || value=no
		else
			clean_failure "$n"
			[ "$after" -eq "$before" ] || grep -q 'what was asked is done' err || { echo "allocation $n: failure, and $before to $after entries"; return 1; }
			[ "$after" -eq "$before" ] || { [ "$value" = no ] && value=yes || value=no; }
		fi
	done
	sound
}

@test "a step whose memory runs out is recorded whole or not at all" {
	writes step note 'about the next step'
	reads step
	reads step --json
}

@test "the status is said whole or not at all" {
	reads status
	reads status --json
	reads list
	reads log
	reads log --all --json
}

@test "the search and the CSV are said whole or not at all" {
	reads log ete
	reads log -f csv
	reads list -f csv
	reads action -f csv
	reads search ete
}

@test "a period and a filled template are written whole or not at all" {
	printf '{{title}}\n{{#journal}}{{number}} {{sentence}} {{happened_at_local}}\n{{/journal}}' >t.md
	reads report period -o -
	reads report period -f csv -o -
	reads report --template t.md -o -
	reads report --template t.md --check
}

@test "the report is written whole or not at all" {
	local n
	reads report -o -
	reads report -f md -o -
	reads report -f json -o -
	reads report board --anonymous -f md -o -
	rm -f counted
	for n in $(chosen report -o counted --overwrite); do
		rm -f r.html
		failing "$n" report -o r.html
		if [ "$status" -eq 0 ]; then
			tail -n 1 r.html | grep -q '</html>'
		else
			grep -q '^beffroi: ' err
			[ ! -e r.html ] || tail -n 1 r.html | grep -q '</html>'
		fi
		[ -z "$(find . -name '*.new.*')" ]
	done
	sound
}

@test "verify says sound, or that it could not look; never that something is broken" {
	reads verify --all-signatures
	reads verify --json
}

@test "observables, assets and exports whose memory runs out are whole or not at all" {
	ok asset add PC-3 --status compromised
	ok observable add 203.0.113.5 'hxxp://evil[.]example/x' bob@evil.example --status confirmed --asset 1
	writes observable set 2 --status confirmed
	writes asset set 1 isolated -m why
	reads observable
	reads observable --json
	reads asset
	reads report stix -o -
	reads report misp -o -
}
