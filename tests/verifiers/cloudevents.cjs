// SPDX-License-Identifier: EUPL-1.2
// needs: cloudevents
// The CloudEvents SDK, which is lenient, and our own look at the bytes, which is not.
const { assert, check, kinds, render } = require('./lib.cjs');
const { HTTP, ValidationError } = require('cloudevents');

function event(request) {
	const read = HTTP.toEvent({ headers: request.header, body: request.body });
	assert.ok(read.validate());
	return read;
}

function attributes(read, kind, reach) {
	assert.strictEqual(read.specversion, '1.0');
	assert.strictEqual(read.id, 'msg_0123456789abcdef0123456789abcdef');
	assert.strictEqual(read.source, 'urn:uuid:5a5a5a5a-5a5a-5a5a-5a5a-5a5a5a5a5a5a');
	assert.strictEqual(read.subject, 'INC-2026-001');
	assert.match(read.type, /^org\.beffroi\.[a-z_]+\.[a-z_]+\.v1$/);
	assert.strictEqual(read.tlp, 'amber');
	assert.strictEqual(read.sequence, '00000007');
	assert.strictEqual(read.severity, reach > 1 ? '3' : undefined);
	assert.strictEqual(read.data.incident.ref, 'INC-2026-001');
	assert.strictEqual(read.data.is_test, kind === 'test');
}

// In the raw form: no member that the specification does not know how to name, none missing.
function structured(request) {
	const raw = JSON.parse(request.body);
	assert.strictEqual(request.header['content-type'], 'application/cloudevents+json; charset=utf-8');
	assert.ok(!Object.keys(request.header).some((name) => name.startsWith('ce-')));
	for (const name of Object.keys(raw))
		assert.match(name, /^[a-z0-9]{1,20}$/);
	for (const name of ['specversion', 'id', 'source', 'type', 'time', 'data'])
		assert.ok(name in raw, name);
	assert.match(raw.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
}

function binary(request) {
	assert.strictEqual(request.header['content-type'], 'application/json');
	for (const name of ['specversion', 'id', 'source', 'type', 'time', 'subject'])
		assert.ok(`ce-${name}` in request.header, name);
	assert.ok(!('ce-datacontenttype' in request.header));
	for (const [name, value] of Object.entries(request.header))
		if (name.startsWith('ce-')) {
			assert.match(name, /^ce-[a-z0-9]{1,20}$/);
			assert.match(value, /^[\x21-\x7e]+$/);
		}
	assert.ok(!('specversion' in JSON.parse(request.body)));
}

for (const kind of kinds)
	for (const lang of ['en', 'fr'])
		for (const reach of [1, 2, 3])
			for (const [mode, raw] of Object.entries({ structured, binary }))
				check(`${mode} ${kind} ${lang} ${reach}`, () => {
					const request = render('cloudevents', lang, kind, { mode, reach });
					attributes(event(request), kind, reach);
					raw(request);
				});
check('both modes say the same', () => {
	const a = event(render('cloudevents', 'fr', 'message', { mode: 'structured' }));
	const b = event(render('cloudevents', 'fr', 'message', { mode: 'binary' }));
	assert.deepStrictEqual({ ...a.toJSON(), datacontenttype: 0 }, { ...b.toJSON(), datacontenttype: 0 });
});
check('the SDK does refuse something', () => {
	const request = render('cloudevents', 'fr', 'crisis', { mode: 'structured' });
	const raw = JSON.parse(request.body);
	delete raw.source;
	assert.throws(() => event({ ...request, body: JSON.stringify(raw) }), ValidationError);
});
