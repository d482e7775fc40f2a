// SPDX-License-Identifier: EUPL-1.2
// chat_types.js FORMAT FILE OUT.ts: "NAME<tab>BODY" lines as typed literals, for the compiler to judge.
"use strict";
const fs = require("fs");

// Block is any object with a type: only the known ones are asked for.
const heads = {
	slack: `import type { KnownBlock, MessageAttachment } from "@slack/types";
interface Body {
	text: string;
	blocks: KnownBlock[];
	attachments: (Omit<MessageAttachment, "blocks"> & { blocks: KnownBlock[] })[];
}
`,
	discord: `import type { RESTPostAPIWebhookWithTokenJSONBody as Body } from "discord-api-types/v10";
`,
};
const [format, from, to] = process.argv.slice(2);
const lines = fs.readFileSync(from, "utf8").split("\n").filter(Boolean);
const literals = lines.map((line, i) => `export const body${i}: Body = ${line.split("\t")[1]};\n`);
fs.writeFileSync(to, heads[format] + literals.join(""));
