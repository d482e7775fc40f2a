#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

# The guided run in a pipe; guided.bats has the terminal.

setup() {
	fresh
	incident
}

@test "run starts the playbook made for the type of incident and leaves at the end of input" {
	ok run
	says 'Ransomware, step 1/' 'Done when'
	talks 'Playbook started' 'Paused at step 1'
	ok suivre
	says 'step 1/'
	[ "$(entries)" -eq 2 ]
}

@test "run named in French starts the same one" {
	ok suivre rançongiciel
	ok step
	says 'to do'
}

@test "answers on standard input move the run on" {
	bef_on $'d\nx\nno access\ns\nnothing seen\nq\n' run
	[ "$status" -eq 0 ]
	says 'step 1 done' 'step 2 failed' 'step 3 skipped'
	talks 'Paused at step 4'
	ok step 3 --json
	[ "$(field .status)" = skipped ]
}

@test "a run without a playbook for the type says to name one" {
	incident Other copyright
	refused 3 "no playbook is made for 'copyright'" 'beffroi playbook' run
	refused 3 "there is no playbook 'nonsense'" 'beffroi playbook list' run nonsense
	[ "$(entries)" -eq 1 ]
}

@test "a run is stopped with a reason, once" {
	ok run
	ok run --stop 'false alarm'
	says 'Playbook stopped'
	refused 4 'not going on' '' suivre --arreter encore
	refused 4 'was stopped' '' step 1 done
}

@test "trying to run writes nothing" {
	dry run
	[ "$(entries)" -eq 1 ]
}

@test "a closed incident starts no run, in either language" {
	ok close
	refused 4 'is closed' 'beffroi close --reopen' run ransomware
	bef run ransomware --lang fr
	[ "$status" -eq 4 ]
	[ -z "$output" ]
}

@test "a sentence typed where a key was wanted can still be kept" {
	bef_on $'the bank does not answer\nn\n\nzz\nn\n\nq\n' run
	[ "$status" -eq 0 ] || { told; return 1; }
	talks 'To keep it as a note'
	says 'step 1 noted'
	ok log
	says 'the bank does not answer'
	[ "$(entries)" -eq 3 ]
}
