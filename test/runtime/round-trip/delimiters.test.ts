import { afterAll, describe, expect, test } from 'vitest';
import { packageOf, removePackages } from '../bodies/packages.ts';

const LIST = { type: 'array', items: { type: 'string' } };
const OPEN = { type: 'object', additionalProperties: { type: 'string' } };

type Place = 'path' | 'query' | 'header' | 'cookie' | 'form' | 'multipart' | 'response';
/** One way to write a value: its location, and the fields of its Parameter, Encoding or Header Object. */
type Way = {
  readonly place: Place;
  readonly style?: string;
  readonly explode?: boolean;
  readonly allowReserved?: true;
};

/** Characters that have a meaning in one of the styles, and `][`, which separates the keys of a deepObject. */
const CHARACTERS = [',', '.', ';', '=', '|', ' ', '&', '/', '%2C', ']['];

/** [way, characters that an item cannot contain, characters that a key cannot contain: those of items and these] */
const WAYS: readonly (readonly [Way, items: readonly string[], keys?: readonly string[]])[] = [
  [{ place: 'path', style: 'simple' }, []],
  [{ place: 'path', style: 'simple', explode: true }, []],
  [{ place: 'path', style: 'label' }, []],
  [{ place: 'path', style: 'label', explode: true }, ['.']],
  [{ place: 'path', style: 'matrix' }, []],
  [{ place: 'path', style: 'matrix', explode: true }, []],
  [{ place: 'path', style: 'simple', allowReserved: true }, []],
  [{ place: 'path', style: 'label', explode: true, allowReserved: true }, ['.']],
  [{ place: 'path', style: 'matrix', explode: true, allowReserved: true }, []],
  [{ place: 'query', style: 'form' }, []],
  [{ place: 'query', style: 'form', explode: false }, []],
  [{ place: 'query', style: 'form', allowReserved: true }, []],
  [{ place: 'query', style: 'form', explode: false, allowReserved: true }, []],
  [{ place: 'query', style: 'spaceDelimited' }, [' ']],
  [{ place: 'query', style: 'pipeDelimited' }, ['|']],
  [{ place: 'query', style: 'deepObject', explode: true }, [], ['][']],
  [{ place: 'header' }, [',']],
  [{ place: 'header', explode: true }, [','], ['=']],
  [{ place: 'cookie' }, []],
  [{ place: 'cookie', explode: false }, []],
  [{ place: 'cookie', style: 'cookie', explode: true }, [';'], ['=']],
  [{ place: 'cookie', style: 'cookie', explode: false }, [',', ';']],
  [{ place: 'form', style: 'form' }, []],
  [{ place: 'form', style: 'form', explode: false }, []],
  [{ place: 'form', style: 'form', explode: false, allowReserved: true }, []],
  [{ place: 'form', style: 'spaceDelimited' }, [' ']],
  [{ place: 'form', style: 'pipeDelimited' }, ['|']],
  [{ place: 'form', style: 'deepObject' }, [], ['][']],
  [{ place: 'multipart', style: 'form' }, []],
  [{ place: 'multipart', style: 'form', explode: false }, [',']],
  [{ place: 'multipart', style: 'spaceDelimited' }, [' ']],
  [{ place: 'multipart', style: 'pipeDelimited' }, ['|']],
  [{ place: 'multipart', style: 'deepObject' }, [], ['][']],
  [{ place: 'response' }, [',']],
  [{ place: 'response', explode: true }, [','], ['=']],
];

const MEDIA = { form: 'application/x-www-form-urlencoded', multipart: 'multipart/form-data' };

const nameOf = ({ place }: Way): string => (place === 'header' || place === 'response' ? 'X-P' : 'p');

function operationOf({ place, ...way }: Way, operationId: string, schema: object): object {
  const done = { '204': { description: 'done' } };
  if (place === 'response')
    return { operationId, responses: { '204': { description: 'done', headers: { 'X-P': { schema, ...way } } } } };
  if (place !== 'form' && place !== 'multipart') {
    const parameter = { name: nameOf({ place }), in: place, required: place === 'path', schema, ...way };
    return { operationId, parameters: [parameter], responses: done };
  }
  const body = { schema: { type: 'object', properties: { p: schema } }, encoding: { p: way } };
  return { operationId, requestBody: { content: { [MEDIA[place]]: body } }, responses: done };
}

const paths = Object.fromEntries(
  WAYS.flatMap(([way], at) =>
    (['list', 'object'] as const).map((kind) => {
      const id = `${kind}${at}`;
      const operation = operationOf(way, id, kind === 'list' ? LIST : OPEN);
      return [`/${id}${way.place === 'path' ? '/{p}' : ''}`, { post: operation }];
    }),
  ),
);
const made = await packageOf(paths, { openapi: '3.2.0' });
afterAll(removePackages);

/** What arrives at the other end of a call, or the error of the end that sends. */
async function exchange(way: Way, id: string, value: unknown): Promise<unknown> {
  const name = nameOf(way);
  const input = {
    path: { path: { p: value } },
    query: { query: { p: value } },
    header: { headers: { 'X-P': value } },
    cookie: { cookies: { p: value } },
    form: { body: { p: value } },
    multipart: { body: { p: value }, contentType: MEDIA.multipart },
    response: {},
  }[way.place];
  let received: unknown;
  const handler = (given: Readonly<Record<string, Record<string, unknown> | undefined>>) => {
    const { path, query, headers, cookies, body } = given;
    received = (path ?? query ?? headers ?? cookies ?? body)?.[name];
    return way.place === 'response' ? { status: 204, headers: { 'X-P': value } } : { status: 204 };
  };
  return made.serving({ [id]: handler as never }, async (url, logged) => {
    const call = made.client(url)[id]?.(input) as unknown as {
      withResponse(): Promise<{ readonly error?: Error; readonly headers: Readonly<Record<string, unknown>> }>;
    };
    const { error, headers } = await call.withResponse();
    if (way.place === 'response') return error ? String(logged.map((entry) => entry.error?.message)) : headers['X-P'];
    if (error) expect(received).toBeUndefined();
    const cause = error?.cause instanceof Error ? error.cause.message : '';
    return error ? `${error.message} ${cause}` : received;
  });
}

describe.each(WAYS.map(([way, items, keys], at) => [JSON.stringify(way), { way, items, keys, at }] as const))(
  '%s',
  (_, { way, items, keys = [], at }) => {
    // Escapes of the caller pass where OpenAPI 3.2 has allowReserved, and are decoded at the other end.
    const passes = way.allowReserved;
    const isCookie = way.place === 'cookie' && way.style === 'cookie';
    test.each(CHARACTERS)(
      'an item, a value and a key with "%s" arrive unchanged or are not sent',
      async (character) => {
        const text = `a${character}b`;
        const cases: readonly (readonly [kind: string, value: unknown, rejected: readonly string[]])[] = [
          ['list', [text, 'c'], items],
          ['object', { k: text, l: 'c' }, items],
          ['object', { [text]: 'v' }, [...items, ...keys]],
        ];
        for (const [kind, value, rejected] of cases) {
          const arrived = await exchange(way, `${kind}${at}`, value);
          if (passes && character === '%2C') expect(JSON.stringify(arrived)).toContain('a,b');
          else if (!rejected.includes(character)) expect(arrived).toEqual(value);
          else if (isCookie && character === ';') expect(arrived).toMatch(/cookie p contains ";"/);
          else expect(arrived).toContain(`an item of ${nameOf(way)} contains "${character}"`);
        }
      },
    );
  },
);
