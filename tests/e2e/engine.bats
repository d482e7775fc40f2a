#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# Loops, choices, variables, conditions that answer themselves, playbooks that open others.

load lib

setup() {
	fresh
	incident
}

# The status of each step, and the runs they are in: "done ready off"
stands() {
	"$BEFFROI" step --json "$@" | jq -r .status | xargs
}

is() {
	[ "$1" = "$2" ] || { echo "is: $1"; echo "wanted: $2"; return 1; }
}

@test "a loop is gone round while the answer is yes, and each turn is in the log" {
	playbook loop 1 '{"while-condition--w": {"type": "while-condition", "name": "More machines?", "on_true": "action--b",
		"on_completion": "action--z"}, "action--b": {"type": "action", "on_completion": "end"},
		"action--z": {"type": "action", "on_completion": "end"}}'
	ok run loop
	is "$(stands)" 'ready off off'
	ok step yes
	ok step done
	is "$(stands)" 'ready done off'
	ok step 1 oui
	is "$(stands)" 'done ready off'
	ok step 2 done
	ok step 1 no
	is "$(stands)" 'done done ready'
	is "$("$BEFFROI" log --json | jq -r 'select(.body.step) | [.body.answer // .body.mark, .body.pass] | join(" ")' | xargs)" \
		'true 1 done 1 true 2 done 2 3'
	ok undo
	is "$(stands)" 'ready done off'
	ok step 1 no
	ok step done
	ok status
	says '3 of 3'
	sound
}

@test "a choice opens the way of its case, or the default one" {
	playbook choice 1 '{"switch-condition--s": {"type": "switch-condition", "name": "How did it come in?",
		"switch": "__way__:value", "cases": {"mail": "action--m", "default": "action--d"}, "on_completion": "end"},
		"action--m": {"type": "action", "on_completion": "end"}, "action--d": {"type": "action", "on_completion": "end"}}' \
		'{"__way__": {"type": "string", "value": null}}'
	ok run choice
	refused 2 'answer with one of its cases' 'mail, default' step 1 yes
	refused 2 'answer with one of its cases' 'step 1 case' step 1 done
	ok step 1 case mail
	is "$(stands)" 'done ready off'
	ok undo
	ok step 1 cas elsewhere
	is "$(stands)" 'done off ready'
	ok log
	says ': elsewhere'
	refused 2 'not a question' 'step 3 done' step 3 yes
}

@test "values that come out of a step answer later questions, in the same transaction, and say so" {
	playbook values 1 '{"action--a": {"type": "action", "name": "Count on __host__:value", "out_args": ["__count__"],
		"on_completion": "if-condition--q"},
		"if-condition--q": {"type": "if-condition", "name": "Many?", "condition": "__count__:value > 10", "on_true": "action--y",
		"on_false": "action--n", "on_completion": "switch-condition--s"},
		"action--y": {"type": "action", "on_completion": "end"}, "action--n": {"type": "action", "on_completion": "end"},
		"switch-condition--s": {"type": "switch-condition", "name": "Where?", "switch": "__host__:value",
		"cases": {"srv": "action--s"}, "on_completion": "end"}, "action--s": {"type": "action", "on_completion": "end"}}' \
		'{"__count__": {"type": "integer", "value": null}, "__host__": {"type": "string", "value": null, "external": true},
		"__fixed__": {"type": "string", "value": "x", "constant": true}}'
	refused 2 'is not NAME=VALUE' 'host=srv-files' run values --var host
	refused 2 "has no variable 'nothing'" '' run values --var nothing=1
	refused 2 'is a constant' '' run values --var fixed=y
	is "$("$BEFFROI" status --json | jq .entries)" 1
	ok run values
	talks '__host__ is not known yet'
	ok run --stop again
	ok run values --var host=srv
	ok step 1
	says 'Count on' 'srv'
	refused 2 "no value of type integer" '' step 1 done --set count=many
	ok step 1 done --set count=12
	is "$(stands)" 'done done ready off off off'
	ok step 3 done
	is "$(stands)" 'done done done off done ready'
	ok log
	says 'by the condition' '__count__ = 12' ': srv'
	is "$("$BEFFROI" log --json | jq -s 'map(select(.body.computed)) | length')" 2
	sound
}

