# SPDX-License-Identifier: EUPL-1.2
# What is said of the legal data more than once.  The input is the array of all files, facts.json first.

def facts: .[0].facts;
def regimes: .[1:][];
def rules: regimes.rules[];

# Every fact of a condition, as often as it stands there.
def asked: if type == "string" then . elif .not then .not | asked else (.all // .any)[] | asked end;

# The outcome of a condition, in three values (Kleene).
def outcome($known):
  def negated: { yes: "no", no: "yes", unknown: "unknown" }[.];
  if type == "string" then $known[.] // "unknown"
  elif .not then .not | outcome($known) | negated
  elif .all then [.all[] | outcome($known)]
    | if any(. == "no") then "no" elif all(. == "yes") then "yes" else "unknown" end
  else [.any[] | outcome($known)]
    | if any(. == "yes") then "yes" elif all(. == "no") then "no" else "unknown" end
  end;

# Every instant that a rule counts from.
def starts: (.clock_start // [.combine.min[].start[]])[];

# What stands there more than once.
def twice: group_by(.)[] | select(length > 1) | .[0];

# Every text in two languages, with where it stands.
def texts: paths(type == "object" and has("en") and has("fr")) as $p | { at: ($p | map(tostring) | join(".")), both: getpath($p) };
