// SPDX-License-Identifier: EUPL-1.2
// What the verifiers share: our program's output, and checks that count.
const { execFileSync } = require('child_process');
const assert = require('assert');
const fs = require('fs');
const path = require('path');

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

// Where folders of a public repository are, fetched once with git into $CACHE/public.  PUBLIC says where from (an
// address or a folder with OWNER/NAME below it); GitHub if it says nothing.  Not to be had: the verifier is skipped.
function published(repository, ...folders) {
	const place = path.join(process.env.CACHE || 'build/verifiers', 'public', repository, folders.join('+').replace(/[^\w.+-]/g, ''));
	const origin = `${process.env.PUBLIC || 'https://github.com'}/${repository}`;
	const git = (...words) => execFileSync('git', words,
		{ stdio: 'pipe', timeout: 600000, env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } });

	if (fs.existsSync(path.join(place, '.fetched')))
		return place;
	try {
		fs.rmSync(place, { recursive: true, force: true });
		git('clone', '--quiet', '--depth', '1', '--filter=blob:none', '--no-checkout',
			fs.existsSync(origin) ? `file://${fs.realpathSync(origin)}` : origin, place);
		git('-C', place, 'sparse-checkout', 'set', '--no-cone', ...folders);
		git('-C', place, 'checkout', '--quiet');
		fs.writeFileSync(path.join(place, '.fetched'), '');
	} catch (error) {
		console.log(`skip: git cannot fetch ${repository}`);
		process.exit(77);
	}
	return place;
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
process.on('exit', (code) => {
	if (code === 77)
		return;
	console.log(`${done - failed} of ${done} checks`);
	if (failed || done === 0)
		process.exitCode = 1;
});

module.exports = { assert, check, kinds, now, old, published, render, secret };
