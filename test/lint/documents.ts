import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { bundleSpec } from '../../scripts/bundle/index.ts';
import { type Diagnostic, InputError } from '../../scripts/common/diagnostics/diagnostic.ts';
import { expandDocument } from '../../scripts/expand/index.ts';
import type { LintProfile } from '../../scripts/lint/config.ts';
import { lintSpec } from '../../scripts/lint/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';

export type Schemas = { readonly [name: string]: unknown };

export function documentWith(schemas: Schemas): { [member: string]: unknown } {
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/S0' } } };
  const responses = { 200: { description: 'Fine.', content }, 400: { description: 'Wrong.' } };
  return {
    openapi: '3.1.1',
    info: { title: 'T', version: '1', license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: 'https://api.demo.test' }],
    paths: { '/a': { get: { operationId: 'a', summary: 'A', security: [], responses } } },
    components: { schemas },
  };
}

export async function problemsOf(
  text: string,
  name = 'openapi.json',
  profile: LintProfile = 'strict',
): Promise<string[]> {
  return [...new Set((await diagnosticsOf(text, name, profile)).map(({ code }) => code))];
}

export async function diagnosticsOf(text: string, name: string, profile: LintProfile): Promise<readonly Diagnostic[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-lint-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, name);
  writeFileSync(file, text);
  try {
    const spec = await loadSpec(file);
    const problems = await lintSpec(spec, { profile });
    if (spec.problems.length === 0) expandDocument(await bundleSpec(spec));
    return problems;
  } catch (error) {
    if (error instanceof InputError) return error.diagnostics;
    throw error;
  }
}

export const ref = (index: number) => ({ $ref: `#/components/schemas/S${index}` });
export const chain = (length: number, link: (index: number) => unknown, end: unknown): Schemas =>
  Object.fromEntries(
    Array.from({ length: length + 1 }, (_, index) => [`S${index}`, index < length ? link(index + 1) : end]),
  );

export function nested(levels: number): unknown {
  let schema: unknown = { type: 'string' };
  for (let level = 0; level < levels; level++) schema = { type: 'object', properties: { a: schema } };
  return schema;
}

export const nestedGroups = (levels: number, end: string): string => `^${'(?:'.repeat(levels)}a${end.repeat(levels)}$`;
