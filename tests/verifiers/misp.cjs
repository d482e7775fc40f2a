// SPDX-License-Identifier: EUPL-1.2
// needs: ajv ajv-draft-04
//
// The MISP events, judged by MISP's public schema and its list of types and categories (both in PyMISP), by the
// taxonomies that their tags come from, and by PyMISP itself where its libraries are.
'use strict';
const { execFileSync, spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const { assert, check, published } = require('./lib.cjs');

const pymisp = published('MISP/PyMISP', '/pymisp/*.py', '/pymisp/tools/', '/pymisp/data/*.json', '/pyproject.toml');
const taxonomies = published('MISP/misp-taxonomies', '/tlp/', '/PAP/', '/rsit/');
const rsit = published('enisaeu/Reference-Security-Incident-Taxonomy-Task-Force', '/working_copy/machinev1');
const { beffroi, exported, fill, hostile, options } = require('./lib_case.cjs');

const read = (...at) => JSON.parse(fs.readFileSync(path.join(...at), 'utf8'));
const types = read(pymisp, 'pymisp/data/describeTypes.json').result;

// The machine tags of a taxonomy: namespace:predicate, or namespace:predicate="value" where it has values.
function tagsOf(taxonomy) {
	const values = taxonomy.values || [];
	return taxonomy.predicates.flatMap((predicate) => {
		const entries = values.filter((one) => one.predicate === predicate.value).flatMap((one) => one.entry);
		const name = `${taxonomy.namespace}:${predicate.value}`;
		return entries.length ? entries.map((entry) => `${name}="${entry.value}"`) : [name];
	});
}
const machine = read(rsit, 'working_copy/machinev1');
const known = { tlp: new Set(tagsOf(read(taxonomies, 'tlp/machinetag.json'))), PAP: new Set(tagsOf(read(taxonomies, 'PAP/machinetag.json'))),
	rsit: new Set(tagsOf(read(taxonomies, 'rsit/machinetag.json'))) };

function judge({ name, json: { Event: event } }) {
	const all = [event, ...event.Attribute];
	const tags = all.flatMap((one) => one.Tag || []).map((tag) => tag.name);

	check(`${name}: tags`, () => {
		for (const tag of tags) {
			const space = tag.replace(/:.*/, '');
			// Ours are of no taxonomy, and of the form of one.
			assert.ok(space === 'beffroi' ? /^beffroi:[a-z-]+="[a-z0-9-]+"$/.test(tag) : known[space]?.has(tag), tag);
		}
		for (const one of all)
			for (const alone of ['tlp', 'PAP'])
				assert.ok((one.Tag || []).filter((tag) => tag.name.startsWith(alone)).length <= 1, `${alone} twice`);
	});
	check(`${name}: types`, () => {
		for (const { type, category, to_ids: detects } of event.Attribute) {
			assert.ok(types.category_type_mappings[category]?.includes(type), `${category}: ${type}`);
			assert.strictEqual(typeof detects, 'boolean');
		}
	});
	return tags;
}

check('both copies of RSIT have what we use', () => {
	const ours = fs.readFileSync(path.join(__dirname, '../../core/model/rsit.c'), 'utf8')
		.matchAll(/^\t\{ "[a-z0-9-]+", "([a-z0-9-]+)", "([a-z0-9-]+)"/gm);
	const official = new Set(tagsOf({ ...machine, namespace: 'rsit' }));
	let count = 0;
	for (const [, class_, type] of ours) {
		const tag = `rsit:${class_}="${type}"`;
		assert.ok(known.rsit.has(tag) && official.has(tag), tag);
		count++;
	}
	assert.ok(count > 40, `${count}`);
});

fill();
const events = options.map((words) => exported('misp', ...words));
const seen = new Set(events.flatMap(judge));
for (const level of ['clear', 'green', 'amber', 'amber+strict', 'red'])
	beffroi('observable', 'add', `${level.replace('+', '-')}.tlp.example`, '--tlp', level, '--pap', level.replace('+strict', ''), '--status', 'confirmed');
events.push(exported('misp'));
judge(events.at(-1)).forEach((tag) => seen.add(tag));
check('every level', () => {
	for (const tag of ['tlp:clear', 'tlp:green', 'tlp:amber', 'tlp:amber+strict', 'tlp:red', 'PAP:CLEAR', 'PAP:GREEN', 'PAP:AMBER', 'PAP:RED'])
		assert.ok(seen.has(tag), tag);
});
check('schema', () => {
	execFileSync(process.execPath, [path.join(__dirname, '../interchange/misp.cjs'), path.join(pymisp, 'pymisp/data/schema.json'),
		...events.map((one) => one.file)], { stdio: ['ignore', 'inherit', 'inherit'] });
});
check('the report writes no link, tag or HTML of somebody else', () => {
	const { content } = events.at(-1).json.Event.EventReport[0];
	assert.ok(content.includes('FOLLOWEDBY'));
	assert.ok(!hostile.some((one) => /[<@]/.test(one) && content.includes(one)), 'as it was typed');
});

// PyMISP reads each, gives it back, and still has every attribute and the report.  It asks for its own version, which
// only an installed one has: its checkout is told it here.
const [, version] = /^version = "(.*)"$/m.exec(fs.readFileSync(path.join(pymisp, 'pyproject.toml'), 'utf8'));
fs.mkdirSync(path.join(pymisp, 'pymisp.dist-info'), { recursive: true });
fs.writeFileSync(path.join(pymisp, 'pymisp.dist-info/METADATA'), `Metadata-Version: 2.1\nName: pymisp\nVersion: ${version}\n`);
// Debian's own has Debian's packages.
const python = fs.existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
const loaded = spawnSync(python, [path.join(__dirname, 'lib_pymisp.py'), ...events.map((one) => one.file)],
	{ encoding: 'utf8', env: { ...process.env, PYTHONPATH: [process.env.PYTHONPATH, pymisp].filter(Boolean).join(path.delimiter) } });
process.stdout.write(loaded.stdout || '');
if (loaded.status !== 77)
	check('PyMISP', () => assert.strictEqual(loaded.status, 0, loaded.stderr));
