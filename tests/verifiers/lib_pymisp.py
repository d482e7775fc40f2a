# SPDX-License-Identifier: EUPL-1.2
"""lib_pymisp.py FILE...: does PyMISP read these events, whole?  77: it, or a library of its, is not here."""
import importlib.util
import json
import sys

# Without one of them PyMISP does not say ImportError: it fails where it uses it.
absent = [name for name in ("requests", "dateutil", "deprecated", "pymisp") if importlib.util.find_spec(name) is None]
if absent:
    print(f"PyMISP is not asked: no {', '.join(absent)} (Debian: python3-requests python3-dateutil python3-deprecated)")
    sys.exit(77)

from pymisp import MISPEvent  # noqa: E402


def members(event):
    """What must survive: a sorted list of each thing's identity, text and tags."""
    things = [("event", event["uuid"], event["info"], event["date"], event["threat_level_id"], event["analysis"], tags(event))]
    things += [("attribute", a["uuid"], a["type"], a["category"], a["value"], a["to_ids"], tags(a)) for a in event["Attribute"]]
    things += [("report", r["uuid"], r["name"], r["content"], int(r["timestamp"])) for r in event.get("EventReport", [])]
    return sorted(map(str, things))


def tags(thing):
    return sorted(tag["name"] for tag in thing.get("Tag", []))


bad = 0
for name in sys.argv[1:]:
    event = MISPEvent()
    event.load_file(name)
    with open(name, encoding="utf-8") as file:
        ours = members(json.load(file)["Event"])
    theirs = members(json.loads(event.to_json()))
    for one in set(ours) ^ set(theirs):
        bad += 1
        print(name, "is not the same:", one[:300], file=sys.stderr)
    if event.Orgc.name != 'Durand "& Fils" <SARL>' or event.published:
        bad += 1
        print(name, "organisation or state", file=sys.stderr)
print(f"PyMISP read {len(sys.argv) - 1} events")
sys.exit(1 if bad else 0)
