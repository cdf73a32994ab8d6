import { type Carrier, kindOf, own, type SecuritySchemeDescriptor } from '@countersign/runtime/contract';
import { createValueMaker } from '../../../runtime/values/index.ts';
import { literal } from '../../common/text/literal.ts';
import { chooseNames } from '../../emit/views/naming.ts';
import { atPointer, isNode } from '../../model/reader.ts';
import type { Api, Content, ExpandedDocument, Operation } from '../../model/types.ts';
import { harmlessText } from './harmless.ts';

/** `x-codeSamples` of Redoc. */
type CodeSample = { readonly lang: string; readonly label: string; readonly source: string };

type Group = Record<string, unknown>;
type Input = { path: Group; query: Group; headers: Group; cookies: Group; body?: unknown };
const GROUPS = { path: 'path', query: 'query', querystring: 'query', header: 'headers', cookie: 'cookies' } as const;

/**
 * Code that calls an operation, with the generated client and with curl.
 * @param examples the document with an example for each body
 */
export function samplesOf(
  api: Api,
  examples: ExpandedDocument,
  scope: string,
): (operation: Operation) => readonly CodeSample[] {
  const make = createValueMaker(api.document);
  const { prefix } = chooseNames(api);
  const source = `${scope}/${api.provider}`;
  return (operation) => {
    const { identifier, descriptor } = operation;
    // The provider sends a webhook, so the receiver calls nothing.
    if (descriptor.webhook) return [];
    const input: Input = { path: {}, query: {}, headers: {}, cookies: {} };
    for (const { descriptor: parameter, example, schema } of operation.parameters) {
      if (!parameter.required) continue;
      const value = example ?? make({ schema, direction: 'request', minimal: true }).value;
      input[GROUPS[parameter.in]][parameter.name] = value;
    }
    const [content] = operation.body?.content ?? [];
    const body = content && exampleOf(content, examples);
    if (body !== undefined) input.body = body;
    const fixed = (descriptor.when ?? []).flatMap((condition) =>
      'query' in condition && 'equals' in condition ? [[condition.query, condition.equals] as const] : [],
    );
    const given = Object.fromEntries(
      Object.entries(input).flatMap(([group, values]) => {
        if (group === 'body') return [[group, values]];
        const named = Object.entries(values as Group).filter(
          ([name]) => group !== 'query' || !fixed.some(([each]) => each === name),
        );
        return named.length === 0 ? [] : [[group, Object.fromEntries(named)]];
      }),
    );
    const argument = Object.keys(given).length === 0 ? '' : literal(given);
    return [
      sample('TypeScript', 'Client', [
        `import { create${prefix}Client } from '${source}';`,
        '',
        `const client = create${prefix}Client();`,
        `const { data, error } = await client.${identifier}(${argument});`,
        'if (error) console.error(error.code, error.message);',
        'else console.log(data);',
      ]),
      sample(
        'Shell',
        'curl',
        curlLines(api, operation, { ...input, query: { ...Object.fromEntries(fixed), ...input.query } }),
      ),
    ];
  };
}

const sample = (lang: string, label: string, lines: readonly string[]): CodeSample => ({
  lang,
  label,
  source: harmlessText(lines.join('\n')),
});

function exampleOf({ mediaType, examples, pointer }: Content, document: ExpandedDocument): unknown {
  if (!['json', 'form', 'text'].includes(kindOf(mediaType))) return undefined;
  const [given] = examples.values();
  const media = atPointer(document, pointer.slice(0, pointer.lastIndexOf('/')));
  return given ?? (isNode(media) ? media.example : undefined);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
/** Quotes a word for a shell, which changes nothing between single quotes. */
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function curlLines(api: Api, { descriptor, body }: Operation, input: Input): readonly string[] {
  const sent = sentBy(api, descriptor.security[0] ?? []);
  const path = descriptor.path.replace(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(textOf(input.path[name] ?? name)),
  );
  const query = Object.entries(input.query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(textOf(value))}`,
  );
  const url = `${descriptor.server?.url ?? api.descriptor.baseUrl}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`;
  const variables = sent.filter(({ in: place }) => place === 'query').map(({ name, env }) => `${name}="$${env}"`);
  const separator = url.includes('?') ? '&' : '?';
  const [media = ''] = descriptor.body?.content ?? [];
  const headers = [
    ...sent.flatMap(({ in: place, name, prefix = '', env }) =>
      place === 'header'
        ? [`-H ${quote(`${name}: ${prefix}`)}"$${env}"`]
        : place === 'cookie'
          ? [`-b ${quote(`${name}=`)}"$${env}"`]
          : [],
    ),
    ...Object.entries(input.headers).map(([name, value]) => `-H ${quote(`${name}: ${textOf(value)}`)}`),
    ...Object.entries(input.cookies).map(([name, value]) => `-b ${quote(`${name}=${textOf(value)}`)}`),
    ...(body && input.body !== undefined ? [`-H ${quote(`Content-Type: ${media}`)}`] : []),
  ];
  const data =
    input.body === undefined
      ? []
      : kindOf(media) === 'form' && isNode(input.body)
        ? Object.entries(input.body).map(([name, value]) => `--data-urlencode ${quote(`${name}=${textOf(value)}`)}`)
        : [`--data-binary ${quote(textOf(input.body))}`];
  const isSigned = schemesOf(api, descriptor.security[0] ?? []).some(({ kind }) => kind === 'signature');
  const method = descriptor.method === 'GET' ? '' : `-X ${descriptor.method} `;
  return [
    ...(isSigned ? ['# The client signs by itself. For a signed command to copy, open the console of the mock.'] : []),
    [
      `curl -i ${method}${quote(url)}${variables.map((each, at) => (at === 0 ? separator : '&') + each).join('')}`,
      ...headers,
      ...data,
    ].join(' \\\n  '),
  ];
}

type Sent = Pick<Carrier, 'in' | 'name' | 'prefix'> & { readonly env: string };

const schemesOf = (api: Api, names: readonly string[]): readonly SecuritySchemeDescriptor[] =>
  names.flatMap((name) => own(api.descriptor.securitySchemes, name) ?? []);

/** The values that the schemes add to a request, with their environment variables. */
function sentBy(api: Api, names: readonly string[]): readonly Sent[] {
  return schemesOf(api, names).flatMap((scheme): readonly Sent[] => {
    if (scheme.kind === 'session') return scheme.carriers.slice(0, 1).map((carrier) => ({ ...carrier, env: 'TOKEN' }));
    if (scheme.kind === 'mutualTLS') return [];
    if (scheme.kind === 'signature')
      return [
        ...scheme.credentials.flatMap(({ carriers, env }) =>
          carriers.slice(0, 1).map((carrier) => ({ ...carrier, env })),
        ),
        ...(scheme.timestamp ? [{ ...scheme.timestamp, env: 'TIMESTAMP' }] : []),
        ...(scheme.nonce ? [{ ...scheme.nonce, env: 'NONCE' }] : []),
        { ...scheme.signature, env: 'SIGNATURE' },
      ];
    const { carriers, env } = scheme.credential;
    return carriers.slice(0, 1).map((carrier) => ({ ...carrier, env }));
  });
}
