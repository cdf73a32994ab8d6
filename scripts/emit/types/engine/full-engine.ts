import { createRequire } from 'node:module';
import { type Engine, type Placed, TEXT_MARK, TYPE_MARK, WHOLE_QUERY } from './engine.ts';

/**
 * openapi-typescript as it is, with the package `typescript`: for transforms that need more than the light engine has.
 * Its texts are the same.
 */
export function fullEngine({ typeText, literalText }: Placed): Engine {
  const require = createRequire(import.meta.url);
  const { astToString } =
    require('openapi-typescript/dist/lib/ts.js') as typeof import('openapi-typescript/dist/lib/ts.js');
  const ts = require('typescript') as typeof import('typescript');
  const { factory } = ts;
  /** The text of an interface with a member in column `at`. */
  const interfaceText = (member: Member, at: number): string => {
    const nested = (inner: Member, columns: number): Member => {
      const type = factory.createTypeLiteralNode([inner]);
      return columns <= INDENT
        ? inner
        : nested(factory.createPropertySignature([], 'a', undefined, type), columns - INDENT);
    };
    return astToString(factory.createInterfaceDeclaration([], 'A', [], [], [nested(member, at)]));
  };
  return {
    ts,
    transforms: require('openapi-typescript/dist/transform/index.js') as Engine['transforms'],
    memberText(member, at) {
      const lines = outdentComments(interfaceText(member, at)).split('\n');
      const around = at / INDENT;
      // After the last line of the interface, there is a line break.
      const text = `${lines.slice(around, -around - 1).join('\n')}\n`;
      return restore(text.replace(WHOLE, 'query$2: $3;'), (column, type, name) =>
        type === undefined ? literalText(Number(name)) : typeText(Number(type), column),
      );
    },
    print: (declaration) => astToString(declaration),
  };
}

type Member = import('typescript').TypeElement;
const INDENT = 4;

/** openapi-typescript indents the later lines of a text. Editors show indented text as code. */
const outdentComments = (text: string): string => text.replace(/^( *\*) {5}(?=\S)/gm, '$1 ');

/** A query whose only property is the whole query, with its comment. */
const WHOLE = new RegExp(
  `query(\\??): \\{\\s*(?:/\\*\\*(?:[^*]|\\*(?!/))*\\*/\\s*)?"?${WHOLE_QUERY}"?(\\??): ([^;\\n]+);\\s*\\};`,
  'g',
);

const MARKED = new RegExp(`components\\["schemas"\\]\\["${TYPE_MARK}(\\d+)"\\]|"${TEXT_MARK}(\\d+)"`, 'g');

/** Replaces all placeholders in one pass, so that replaced text is not searched again. */
function restore(text: string, textOf: (at: number, type: string | undefined, name: string) => string): string {
  const lines = text.split('\n').map((line) => {
    const at = line.length - line.trimStart().length;
    return line.replace(MARKED, (_, type: string | undefined, name: string) => textOf(at, type, name));
  });
  return lines.join('\n');
}
