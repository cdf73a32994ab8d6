/** Documents that need many resources. Each is generated in the usual time and memory, or rejected with a place. */
const repeat = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });

function documentOf(schemas: object, root: string): object {
  const content = { 'application/json': { schema: ref(root) } };
  return {
    openapi: '3.1.1',
    info: { title: 'Large', version: '1' },
    servers: [{ url: 'https://example.test' }],
    paths: {
      '/a': {
        post: {
          operationId: 'send',
          summary: 'Send',
          requestBody: { required: true, content },
          responses: { 200: { description: 'x', content } },
        },
      },
    },
    components: { schemas },
  };
}

function pathOf(parameters: number): object {
  const names = repeat(parameters, (i) => `p${i}`);
  const operation = {
    operationId: 'send',
    parameters: names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    responses: { 200: { description: 'x' } },
  };
  return { ...documentOf({ A: {} }, 'A'), paths: { [names.map((name) => `/{${name}}`).join('')]: { get: operation } } };
}

function nested(levels: number): object {
  let schema: object = { type: 'string' };
  for (let level = 0; level < levels; level += 1) schema = { type: 'object', properties: { a: schema } };
  return schema;
}

/** `A0` refers to `A1`, and so on. */
const chain = (length: number, make: (next: object) => object): object =>
  Object.fromEntries(repeat(length, (i) => [`A${i}`, i === length - 1 ? { type: 'string' } : make(ref(`A${i + 1}`))]));

const aliasBomb = (): string =>
  [
    'openapi: 3.1.1',
    'info: { title: T, version: "1" }',
    'paths: {}',
    'x-a: &a0 [x, x, x, x, x, x, x, x, x, x]',
    ...repeat(12, (i) => `x-b${i}: &a${i + 1} [${repeat(10, () => `*a${i}`).join(', ')}]`),
  ].join('\n');

export type LargeDocument = {
  readonly name: string;
  /** JSON, or YAML as text. */
  readonly make: () => object | string;
  /** Codes of the rejection; undefined if it is generated. */
  readonly refused?: readonly string[];
};

export const LARGE_DOCUMENTS: readonly LargeDocument[] = [
  { name: 'an alias bomb', make: aliasBomb, refused: ['yaml-alias-bomb'] },
  { name: 'a path of 500 parameters', make: () => pathOf(500) },
  { name: 'a path of 6,000 parameters', make: () => pathOf(6_000), refused: ['document-refused'] },
  { name: '100 levels', make: () => documentOf({ A: nested(100) }, 'A') },
  { name: '2,000 levels', make: () => documentOf({ A: nested(2_000) }, 'A'), refused: ['json-too-deep'] },
  {
    name: 'an enum of 20,000 values',
    make: () => documentOf({ A: { type: 'string', enum: repeat(20_000, (i) => `value ${i}`) } }, 'A'),
  },
  {
    name: 'a chain of 200 components',
    make: () =>
      documentOf(
        chain(200, (next) => ({ type: 'object', properties: { next } })),
        'A0',
      ),
  },
  {
    name: 'a chain of 2,000 components',
    make: () =>
      documentOf(
        chain(2_000, (next) => ({ type: 'object', properties: { next } })),
        'A0',
      ),
  },
  {
    name: 'a cycle of 1,000 components',
    make: () =>
      documentOf(
        Object.fromEntries(
          repeat(1_000, (i) => [`A${i}`, { type: 'object', properties: { next: ref(`A${(i + 1) % 1_000}`) } }]),
        ),
        'A0',
      ),
  },
  {
    name: 'a component that references itself',
    make: () => documentOf({ A: { allOf: [ref('A')] } }, 'A'),
    refused: ['schema-reference-loop'],
  },
  {
    name: 'components that all reference each other',
    make: () =>
      documentOf(
        Object.fromEntries(
          repeat(60, (i) => [
            `A${i}`,
            { type: 'object', properties: Object.fromEntries(repeat(60, (j) => [`p${j}`, ref(`A${j}`)])) },
          ]),
        ),
        'A0',
      ),
  },
  {
    name: 'a product of unions, 2 to the 30th',
    make: () =>
      documentOf(
        { A: { allOf: repeat(30, (i) => ({ oneOf: [{ required: [`a${i}`] }, { required: [`b${i}`] }] })) } },
        'A',
      ),
  },
  {
    name: 'unions of unions that double, 25 times',
    make: () =>
      documentOf(
        chain(25, (next) => ({ anyOf: [next, { type: 'array', items: next }] })),
        'A0',
      ),
  },
  {
    name: '3,000 properties and 3,000 required',
    make: () => {
      const names = repeat(3_000, (i) => `p${i}`);
      return documentOf(
        { A: { type: 'object', required: names, properties: Object.fromEntries(names.map((n) => [n, {}])) } },
        'A',
      );
    },
  },
  {
    name: 'catastrophic patterns',
    make: () =>
      documentOf(
        {
          A: {
            type: 'object',
            properties: Object.fromEntries(
              repeat(40, (i) => [`p${i}`, { type: 'string', pattern: `^(a+)+${i}$`, examples: ['a'.repeat(60)] }]),
            ),
          },
        },
        'A',
      ),
  },
  {
    name: 'a description of 5,000,000 characters',
    make: () => documentOf({ A: { type: 'string', description: '*/ `x` | <b> @ts-ignore\n'.repeat(200_000) } }, 'A'),
  },
];
