#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# The calendar of deadlines, read by somebody else's parser.

load lib

@test "an independent parser reads every event, its hour, its alarms and its words" {
	needs_clock
	/usr/bin/python3 -c 'import icalendar' 2>/dev/null || skip "python3-icalendar is not here"
	incident "$(printf 'Été; a,b \\ c "d" %s' "$(printf 'long %.0s' $(seq 40))")"
	ok deadline answer controller=yes cyber-insurance=yes attack=yes personal-data=yes risk=yes
	"$BEFFROI" deadline -f ics -o - >d.ics
	/usr/bin/python3 - d.ics >events <<-'END'
		import icalendar, sys
		calendar = icalendar.Calendar.from_ical(open(sys.argv[1], "rb").read())
		events = calendar.walk("VEVENT")
		assert len({str(e["UID"]) for e in events}) == len(events)
		for event in events:
		    assert not event.errors, event.errors
		    assert event.decoded("DTSTART").tzinfo is not None
		    assert event.walk("VALARM")
		    print(event.decoded("DTSTART").isoformat(), event.decoded("SUMMARY").decode())
	END
	[ "$(grep -c '^BEGIN:VEVENT' d.ics)" -eq "$(wc -l <events)" ]
	grep -q '^2025-11-06T05:25:00+00:00' events
	grep -qF 'Été; a,b \ c "d"' events || grep -qF 'INC-2025-001' events
}
