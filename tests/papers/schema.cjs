// SPDX-License-Identifier: EUPL-1.2
// schema.cjs SCHEMA FILE...: each file against the schema; silence is success.
const fs = require('fs');
const Ajv = require('ajv/dist/2020').default;
const read = file => JSON.parse(fs.readFileSync(file));
const ajv = new Ajv({ allErrors: true, strict: false });
const validate = ajv.compile(read(process.argv[2]));
for (const file of process.argv.slice(3)) {
  if (validate(read(file))) continue;
  console.log(file, ajv.errorsText(validate.errors));
  process.exitCode = 1;
}
