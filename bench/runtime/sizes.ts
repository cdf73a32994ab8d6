import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { bundleClient, LIMIT, PROVIDERS } from './bundle.ts';

/**
 * Bytes that each entry point of `@countersign/runtime` may have: bundled, minified, brotli, other packages left out. Raise a
 * limit in the commit that needs it, and say why.
 */
const LIMITS: { readonly [entry: string]: number } = {
  // Server-sent events are read and written here, for clients and servers.
  bodies: 4_800,
  // All kinds of pages, which load with the first page.
  // All features of a client at once. Responses and their failures are checked for signatures, tokens for their one spelling.
  // Sessions and OAuth share the holder of a token, which loads with the first token: 200 bytes. Recipes read lists of headers.
  // Of OpenAPI 3.2: items of streams are validated both ways, and whole queries and plain cookies are written: 1,000 bytes.
  client: 32_400,
  command: 200,
  contract: 1_200,
  // It names the check of a signature that failed, and sets a time limit for signers: 200 bytes. Bodies that are no text show
  // as their parts, and the log keeps requests to be sent again: 500 bytes.
  // What --stateful remembers, the validators' own formats, and XML as the server reads and writes it: 10 kB, in Node alone.
  // Checks of access tokens, which the mock has from the server: 700 bytes.
  // A contract's own `Prefer`, and paths that differ in the names of their parameters, came with GitHub's and GitBook's documents.
  // An authorization server for contracts with OAuth: 5.5 kB, in Node alone.
  mock: 76_500,
  // The maker of values, readers of forms and the writer of XML came with prefilled bodies and with resending.
  // The delivery log: 3 kB.
  'mock/console': 51_600,
  // Messages without an example are made from their schemas, and bodies of any media type are sent: 10 kB, in Node alone.
  // It reads parameters that are one value or a list.
  'mock/fire': 39_900,
  // 14 bytes over 1,500 write integers of 64 bits that are texts in TypeScript as numbers. It loads in tests alone.
  // Paths that differ in the names of their parameters alone are one path.
  msw: 1_600,
  // All grants, metadata, assertions, DPoP and the helpers of users' logins; they load with the first call that needs a token.
  oauth: 13_000,
  react: 500,
  vue: 500,
  svelte: 500,
  hooks: 400,
  // Deliveries, dispatch by body and trusted proxies came with receiving; recipes read lists of signed headers.
  // Of OpenAPI 3.2: requests of server-sent events, whole queries and plain cookies: 900 bytes.
  // Challenges of RFC 6750 and the option of access tokens: 700 bytes.
  server: 42_200,
  'server/node': 1_600,
  // JWKS, introspection and proofs; jose comes beside it.
  'server/oauth': 3_500,
  signing: 12_000,
  store: 5_500,
  // What compiled checks call: 200 bytes.
  validators: 13_700,
  values: 8_500,
  xml: 2_000,
};

const runtime = fileURLToPath(new URL('../../runtime', import.meta.url));

/** The entry points that `runtime/package.json` exports. Folders below `validators` and `client` are parts of theirs. */
function entryPoints(): readonly string[] {
  const found = readdirSync(runtime, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('/index.ts') && !path.includes('node_modules'))
    .map((path) => path.slice(0, -'/index.ts'.length));
  return [...found.filter((path) => !/^(client|validators)\//.test(path)), 'server/node'].sort();
}

async function sizeOf(entry: string): Promise<number> {
  const file = entry === 'server/node' ? `${runtime}/server/node.ts` : `${runtime}/${entry}/index.ts`;
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    write: false,
    logLevel: 'silent',
  });
  return brotliCompressSync(outputFiles[0]?.contents ?? new Uint8Array()).length;
}

const runtimes = await Promise.all(
  entryPoints().map(async (entry) => ({
    name: `@countersign/runtime/${entry}`,
    bytes: await sizeOf(entry),
    limit: LIMITS[entry],
  })),
);
const clients = await Promise.all(
  PROVIDERS.map(async (provider) => ({
    name: `@countersign/${provider}, first chunk`,
    bytes: (await bundleClient(provider)).first.bytes,
    limit: LIMIT,
  })),
);

const over = [...runtimes, ...clients].filter(({ bytes, limit }) => limit === undefined || bytes > limit);
for (const { name, bytes, limit } of process.argv.includes('--all') ? [...runtimes, ...clients] : over)
  console.log(
    `${name.padEnd(40)} ${String(bytes).padStart(7)} bytes, limit ${limit ?? 'missing in bench/runtime/sizes.ts'}`,
  );
if (over.length > 0) {
  console.error(
    `${over.length} entry points exceed their size limit. Make them smaller, or raise the limit and say why.`,
  );
  process.exitCode = 1;
}
