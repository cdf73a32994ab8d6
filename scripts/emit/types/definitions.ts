import { stringLiteral } from '../../common/text/literal.ts';
import type { TypeExpression } from './expression.ts';
import type { NamedType, NamedTypes } from './named-types.ts';
import { printExpression, requoted, type Style } from './print-expression.ts';
import type { RecallTexts } from './recall/recall-texts.ts';
import { directReferences, findAliases } from './recursive-aliases.ts';
import { definitionOf, typeOf } from './schema-type.ts';
import { COMPONENT } from './transform.ts';

/** The definitions of named types. */
export type Definitions = {
  /** The members of a list of types in the interface `components`. */
  readonly membersOf: (map: NamedType['map']) => readonly string[];
  /** Declarations of the types that contain themselves. */
  readonly aliases: () => string;
};

const INDENT = 4;

/** How types are printed in `types.ts`. */
export function styleOf({ all }: NamedTypes): Style {
  const keys = new Map(all.map(({ key }) => [key, requoted(stringLiteral(key), { quote: '"' })]));
  return { indent: INDENT, quote: '"', nameText: ({ map, key }) => `components["${map}"][${keys.get(key)}]` };
}

/**
 * Defines all named types.
 * @param memberText the member of a list for a type, with the text of its definition
 */
export function defineTypes(
  { all, scope, nameOf }: NamedTypes,
  style: Style,
  memberText: (type: NamedType, text: string) => string,
  recall: RecallTexts,
): Definitions {
  const definition = ({ schema, direction, ...name }: NamedType): TypeExpression => {
    const inScope = scope(direction);
    const named = typeOf(schema, inScope);
    // A second name of a schema is a reference to the first.
    const isOther = named.kind === 'named' && (named.name.key !== name.key || named.name.map !== name.map);
    return isOther ? named : definitionOf(schema, inScope);
  };
  const make = (type: NamedType): readonly string[] => {
    const defined = definition(type);
    const member = memberText(type, printExpression(defined, style, COMPONENT));
    return [JSON.stringify(directReferences(defined)), member];
  };
  // As text, which is much smaller than the types themselves.
  const made = all.map((type) => {
    const { map, key, direction, schema } = type;
    const own = () => [map, key, direction, typeof schema === 'object' && nameOf(schema, direction), schema];
    const [references = '', member = ''] = recall('definition', own, () => make(type));
    return { type, member, references: JSON.parse(references) as readonly string[] };
  });
  const { aliasOf } = findAliases(made.map(({ type, references }) => ({ name: type, references })));
  const inAlias: Style = { ...style, nameText: (name) => aliasOf(name) ?? style.nameText(name) };
  const members = made.map(({ type, member }) => {
    const alias = aliasOf(type);
    return { map: type.map, text: alias === undefined ? member : memberText(type, alias) };
  });
  return {
    membersOf: (map) => members.flatMap((each) => (each.map === map ? [each.text] : [])),
    aliases: () =>
      all
        .flatMap((type) => {
          const alias = aliasOf(type);
          return alias === undefined ? [] : [`export type ${alias} = ${printExpression(definition(type), inAlias)};\n`];
        })
        .join(''),
  };
}
