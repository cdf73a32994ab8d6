import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';

it('specs/x-cs.schema.json is a JSON Schema: the linter, which uses it, no longer looks', () => {
  const schema: unknown = JSON.parse(readFileSync(new URL('../../specs/x-cs.schema.json', import.meta.url), 'utf8'));
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
  expect(ajv.validateSchema(schema as object), ajv.errorsText()).toBe(true);
  expect(() => ajv.compile(schema as object)).not.toThrow();
});
