import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGateway } from '@countersign/runtime/mock';
import { type Listening, listen } from '@countersign/runtime/server/node';
import { afterAll, describe, expect, test } from 'vitest';
import { compareContracts, readContract } from '../../scripts/commands/diff/index.ts';
import { checkPackages } from '../emit/check-packages.ts';
import { loadPackage } from '../emit/load-package.ts';
import { acceptDocument, makeFiles } from '../hostile/pipeline.ts';
import { providerOf } from '../mock/provider-of.ts';

type Outcome = { readonly data?: unknown; readonly error?: unknown };
/** The client of a document. Its methods are known only after generation. */
export type AnyClient = { readonly [operation: string]: (input?: object, options?: object) => Promise<Outcome> };
type Handler = (input: never, context: { readonly request: Request }) => unknown;

/** One sentence of the standard, tested from the document to the HTTP message. */
export type Row = {
  /** Anchor of the section in https://spec.openapis.org/oas/v3.2.0.html. */
  readonly section: string;
  readonly name: string;
  /** The document without `openapi` and `info`. */
  readonly document: object;
  /** TypeScript that must compile beside the generated client; `client` is one. */
  readonly use: string;
  /** Other options of the server. */
  readonly server?: object;
  readonly handlers: { readonly [operation: string]: Handler };
  /** Calls the client, and returns the value that is compared with `want`. */
  readonly call: (client: AnyClient) => Promise<unknown>;
  readonly want: unknown;
  /** The expected result with the mock. Default: the result with the server. */
  readonly mocked?: unknown;
  /** Another version of the document, and the output of `diff`. */
  readonly after?: object;
  readonly diff?: readonly string[];
};

/** A complete document of OpenAPI 3.2 with the fields that the strict ruleset requires. */
export const whole = (document: object): object => ({
  openapi: '3.2.0',
  info: { title: 'Hostile', version: '1', license: { name: 'MIT', identifier: 'MIT' } },
  servers: [{ url: 'https://provider.example' }],
  security: [],
  ...(withFailures(document) as object),
});

/** The server's own format: without content, the mock would send no reasons. */
const FAILURE = { description: 'refused', content: { 'application/problem+json': { schema: { type: 'object' } } } };

/** Each operation with a response for failures. */
function withFailures(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withFailures);
  const copy = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withFailures(member)]));
  if (!('operationId' in copy) || typeof copy.responses !== 'object') return copy;
  return { ...copy, responses: { ...copy.responses, '4XX': FAILURE } };
}

/** The differences between two versions of a contract, as `diff` prints them. */
async function differences(folder: string, before: object, after: object): Promise<readonly string[]> {
  const [old, now] = await Promise.all(
    [before, after].map(async (document, index) => {
      const outcome = await acceptDocument(join(folder, `version-${index}.json`), whole(document));
      if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.diagnostics));
      // Published, and read again.
      return readContract(JSON.parse(JSON.stringify(outcome.api.document)), 'hostile');
    }),
  );
  if (!old || !now) throw new Error('a version is missing');
  return compareContracts(old, now, 'caller').map(({ bump, text }) => `${bump}: ${text}`);
}

/** The tests of a table: the package compiles, its client calls server and mock, and `diff` detects a change. */
export function testRows(rows: readonly Row[]): void {
  const root = mkdtempSync(join(tmpdir(), 'countersign-3-2-'));
  const open: Listening[] = [];
  afterAll(async () => {
    await Promise.all(open.map(({ close }) => close()));
    rmSync(root, { recursive: true });
  });

  test('all packages and their uses compile under strict settings', async () => {
    const packages: { [name: string]: readonly { path: string; text: string }[] } = {};
    mkdirSync(join(root, 'documents'), { recursive: true });
    for (const [index, { document, use }] of rows.entries()) {
      const outcome = await acceptDocument(join(root, 'documents', `${index}.json`), whole(document), 'strict');
      if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.diagnostics, undefined, 1));
      const text = `import { createHostileClient } from './index.ts';\n\nconst client = createHostileClient({});\nexport async function use() {\n${use}\n}\n`;
      packages[`row-${index}`] = [...(await makeFiles(outcome.api)), { path: 'src/use.ts', text }];
    }
    expect(checkPackages(join(root, 'packages'), packages)).toEqual([]);
  });

  describe.each(rows.map((row, index) => [`${row.section}: ${row.name}`, row, index] as const))(
    '%s',
    (_, row, index) => {
      const folder = join(root, `made-${index}`);

      test('client to server over HTTP', async () => {
        mkdirSync(folder, { recursive: true });
        const { createServer, createClient } = await loadPackage<AnyClient>(folder, whole(row.document));
        const listening = await listen(createServer({ handlers: row.handlers, logger: {}, ...row.server }), {
          shutdownTimeout: 100,
        });
        open.push(listening);
        expect(await row.call(createClient({ baseUrl: listening.url, logger: {} }))).toEqual(row.want);
      });

      test('client to mock over HTTP', async () => {
        const { createClient } = await loadPackage<AnyClient>(mkdtempSync(join(root, 'mock-')), whole(row.document));
        const provider = await providerOf(whole(row.document), 'hostile');
        const gateway = createGateway({ providers: [{ name: 'hostile', load: async () => provider }] });
        const listening = await listen(gateway, { shutdownTimeout: 100 });
        open.push(listening);
        const client = createClient({ baseUrl: `${listening.url}/hostile`, logger: {} });
        expect(await row.call(client)).toEqual('mocked' in row ? row.mocked : row.want);
      });

      const { after, diff } = row;
      if (after !== undefined)
        test('diff', async () => {
          const versions = mkdtempSync(join(root, 'diff-'));
          expect(await differences(versions, row.document, row.document)).toEqual([]);
          expect(await differences(versions, row.document, after)).toEqual(diff);
        });
    },
  );
}
