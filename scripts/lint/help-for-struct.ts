import { pointerTokens } from '../common/document/pointer.ts';
import { didYouMean, nearest } from '../common/text/nearest.ts';
import { helpFor } from './help.ts';

/** An error of the rule `struct`. */
type Wrong = {
  readonly message: string;
  /** Fields or values with a similar name; many for a short name. */
  readonly suggest: readonly string[];
  readonly pointer: string;
  /** The value at the pointer, if it is known. */
  readonly value: unknown;
};

/** The help for an error whose fix is known; undefined: Redocly's suggestion and the general help. */
export function helpForStruct({ message, suggest, pointer, value }: Wrong): string | undefined {
  const unknown = /^Property `(.+)` is not expected here/s.exec(message)?.[1];
  if (unknown !== undefined) {
    const moved = movedField(pointer, unknown);
    if (moved !== undefined) return moved;
    // A short name is similar to many others.
    const guess = suggest.length > 3 ? nearest(unknown, suggest) : undefined;
    return guess === undefined ? undefined : `${didYouMean(unknown, suggest)}${helpFor('struct')}`;
  }
  if (/\/items$/.test(pointer) && Array.isArray(value)) return value.length === 0 ? EMPTY_ITEMS : TUPLE;
  if (/^`type` can be one of the following only/.test(message) && typeof value === 'string')
    return TYPES.find(([words]) => words.test(value))?.[1];
  return undefined;
}

const EMPTY_ITEMS = 'An empty list limits nothing. Remove `items`, or write the schema of all items.';
const TUPLE =
  'Since OpenAPI 3.1, `items` is one schema. Rename `items` to `prefixItems`, and `additionalItems` to `items`. OpenAPI 3.0 has no tuples.';

/** Fields of Swagger 2 and OpenAPI 3.0, and paths without a slash. */
function movedField(pointer: string, field: string): string | undefined {
  const tokens = pointerTokens(pointer);
  if (tokens[0] === 'paths' && tokens.length === 2)
    return `A path starts with \`/\`: write \`/${field}\`, or \`x-${field}\` for an extension.`;
  return MOVED.find(([place]) => place.test(pointer))?.[1];
}

const MOVED: readonly (readonly [place: RegExp, help: string])[] = [
  [
    /\/nullable$/,
    'Since OpenAPI 3.1, null is a type: write `type: [string, "null"]`. Beside a `$ref`, write `anyOf: [{ $ref: … }, { type: "null" }]`.',
  ],
  [/^\/definitions$/, 'This is a field of Swagger 2. Move the schemas to `components.schemas`.'],
  [/^\/securityDefinitions$/, 'This is a field of Swagger 2. Move the schemes to `components.securitySchemes`.'],
  [/^\/(host|basePath|schemes)$/, 'This is a field of Swagger 2. Write the whole URL in `servers`.'],
  [/\/additionalItems$/, 'Write the schema of the other items in `items`, beside `prefixItems`.'],
  [/\/(consumes|produces)$/, 'This is a field of Swagger 2. Write the media type as a key of `content`.'],
  [
    /\/responses\/[^/]+\/schema$/,
    'Move the schema below a media type: `content: { application/json: { schema: … } }`.',
  ],
  [
    /\/parameters\/[^/]+\/(type|format|items|enum|default|pattern|minimum|maximum|minLength|maxLength)$/,
    'Move the field to the `schema` of the parameter.',
  ],
];

/** What other languages call the types of JSON. */
const TYPES: readonly (readonly [words: RegExp, help: string])[] = [
  [/^(int|long|short|uint|int(8|16|32|64))$/i, 'Did you mean `integer`? Write the size in `format`, such as `int64`.'],
  [/^(float|double|decimal)$/i, 'Did you mean `number`? Write the size in `format`, such as `double`.'],
  [/^bool$/i, 'Did you mean `boolean`?'],
  [/^(str|text|char|varchar)$/i, 'Did you mean `string`?'],
  [
    /^(date|date-?time|time|uuid|uri|url|email|binary|byte|file|password)$/i,
    'Write `type: string`, and the kind of string in `format`, such as `date-time`.',
  ],
  [/^(dict|map|hash|json|struct)$/i, 'Did you mean `object`?'],
  [/^(list|tuple|set)$/i, 'Did you mean `array`?'],
  [/^(none|nil|undefined)$/i, 'Did you mean `"null"`?'],
  [/^(any|mixed|\*)$/i, 'Remove `type`: a schema without it accepts any value.'],
];
