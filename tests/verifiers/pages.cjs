// SPDX-License-Identifier: EUPL-1.2
// needs: axe-core playwright-core
//
// Every document of an incident, opened in a real browser: axe-core finds no
// violation (WCAG 2.2 A and AA, good practice), nothing is fetched, nothing is
// wider than the page, and it prints.  Skipped where there is no Chromium.
'use strict';
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const browserPath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
	.find(file => file && fs.existsSync(file));
if (!browserPath) {
	console.log('skip: no Chromium is here (Debian package chromium)');
	process.exit(77);
}
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const program = process.env.BEFFROI || path.join(path.dirname(process.env.RENDER), 'beffroi');
const place = fs.mkdtempSync(path.join(os.tmpdir(), 'pages-'));
const env = { ...process.env, BEFFROI_BASE: path.join(place, 'base'), HOME: place, XDG_STATE_HOME: place,
	XDG_CONFIG_HOME: place, XDG_DATA_HOME: place, BEFFROI_AUTHOR: 'lea', TZ: 'Europe/Paris' };
const beffroi = (...words) => execFileSync(program, words, { env, cwd: place, stdio: ['ignore', 'pipe', 'pipe'] });

const documents = ['full', 'sitrep', 'board', 'lessons', 'insurer', 'handover', 'cnil', 'claim'];
const pages = [];

function write(name, incident, ...words) {
	for (const lang of ['en', 'fr']) {
		const file = path.join(place, `${name}.${lang}.html`);
		beffroi('report', ...words, '-i', incident, '-o', file, '--lang', lang);
		pages.push(file);
	}
}

function fill() {
	fs.writeFileSync(path.join(place, 'ransom.txt'), 'pay us\n');
	beffroi('open', 'Alerte antivirus');
	beffroi('open', 'Fichiers chiffrés', '--type', 'ransomware', '--severity', '3', '--reported-by', 'Marc', '--summary', 'La paie est arrêtée.');
	beffroi('run', 'ransomware');
	beffroi('step', '1', 'done');
	beffroi('note', 'Extension .locked ' + 'x'.repeat(400));
	beffroi('note', 'שלום עולם مرحبا', '--kind', 'hypothesis');
	beffroi('note', 'disques', '--amount', '1200,50');
	beffroi('decide', 'Couper Internet', '--reason', 'arrêter', '--review', '+2h');
	beffroi('action', 'Restaurer', '--for', 'karim', '--before', '+3h');
	beffroi('attach', 'ransom.txt');
	beffroi('asset', 'add', 'Paie', '--type', 'service', '--status', 'down', '--rto', '4h', '--at', '-6h');
	beffroi('asset', 'add', 'Messagerie ' + 'x'.repeat(200), '--type', 'service', '--status', 'degraded', '--at', '-3h');
	beffroi('asset', 'set', 'S1', 'back-in-service', '--data-until', '-24h');
	beffroi('qualify', '--cause', 'phishing');
	beffroi('phase', 'containment');
	for (let i = 0; i < 300; i++)
		beffroi('note', `ligne ${i} é à ç œ €`);
	beffroi('open', 'Exercice', '--drill');
	const list = beffroi('list', '--all', '--json').toString().trim().split('\n').map(JSON.parse);
	return Object.fromEntries(list.map(row => [row.title, row.incident]));
}

async function judge(browser, file) {
	// The page's own policy lets no script in: axe comes from outside it.
	const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1000, height: 1400 } });
	const page = await context.newPage();
	const faults = [];
	page.on('request', request => request.url().startsWith('file:') || faults.push(`fetches ${request.url()}`));
	page.on('console', message => message.type() === 'error' && faults.push(message.text()));
	await page.goto('file://' + file);
	await page.evaluate(axe);
	const found = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
	for (const one of found.violations)
		faults.push(`${one.id} (${one.impact}): ${one.help}; ${one.nodes.length} times, first ${one.nodes[0].html.slice(0, 160)}`);
	for (const width of [1000, 400]) {
		await page.setViewportSize({ width, height: 1400 });
		const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
		if (over > 0)
			faults.push(`${over} pixels too wide at ${width}`);
	}
	await page.pdf({ path: file + '.pdf', format: 'A4', preferCSSPageSize: true });
	await context.close();
	return faults;
}

(async () => {
	const refs = fill();
	for (const word of documents) {
		write(`rich-${word}`, refs['Fichiers chiffrés'], word);
		write(`bare-${word}`, refs['Alerte antivirus'], word);
	}
	write('public', refs['Fichiers chiffrés'], 'full', '--audience', 'public');
	write('drill', refs['Exercice'], 'full');
	write('register', refs['Exercice'], 'register');
	write('period', refs['Exercice'], 'period');
	const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
	let failed = 0;
	for (const file of pages) {
		const faults = await judge(browser, file);
		failed += faults.length > 0;
		for (const fault of faults)
			console.log(`${path.basename(file)}: ${fault}`);
	}
	await browser.close();
	console.log(`${pages.length} pages, ${failed} with faults`);
	if (!process.env.KEEP)
		fs.rmSync(place, { recursive: true });
	process.exit(failed ? 1 : 0);
})().catch(error => {
	console.log(error.message);
	process.exit(1);
});
