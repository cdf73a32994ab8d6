import ts from 'typescript';
import { createNames } from '../../common/text/names.ts';
import { components as findCycles } from '../../model/schema/graph/components.ts';

/** The types of `components['schemas']`, by name. */
type Types = ReadonlyMap<string, ts.TypeNode>;

/**
 * A schema that is a list of itself, alone or among other types, becomes a type alias, to which `components` refers:
 * in an alias TypeScript lets a type contain itself so, in a member's type only below another object.
 *
 * @param nameOf what the document calls a component
 */
export function aliasRecursiveLists(nodes: readonly ts.Node[], nameOf: (key: string) => string): readonly ts.Node[] {
  const members = nodes.flatMap(schemaMembers);
  const types: Types = new Map(members.flatMap(({ name, type }) => (type ? [[textOf(name), type] as const] : [])));
  const cycles = findCycles([...types.keys()], (key) => directReferences(types.get(key), types));
  const aliased = new Set(cycles.flatMap((cycle) => (cycle.recursive ? cycle.members : [])));

  const names = createNames();
  // No name that openapi-typescript or TypeScript gives ends so.
  const aliasOf = (key: string) => ts.factory.createTypeReferenceNode(names.typeName(`${nameOf(key)} schema`));
  const referringToAliases = (node: ts.Node): ts.Node => {
    const key = componentKey(node);
    return key !== undefined && aliased.has(key)
      ? aliasOf(key)
      : ts.visitEachChild(node, referringToAliases, undefined);
  };
  const declarations: ts.Node[] = [];
  for (const member of members) {
    const key = textOf(member.name);
    if (!aliased.has(key) || member.type === undefined) continue;
    const type = ts.visitEachChild(member.type, referringToAliases, undefined);
    declarations.push(
      ts.factory.createTypeAliasDeclaration(EXPORT, names.typeName(`${nameOf(key)} schema`), undefined, type),
    );
    Object.assign(member, { type: aliasOf(key) });
  }
  return [...nodes, ...declarations];
}

const EXPORT = [ts.factory.createModifier(ts.SyntaxKind.ExportKeyword)];

/** The members of `schemas` in the interface `components`. */
function schemaMembers(node: ts.Node): readonly ts.PropertySignature[] {
  if (!ts.isInterfaceDeclaration(node) || node.name.text !== 'components') return [];
  const schemas = node.members.filter(ts.isPropertySignature).find(({ name }) => textOf(name) === 'schemas');
  return schemas?.type && ts.isTypeLiteralNode(schemas.type) ? schemas.type.members.filter(ts.isPropertySignature) : [];
}

const textOf = (name: ts.PropertyName): string => ('text' in name ? name.text : '');

/** The components that must be known before a type is: what stands below an object's members can wait. */
function directReferences(type: ts.Node | undefined, types: Types): readonly string[] {
  const found: string[] = [];
  const waiting = type === undefined ? [] : [type];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const key = componentKey(node);
    if (key !== undefined && types.has(key)) found.push(key);
    else if (!ts.isTypeLiteralNode(node)) ts.forEachChild(node, (child) => void waiting.push(child));
  }
  return found;
}

/** `Pet` of `components['schemas']['Pet']`. */
function componentKey(node: ts.Node): string | undefined {
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isIndexedAccessTypeNode(node.objectType)) return undefined;
  const { objectType, indexType } = node.objectType;
  const isSchemas =
    ts.isLiteralTypeNode(indexType) && 'text' in indexType.literal && indexType.literal.text === 'schemas';
  const isComponents =
    ts.isTypeReferenceNode(objectType) &&
    ts.isIdentifier(objectType.typeName) &&
    objectType.typeName.text === 'components';
  if (!isSchemas || !isComponents || !ts.isLiteralTypeNode(node.indexType)) return undefined;
  const { literal } = node.indexType;
  return 'text' in literal ? literal.text : undefined;
}
