# SPDX-License-Identifier: EUPL-1.2
# What no schema says of a playbook; prints a line for each thing wrong.
"extension-definition--b3b953f9-2b49-4e61-8481-d8984d0c5044" as $x
| . as $p
| ([.external_references[]?.name] | map({ (.): true }) | add // {}) as $refs
| .workflow | to_entries[]
| .key as $id | .value as $s | ($s.step_extensions[$x] // {}) as $e
| [ (if ($e.en and $e.fr and (($e.en | keys) != ($e.fr | keys))) then "languages differ" else empty end),
    (if $s.agent and ($p.agent_definitions[$s.agent] == null) then "agent unknown" else empty end),
    (if $s.type == "parallel" and (($e.fr.branches | length) != ($s.next_steps | length)) then "branches differ" else empty end),
    (($e.sources // [])[] | select($refs[.] | not) | "source not referenced: \(.)"),
    ([$s.on_completion, $s.on_success, $s.on_failure, $s.on_true, $s.on_false, ($s.next_steps // [])[]][]
      | select(. != null and ($p.workflow[.] == null)) | "leads nowhere: \(.)"),
    (if ($s.type | test("^(start|end)$") | not) and ($e.fr.name == null) then "no French name" else empty end) ]
| .[] | "\($id): \(.)"
