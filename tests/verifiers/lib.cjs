// SPDX-License-Identifier: EUPL-1.2
// What the verifiers share: our program's output, and checks that count.
const { execFileSync } = require('child_process');
const assert = require('assert');

const now = Math.floor(Date.now() / 1000);
const kinds = ['opened', 'crisis', 'severity', 'overdue', 'deadline', 'missed', 'review', 'sitrep', 'all-clear', 'degraded',
	'message', 'correction', 'test'];
const secret = 'whsec_YmVmZnJvaS10ZXN0LXNlY3JldC0zMi1ieXRlcy1vayE=';
const old = 'whsec_YmVmZnJvaS1mb3JtZXItc2VjcmV0LTMyLWJ5dGVzLSE=';

// One request as it leaves; its headers also as an object with small letters.
function render(format, lang, kind, options = {}) {
	const words = Object.entries({ now, ...options }).map(([name, value]) => `${name}=${value}`);
	const request = JSON.parse(execFileSync(process.env.RENDER, [format, lang, kind, ...words], { encoding: 'utf8' }));
	request.header = {};
	for (const line of request.headers) {
		const at = line.indexOf(': ');
		request.header[line.slice(0, at).toLowerCase()] = line.slice(at + 2);
	}
	return request;
}

let failed = 0, done = 0;
function check(name, fn) {
	done++;
	try {
		const promise = fn();
		if (promise && promise.then)
			return promise.catch((error) => tell(name, error));
	} catch (error) {
		tell(name, error);
	}
}
function tell(name, error) {
	failed++;
	console.log(`not ok: ${name}: ${error.message}`);
}
process.on('exit', () => {
	console.log(`${done - failed} of ${done} checks`);
	if (failed || done === 0)
		process.exitCode = 1;
});

module.exports = { assert, check, kinds, now, old, render, secret };
