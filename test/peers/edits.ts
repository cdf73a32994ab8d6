/** Facts that OpenAPI can express, but that the emitter of OpenAPI omits from the suite's contracts or cannot emit. */
type Edit = {
  readonly why: string;
  /** Path below the suite's `specs`. */
  readonly folder: string;
  readonly from: RegExp;
  readonly to: string;
};

const WRAPPED =
  'It writes `xml` for models with an XML decorator only, so that the arrays of others are not `wrapped`.';
const wrapped = (model: string): Edit => ({
  why: WRAPPED,
  folder: 'payload/xml',
  from: new RegExp(`model ${model} \\{`),
  to: `@name("${model}") $&`,
});

/** In the TypeSpec. */
export const SOURCE_EDITS: readonly Edit[] = [
  {
    why: 'It looks up examples by the name of a parameter in a plain object, finds `Object`, and throws.',
    folder: 'special-words',
    from: /@query constructor:/,
    to: '@query constructorStandIn:',
  },
  {
    why: 'OpenAPI has no path with a query. What the path fixes is a parameter with one value.',
    folder: 'routes',
    from: /\?fixed=true\{&(param\*?)\}"\)\s+op (\S+)\(/g,
    to: '{?$1}")\n op $2(@query fixed: "true", ',
  },
  wrapped('ModelWithSimpleArrays'),
  wrapped('ModelWithArrayOfModel'),
  wrapped('ModelWithEmptyArray'),
];

/** In the document, as JSON without white space. */
export const DOCUMENT_EDITS: readonly Edit[] = [
  {
    why: 'The name that the source edit took away.',
    folder: 'special-words',
    from: /constructorStandIn/g,
    to: 'constructor',
  },
  {
    why: 'OpenAPI 3.2 has `nodeType` for the text of an element.',
    folder: 'payload/xml',
    from: /("ModelWithText":\{.*?"content":\{)/,
    to: '$1"xml":{"nodeType":"text"},',
  },
  {
    why: 'It writes `itemSchema` for events only, and gives JSON lines the type of their text.',
    folder: 'streaming/jsonl',
    from: /("application\/jsonl":\{)"schema":\{"type":"string"\}/g,
    to: '$1"itemSchema":{"$$ref":"#/components/schemas/Basic.Info"}',
  },
  {
    why: 'It requires `event` also of events that the suite sends without one. OpenAPI 3.2 adds no field that was not sent.',
    folder: 'streaming/sse',
    from: /,"required":\["event"\]/g,
    to: '',
  },
];

/** @throws {Error} if an edit has no effect, because the suite changed */
export function edit(text: string, folder: string, edits: readonly Edit[]): string {
  return edits
    .filter((one) => one.folder === folder)
    .reduce((before, { from, to, why }) => {
      const after = before.replace(from, to);
      if (after === before) throw new Error(`${folder} has nothing to edit: ${why}`);
      return after;
    }, text);
}
