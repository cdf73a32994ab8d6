import type { Direction } from '../../model/schema/directions.ts';
import { isSchema } from '../../model/schema/keywords.ts';
import { TYPE_MARK } from './engine/engine.ts';
import type { TypeExpression } from './expression.ts';
import type { NamedTypes } from './named-types.ts';
import { printExpression, type Style } from './print-expression.ts';
import { typeOf } from './schema-type.ts';

/** Types of schemas, and the marks that stand for them in openapi-typescript's output. */
export type PlacedTypes = {
  /** A reference that openapi-typescript prints where a schema's type belongs. */
  readonly mark: (schema: unknown, direction: Direction) => string;
  /** The mark of a stream of values of a schema's type. */
  readonly markStream: (schema: unknown, direction: Direction) => string;
  /** The mark of a list of parts, which differs from other lists only in being read-only. */
  readonly markParts: (schema: unknown, direction: Direction) => string;
  /** The mark of a type that is printed already. */
  readonly markText: (text: string) => string;
  /** The type that a mark with this number stands for, in a line that begins at column `at`. */
  readonly textOf: (number: number, at: number) => string;
  /** Forgets all marks: what has them is printed. */
  readonly release: () => void;
};

/** The types of a contract's schemas, each with a mark that stands for it. */
export function placeTypes({ scope }: NamedTypes, style: Style): PlacedTypes {
  const types: TypeExpression[] = [];
  const markOf = (type: TypeExpression): string => `#/components/schemas/${TYPE_MARK}${types.push(type) - 1}`;
  const typeIn = (schema: unknown, direction: Direction): TypeExpression =>
    typeOf(isSchema(schema) ? schema : true, scope(direction));
  return {
    mark: (schema, direction) => markOf(typeIn(schema, direction)),
    markStream: (schema, direction) => markOf({ kind: 'stream', of: typeIn(schema, direction) }),
    markParts: (schema, direction) => markOf({ kind: 'readonly', of: typeIn(schema, direction) }),
    markText: (text) => markOf({ kind: 'text', text }),
    textOf: (number, at) => {
      const type = types[number];
      if (type === undefined) throw new Error(`no type has the number ${number}`);
      return printExpression(type, style, at);
    },
    release: () => {
      types.length = 0;
    },
  };
}
