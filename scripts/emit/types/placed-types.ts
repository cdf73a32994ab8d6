import { stringLiteral } from '../../common/text/literal.ts';
import type { Direction } from '../../model/schema/directions.ts';
import { isSchema } from '../../model/schema/keywords.ts';
import type { ApiData } from '../../model/types.ts';
import { TYPE_MARK } from './engine/engine.ts';
import type { TypeExpression } from './expression.ts';
import { type NamedType, namedTypes } from './named-types.ts';
import { printExpression, requoted, type Style } from './print-expression.ts';
import { directReferences, findAliases } from './recursive-aliases.ts';
import { definitionOf, typeOf } from './schema-type.ts';
import { COMPONENT } from './transform.ts';

const INDENT = 4;

/** Types of schemas, and the marks that stand for them in openapi-typescript's output. */
export type PlacedTypes = {
  /** A reference that openapi-typescript prints where a schema's type belongs. */
  readonly mark: (schema: unknown, direction: Direction) => string;
  /** The mark of a stream of values of a schema's type. */
  readonly markStream: (schema: unknown, direction: Direction) => string;
  /** The mark of a list of parts, which differs from other lists only in being read-only. */
  readonly markParts: (schema: unknown, direction: Direction) => string;
  /** The mark of a named type, for its declaration. Each type is declared once. */
  readonly declare: (type: NamedType) => string;
  readonly all: readonly NamedType[];
  /** The type that a mark with this number stands for, in a line that begins at column `at`. */
  readonly textOf: (number: number, at: number) => string;
  /** Forgets all marks: what has them is printed. */
  readonly release: () => void;
  /** Declarations of the types that contain themselves. */
  readonly aliases: () => string;
};

/** The types of a contract's schemas, each with a mark that stands for it. */
export function placeTypes(api: ApiData): PlacedTypes {
  const { scope, all } = namedTypes(api);
  const types: TypeExpression[] = [];
  const markOf = (type: TypeExpression): string => `#/components/schemas/${TYPE_MARK}${types.push(type) - 1}`;
  const definition = ({ schema, direction, ...name }: NamedType): TypeExpression => {
    const inScope = scope(direction);
    const named = typeOf(schema, inScope);
    // A second name of a schema is a reference to the first.
    const isOther = named.kind === 'named' && (named.name.key !== name.key || named.name.map !== name.map);
    return isOther ? named : definitionOf(schema, inScope);
  };
  const keys = new Map(all.map(({ key }) => [key, requoted(stringLiteral(key), { quote: '"' })]));
  const style: Style = {
    indent: INDENT,
    quote: '"',
    nameText: ({ map, key }) => `components["${map}"][${keys.get(key)}]`,
  };
  // As text, which is much smaller than the types themselves.
  const texts = new Map<NamedType, string>();
  const aliases = findAliases(
    all.map((type) => {
      const defined = definition(type);
      texts.set(type, printExpression(defined, style, COMPONENT));
      return { name: type, references: directReferences(defined) };
    }),
  );
  const inAlias: Style = { ...style, nameText: (name) => aliases.aliasOf(name) ?? style.nameText(name) };
  return {
    mark: (schema, direction) => markOf(typeOf(isSchema(schema) ? schema : true, scope(direction))),
    markStream: (schema, direction) =>
      markOf({ kind: 'stream', of: typeOf(isSchema(schema) ? schema : true, scope(direction)) }),
    markParts: (schema, direction) =>
      markOf({ kind: 'readonly', of: typeOf(isSchema(schema) ? schema : true, scope(direction)) }),
    declare: (type) => {
      const text = aliases.aliasOf(type) ?? texts.get(type) ?? '';
      texts.delete(type);
      return markOf({ kind: 'text', text });
    },
    all,
    textOf: (number, at) => {
      const type = types[number];
      if (type === undefined) throw new Error(`no type has the number ${number}`);
      return printExpression(type, style, at);
    },
    release: () => {
      types.length = 0;
    },
    aliases: () =>
      all
        .flatMap((type) => {
          const alias = aliases.aliasOf(type);
          return alias === undefined ? [] : [`export type ${alias} = ${printExpression(definition(type), inAlias)};\n`];
        })
        .join(''),
  };
}
