import { credentialsIn, own } from '../../contract/index.ts';
import type { Received } from '../exchange.ts';
import type { MockOperation, MockProvider } from '../types.ts';
import { type SnippetOptions, writeClientCall } from './client-call.ts';

/** A request as code to copy. */
export type Snippets = {
  readonly curl: string;
  readonly fetch: string;
  readonly client: string;
  /** How long the signature in `curl` and `fetch` is valid. Undefined if there is no signature. */
  readonly note: string | undefined;
};

type Secret = { readonly value: string; readonly env: string };

/** Writes a request that was sent as code to copy. Secrets are replaced by their environment variables. */
export function writeSnippets(options: SnippetOptions): Snippets {
  const { provider, operation, request } = options;
  const secrets = secretsOf(provider);
  const body = formOf(options) ?? bodyOf(request);
  return {
    curl: curlOf(request, body, secrets),
    fetch: fetchOf(request, body, secrets),
    client: writeClientCall(options),
    note: noteOf(provider, operation),
  };
}

function noteOf({ api }: MockProvider, { descriptor }: MockOperation): string | undefined {
  const notes = descriptor.security.flat().flatMap((name) => {
    const scheme = api.securitySchemes[name];
    if (scheme?.kind !== 'signature' || !scheme.timestamp) return [];
    const once = scheme.replay === 'none' ? '' : ', once';
    return [
      `The copied signature is valid for ${scheme.timestamp.tolerance} s${once}. The client signs each request itself.`,
    ];
  });
  return notes[0];
}

function secretsOf({ api, credentials }: MockProvider): readonly Secret[] {
  const all = Object.values(api.securitySchemes).flatMap(credentialsIn);
  return all.filter(({ secret }) => secret).map(({ name, env }) => ({ value: credentials[name] ?? '', env }));
}

/** Splits a text into literal text and environment variables. */
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

/** Writes a text for a shell, which does not interpret text in single quotes. Variables are in double quotes. */
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

/** A text, or the fields of multipart data. Its bytes are not text, so curl and fetch serialize it themselves. */
type SnippetBody = string | readonly (readonly [name: string, value: unknown])[];

function formOf({ input: { body }, request, provider, operation }: SnippetOptions): SnippetBody | undefined {
  if (!request.headers.get('content-type')?.startsWith('multipart/form-data')) return undefined;
  const isSigned = operation.descriptor.security
    .flat()
    .some((name) => own(provider.api.securitySchemes, name)?.kind === 'signature');
  if (isSigned || typeof body !== 'object' || body === null) return undefined;
  return Object.entries(body).flatMap(([name, value]) => [value].flat().map((each) => [name, each] as const));
}

const bodyOf = ({ bytes }: Received): string => new TextDecoder().decode(bytes ?? new Uint8Array());
const fileName = (file: Blob): string => (file instanceof File && file.name !== '' ? file.name : 'file.bin');
const fieldText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

function headersOf({ headers }: Received, body: SnippetBody): readonly (readonly [string, string])[] {
  // The boundary is part of the bytes that were sent.
  return [...headers].filter(([name]) => typeof body === 'string' || name !== 'content-type');
}

function curlOf(request: Received, body: SnippetBody, secrets: readonly Secret[]): string {
  const method = request.method === 'GET' ? '' : `-X ${request.method} `;
  const data =
    typeof body === 'string'
      ? body === ''
        ? []
        : [`  --data-binary ${shell(body, secrets)}`]
      : body.map(([name, value]) =>
          value instanceof Blob
            ? `  -F ${shell(`${name}=@${fileName(value)}${value.type === '' ? '' : `;type=${value.type}`}`, secrets)}`
            : `  --form-string ${shell(`${name}=${fieldText(value)}`, secrets)}`,
        );
  const headers = headersOf(request, body).map(([name, value]) => `  -H ${shell(`${name}: ${value}`, secrets)}`);
  return [`curl -i ${method}${shell(request.url, secrets)}`, ...headers, ...data].join(' \\\n');
}

function fetchOf(request: Received, body: SnippetBody, secrets: readonly Secret[]): string {
  const headers = headersOf(request, body).map(
    ([name, value]) => `    ${JSON.stringify(name)}: ${script(value, secrets)},`,
  );
  const form =
    typeof body === 'string'
      ? []
      : [
          ...(body.some(([, value]) => value instanceof Blob) ? ["import { openAsBlob } from 'node:fs';", ''] : []),
          'const form = new FormData();',
          ...body.map(([name, value]) =>
            value instanceof Blob
              ? `form.append(${JSON.stringify(name)}, await openAsBlob(${JSON.stringify(fileName(value))}), ${JSON.stringify(fileName(value))});`
              : `form.append(${JSON.stringify(name)}, ${script(fieldText(value), secrets)});`,
          ),
          '',
        ];
  return [
    ...form,
    `const response = await fetch(${script(request.url, secrets)}, {`,
    `  method: ${JSON.stringify(request.method)},`,
    ...(headers.length === 0 ? [] : ['  headers: {', ...headers, '  },']),
    ...(typeof body !== 'string' ? ['  body: form,'] : body === '' ? [] : [`  body: ${script(body, secrets)},`]),
    '});',
    'console.log(response.status, await response.text());',
  ].join('\n');
}
