import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { bundleClient, bundleOne, LIMIT, ONE_LIMIT, PROVIDERS } from './bundle.ts';

/**
 * Maximum size of each entry point of `@countersign/runtime` in bytes: bundled, minified, brotli, without other
 * packages. Raise a limit in the commit that needs it, and state the reason.
 */
const LIMITS: { readonly [entry: string]: number } = {
  // Reads and writes server-sent events, for clients and servers.
  // Parts of multipart bodies by position (OpenAPI 3.2): 500 bytes.
  // Delimiters inside of items are escaped or rejected: 50 bytes.
  // Lists and streams of items by media type, for MSW handlers of contracts that have them: 150 bytes.
  // Buffers of large files are collected while more of the file arrives, and reserved characters have one function: 200
  // bytes here and in all that sends bodies.
  // Parts that are multipart or XML themselves: 350 bytes.
  bodies: 6_250,
  // All features of a client together. All kinds of pages, loaded with the first page. Signatures of responses and of
  // their failures, with one accepted spelling of a token. Sessions and OAuth share the token store, loaded with the
  // first token: 200 bytes. Recipes read lists of headers. OpenAPI 3.2 adds validation of stream items in both
  // directions, whole queries and plain cookies: 1,000 bytes.
  // Parts by position, and the reader of their text: 2,600 bytes, only in clients whose contract has them.
  // Values that a call does not compute twice, such as the checked base URL: 50 bytes.
  // Wrong options are reported by name, and RFC 9421 lets senders choose components.
  // In one file, the code of calls, which pages load with the first call, has 700 bytes of wrappers.
  // Recipes sort and flatten nested JSON, and read sets of values: 400 bytes.
  // Servers by name: 150 bytes, which only contracts with such servers load.
  // Items with delimiters, and requests without readOnly properties: 50 bytes.
  // Credentials appended to a query without splitting it, and a server whose variables are filled in once: 50 bytes.
  // The signature of a recipe is compared without a promise: 50 bytes.
  // The names that a recipe omits are found once a scheme, and a signature has one spelling for replays: 150 bytes.
  // Parts that are multipart or XML, JSON of any text type, and files of any media type: 1,000 bytes in all.
  // The names of options, errors and fields of recipes say `response`: 100 bytes here, 50 in the console.
  // Names and values of a recipe are joined without lists: 100 bytes here and in all that signs.
  // Lists in exploded objects: 50 bytes.
  // The steps of a recipe are compiled once: 150 bytes here and in all that signs.
  // JSON in headers is ASCII: 50 bytes here and in the console.
  client: 41_500,
  command: 200,
  // Delimiters of each style.
  // What is a file, what is JSON, and the places of nested parts: 350 bytes.
  // Texts of a path in any percent-encoding, for the server and MSW.
  // Versions of a media type that differ in a parameter: 50 bytes here and in all that reads bodies.
  // Paths of documents that list operations by fragments: 80 bytes, also in the server and MSW.
  contract: 1_880,
  // It names the failed check of a signature, and limits the time of signers: 200 bytes. Bodies that are not text are
  // shown by their parts, and the log keeps requests for resending: 500 bytes. The memory of --stateful, the
  // validators' own formats, and the server's XML: 10 kB, in Node only. Checks of access tokens, from the server: 700
  // bytes. A contract's own `Prefer`, and paths that differ only in the names of their parameters, are needed for the
  // documents of GitHub and GitBook. An authorization server for contracts with OAuth: 5.5 kB, in Node only.
  // Logins of devices, introspection and DPoP of the authorization server: 1 kB.
  // Parts by position: 1 kB. Responses without what a contract does not name, in headers and closed objects: 100 bytes.
  // Values are checked schema by schema, so that a long response does not hold up others: 1,300 bytes.
  // Names that open objects of parameters do not take, and errors of unusable credentials.
  // The authorization server also checks signed assertions and certificates of clients: 1.2 kB, in Node only.
  // Recipes sort and flatten nested JSON, and read sets of values: 400 bytes.
  // Text that is a number, and directions of webhooks: 100 bytes.
  // It checks values by the runtime's own validators, and reads nested parts: 2,800 bytes, in Node only.
  // Challenges of all accepted schemes, and requests whose text is JSON: 150 bytes.
  // A body that the application has read is an error of its own: 100 bytes.
  // Examples of enums, and discriminators that are numbers: 100 bytes here and in all that generates values.
  // Rejections by declared responses: 900 bytes, in Node only. Preferences in a query: 200 bytes.
  // The compiled steps of a recipe, and request ids from a block of random bytes: 250 bytes.
  // Lists in exploded objects, and references below an `$id`: 100 bytes.
  mock: 94_850,
  // The generator of values, readers of forms and the writer of XML serve prefilled bodies and resending. The delivery
  // log: 3 kB.
  // Steps of a call without copies and lists: 50 bytes.
  // It also names responses by what a request prefers.
  // The wrappers of the code of calls.
  // Recipes sort and flatten nested JSON, and read sets of values: 400 bytes.
  // Logins of the console by OAuth: 8.4 kB, loaded with the first login. In Node only.
  // Text that is a number, and directions of webhooks: 50 bytes.
  // Recipes compute values of queries and bodies, not only headers: 100 bytes here and in all that signs.
  // The validators read schemas for it, and parts that are multipart: 4 kB, in Node only.
  // Requests whose text is JSON, and path parameters of callbacks: 50 bytes.
  // The compiled steps of a recipe.
  'mock/console': 69_250,
  // Messages without an example are generated from their schemas, and bodies of any media type are sent: 10 kB, in Node
  // only. It reads parameters that are one value or a list.
  // It signs components that RFC 9421 lets senders choose.
  // It sends parts by position.
  // The wrappers of the code of calls.
  // Recipes sort and flatten nested JSON, and read sets of values: 400 bytes.
  // Delimiters inside of items, and cookies: 500 bytes.
  // Credentials appended to a query without splitting it, and a server whose variables are filled in once: 50 bytes.
  // The signature of a recipe is compared without a promise: 50 bytes.
  // The names that a recipe omits are found once a scheme, and a signature has one spelling for replays: 100 bytes.
  // Unknown events are reported before a receiver is contacted: 150 bytes.
  // The validators check responses of receivers, and parts that are multipart are sent: 4.5 kB, in Node only.
  // Versions of a media type.
  // The compiled steps of a recipe.
  'mock/fire': 50_200,
  // 14 bytes over 1,500 write 64-bit integers that are text in TypeScript as numbers. It is loaded only in tests. Paths
  // that differ only in the names of their parameters are one path.
  // Lists of items, and files of any media type: 300 bytes.
  // Texts of a path in any percent-encoding.
  // Versions of a media type, and responses that are declared for a range: 100 bytes.
  // Bodies that are streams of Node. Operations that others precede: 100 bytes.
  msw: 2_280,
  // All grants, metadata, assertions, DPoP and the helpers of users' logins, loaded with the first call that needs a
  // token.
  oauth: 13_000,
  react: 500,
  vue: 500,
  svelte: 500,
  hooks: 400,
  // Receiving adds deliveries, dispatch by body and trusted proxies. Recipes read lists of signed headers. OpenAPI 3.2
  // adds requests of server-sent events, whole queries and plain cookies: 900 bytes. Challenges of RFC 6750 and the
  // option of access tokens: 700 bytes.
  // Parts by position, read and written: 1,200 bytes. Responses without what a contract does not name: 100 bytes.
  // Wrong credentials of optional authentication are rejected, and RFC 9421 lets senders choose components.
  // Recipes sort and flatten nested JSON, and read sets of values: 400 bytes, and nonces that grow are compared.
  // Delimiters inside of items.
  // The signature of a recipe is compared without a promise, and its message is made once: 120 bytes.
  // Nested parts, their rows and XML in them: 1,600 bytes. A table of nonces, and JSON of any text type: 500 bytes.
  // Challenges of all accepted schemes, and requests whose text is JSON: 150 bytes.
  // Plain JSON responses have their own path, and replay keys are hashed by their bytes: 500 bytes, here and in the mock.
  // Texts of a path beside a parameter, in any percent-encoding.
  // A target is judged in one pass, and conditions need no closures: 150 bytes here, 250 in `server/node`.
  // Rejections by declared responses and by the function of the owner: 350 bytes.
  // The compiled steps of a recipe, and request ids from a block of random bytes: 250 bytes.
  // Brotli and zstd, in place of gzip and deflate alone: 450 bytes.
  server: 52_100,
  // Requests and responses of Node without the adapter of Hono: 2,000 bytes.
  // A listener for other servers of Node, and the error for a body that the application has read: 150 bytes.
  // The headers of which Node keeps the first line, and texts in Latin-1: 200 bytes.
  'server/node': 4_200,
  // JWKS, introspection and proofs, without jose.
  'server/oauth': 3_500,
  // Lists of components, labels and digests that senders choose (RFC 9421, RFC 9530): 1,000 bytes, here and in all that sign.
  // Recipes sort and flatten nested JSON, and read sets of values: 400 bytes.
  // The signature of a recipe is compared without a promise: 50 bytes.
  // The names that a recipe omits are found once a scheme, and a signature has one spelling for replays: 50 bytes.
  // The first value of a carrier is read without a list: 50 bytes.
  // A recipe's names and values are joined without closures: 60 bytes here and in all that signs.
  // The steps of a recipe are compiled once: 100 bytes.
  signing: 14_200,
  // Tokens of clients, encrypted: 500 bytes.
  store: 5_900,
  // The functions that compiled checks call: 200 bytes.
  // Requests without readOnly properties, and items of response headers that contain a delimiter: 150 bytes.
  // Objects from which nothing can be removed are not copied: 50 bytes.
  // The names of an object with free properties are found once: 20 bytes.
  validators: 14_000,
  values: 8_500,
  xml: 2_000,
};

const runtime = fileURLToPath(new URL('../../runtime', import.meta.url));

/** The entry points that `runtime/package.json` exports. Folders below `validators` and `client` belong to them. */
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
clients.push({
  name: 'one operation of @countersign/plattr',
  bytes: (await bundleOne()).first.bytes,
  limit: ONE_LIMIT,
});

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
