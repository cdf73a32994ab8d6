import type { GlobalContext, OpenAPI3 } from 'openapi-typescript';
import type ts from 'typescript';
import type { Engine } from './engine/engine.ts';

/** The declarations that openapi-typescript makes of a document. */
type Root = 'paths' | 'webhooks' | 'components' | '$defs' | 'operations';

/** openapi-typescript's transforms, for parts of a document. */
export type Transform = {
  /** The texts of the members of a declaration. */
  readonly membersOf: (root: 'paths', part: OpenAPI3) => readonly string[];
  /** The text of the only component in a part of a document: a member of a list of components. */
  readonly componentText: (kind: string, part: OpenAPI3) => string;
  /** The declaration for a document without its members. */
  readonly emptyText: (root: Root) => string;
  readonly engine: Engine;
};

/** The column of a component, in `components` and a list in it. */
export const COMPONENT = 8;
/** The column of the members of an interface. */
export const MEMBER = 4;

/** Transforms parts of a document with one context. */
export function createTransform(engine: Engine, context: GlobalContext): Transform {
  const { transforms, print, memberText, ts: typescript } = engine;
  const empty = new Map(
    transforms.default({} as OpenAPI3, { ...context, injectFooter: [] }).map((node) => [nameOf(node), node]),
  );
  const membersIn = (root: Root, part: OpenAPI3): readonly ts.TypeElement[] => {
    const found = transforms.default(part, context).find((node) => nameOf(node) === root);
    if (found === undefined || !typescript.isInterfaceDeclaration(found))
      throw new Error(`${root} is not an interface.`);
    return found.members;
  };
  return {
    engine,
    membersOf: (root, part) => membersIn(root, part).map((member) => memberText(member, MEMBER)),
    componentText(kind, part) {
      const list = membersIn('components', part).find((member) => textOf(member.name) === kind);
      const [only] = (list as unknown as { readonly type: ts.TypeLiteralNode }).type.members;
      if (only === undefined) throw new Error(`${kind} has no component.`);
      return memberText(only, COMPONENT);
    },
    emptyText(root) {
      const node = empty.get(root);
      if (node === undefined) throw new Error(`There is no declaration of ${root}.`);
      return print(node);
    },
  };
}

/** The text of an exported interface with these members. */
export const interfaceText = (name: string, members: readonly string[]): string =>
  `export interface ${name} {\n${members.join('')}}\n`;

const textOf = (name: ts.Node | undefined): string => (name as ts.Identifier | undefined)?.text ?? '';
const nameOf = (node: ts.Node): string => textOf((node as ts.InterfaceDeclaration).name);
