import { stringLiteral } from '../../common/text/literal.ts';
import type { Direction } from '../../model/schema/directions.ts';
import { isSchema } from '../../model/schema/keywords.ts';
import type { ApiData } from '../../model/types.ts';
import { TYPE_MARK } from './engine/engine.ts';
import type { TypeExpression } from './expression.ts';
import { type NamedType, namedTypes } from './named-types.ts';
import { printExpression, requoted, type Style } from './print-expression.ts';
import { findAliases } from './recursive-aliases.ts';
import { definitionOf, typeOf } from './schema-type.ts';

const INDENT = 4;

/** Types of schemas, and the marks that stand for them in openapi-typescript's output. */
export type PlacedTypes = {
  /** A reference that openapi-typescript prints where a schema's type belongs. */
  readonly mark: (schema: unknown, direction: Direction) => string;
  /** The mark of a stream of values of a schema's type. */
  readonly markStream: (schema: unknown, direction: Direction) => string;
  /** The mark of a list of parts, which differs from other lists only in being read-only. */
  readonly markParts: (schema: unknown, direction: Direction) => string;
  /** The mark of a named type, for its declaration. */
  readonly declare: (type: NamedType) => string;
  readonly all: readonly NamedType[];
  /** The type that a mark with this number stands for, in a line that begins at column `at`. */
  readonly textOf: (number: number, at: number) => string;
  /** Declarations of the types that contain themselves. */
  readonly aliases: () => string;
};

/** The types of a contract's schemas, each with a mark that stands for it. */
export function placeTypes(api: ApiData): PlacedTypes {
  const { scope, all } = namedTypes(api);
  const types: TypeExpression[] = [];
  const markOf = (type: TypeExpression): string => `#/components/schemas/${TYPE_MARK}${types.push(type) - 1}`;
  const definitions = new Map(all.map((each) => [each, definition(each)]));
  function definition({ schema, direction, ...name }: NamedType): TypeExpression {
    const inScope = scope(direction);
    const named = typeOf(schema, inScope);
    // A second name of a schema is a reference to the first.
    const isOther = named.kind === 'named' && (named.name.key !== name.key || named.name.map !== name.map);
    return isOther ? named : definitionOf(schema, inScope);
  }
  const aliases = findAliases([...definitions].map(([name, type]) => ({ name, type })));

  const keys = new Map(all.map(({ key }) => [key, requoted(stringLiteral(key), { quote: '"' })]));
  const style: Style = {
    indent: INDENT,
    quote: '"',
    nameText: ({ map, key }) => `components["${map}"][${keys.get(key)}]`,
  };
  const inAlias: Style = { ...style, nameText: (name) => aliases.aliasOf(name) ?? style.nameText(name) };
  return {
    mark: (schema, direction) => markOf(typeOf(isSchema(schema) ? schema : true, scope(direction))),
    markStream: (schema, direction) =>
      markOf({ kind: 'stream', of: typeOf(isSchema(schema) ? schema : true, scope(direction)) }),
    markParts: (schema, direction) =>
      markOf({ kind: 'readonly', of: typeOf(isSchema(schema) ? schema : true, scope(direction)) }),
    declare: (type) => {
      const alias = aliases.aliasOf(type);
      const expression = definitions.get(type) ?? definition(type);
      return markOf(alias === undefined ? expression : { kind: 'text', text: alias });
    },
    all,
    textOf: (number, at) => {
      const type = types[number];
      if (type === undefined) throw new Error(`no type has the number ${number}`);
      return printExpression(type, style, at);
    },
    aliases: () =>
      [...definitions]
        .flatMap(([name, type]) => {
          const alias = aliases.aliasOf(name);
          return alias === undefined ? [] : [`export type ${alias} = ${printExpression(type, inAlias)};\n`];
        })
        .join(''),
  };
}
