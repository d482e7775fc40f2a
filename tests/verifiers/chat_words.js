// SPDX-License-Identifier: EUPL-1.2
// Reads "FORMAT<tab>BODY" lines of one alarm with hostile words; says what the services' parsers make of them.
"use strict";
const fs = require("fs");
const path = require("path");
const load = (name) => require(path.join(process.env.NODE_PATH, name));
const rocket = load("@rocket.chat/message-parser");
const commonmark = load("commonmark");
const discord = load("discord-markdown");

const bodies = {};
for (const line of fs.readFileSync(process.argv[2], "utf8").split("\n").filter(Boolean)) {
	const [format, body] = line.split("\t");
	bodies[format] = JSON.parse(body);
}
// Without any markup: what a reader is to see.
const meant = bodies.ntfy.message.split("\n\n")[0].split("\n").slice(1).join("\n");
const shown = (text) => text.replace(/\u200b/g, "");

let failed = false;
function must(ok, what) {
	if (!ok) {
		console.log(what);
		failed = true;
	}
}

// Every "type" in a tree, and the users it would wake.
function walk(tree, found) {
	if (Array.isArray(tree))
		tree.forEach((node) => walk(node, found));
	else if (tree && typeof tree === "object") {
		if (tree.type)
			found.types.add(tree.type);
		if (tree.type === "MENTION_USER")
			found.users.push(tree.value.value);
		Object.values(tree).forEach((node) => walk(node, found));
	}
	return found;
}
const none = () => ({ types: new Set(), users: [] });
const title = walk(rocket.parse(bodies.rocketchat.text), none());
const words = walk(rocket.parse(bodies.rocketchat.attachments[0].text), none());
must(title.users.join() === "here", `Rocket.Chat: the title wakes ${title.users}`);
must(words.users.length === 0, `Rocket.Chat: the words wake ${words.users}`);
for (const type of ["MENTION_CHANNEL", "LINK", "IMAGE", "HEADING", "SPOILER", "SPOILER_BLOCK", "TIMESTAMP"])
	must(!title.types.has(type) && !words.types.has(type), `Rocket.Chat: ${type}`);
// The same words as they were typed do all that: the parser is a judge.
const raw = walk(rocket.parse(meant), none());
must(raw.users.length > 0 && raw.types.has("LINK"), "Rocket.Chat's parser sees nothing in the raw words");

// CommonMark: nothing but text, and the very text.
function literal(markdown) {
	const walker = new commonmark.Parser().parse(markdown).walker();
	let text = "";
	for (let event = walker.next(); event; event = walker.next()) {
		const { type, literal: piece } = event.node;
		if (type === "text")
			text += piece;
		else if (type === "softbreak")
			text += "\n";
		else if (type !== "document" && type !== "paragraph")
			return `a ${type}`;
	}
	return text;
}
const mattermost = bodies.mattermost.attachments[0].text;
must(shown(literal(mattermost)) === meant, `Mattermost: ${literal(mattermost)}`);
must(literal(meant) !== meant, "CommonMark's parser sees nothing in the raw words");

// Discord: text, line ends, and bare addresses, which it makes links of by itself.
const types = new Set(discord.parser(bodies.discord.embeds[0].description, { embed: true }).map((node) => node.type));
for (const type of types)
	must(["text", "br", "newline", "url", "autolink", "escape"].includes(type), `Discord: ${type}`);
process.exit(failed ? 1 : 0);
