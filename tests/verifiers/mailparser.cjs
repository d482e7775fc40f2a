// SPDX-License-Identifier: EUPL-1.2
// needs: mailparser@3.7.2
// A reader of mails on ours; what is wrong on the wire and repaired by readers is tests/unit/test_mail.c's to find.
const { assert, check, kinds, render } = require('./lib.cjs');
const { simpleParser } = require('mailparser');

(async () => {
	for (const kind of kinds)
		for (const lang of ['en', 'fr'])
			for (const [reach, drill] of [[1, 0], [2, 0], [3, 0], [3, 1]])
				await check(`${kind} ${lang} ${reach}`, async () => {
					const request = render('mail', lang, kind, drill ? { drill } : { reach });
					const mail = await simpleParser(request.body);
					assert.strictEqual(mail.from.text, 'alertes@menuiserie.example');
					assert.strictEqual(mail.to.text, 'cellule@menuiserie.example');
					assert.match(mail.messageId, /^<msg_[0-9a-f]{32}\.[0-9a-f]{8}@menuiserie\.example>$/);
					assert.match(mail.inReplyTo, /^<inc\.5a5a/);
					assert.strictEqual(mail.references, mail.inReplyTo);
					assert.strictEqual(mail.attachments.length, 0);
					assert.ok(mail.subject.includes('INC-2026-001 #7'), mail.subject);
					assert.ok(!mail.subject.includes('chiffrés'), mail.subject);
					assert.ok(!drill || /^\[(EXERCICE|DRILL|TEST|ESSAI)\]/.test(mail.subject), mail.subject);
					assert.strictEqual(mail.text.includes('Fichiers chiffrés à l\'atelier'), reach === 3);
					assert.ok(mail.text.includes('TLP:AMBER'));
					// The typed text holds a joiner, which taming replaces.
					assert.ok(kind === 'message' || !mail.text.includes('\ufffd'));
				});
	await check('a typed text arrives whole', async () => {
		const mail = await simpleParser(render('mail', 'fr', 'message').body);
		assert.ok(mail.text.includes('Ne rallumez rien ! <!channel> @all @here *gras* _x_ `y` & <b>R&D</b>'));
		assert.ok(mail.text.includes('« œuvre »'));
	});
	await check('the marks of French are whole', async () => {
		const mail = await simpleParser(render('mail', 'fr', 'missed').body);
		assert.strictEqual(mail.subject, '[ÉCHÉANCE DÉPASSÉE] INC-2026-001 #7');
		assert.strictEqual(mail.headers.get('auto-submitted'), 'auto-generated');
		assert.strictEqual(mail.headers.get('priority'), 'high');
	});
})();
