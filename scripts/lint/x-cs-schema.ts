import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import { ownMember, valueAt } from '../common/document/pointer.ts';
import { type Reading, verdictOf } from './verdict/index.ts';
import { explain } from './x-cs-choices.ts';
import { describe, type ExtensionProblem } from './x-cs-problems.ts';

type Schema = { readonly $id: string; readonly $defs: { readonly [name: string]: unknown } };

const schema = JSON.parse(readFileSync(new URL('../../specs/x-cs.schema.json', import.meta.url), 'utf8')) as Schema;

/** Names of the extensions. */
export const extensionNames: ReadonlySet<string> = new Set(
  Object.keys(schema.$defs).filter((name) => name.startsWith('x-cs-')),
);

/** The target of a pointer into the schema. */
const targetOf = (pointer: string): unknown => valueAt(schema, pointer);

const READING: Reading = {
  resolve: (reference, base) => ({ schema: targetOf(reference), base }),
  closed: false,
};

/** Checks the value of an extension. */
export function validateExtension(name: string, value: unknown): ExtensionProblem[] {
  const pointer = `#/$defs/${branchOf(name, value)}`;
  if (verdictOf(value, { schema: targetOf(pointer), base: '' }, READING) === 'valid') return [];
  const validate = openAjv().getSchema(schema.$id + pointer);
  if (!validate) throw new Error(`specs/x-cs.schema.json has no definition of ${name}`);
  if (validate(value)) return [];
  return explain(validate.errors ?? []).map((error) => describe(name, value, error));
}

let ajv: Ajv2020 | undefined;

/** Ajv finds every error in an invalid value. A document without errors does not need it. */
function openAjv(): Ajv2020 {
  if (ajv === undefined) {
    const { Ajv2020 } = createRequire(import.meta.url)('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
    // The schema is ours, and its own test checks it: compiling the meta-schema would take longer than all validation.
    const fast = { validateSchema: false, inlineRefs: false, code: { optimize: false } };
    ajv = new Ajv2020({ allErrors: true, verbose: true, strict: false, ownProperties: true, ...fast });
    ajv.addSchema(schema);
  }
  return ajv;
}

/** A page of a known kind is validated as that kind, so that only its own errors are reported. */
function branchOf(name: string, value: unknown): string {
  const branches: unknown = ownMember(ownMember(schema.$defs, name), 'oneOf');
  const kind = ownMember(value, 'kind');
  if (!Array.isArray(branches) || kind === undefined) return name;
  const index = branches.findIndex(
    (branch: unknown) => ownMember(ownMember(ownMember(branch, 'properties'), 'kind'), 'const') === kind,
  );
  return index === -1 ? name : `${name}/oneOf/${index}`;
}
