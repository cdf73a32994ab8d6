import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { pascalCase } from '../../common/text/names.ts';

type Values = { readonly [name: string]: unknown };

/** One file of templates/signing: a scheme of the catalogue, with a sample request. */
export type Preset = {
  readonly title: string;
  /** URL of the provider's own documentation. */
  readonly document: string;
  /** Default `header`. */
  readonly in?: 'header' | 'query';
  readonly name: string;
  /** The fields of `x-cs-signing`. */
  readonly signing: Values;
  /** `x-cs-delivery` of received messages, if their id is not signed separately. */
  readonly delivery?: Values;
  /** For a scheme without timestamp, nonce and message id: how a receiver recognizes a repeated message. */
  readonly repeated?: string;
  readonly request?: {
    readonly method?: 'get' | 'post';
    /** Default JSON. */
    readonly type?: 'json' | 'form' | 'none';
    readonly query?: { readonly [name: string]: string };
    /** Signed headers that the caller sets. */
    readonly headers?: { readonly [name: string]: string };
    readonly body?: Values;
  };
};

const folder = fileURLToPath(new URL('../../../templates/signing/', import.meta.url));

/** Names of the signing presets. */
export const presetNames: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.slice(0, -'.yaml'.length))
  .sort();

export const presetText = (name: string): string => readFileSync(`${folder}${name}.yaml`, 'utf8');

/** Reads one signing preset. */
export const readPreset = (name: string): Preset => parse(presetText(name)) as Preset;

const MEDIA = { json: 'application/json', form: 'application/x-www-form-urlencoded' } as const;

function schemaOf(value: unknown): object {
  if (Array.isArray(value)) return { type: 'array', items: schemaOf(value[0]) };
  if (typeof value !== 'object' || value === null) return { type: typeof value };
  const properties = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, schemaOf(member)]));
  return { type: 'object', properties };
}

function operationOf(
  id: string,
  title: string,
  scheme: string,
  {
    method = 'post',
    type = 'json',
    query = { page: '1' },
    headers = {},
    body = { amount: 1250, note: 'é' },
  }: NonNullable<Preset['request']>,
  delivery?: Values,
): object {
  const parametersIn = (place: 'query' | 'header', values: { readonly [name: string]: string }): readonly object[] =>
    Object.entries(values).map(([name, example]) => ({
      name,
      in: place,
      description: 'Replace it with your own.',
      schema: { type: 'string' },
      example,
    }));
  const parameters = [...parametersIn('query', query), ...parametersIn('header', headers)];
  return {
    [method]: {
      operationId: id,
      summary: id === 'receiveEvent' ? 'Receive an event' : 'Create an order',
      description: 'An example operation. Replace it with the operations of the provider.',
      tags: [title],
      security: [{ [scheme]: [] }],
      ...(delivery && { 'x-cs-delivery': delivery }),
      // A URL of the receiver has no parameters that the sender could set.
      ...(id === 'receiveEvent' && method === 'post' ? {} : { parameters }),
      ...(type !== 'none' && {
        requestBody: {
          required: true,
          content: { [MEDIA[type]]: { schema: schemaOf(body), examples: { first: { value: body } } } },
        },
      }),
      responses: {
        '200': {
          description: 'The event was accepted.',
          content: {
            'application/json': {
              schema: { type: 'object', required: ['ok'], properties: { ok: { type: 'boolean' } } },
              examples: { taken: { value: { ok: true } } },
            },
          },
        },
        '401': { description: 'The signature is missing or invalid.' },
      },
    },
  };
}

/** The security scheme that a preset describes. */
export const presetScheme = (preset: Preset): object => ({
  type: 'apiKey',
  in: preset.in ?? 'header',
  name: preset.name,
  description: preset.document.startsWith('https://example.com/')
    ? `${preset.title}. Replace it with the scheme of the provider.`
    : `${preset.title}, as documented in ${preset.document}.`,
  'x-cs-signing': preset.signing,
});

/** A starting contract, with one operation to call and one to receive, both signed by the preset. */
export function presetDocument(provider: string, scheme: string, preset: Preset): object {
  const title = pascalCase(provider);
  const request = preset.request ?? {};
  return {
    openapi: '3.1.1',
    info: {
      title,
      version: '1.0.0',
      description:
        'Describe this API as the provider documents it. Mark facts that are not documented with `x-cs-source: inferred`.',
      license: { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' },
    },
    servers: [{ url: `https://${provider}.invalid`, description: 'Replace it with the host of the provider.' }],
    tags: [{ name: title, description: 'All operations.' }],
    paths: { '/orders': operationOf('createOrder', title, scheme, request) },
    webhooks: { event: operationOf('receiveEvent', title, scheme, request, preset.delivery) },
    components: {
      securitySchemes: {
        [scheme]: presetScheme(preset),
      },
    },
  };
}
