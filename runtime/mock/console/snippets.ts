import { credentialsIn } from '../../contract/index.ts';
import type { Received } from '../exchange.ts';
import type { ExampleInput, MockOperation, MockProvider } from '../types.ts';

/** A request as code to copy. */
export type Snippets = {
  readonly curl: string;
  readonly fetch: string;
  readonly client: string;
  /** How long the signature in `curl` and `fetch` counts; undefined where there is none. */
  readonly note: string | undefined;
};

type Secret = { readonly value: string; readonly env: string };

/** A request that was sent, as code to copy. Secrets are named by their environment variables, never written out. */
export function writeSnippets(
  provider: MockProvider,
  operation: MockOperation,
  input: ExampleInput,
  request: Received,
  baseUrl: string,
): Snippets {
  const secrets = secretsOf(provider);
  return {
    curl: curlOf(request, secrets),
    fetch: fetchOf(request, secrets),
    client: clientOf(provider, operation, input, baseUrl),
    note: noteOf(provider, operation),
  };
}

function noteOf({ api }: MockProvider, { descriptor }: MockOperation): string | undefined {
  const notes = descriptor.security.flat().flatMap((name) => {
    const scheme = api.securitySchemes[name];
    if (scheme?.kind !== 'signature' || !scheme.timestamp) return [];
    const once = scheme.replay === 'none' ? '' : ', once';
    return [`The copied signature counts for ${scheme.timestamp.tolerance} s${once}; the client makes its own.`];
  });
  return notes[0];
}

function secretsOf({ api, credentials }: MockProvider): readonly Secret[] {
  const all = Object.values(api.securitySchemes).flatMap(credentialsIn);
  return all.filter(({ secret }) => secret).map(({ name, env }) => ({ value: credentials[name] ?? '', env }));
}

/** Parts of a text: what is written as it is, and what an environment variable holds. */
function split(text: string, secrets: readonly Secret[]): readonly { readonly text?: string; readonly env?: string }[] {
  let parts: { readonly text?: string; readonly env?: string }[] = [{ text }];
  for (const { value, env } of secrets) {
    if (value === '') continue;
    parts = parts.flatMap((part) =>
      part.text === undefined
        ? [part]
        : part.text.split(value).flatMap((piece, at) => (at === 0 ? [{ text: piece }] : [{ env }, { text: piece }])),
    );
  }
  return parts.filter((part) => part.text !== '');
}

/** In single quotes a shell reads nothing but text; variables stand between in double quotes. */
function shell(text: string, secrets: readonly Secret[]): string {
  const parts = split(text, secrets).map(({ text: plain, env }) =>
    env === undefined ? `'${(plain ?? '').replaceAll("'", "'\\''")}'` : `"$${env}"`,
  );
  return parts.join('') || "''";
}

function script(text: string, secrets: readonly Secret[]): string {
  const parts = split(text, secrets);
  if (parts.every(({ env }) => env === undefined)) return JSON.stringify(text);
  return parts
    .map(({ text: plain, env }) => (env === undefined ? JSON.stringify(plain) : `process.env.${env}`))
    .join(' + ');
}

const bodyOf = ({ bytes }: Received): string => new TextDecoder().decode(bytes ?? new Uint8Array());

function curlOf(request: Received, secrets: readonly Secret[]): string {
  const body = bodyOf(request);
  const lines = [
    `curl -i ${request.method === 'GET' ? '' : `-X ${request.method} `}${shell(request.url, secrets)}`,
    ...[...request.headers].map(([name, value]) => `  -H ${shell(`${name}: ${value}`, secrets)}`),
    ...(body === '' ? [] : [`  --data-binary ${shell(body, secrets)}`]),
  ];
  return lines.join(' \\\n');
}

function fetchOf(request: Received, secrets: readonly Secret[]): string {
  const body = bodyOf(request);
  const headers = [...request.headers].map(
    ([name, value]) => `    ${JSON.stringify(name)}: ${script(value, secrets)},`,
  );
  return [
    `const response = await fetch(${script(request.url, secrets)}, {`,
    `  method: ${JSON.stringify(request.method)},`,
    ...(headers.length === 0 ? [] : ['  headers: {', ...headers, '  },']),
    ...(body === '' ? [] : [`  body: ${script(body, secrets)},`]),
    '});',
    'console.log(response.status, await response.text());',
  ].join('\n');
}

function clientOf(
  { api, prefix }: MockProvider,
  { identifier, descriptor }: MockOperation,
  input: ExampleInput,
  baseUrl: string,
): string {
  const given = Object.entries(input).filter(([, part]) => part !== undefined);
  const argument = given.length === 0 ? '' : JSON.stringify(Object.fromEntries(given), undefined, 2);
  const target = descriptor.webhook
    ? `endpoint: ${JSON.stringify(`${baseUrl}${descriptor.path}`)}`
    : `baseUrl: ${JSON.stringify(baseUrl)}`;
  return [
    `import { create${prefix}Client } from '@countersign/${api.provider}';`,
    '',
    `// Credentials come from the environment: npm run mock -- env ${api.provider}`,
    `const client = create${prefix}Client({ ${target} });`,
    `const { data, error } = await client.${identifier}(${argument});`,
    'if (error) console.error(error.code, error.message);',
    'else console.log(data);',
  ].join('\n');
}
