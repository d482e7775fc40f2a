// SPDX-License-Identifier: EUPL-1.2
// needs: standardwebhooks svix
// Two receivers' libraries on what the generic format sends: both must take the good and refuse the rest.
const { assert, check, kinds, now, old, render, secret } = require('./lib.cjs');
const judges = { standardwebhooks: require('standardwebhooks').Webhook, svix: require('svix').Webhook };
const other = 'whsec_' + Buffer.from('another-secret-that-is-long-enough').toString('base64');

for (const [name, Webhook] of Object.entries(judges)) {
	const takes = (request, key = secret) => new Webhook(key).verify(request.body, request.header);
	const refuses = (request, key = secret) => assert.throws(() => takes(request, key));

	for (const kind of kinds)
		for (const lang of ['en', 'fr'])
			for (const reach of [1, 2, 3])
				check(`${name} takes ${kind} ${lang} ${reach}`, () => {
					const body = takes(render('generic', lang, kind, { reach }));
					assert.strictEqual(body.data.incident.ref, 'INC-2026-001');
					assert.strictEqual(body.data.seq, 7);
				});
	const good = render('generic', 'fr', 'crisis');
	check(`${name} refuses another secret`, () => refuses(good, other));
	check(`${name} refuses an altered body`, () => refuses({ ...good, body: good.body.replace('INC-2026-001', 'INC-2026-002') }));
	check(`${name} refuses a body re-spaced`, () => refuses({ ...good, body: JSON.stringify(JSON.parse(good.body), null, 1) }));
	check(`${name} refuses another id`, () => refuses({ ...good, header: { ...good.header, 'webhook-id': 'msg_other' } }));
	check(`${name} refuses another time`, () =>
		refuses({ ...good, header: { ...good.header, 'webhook-timestamp': String(now + 1) } }));
	for (const [shift, good] of [[-290, true], [290, true], [-310, false], [310, false], [-86400, false]])
		check(`${name} at ${shift} s`, () => (good ? takes : refuses)(render('generic', 'fr', 'crisis', { now: now + shift })));
	const rotating = render('generic', 'fr', 'crisis', { old: 1 });
	check(`${name} takes the new secret during a change`, () => takes(rotating));
	check(`${name} takes the old secret during a change`, () => takes(rotating, old));
	check(`${name} refuses a third secret during a change`, () => refuses(rotating, other));
	check(`${name} takes a signed binary CloudEvent`, () =>
		takes(render('cloudevents', 'fr', 'crisis', { mode: 'binary', sign: 1 })));
}
