import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readRemotes } from './groups.ts';
import type { Judge } from './run.ts';

/** AJV with ajv-formats and the suite's other schemas, for comparison. */
export const ajvJudge: Judge = async (group) => {
  const ajv = new Ajv2020.default({ strict: false, allErrors: false, logger: false });
  addFormats.default(ajv);
  if (JSON.stringify(group.schema).includes('localhost:1234')) {
    for (const [address, schema] of readRemotes()) ajv.addSchema(schema as object, address);
  }
  const validate = ajv.compile(group.schema as object);
  return (value) => validate(value) === true;
};
