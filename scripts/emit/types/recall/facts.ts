import { exactText } from '../../../common/text/digest-of.ts';
import { sha256 } from '../../../common/text/sha256.ts';
import { atPointer } from '../../../model/reader.ts';
import type { Direction } from '../../../model/schema/directions.ts';
import type { SchemaObject } from '../../../model/schema/keywords.ts';
import type { ApiData } from '../../../model/types.ts';
import type { NamedTypes } from '../named-types.ts';
import { withDescription } from '../words.ts';
import type { Fact } from './notes.ts';

/** The values of facts in a model, each computed once. */
export function createFacts(api: ApiData, types: NamedTypes): (fact: Fact) => string {
  const { resources, directions, notes, nameOf, extensionsOf, schemaOf, scope } = types;
  const known = new Map<Fact, string>();
  const textOf = (value: unknown): string => JSON.stringify(value) ?? '';
  const contentOf = (value: unknown): string => sha256(exactText(value), 'base64');
  const namesOf = (schema: SchemaObject, direction: Direction): readonly unknown[] =>
    [schema, ...extensionsOf(schema)].map((each) => nameOf(each, direction));
  const compute = (fact: Fact): string => {
    const [, kind = '', towards = '', about = ''] = /^(\w+) (\w+) (.*)$/s.exec(fact) ?? [];
    const direction = towards as Direction;
    const reference = { $ref: about };
    switch (kind) {
      case 'schema':
        return contentOf(resources.resolve(about, reference));
      case 'object':
        return contentOf(atPointer(api.document, about));
      case 'name': {
        const schema = schemaOf(about);
        return textOf(schema && namesOf(schema, direction));
      }
      case 'type':
        return textOf(scope(direction).reference(reference));
      case 'dropped':
        return textOf(directions.isDropped(reference, direction));
      case 'alternatives':
        return textOf(types.alternatives(reference));
      case 'words':
        return textOf(withDescription(reference, resources.resolve));
      default:
        throw new Error(`The fact ${fact} has no value.`);
    }
  };
  return (fact) => {
    const value = known.get(fact) ?? notes.apart(() => compute(fact));
    known.set(fact, value);
    return value;
  };
}

/**
 * What every text may depend on: the names of nested schemas, which directions omit properties, and which named schemas
 * an operation holds without a reference.
 */
export function sharedFacts(api: ApiData, { all, directions, nestedNames, nameOf }: NamedTypes): string {
  const dropping = (['request', 'response'] as const).map(directions.isDropping);
  const held = api.operations.flatMap(({ parameters, body, responses }) =>
    [...parameters, ...(body?.content ?? []), ...responses.flatMap(({ content, headers }) => [...content, ...headers])]
      .filter(({ schema }) => typeof schema === 'object' && nameOf(schema, 'any') !== undefined)
      .map(({ pointer }) => pointer),
  );
  return sha256(
    JSON.stringify([api.int64, api.document.openapi, nestedNames, dropping, held, all.length > 0]),
    'base64',
  );
}
