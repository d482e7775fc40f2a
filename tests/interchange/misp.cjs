// SPDX-License-Identifier: EUPL-1.2
// misp.cjs SCHEMA FILE...: do MISP events satisfy MISP's own schema (draft-04)?
// Its "id" members are relative names that clash: they are taken away.  Of the optional members of the core format,
// it does not know first_seen and last_seen of an attribute: they are checked here to be RFC 3339 and taken away too.
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
let bad = 0;
for (const file of files) {
	const event = JSON.parse(fs.readFileSync(file));
	for (const attribute of event.Event.Attribute)
		for (const key of ['first_seen', 'last_seen'])
			if (key in attribute) {
				if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(attribute[key])) bad++, console.log(file, key, attribute[key]);
				delete attribute[key];
			}
	if (!valid(event)) {
		bad++;
		for (const error of valid.errors) console.log(file, error.instancePath, error.message);
	}
}
process.exit(bad ? 1 : 0);
