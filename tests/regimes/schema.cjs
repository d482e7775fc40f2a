// SPDX-License-Identifier: EUPL-1.2
// schema.cjs SCHEMA FILE...: files against a JSON Schema (draft-07); silence is success.
const fs = require('fs');
const Ajv = require('ajv');
const read = file => JSON.parse(fs.readFileSync(file));
const ajv = new (Ajv.default || Ajv)({ allErrors: true, strict: false });
const validate = ajv.compile(read(process.argv[2]));
for (const file of process.argv.slice(3))
  if (!validate(read(file))) {
    console.log(file, ajv.errorsText(validate.errors));
    process.exitCode = 1;
  }