@test "what one question told answers the other one, but never itself" {
	playbook twice 1 '{"while-condition--w": {"type": "while-condition", "name": "More?", "condition": "__more__:value = '"'yes'"'",
		"on_true": "action--b", "on_completion": "if-condition--q"}, "action--b": {"type": "action", "on_completion": "end"},
		"if-condition--q": {"type": "if-condition", "name": "Was there more?", "condition": "__more__:value = '"'yes'"'",
		"on_true": "action--y", "on_completion": "action--z"}, "action--y": {"type": "action", "on_completion": "end"},
		"action--z": {"type": "action", "on_completion": "end"}}' '{"__more__": {"type": "string", "value": null}}'
	ok run twice
	ok step yes
	ok step done
	is "$(stands)" 'ready done off off off'
	ok step 1 no
	is "$(stands)" 'done done done off ready'
}

@test "a step opens another playbook in the same incident and goes on when that one is over" {
	playbook inner 2 '{"action--i": {"type": "action", "name": "Inside __host__:value", "out_args": ["__found__"],
		"on_completion": "end"}}' '{"__host__": {"type": "string", "value": null}, "__found__": {"type": "string", "value": null}}'
	playbook outer 1 '{"action--a": {"type": "action", "on_completion": "playbook-action--p"},
		"playbook-action--p": {"type": "playbook-action", "playbook_id": "playbook--00000000-0000-4000-8000-000000000002",
		"in_args": ["__host__"], "out_args": ["__found__"], "on_completion": "if-condition--q"},
		"if-condition--q": {"type": "if-condition", "condition": "__found__:value = '"'key'"'", "on_true": "action--y",
		"on_completion": "end"}, "action--y": {"type": "action", "on_completion": "end"}}' \
		'{"__host__": {"type": "string", "value": "srv"}, "__found__": {"type": "string", "value": null}}'
	ok run outer
	refused 4 'cannot be done now' '' step 2 start
	refused 2 'does not open another playbook' '' step 1 start
	ok step 1 done
	ok etape 2 lancer
	is "$(stands --run 1)" 'done waiting off off'
	is "$(stands)" 'ready'
	ok step 1
	says 'Inside' 'srv'
	ok status
	says 'inner, 0 of 1'
	ok step 1 done --set found=key
	is "$(stands)" 'done done done ready'
	ok report -f json -o -
	is "$(field '[.runs[].steps[].status] | join(" ")')" 'done done done ready done'
	ok close --despite --reason x
	sound
}

@test "a failure without a way of its own goes where the playbook says" {
	playbook trouble 1 '{"action--a": {"type": "action", "on_success": "action--b"}, "action--b": {"type": "action",
		"on_completion": "end"}, "action--x": {"type": "action", "name": "Call for help", "on_completion": "end"}}'
	jq '.workflow_exception = "action--x"' "$BEFFROI_BASE/playbooks/trouble.json" >t && mv t "$BEFFROI_BASE/playbooks/trouble.json"
	ok run trouble
	ok step 1 fail 'no answer'
	is "$(stands)" 'failed off ready'
	ok step 3 done
	ok status
	says '2 of 2'
}

