import type { Received } from '../exchange.ts';
import type { ExampleInput, MockOperation, MockProvider } from '../types.ts';

/** The call that is written as code. */
export type SnippetOptions = {
  readonly provider: MockProvider;
  readonly operation: MockOperation;
  readonly input: ExampleInput;
  readonly request: Received;
  readonly baseUrl: string;
  /** The npm scope of the generated packages: `@acme`. */
  readonly scope: string;
};

/** Writes the call with the generated client. The name of the package has the scope of the workspace. */
export function writeClientCall({ provider, operation, input, baseUrl, scope }: SnippetOptions): string {
  const { api, prefix } = provider;
  const { descriptor, identifier } = operation;
  const target = descriptor.webhook
    ? `endpoint: ${JSON.stringify(`${baseUrl}${descriptor.path}`)}`
    : `baseUrl: ${JSON.stringify(baseUrl)}`;
  const given = Object.fromEntries(Object.entries(input).filter(([, part]) => part !== undefined));
  const files: string[] = [];
  const argument = Object.keys(given).length === 0 ? '' : literal(given, files, '');
  return [
    ...(files.length > 0 ? ["import { openAsBlob } from 'node:fs';"] : []),
    `import { create${prefix}Client } from '${scope}/${api.provider}';`,
    '',
    `// Credentials come from the environment: npm run mock -- env ${api.provider}`,
    `const client = create${prefix}Client({ ${target} });`,
    `const { data, error } = await client.${identifier}(${argument});`,
    'if (error) console.error(error.code, error.message);',
    'else console.log(data);',
  ].join('\n');
}

/** Writes a value as JSON. A file is written as code that reads it from disk. */
function literal(value: unknown, files: string[], indent: string): string {
  if (value instanceof Blob) {
    const name = JSON.stringify(value instanceof File && value.name !== '' ? value.name : 'file.bin');
    files.push(name);
    return `new File([await openAsBlob(${name})], ${name}, { type: ${JSON.stringify(value.type)} })`;
  }
  const isList = Array.isArray(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const inner = `${indent}  `;
  const members = Object.entries(value).flatMap(([name, member]) =>
    member === undefined
      ? []
      : [`${inner}${isList ? '' : `${JSON.stringify(name)}: `}${literal(member, files, inner)}`],
  );
  const [open, close] = isList ? '[]' : '{}';
  return members.length === 0 ? `${open}${close}` : `${open}\n${members.join(',\n')}\n${indent}${close}`;
}
