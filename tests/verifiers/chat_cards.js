// SPDX-License-Identifier: EUPL-1.2
// Reads "NAME<tab>BODY" lines; says every event of the reference parser about their cards.
"use strict";
const fs = require("fs");
const path = require("path");
// The package's entry point is for bundlers; the bundle is for everybody.
const cards = require(path.join(process.env.NODE_PATH, "adaptivecards/dist/adaptivecards.js"));

// Events of one card, with what was read as type names, in order.
function read(content) {
	const context = new cards.SerializationContext();
	const card = new cards.AdaptiveCard();
	card.parse(content, context);
	const events = [];
	for (let i = 0; i < context.eventCount; i++)
		events.push(context.getEventAt(i).message);
	const types = [];
	for (let i = 0; i < card.getItemCount(); i++)
		types.push(card.getItemAt(i).getJsonTypeName());
	return { events, types };
}

let failed = false;
function complain(name, what) {
	console.log(`${name}: ${what}`);
	failed = true;
}

let count = 0;
let last;
for (const line of fs.readFileSync(process.argv[2], "utf8").split("\n").filter(Boolean)) {
	const [name, body] = line.split("\t");
	const message = JSON.parse(body);
	if (message.type !== "message" || message.attachments.length !== 1)
		complain(name, "not one attachment");
	const { contentType, content } = message.attachments[0];
	if (contentType !== "application/vnd.microsoft.card.adaptive")
		complain(name, contentType);
	const { events, types } = read(content);
	events.forEach((event) => complain(name, event));
	// Each block was understood: the parser passes over in silence what it does not know.
	if (types.join() !== content.body.map((block) => block.type).join())
		complain(name, `read as ${types.join()}`);
	if (Buffer.byteLength(body) > 18000)
		complain(name, "too large");
	last = content;
	count++;
}
if (count < 50)
	complain("cards", `only ${count} of them`);

// The parser is a judge: it has a word for each of these.
for (const spoil of [
	(card) => { card.version = "x"; },
	(card) => { card.body[0].type = "RichText"; },
	(card) => { card.body[0].inlines[0].size = "Enormous"; },
	(card) => { card.body[0].inlines[0].color = "Red"; },
]) {
	const wrong = JSON.parse(JSON.stringify(last));
	spoil(wrong);
	if (read(wrong).events.length === 0)
		complain("parser", `nothing to say about ${spoil}`);
}
console.log(`${count} cards read`);
process.exit(failed ? 1 : 0);
