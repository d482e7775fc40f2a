// SPDX-License-Identifier: EUPL-1.2
// misp.cjs SCHEMA FILE...: do MISP events satisfy MISP's own schema (draft-04)?
// Its "id" members are relative names that clash: they are taken away.  Of the optional members of the core format,
// it does not know first_seen and last_seen of an attribute, which are checked here to be RFC 3339, nor the
// EventReport, which is checked against the format's draft (misp-rfc); they are taken away too.
const fs = require('fs');
const Ajv = require('ajv-draft-04');
const [schemaFile, ...files] = process.argv.slice(2);
const schema = JSON.parse(fs.readFileSync(schemaFile));
const anonymous = (node) => {
	if (!node || typeof node !== 'object') return;
	if (typeof node.id === 'string') delete node.id;
	Object.values(node).forEach(anonymous);
};
anonymous(schema);
const valid = new Ajv({ strict: false, allErrors: true }).compile(schema);
// All that the draft asks of an EventReport but its id, which is the receiving server's.
const reportMembers = { uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, event_id: /^\d+$/, name: /^[^\n]{1,256}$/, content: /^[^]+$/,
	distribution: /^[0-5]$/, sharing_group_id: /^\d+$/, timestamp: /^\d+$/, deleted: /^false$/ };
function wrong(report) {
	const members = new Set([...Object.keys(report), ...Object.keys(reportMembers)]);
	return [...members].filter((key) => typeof report[key] !== (key === 'deleted' ? 'boolean' : 'string') ||
		!reportMembers[key]?.test(String(report[key])));
}
let bad = 0;
for (const file of files) {
	const event = JSON.parse(fs.readFileSync(file));
	for (const attribute of event.Event.Attribute)
		for (const key of ['first_seen', 'last_seen'])
			if (key in attribute) {
				if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(attribute[key])) bad++, console.log(file, key, attribute[key]);
				delete attribute[key];
			}
	for (const report of event.Event.EventReport || [])
		for (const key of wrong(report)) bad++, console.log(file, 'EventReport', key, report[key]);
	delete event.Event.EventReport;
	if (!valid(event)) {
		bad++;
		for (const error of valid.errors) console.log(file, error.instancePath, error.message);
	}
}
process.exit(bad ? 1 : 0);
