// SPDX-License-Identifier: EUPL-1.2
// needs: adaptivecards@3.0.6
// Microsoft's reference parser on the cards that the Teams format sends: it must have nothing to say.
const path = require('path');
// The package's entry point is for bundlers; the bundle is for everybody.
const cards = require(path.join(process.env.NODE_PATH, 'adaptivecards/dist/adaptivecards.js'));
const { assert, check, kinds, render } = require('./lib.cjs');

// What it has to say of one card, and the blocks as it understood them.
function read(content) {
	const context = new cards.SerializationContext();
	const card = new cards.AdaptiveCard();
	const events = [], types = [];
	card.parse(content, context);
	for (let i = 0; i < context.eventCount; i++)
		events.push(context.getEventAt(i).message);
	for (let i = 0; i < card.getItemCount(); i++)
		types.push(card.getItemAt(i).getJsonTypeName());
	return { events, types };
}

function card(lang, kind, options) {
	const { body } = render('teams', lang, kind, options);
	const message = JSON.parse(body);

	assert.ok(Buffer.byteLength(body) <= 18000);
	assert.strictEqual(message.type, 'message');
	assert.strictEqual(message.attachments.length, 1);
	assert.strictEqual(message.attachments[0].contentType, 'application/vnd.microsoft.card.adaptive');
	return message.attachments[0].content;
}

const mention = 'cell@menuiserie.example';
for (const kind of kinds)
	for (const lang of ['en', 'fr'])
		for (const options of [{}, { mention }, { drill: 1 }, { reach: 2 }, { reach: 1, tlp: 'red' }])
			check(`${kind} ${lang} ${JSON.stringify(options)}`, () => {
				const content = card(lang, kind, options);
				const { events, types } = read(content);
				assert.deepStrictEqual(events, []);
				// What it does not know it may pass over in silence.
				assert.deepStrictEqual(types, content.body.map((block) => block.type));
			});

// It is a judge: it has a word for each of these.
for (const spoil of [
	(content) => { content.version = 'x'; },
	(content) => { content.body[0].type = 'RichText'; },
	(content) => { content.body[0].inlines[0].size = 'Enormous'; },
	(content) => { content.body[0].inlines[0].color = 'Red'; },
])
	check(`refuses ${spoil}`, () => {
		const content = card('fr', 'crisis', {});
		spoil(content);
		assert.notDeepStrictEqual(read(content).events, []);
	});
