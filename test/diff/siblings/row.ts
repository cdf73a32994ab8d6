import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleSpec } from '../../../scripts/bundle/index.ts';
import { expandDocument } from '../../../scripts/expand/index.ts';
import { loadSpec } from '../../../scripts/load/index.ts';
import type { Json } from '../json.ts';

/** Two hand-written documents, and the version bump that the change causes for each side. */
export type Row = {
  readonly title: string;
  readonly before: Json;
  readonly after: Json;
  /** The bump for a caller and for a receiver, by the first letters: `Mm` is major and minor; `p` is patch, `n` none. */
  readonly want: string;
  /** The lines of the changelog, for each side. */
  readonly says?: string;
};

export const text: Json = { type: 'string' };
export const count: Json = { type: 'integer' };
export const nothing: Json = { type: 'null' };
export const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
export const list = (items: Json): Json => ({ type: 'array', items });
export const object = (properties: Json, ...required: readonly string[]): Json => ({
  type: 'object',
  properties,
  required,
});

/** A document with these paths. */
export const shop = (paths: Json, components: Json = {}, rest: Json = {}): Json => ({
  openapi: '3.1.1',
  info: { title: 'Shop', version: '1' },
  servers: [{ url: 'https://a.invalid' }],
  security: [],
  paths,
  components,
  ...rest,
});

/** A document with one operation. Its default response is a string. */
export const one = (operation: Json, components: Json = {}, rest: Json = {}, method = 'post'): Json =>
  shop({ '/x': { [method]: { operationId: 'act', ...answer(text), ...operation } } }, components, rest);

const content = (schema: unknown, type: string): Json => ({ content: { [type]: { schema } } });
export const body = (schema: unknown, type = 'application/json'): Json => ({
  requestBody: { required: true, ...content(schema, type) },
});
const answer = (schema: unknown, type = 'application/json'): Json => ({
  responses: { '200': { description: 'Ok.', ...content(schema, type) } },
});

/** Other parts of both documents of a pair. */
type Beside = { readonly schemas?: Json; readonly later?: Json; readonly version?: string };

/** A schema that changes, in a request and in a response. `Mm mM` has the bumps of both. */
export function schemas(
  title: string,
  before: unknown,
  after: unknown,
  wants: string,
  { schemas: old = {}, later = old, version = '3.1.1' }: Beside = {},
): readonly Row[] {
  const [request = '', response = ''] = wants.split(' ');
  const rest = { openapi: version };
  const row = (where: string, around: typeof body, want: string): Row => ({
    title: `${title}, in ${where}`,
    before: one(around(before), { schemas: old }, rest),
    after: one(around(after), { schemas: later }, rest),
    want,
  });
  return [row('a request', body, request), row('a response', answer, response)];
}

/** Other parts of the document with an operation that changes. */
type Around = { readonly components?: Json; readonly later?: Json; readonly rest?: Json; readonly says?: string };

/** Another part of an operation that changes. */
export const operation = (
  title: string,
  before: Json,
  after: Json,
  want: string,
  { components = {}, later = components, rest = {}, says }: Around = {},
): Row => ({
  title,
  before: one(before, components, rest),
  after: one(after, later, rest),
  want,
  ...(says !== undefined && { says }),
});

/** A document in the layout of `openapi.json`, as `generate` writes it. */
export async function expanded(document: Json): Promise<Json> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-siblings-'));
  try {
    const file = join(folder, 'openapi.json');
    writeFileSync(file, JSON.stringify(document));
    return JSON.parse(JSON.stringify(expandDocument(await bundleSpec(await loadSpec(file, {}))).document)) as Json;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
