// SPDX-License-Identifier: EUPL-1.2
// extension.cjs SCHEMA PLAYBOOK...: our objects in each playbook against our schema; silence is success.
const fs = require('fs');
const Ajv = require('ajv/dist/2020').default;
const read = file => JSON.parse(fs.readFileSync(file));
const key = 'extension-definition--b3b953f9-2b49-4e61-8481-d8984d0c5044';
const ajv = new Ajv({ allErrors: true, strict: false });
const schema = read(process.argv[2]);
ajv.addSchema(schema);
function check(file, name, definition, object) {
  const validate = ajv.getSchema(schema.$id + '#/$defs/' + definition);
  if (validate(object)) return;
  console.log(file, name, ajv.errorsText(validate.errors));
  process.exitCode = 1;
}
for (const file of process.argv.slice(3)) {
  const playbook = read(file);
  check(file, 'playbook', 'playbook', playbook.playbook_extensions[key]);
  for (const [id, step] of Object.entries(playbook.workflow))
    if (!/^(start|end)$/.test(step.type)) check(file, id, step.type, step.step_extensions[key]);
}
