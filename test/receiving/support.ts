import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiDescriptor } from '@countersign/runtime/contract';
import type { MockProvider } from '@countersign/runtime/mock';
import { createServer, type Handler, type Server, type ServerOptions } from '@countersign/runtime/server';
import { stringify } from 'yaml';
import { loadMockProvider } from '../../scripts/commands/mock/load-provider.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { lintSpec } from '../../scripts/lint/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';

export type Json = { readonly [name: string]: unknown };
export type Handlers = Record<string, Handler<never, unknown>>;
export type Options = ServerOptions<Handlers, unknown, ApiDescriptor>;

const media = (schema: unknown, value: unknown): Json => ({
  'application/json': { schema, examples: { one: { value } } },
});

/** An operation that accepts any JSON object and returns `{ ok }`. */
export const operation = (operationId: string, more: Json = {}): Json => ({
  operationId,
  summary: operationId,
  description: `${operationId}.`,
  tags: ['All'],
  requestBody: { required: true, content: media({ type: 'object', additionalProperties: true }, { id: 'e1' }) },
  responses: {
    '200': { description: 'Done.', content: media({ type: 'object', properties: { ok: { type: 'boolean' } } }, {}) },
    '401': { description: 'Refused.' },
  },
  ...more,
});

/** A document of webhooks, or of the given paths. */
export const documentOf = (more: Json): Json => ({
  openapi: '3.1.1',
  info: {
    title: 'Partner',
    version: '1.0.0',
    description: 'Partner.',
    license: { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' },
  },
  servers: [{ url: 'https://partner.invalid' }],
  tags: [{ name: 'All', description: 'All.' }],
  ...more,
});

/** Security schemes of one signing recipe, `signed`. */
export const signedBy = (name: string, signing: Json): Json => ({
  components: {
    securitySchemes: { signed: { type: 'apiKey', in: 'header', name, description: 'd', 'x-cs-signing': signing } },
  },
});

/** A workspace of one provider, as a user has it. */
export async function writeWorkspace(document: Json, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'countersign-receiving-'));
  const all = { 'specs/partner/openapi.yaml': stringify(document), ...files };
  for (const [path, text] of Object.entries(all)) {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

/** The provider of a document, through the first half of the pipeline. */
export async function providerOf(document: Json, files?: Readonly<Record<string, string>>): Promise<MockProvider> {
  const root = await writeWorkspace(document, files);
  try {
    return await loadMockProvider(openWorkspace(root), 'partner');
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** The findings of lint in a document. */
export async function problemsIn(document: Json): ReturnType<typeof lintSpec> {
  const root = await writeWorkspace(document);
  try {
    return await lintSpec(await loadSpec(join(root, 'specs/partner/openapi.yaml')));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** A server as it is generated. */
export const serverOf = ({ api, operations, signers }: MockProvider, options: Options): Server =>
  createServer<Handlers, unknown, ApiDescriptor>(
    {
      api,
      operations: Object.fromEntries(operations.map(({ descriptor }) => [descriptor.id, descriptor])),
      validators: Object.fromEntries(operations.map(({ descriptor, validators }) => [descriptor.id, validators])),
      signers,
    },
    { environment: {}, logger: {}, ...options },
  );
