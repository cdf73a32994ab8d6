import { isDeepStrictEqual } from 'node:util';
import { batching, bodies, createClient, paging, servers, styles } from '@countersign/runtime/client';
import type { Api, Operation } from '../../../scripts/model/types.ts';
import { isJson, type Json } from '../json.ts';
import { OTHERS, type Part, type Sides, valuesOf } from './values.ts';
import { fewOf, variantsOf } from './variants.ts';

type Input = Record<string, unknown>;
/** What a call sent, and what its caller received. */
type Exchange = { readonly sent: readonly string[]; readonly given: unknown };

const VALUES = 8;
/** A text with characters that only some encodings escape. */
const TELLING = { values: ['a b+c,d/e?f:g[h]@$;=|(é'], sizes: [2], names: [] };
/** A response with a code of the envelope, and two texts. */
const FAILURE = { code: 1, message: 'one', text: 'other', data: null };

/** Requests of one call. The response to the first one requires a later retry. */
async function call(
  api: Api,
  operation: Operation,
  input: Input,
  options: object,
  answer: string,
  ignored?: string,
): Promise<Exchange> {
  const sent: string[] = [];
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    sent.push(await textOf(url, init, ignored));
    if (sent.length === 1) return new Response('Later.', { status: 503 });
    return new Response(answer, { status: 200, headers: { 'content-type': 'application/json' } });
  };
  const client = createClient<
    Record<string, (given: Input, options: object) => Promise<{ data?: unknown; error?: Error }>>
  >(
    {
      api: api.descriptor,
      operations: { act: operation.descriptor },
      features: [bodies, servers, styles, batching, paging],
    },
    {
      environment: {},
      credentials: { key: 'k', token: 't' },
      fetch,
      validation: { input: 'off', responses: 'off' },
      retry: { attempts: 2, base: 0, cap: 0 },
    },
  );
  const { data, error } = (await client.act?.(input, options)) ?? {};
  // A client that lacks a feature sends nothing, for any contract.
  if (error?.name === 'ConfigurationError') throw error;
  return {
    sent,
    given: error === undefined ? data : `${error.name} ${(error as { code?: unknown }).code} ${error.message}`,
  };
}

async function textOf(url: string, init: RequestInit, ignored = 'accept'): Promise<string> {
  const request = new Request(url, init);
  const boundary = /boundary=([^;]*)/.exec(request.headers.get('content-type') ?? '')?.[1];
  // The types of its data determine what a caller accepts.
  request.headers.delete('accept');
  request.headers.delete(ignored);
  const headers = [...request.headers].sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([request.method, url, headers, await request.text()]);
  return boundary === undefined ? text : text.replaceAll(boundary, 'boundary');
}

/** Whether a header can contain it. No header contains an emoji. */
const isPlain = (value: unknown): boolean => /^[\x20-\x7e]*$/.test(JSON.stringify(value) ?? '');

/** The header that identifies a call when it is repeated. */
function keyHeaderOf({ descriptor: { retry } }: Operation): string | undefined {
  return typeof retry === 'object' && 'idempotent' in retry ? retry.idempotent.key.name : undefined;
}

/** Inputs that both sides accept. */
function inputsOf(before: readonly Part[], after: readonly Part[], document: Json, seed: number): readonly Input[] {
  const inputs: Input[] = Array.from({ length: VALUES }, () => ({}));
  for (const part of before) {
    if (part.goes !== 'request' || part.check === undefined) continue;
    const other = after.find(({ name, goes }) => name === part.name && goes === 'request');
    const isRight = (value: unknown): boolean =>
      part.check?.(value).issues === undefined && other?.check?.(value).issues === undefined;
    const others = [...OTHERS, 'a/b?c d', 'x:y,z'];
    const isSendable = (value: unknown): boolean => part.name !== 'headers' || isPlain(value);
    const drawn = valuesOf(part.schema, document, seed, { runs: 4 * VALUES, others });
    const telling = fewOf(drawn.filter(isRight)).flatMap((value) => variantsOf(value, TELLING));
    // The most informative first: escaping is visible.
    const says = (value: unknown): number => {
      const text = JSON.stringify(value ?? null);
      return 1000 * new Set(text.match(/\W/g)).size + text.length;
    };
    const right = [...drawn, ...telling]
      .filter((value) => isSendable(value) && isRight(value))
      .map((value) => ({ value, says: says(value) }))
      .sort((a, b) => b.says - a.says)
      .map(({ value }) => value);
    // The most informative value of each property together.
    const members = right.filter(isJson).reduceRight<Json>((all, value) => {
      for (const [name, member] of Object.entries(value)) if (says(member) > says(all[name])) all[name] = member;
      return all;
    }, {});
    if (Object.keys(members).length > 0 && isRight(members)) right.unshift(members);
    for (const [index, input] of inputs.entries()) {
      const [name = '', ...type] = part.name.split(' ');
      if (name in input || right.length === 0) continue;
      input[name] = right[index % right.length];
      if (name === 'body' && before.filter((each) => each.name.startsWith('body')).length > 1)
        input.contentType = type.join(' ');
    }
  }
  return inputs;
}

/** Differences in what the same calls send, and in what the same responses return. */
export async function compareWire(
  apis: { readonly before: Api; readonly after: Api },
  operations: { readonly before: Operation; readonly after: Operation },
  parts: { readonly before: readonly Part[]; readonly after: readonly Part[] },
  sides: Sides,
  seed: number,
): Promise<readonly string[]> {
  if (
    isDeepStrictEqual(operations.before.descriptor, operations.after.descriptor) &&
    isDeepStrictEqual(apis.before.descriptor, apis.after.descriptor)
  )
    return [];
  const responses = parts.before.find(
    ({ goes, name }) => goes === 'response' && name === 'responses 200 application/json',
  );
  const bodiesOf = responses === undefined ? [] : valuesOf(responses.schema, sides.response, seed, { runs: 3 });
  const later = parts.after.find(({ name }) => name === responses?.name);
  const right = bodiesOf.filter(
    (value) => later?.check?.(value).issues === undefined && responses?.check?.(value).issues === undefined,
  );
  if (apis.before.descriptor.envelope.code !== 'status') right.push(FAILURE, { ...FAILURE, code: 2 });
  // An additional key is new and affects all differing calls equally: programs do not name one.
  const gained = keyHeaderOf(operations.before) === undefined ? keyHeaderOf(operations.after) : undefined;
  const inputs = inputsOf(parts.before, parts.after, sides.request, seed);
  for (const [index, input] of inputs.entries()) {
    const answer = JSON.stringify(right[index % Math.max(1, right.length)] ?? {});
    const options = typeof operations.before.descriptor.retry === 'object' ? { idempotencyKey: 'once' } : {};
    const [old, now] = await Promise.all([
      call(apis.before, operations.before, input, options, answer),
      call(apis.after, operations.after, input, options, answer, gained),
    ]);
    // Fewer attempts do not break a promise.
    if (now.sent.length > old.sent.length || now.sent.some((text, attempt) => text !== old.sent[attempt]))
      return [`sends otherwise: ${old.sent[0]} → ${now.sent[0]} (${old.sent.length} → ${now.sent.length})`];
    if (right.length > 0 && now.sent.length === old.sent.length && !isDeepStrictEqual(old.given, now.given))
      return [`gives otherwise: ${JSON.stringify(old.given)} → ${JSON.stringify(now.given)}`];
  }
  return [];
}
