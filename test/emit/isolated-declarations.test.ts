import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { withTypes } from '../../scripts/emit/hooks/with-types.ts';
import { emitValidators } from '../../scripts/emit/validators/emit-validators.ts';
import type { JsonSchema } from '../../scripts/model/types.ts';
import { apiOf } from '../validators/fixture.ts';

const GENERATED = join(import.meta.dirname, '../../generated');

/** The annotations that TypeScript needs to declare a file's exports without reading other files. */
function missing(fileName: string, text: string): readonly string[] {
  const { diagnostics } = ts.transpileDeclaration(text, {
    fileName,
    reportDiagnostics: true,
    compilerOptions: { isolatedDeclarations: true, strict: true, target: ts.ScriptTarget.ESNext },
  });
  return (diagnostics ?? []).map(({ code, messageText, start = 0 }) => {
    const line = text.slice(0, start).split('\n').length;
    return `${line}: TS${code} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

it('the compiler reports missing annotations', () => {
  expect(missing('a.ts', 'export const a = f();')).toEqual([expect.stringContaining('TS9010')]);
});

describe('isolatedDeclarations', () => {
  const files = readdirSync(GENERATED, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /^[^/]+\/src\/[^/]+\.ts$/.test(path),
  );
  it.each(files)('accepts %s', (path) => {
    expect(missing(path, readFileSync(join(GENERATED, path), 'utf8'))).toEqual([]);
  });

  const base = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
  const tagged = (tag: string): JsonSchema => ({
    type: 'object',
    properties: { kind: { const: tag } },
    required: ['kind'],
  });
  it.each<[what: string, schema: JsonSchema]>([
    ['any value', true],
    ['no value', false],
    ['a string', { type: 'string', minLength: 2, pattern: '^a>\\(b$' }],
    ['a union of strings', { enum: ["it's", 'a | b', '__proto__'] }],
    ['a union of types', { enum: [1, -0.5, 'a', null, true] }],
    ['a long union', { enum: Array.from({ length: 300 }, (_, at) => `v${at}`) }],
    ['a number', { type: 'number', multipleOf: 0.1 }],
    ['an integer', { type: 'integer', format: 'int32' }],
    ['binary data', { type: 'string', format: 'binary' }],
    ['a nullable object', { ...base, type: ['object', 'null'] }],
    ['a list', { type: 'array', items: base, minItems: 1 }],
    ['a tuple', { type: 'array', prefixItems: [base, { type: 'string' }], items: false, minItems: 2, maxItems: 2 }],
    ['defaults', { type: 'object', properties: { a: { type: 'string', default: 'x' }, b: { ...base, default: {} } } }],
    ['properties with unusual names', { type: 'object', properties: { 'a-b': true, __proto__: true, "it's": true } }],
    ['a closed object', { ...base, additionalProperties: false }],
    ['a map', { type: 'object', additionalProperties: base }],
    ['an undeclared required property', { ...base, required: ['a', 'b'] }],
    ['a readOnly property', { type: 'object', properties: { a: { type: 'string', readOnly: true } } }],
    ['allOf', { allOf: [{ $ref: '#/components/schemas/Base' }, base] }],
    ['anyOf', { anyOf: [base, { type: 'string' }] }],
    ['oneOf', { oneOf: [base, { type: 'string' }] }],
    ['a discriminator', { oneOf: [tagged('a'), tagged('b')], discriminator: { propertyName: 'kind' } }],
    ['a recursive schema', { type: 'object', properties: { next: { $ref: '#/components/schemas/Tested' } } }],
    ['an alias', { $ref: '#/components/schemas/Base' }],
    ['not', { not: { type: 'string' } }],
  ])('accepts the validators of %s', (_, schema) => {
    const files = emitValidators(apiOf({ Base: base, Tested: schema }));
    for (const { path, text } of files) expect(missing(path, text)).toEqual([]);
  });

  it.each(['getThing', 'aЖ', '取得', '$a', '_1'])('accepts the hooks of %s', (name) => {
    const hooks = withTypes(`
      type Data = string; type Input = object;
      declare const useCallOperation: <T>() => (key: string, input: unknown) => Promise<T>;
      export const use_${name}Hook = () => {
        const ${name} = useCallOperation<Data>();
        return (input: Input) => { return ${name}('a', input); };
      };
      export const get_${name}QueryKey = (${name}Input?: Input) => {
        return ['POST', \`/acme/a\`, ${name}Input] as const;
      };`);
    expect(missing('react.ts', hooks)).toEqual([]);
  });
});