@test "a playbook that opens another is followed on a terminal, there and back" {
	playbook inner 2 '{"action--i": {"type": "action", "name": "The inside", "on_completion": "end"}}'
	playbook outer 1 '{"playbook-action--p": {"type": "playbook-action", "name": "Open the inner one",
		"playbook_id": "playbook--00000000-0000-4000-8000-000000000002", "on_completion": "action--z"},
		"action--z": {"type": "action", "name": "The outside", "on_completion": "end"}}'
	bef_on $'start\nd\nd\n' run outer
	[ "$status" -eq 0 ] || { told; return 1; }
	says 'Open the inner one' '[start]' 'The inside' 'The outside'
	talks 'Back to: outer' 'Playbook finished'
	playbook lost 3 '{"playbook-action--p": {"type": "playbook-action", "name": "Gone",
		"playbook_id": "playbook--00000000-0000-4000-8000-000000000009", "on_completion": "end"}}'
	bef_on $'l\nf\n\nf\nby hand\n' run lost
	[ "$status" -eq 0 ] || { told; return 1; }
	says 'It opens another playbook' 'Done without it: how? [cancel]' '> by hand'
	talks 'Nothing recorded'  'there is no playbook' 'Playbook finished'
}

@test "delays and time limits are times shown to people, not commands" {
	needs_clock
	playbook slow 1 '{"action--a": {"type": "action", "delay": 600000, "timeout": 3600000, "on_completion": "end"}}'
	ok run slow
	ok step 1
	says 'Not before' '06:35' 'Before' '07:35'
	later 3 hours
	bef status --check
	[ "$status" -eq 7 ]
	is "$(stands)" ready
	ok step 1 done
}

@test "commands of other kinds are shown, never run" {
	playbook orders 1 '{"action--a": {"type": "action", "commands": [{"type": "bash", "command": "touch '"$PLACE"'/run"},
		{"type": "sigma", "command_b64": "w6l0w6kgYmFzaA=="}, {"type": "ssh", "command_b64": "!", "description": "by hand"}],
		"on_completion": "end"}, "action--b": {"type": "action", "on_completion": "end"}}'
	ok run orders
	ok step 1
	says "touch $PLACE/run" bash 'sigma' 'été bash' 'by hand'
	ok step 1 done
	[ ! -e "$PLACE/run" ]
}

@test "a newer version is adopted: the steps done are carried over, and it can be undone" {
	playbook grows 1 '{"action--a": {"type": "action", "on_completion": "action--b"}, "action--b": {"type": "action",
		"on_completion": "end"}}' '{"__x__": {"type": "string", "value": null}}'
	ok run grows
	ok step 1 done --set x=kept
	ok step 2 assign karim
	refused 4 'is not older' '' run --adopt
	playbook grows 1 '{"action--new": {"type": "action", "on_completion": "action--a"}, "action--a": {"type": "action",
		"on_completion": "action--b"}, "action--b": {"type": "action", "name": "Last __x__:value", "on_completion": "end"}}' \
		'{"__x__": {"type": "string", "value": null}}'
	jq '.modified = "2026-02-01T00:00:00.000Z"' "$BEFFROI_BASE/playbooks/grows.json" >t && mv t "$BEFFROI_BASE/playbooks/grows.json"
	is "$(stands)" 'done ready'
	ok suivre --adopter
	is "$(stands)" 'ready off off'
	ok step 1 done
	is "$(stands)" 'done done ready'
	ok step 3
	says 'Last kept' karim
	ok undo "$("$BEFFROI" log --json | jq -r 'select(.kind == "run.adopted").number')" --yes
	is "$(stands)" 'done ready'
	sound
}

@test "who holds which step is seen by the others" {
	playbook two 1 '{"parallel--p": {"type": "parallel", "next_steps": ["action--a", "action--b"], "on_completion": "end"},
		"action--a": {"type": "action", "name": "Left", "on_completion": "end"}, "action--b": {"type": "action", "name": "Right",
		"on_completion": "end"}}'
	ok run two
	BEFFROI_AUTHOR=karim ok step 2 take
	ok step
	says 'Right -> karim'
	bef_on $'t\nq\n' run
	says 'At the same time: 2 Right (karim)' 'step 1 taken'
	ok step
	says 'Left -> lea'
}
