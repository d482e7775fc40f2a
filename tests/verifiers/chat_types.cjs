// SPDX-License-Identifier: EUPL-1.2
// needs: typescript@5.9.3 @slack/types@3.2.0 discord-api-types@0.38.57
// Our bodies for Slack and Discord as literals of the types they publish, for the compiler to judge.
const { execFileSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const { assert, check, kinds, render } = require('./lib.cjs');

// Block is any object with a type: only the known ones are asked for.
const heads = {
	slack: `import type { KnownBlock, MessageAttachment } from "@slack/types";
interface Body {
	text: string;
	blocks: KnownBlock[];
	attachments: (Omit<MessageAttachment, "blocks"> & { blocks: KnownBlock[] })[];
}
`,
	discord: 'import type { RESTPostAPIWebhookWithTokenJSONBody as Body } from "discord-api-types/v10";\n',
};
const mentions = { slack: '<!channel>', discord: '<@&4242>' };
const tsc = path.join(process.env.CACHE, 'node_modules/typescript/bin/tsc');

// What the compiler says of these bodies: nothing, if they are of the type.
function compile(format, bodies) {
	const file = path.join(process.env.CACHE, `chat_${format}.ts`);
	const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--moduleResolution', 'nodenext'];

	fs.writeFileSync(file, heads[format] + bodies.map((body, i) => `export const body${i}: Body = ${body};\n`).join(''));
	try {
		execFileSync(process.execPath, [tsc, ...options, file], { cwd: process.env.CACHE, encoding: 'utf8' });
		return '';
	} catch (error) {
		return error.stdout || error.message;
	} finally {
		fs.unlinkSync(file);
	}
}

for (const format of ['slack', 'discord']) {
	const bodies = [];
	for (const kind of kinds)
		for (const lang of ['en', 'fr'])
			for (const options of [{}, { mention: mentions[format] }, { reach: 2 }, { reach: 1, tlp: 'red' }])
				bodies.push(render(format, lang, kind, options).body);
	check(`${format}: ${bodies.length} bodies`, () => assert.strictEqual(compile(format, bodies), ''));
}

// It is a judge: it refuses a body with one thing wrong, for that reason.
for (const [format, from, to, word] of [
	['discord', /"color":\d+/, '"color":"red"', 'number'],
	['discord', '"embeds"', '"embed"', 'embed'],
	['discord', '"value":', '"valeur":', 'valeur'],
	['slack', '"plain_text"', '"mrkdwn"', 'mrkdwn'],
	['slack', '"header"', '"heading"', 'heading'],
	['slack', '"emoji":', '"emojis":', 'emojis'],
])
	check(`${format}: refuses ${to}`, () =>
		assert.ok(compile(format, [render(format, 'fr', 'crisis').body.replace(from, to)]).includes(word)));
