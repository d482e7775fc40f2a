// SPDX-License-Identifier: EUPL-1.2
// needs: @rocket.chat/message-parser@0.31.35 commonmark@0.31.2 discord-markdown@2.5.1
// What parsers make of hostile words: Rocket.Chat's own, CommonMark's for Mattermost, one of Discord's dialect.
const rocket = require('@rocket.chat/message-parser');
const commonmark = require('commonmark');
const discord = require('discord-markdown');
const { assert, check, render } = require('./lib.cjs');

const body = (format, options) => JSON.parse(render(format, 'fr', 'message', options).body);
// What a reader is to see: below a headline, ntfy has the incident's title, then the words, without any markup.
const meant = body('ntfy').message.split('\n\n')[0].split('\n').slice(1).join('\n');
const shown = (text) => text.replace(/\u200b/g, '');

// Every type of node in a tree, and the users that it wakes.
function walk(tree, found = { types: new Set(), users: [] }) {
	if (Array.isArray(tree)) {
		tree.forEach((node) => walk(node, found));
	} else if (tree && typeof tree === 'object') {
		if (tree.type)
			found.types.add(tree.type);
		if (tree.type === 'MENTION_USER')
			found.users.push(tree.value.value);
		Object.values(tree).forEach((node) => walk(node, found));
	}
	return found;
}

const chat = body('rocketchat', { mention: '@here' });
const unwanted = ['MENTION_CHANNEL', 'LINK', 'IMAGE', 'HEADING', 'SPOILER', 'SPOILER_BLOCK', 'TIMESTAMP'];
for (const [what, text, users] of [['title', chat.text, ['here']], ['words', chat.attachments[0].text, []]])
	check(`Rocket.Chat: ${what}`, () => {
		const found = walk(rocket.parse(text));
		assert.deepStrictEqual(found.users, users);
		assert.deepStrictEqual(unwanted.filter((type) => found.types.has(type)), []);
	});
check('Rocket.Chat: the same words as they were typed', () => {
	const found = walk(rocket.parse(meant));
	assert.ok(found.users.length > 0 && found.types.has('LINK') && found.types.has('MENTION_CHANNEL'));
});

// The text of what is nothing but text; else what it is.
function literal(markdown) {
	const walker = new commonmark.Parser().parse(markdown).walker();
	let text = '';
	for (let event = walker.next(); event; event = walker.next()) {
		const { type, literal: piece } = event.node;
		if (type === 'text')
			text += piece;
		else if (type === 'softbreak')
			text += '\n';
		else if (type !== 'document' && type !== 'paragraph')
			return `a ${type}`;
	}
	return text;
}
check('Mattermost: text alone, and that very text', () =>
	assert.strictEqual(shown(literal(body('mattermost').attachments[0].text)), meant));
check('CommonMark: the same words as they were typed', () => assert.notStrictEqual(literal(meant), meant));

// A bare address becomes a link by itself, and shows where it leads.
const plain = ['text', 'br', 'newline', 'url', 'autolink', 'escape'];
const types = (text) => discord.parser(text, { embed: true }).map((node) => node.type);
check('Discord: words', () => assert.deepStrictEqual(
	types(body('discord').embeds[0].description).filter((type) => !plain.includes(type)), []));
check('Discord: the same words as they were typed', () =>
	assert.notDeepStrictEqual(types(meant).filter((type) => !plain.includes(type)), []));
