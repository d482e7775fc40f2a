// SPDX-License-Identifier: EUPL-1.2
// needs: antlr-ng antlr4ng
//
// The patterns of the indicators, read by ANTLR with OASIS's own grammar: each is one pattern, whole, of one
// comparison, whose constant is the value that was seen, whatever quotes and marks it holds.
'use strict';
const fs = require('fs');
const path = require('path');
const { assert, check, published } = require('./lib.cjs');

const grammars = published('oasis-open/cti-stix2-json-schemas', '/pattern_grammar/');
const { exported, fill, observables } = require('./lib_case.cjs');

// What ANTLR made of the grammar: a function that reads a pattern and gives its tree as text, or throws.
async function reader() {
	// import() does not know NODE_PATH.
	const { Grammar } = await import(path.join(process.env.NODE_PATH, 'antlr-ng/dist/src/tool/index.js'));
	const { BaseErrorListener, CharStream, CommonTokenStream, Token } = await import(path.join(process.env.NODE_PATH, 'antlr4ng/dist/index.mjs'));
	const grammar = new Grammar(fs.readFileSync(path.join(grammars, 'pattern_grammar', 'STIXPattern.g4'), 'utf8'));

	grammar.tool.process(grammar, false);
	const start = grammar.rules.get('pattern').index;
	const strings = grammar.getTokenType('StringLiteral'), unknown = grammar.getTokenType('InvalidCharacter');
	return (pattern) => {
		const faults = [];
		const listener = new (class extends BaseErrorListener {
			syntaxError(recognizer, symbol, line, column, message) {
				faults.push(`${column}: ${message}`);
			}
		})();
		const lexer = grammar.createLexerInterpreter(CharStream.fromString(pattern));
		lexer.removeErrorListeners();
		lexer.addErrorListener(listener);
		const tokens = new CommonTokenStream(lexer);
		const parser = grammar.createGrammarParserInterpreter(tokens);
		parser.removeErrorListeners();
		parser.addErrorListener(listener);
		parser.parse(start);
		tokens.fill();
		if (tokens.LA(1) !== Token.EOF)
			faults.push('something stands after it');
		if (tokens.getTokens().some((token) => token.type === unknown))
			faults.push('a character that is none of the grammar');
		if (faults.length)
			throw new Error(`${pattern}: ${faults.join('; ')}`);
		return tokens.getTokens().filter((token) => token.type !== Token.EOF)
			.map((token) => ({ text: token.text, constant: token.type === strings }));
	};
}

const plain = (constant) => constant.slice(1, -1).replace(/\\(['\\])/g, '$1');

(async () => {
	const read = await reader();
	check('the grammar refuses what is wrong', () => {
		for (const wrong of ['', '[a:b = \'c]', '[a:b = \'it\'s\']', '[a:b = \'c\\\']', 'a:b = \'c\'', '[a:b = \'c\'] x', '[a = \'c\']', '[a:b-c.d-e = \'f\']'])
			assert.throws(() => read(wrong), undefined, wrong);
		read('[a:b = \'it\\\'s \\\\\']');
	});
	fill();
	const { json } = exported('stix');
	const byId = new Map(json.objects.map((one) => [one.id, one]));
	const values = new Set();
	let hostile = 0;

	for (const indicator of json.objects.filter((one) => one.type === 'indicator'))
		check(indicator.name, () => {
			const tokens = read(indicator.pattern);
			const constants = tokens.filter((token) => token.constant && token.text !== "'http-request-ext'" && token.text !== "'User-Agent'"
				&& !/^'SHA-\d+'$/.test(token.text)).map((token) => plain(token.text));

			assert.strictEqual(constants.length, 1, indicator.pattern);
			// What was seen is the object that the indicator is based on; of a user agent there is none.
			const based = json.objects.find((one) => one.relationship_type === 'based-on' && one.source_ref === indicator.id);
			const seen = based && byId.get(byId.get(based.target_ref).object_refs[0]);
			if (seen)
				assert.ok([...Object.values(seen), ...Object.values(seen.hashes || {})].includes(constants[0]), indicator.pattern);
			hostile += /['\\]/.test(constants[0]);
			values.add(indicator.name.replace(/ .*/s, ''));
		});
	const indicators = json.objects.filter((one) => one.type === 'indicator').length;
	// All but a CVE and what is of no type.
	check('every type', () => assert.ok(values.size >= 14 && hostile >= 40 && indicators >= Object.keys(observables).length,
		`${values.size} types, ${indicators} indicators, ${hostile} hostile`));
	console.log(`${indicators} patterns, ${hostile} with an apostrophe or a backslash: ${[...values].join(', ')}`);
})();
