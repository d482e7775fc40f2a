// SPDX-License-Identifier: EUPL-1.2
// What the verifiers of the exports share: an incident with something of everything, hostile words included.
const { execFileSync, spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const place = fs.mkdtempSync(path.join(os.tmpdir(), 'exports-'));
process.on('exit', () => fs.rmSync(place, { recursive: true, force: true }));
const program = process.env.BEFFROI || path.join(path.dirname(process.env.RENDER), 'beffroi');
const env = { ...process.env, BEFFROI_BASE: path.join(place, 'base'), HOME: place, XDG_STATE_HOME: place,
	XDG_CONFIG_HOME: place, XDG_DATA_HOME: place, BEFFROI_AUTHOR: 'lea', BEFFROI_LANG: 'fr', TZ: 'Europe/Paris' };
const beffroi = (...words) => execFileSync(program, words, { env, cwd: place, stdio: ['ignore', 'pipe', 'pipe'] }).toString();
// The same, where a value may be refused: true if it was taken.
const attempt = (...words) => spawnSync(program, words, { env, cwd: place, stdio: ['ignore', 'pipe', 'pipe'] }).status === 0;

fs.mkdirSync(path.join(place, 'beffroi'), { mode: 0o700 });
fs.writeFileSync(path.join(place, 'beffroi', 'beffroi.conf'), 'organisation = Durand "& Fils" <SARL>\n', { mode: 0o600 });

const hostile = [
	"x' OR file:name = 'y", "\\'", "it's\\", "\\\\' ]", "']", '"double" <b>&amp;</b>', 'é à ç œ € 漢字 🛎', "fin ' ; [ipv4-addr:value",
	"a\nb", 'a\tb', "[x:y = 'z'] FOLLOWEDBY [", '@[attribute](00000000-0000-4000-8000-000000000000)', '%s%n{{x}}', '\u202egpj.exe', "'".repeat(200),
];
// Of each type: what it takes, then where the hostile words may stand.
const observables = {
	ipv4: ['203.0.113.5'], ipv6: ['2001:db8::1'], domain: ['evil.example', 'éviléxample.fr'], url: ['https://evil.example/x', (h) => `https://evil.example/${h}`],
	email: ['bob@evil.example', (h) => `${h}@evil.example`], 'email-subject': ['Facture impayée', (h) => h],
	hash: ['d41d8cd98f00b204e9800998ecf8427e', 'da39a3ee5e6b4b0d3255bfef95601890afd80709', '0'.repeat(64), 'f'.repeat(128)],
	filename: ['evil.exe', (h) => h], account: ['CORP\\marc', (h) => h], hostname: ['pc-3', 'pc-3.corp.example', (h) => h], mac: ['00:1a:2b:3c:4d:5e'],
	iban: ['FR7630006000011234567890189'], btc: ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'], phone: ['+33612345678'], cve: ['CVE-2024-3400'],
	'registry-key': ['HKLM\\Software\\Run', (h) => `HKLM\\Software\\${h}`], mutex: ['Global\\x', (h) => h], 'user-agent': ['Mozilla/5.0 (X)', (h) => h],
	other: ['something else', (h) => h],
};

function observe() {
	let taken = 0;
	for (const [type, values] of Object.entries(observables))
		for (const value of values.flatMap((one) => (typeof one === 'string' ? [one] : hostile.map(one)))) {
			const done = attempt('observable', 'add', value, '--type', type, '--status', 'confirmed', '--detect', '-m', `vu: ${value}`)
				|| attempt('observable', 'add', value, '--type', type, '--status', 'confirmed');
			if (!done && typeof values[0] === 'string' && value === values[0])
				throw new Error(`${type} '${value}' was refused`);
			taken += done;
		}
	return taken;
}

// A ransomware attack with a playbook, assets out of use and back, costs, personal data; --tlp amber.
function fill() {
	beffroi('open', `Fichiers chiffrés ${hostile[5]}`, '--type', 'ransomware', '--severity', '3', '--reported-by', 'Marc', '--at', '-3h',
		'--summary', hostile.filter((one) => !one.includes('\n')).join(' '));
	beffroi('run', 'ransomware');
	for (let n = 1; n <= 20; n++)
		attempt('step', `${n}`, 'done', '--proof', 'vu') || attempt('step', `${n}`, 'yes');
	attempt('step', '21', 'fail', '--reason', 'porte close');
	beffroi('asset', 'add', 'FS1', '--type', 'server', '--status', 'compromised');
	beffroi('asset', 'set', 'S1', 'lost');
	beffroi('asset', 'set', 'S1', 'rebuilt');
	beffroi('asset', 'set', 'S1', 'back-in-service');
	beffroi('asset', 'add', 'PC de Léa', '--type', 'workstation', '--status', 'lost');
	beffroi('asset', 'add', 'lea@durand.example', '--type', 'mailbox', '--status', 'isolated');
	const taken = observe();
	beffroi('observable', 'add', 'red.example', '--tlp', 'red', '--status', 'confirmed');
	beffroi('observable', 'add', 'clear.example', '--tlp', 'clear', '--pap', 'amber', '--status', 'confirmed');
	beffroi('note', 'disques', '--amount', '1200,50');
	beffroi('note', 'experts', '--amount', '19,49');
	beffroi('decide', 'Couper Internet', '--question', 'Que faire ?', '--reason', 'ça se propage');
	beffroi('action', 'Restaurer la paie', '--for', 'karim', '--before', '+3h');
	beffroi('action', '1', 'done');
	beffroi('note', hostile[0]);
	beffroi('deadline', 'answer', 'personal-data=yes', 'cnil-loss=Confidentialité et intégrité', 'cnil-records=12 000', 'cnil-people-count=1 200');
	beffroi('phase', 'containment');
	return taken;
}

let files = 0;
// An export as a file: its path and what it holds.
function exported(what, ...options) {
	const file = path.join(place, `${++files}.json`);
	beffroi('report', what, '-o', file, ...options);
	return { file, name: [what, ...options].join(' '), json: JSON.parse(fs.readFileSync(file, 'utf8')) };
}
const options = [[], ['--max-tlp', 'red'], ['--max-tlp', 'amber'], ['--max-tlp', 'green'], ['--max-tlp', 'clear']];

module.exports = { beffroi, exported, fill, hostile, observables, options, place };
