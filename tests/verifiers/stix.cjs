// SPDX-License-Identifier: EUPL-1.2
// needs: ajv ajv-formats
//
// Every object of the STIX bundles, judged by OASIS's own schemas: those of STIX 2.1, and for what the incident
// extension adds (a draft) those of the extension.
'use strict';
const Ajv = require('ajv/dist/2020').default;
const formats = require('ajv-formats').default;
const fs = require('fs');
const path = require('path');
const { assert, check, published } = require('./lib.cjs');

const draft = 'extension-definition-specifications/incident-ef7';
const stix = path.join(published('oasis-open/cti-stix2-json-schemas', '/schemas/'), 'schemas');
const common = path.join(published('oasis-open/cti-stix-common-objects', `/${draft}/`), draft);
const { beffroi, exported, fill, options } = require('./lib_case.cjs');

const walk = (dir) => fs.readdirSync(dir, { withFileTypes: true }).flatMap((one) =>
	one.isDirectory() ? walk(path.join(dir, one.name)) : one.name.endsWith('.json') ? [path.join(dir, one.name)] : []);
const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const base = 'raw.githubusercontent.com/oasis-open/cti-stix2-json-schemas/stix2.1/schemas/';
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
formats(ajv);
ajv.addFormat('idn-hostname', true); // which that package does not know
// They call themselves http:, and the extension refers to them as https:.
for (const schema of walk(stix).map(read))
	for (const scheme of ['http', 'https'])
		ajv.addSchema({ ...schema, $id: schema.$id.replace(/^https?/, scheme) });

// Written for draft 7 with later words in it, which count too; a comment stands where a list of names must.
const added = { incident: 'ef765651-680c-498d-9894-99799f2fa126', event: '4ca6de00-5b0d-45ef-a1dc-ea7279ea910e',
	task: '2074a052-8be4-4932-849e-f5e7798e0030', impact: '7cc33dd6-f6a1-489b-98ea-522d351d71b9' };
const raw = {}, extension = {};
for (const [type, id] of Object.entries(added)) {
	const file = `extension-definition--${id}.json`;
	raw[type] = read(type === 'incident' ? path.join(common, file) : path.join(common, type, file));
	delete raw[type].$schema;
	const categories = raw[type].allOf.at(-1).properties.extensions.properties;
	for (const one of Object.values(categories))
		if (one.dependentRequired)
			delete one.dependentRequired.$comment;
	extension[type] = ajv.compile(raw[type]);
}
// The schema of an impact names its members and does not close it: a member of ours that it does not name is wrong.
const named = new Set(['type', ...Object.keys(raw.impact.definitions.STIX_Uncommon.properties),
	...Object.keys(raw.impact.allOf.at(-1).properties)]);
const vocabulary = { detection_methods: raw.incident.definitions['detection-methods-ov'].enum,
	investigation_status: raw.incident.definitions['incident-investigation-ov'].enum,
	task_types: raw.task.definitions['task-type-ov'].enum };

function faults(object) {
	const own = ['sdos', 'sros', 'observables', 'common'].map((dir) => ajv.getSchema(`http://${base}${dir}/${object.type}.json`)).find(Boolean);
	const judges = [own, extension[object.type]].filter(Boolean);
	const core = object.extensions?.[`extension-definition--${added.incident}`] || {};
	const found = judges.flatMap((judge) => (judge(object) ? [] : judge.errors.map((e) => `${e.instancePath} ${e.message}`)));

	if (judges.length === 0)
		found.push('no schema knows it');
	if (object.type === 'impact') {
		found.push(...Object.keys(object).filter((key) => !named.has(key)).map((key) => `${key} is no member of it`));
		if (!object.extensions[object.impact_category])
			found.push(`its category ${object.impact_category} is not among its extensions`);
	}
	for (const [key, words] of Object.entries(vocabulary))
		found.push(...[core[key], object[key]].flat().filter((word) => word && !words.includes(word)).map((word) => `${key}: ${word}`));
	if (object.modified < object.created)
		found.push('modified before created');
	if (object.start_time && object.end_time && object.end_time < object.start_time)
		found.push('it ends before it begins');
	return found.map((one) => `${object.id} ${one}`);
}

const refs = (node) => (Array.isArray(node) ? node.flatMap(refs) : !node || typeof node !== 'object' ? [] :
	Object.entries(node).flatMap(([key, value]) => (/_refs?$/.test(key) ? [value].flat() : refs(value))));

function judge({ name, json }) {
	const ids = new Set(json.objects.map((one) => one.id));

	check(`${name}: schemas`, () => assert.deepStrictEqual(json.objects.flatMap(faults), []));
	check(`${name}: ids`, () => assert.strictEqual(ids.size, json.objects.length));
	check(`${name}: references`, () => assert.deepStrictEqual(json.objects.flatMap(refs).filter((id) => !ids.has(id)), []));
}

check('the schemas refuse what is wrong', () => {
	const impact = { type: 'impact', spec_version: '2.1', id: `impact--${added.impact}`, created: '2025-01-01T00:00:00.000Z',
		modified: '2025-01-01T00:00:00.000Z', impact_category: 'economic-ext', extensions: {
			[`extension-definition--${added.impact}`]: { extension_type: 'new-sdo' }, 'economic-ext': { variety: 'x', min_amount: 1 } } };
	assert.match(faults(impact).join(), /currency/);
	impact.extensions['economic-ext'] = { variety: 'x' };
	assert.deepStrictEqual(faults(impact), []);
	assert.match(faults({ ...impact, amount: 1 }).join(), /amount is no member/);
	assert.match(faults({ ...impact, end_time: 'tomorrow' }).join(), /end_time/);
});

fill();
for (const words of [...options, ['--stix-extension', 'none']])
	judge(exported('stix', ...words));
const { json } = exported('stix');
const categories = json.objects.filter((one) => one.type === 'impact').map((one) => one.impact_category).sort();
check('impacts', () => assert.deepStrictEqual(categories,
	['availability-ext', 'availability-ext', 'confidentiality-ext', 'economic-ext', 'integrity-ext']));
beffroi('deadline', 'answer', 'personal-data=no');
beffroi('close', '--despite', '--reason', 'fini');
judge(exported('stix'));
beffroi('open', '?', '--drill');
judge(exported('stix'));
