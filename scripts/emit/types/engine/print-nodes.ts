import { stringLiteral } from '../../../common/text/literal.ts';
import { requoted } from '../print-expression.ts';
import { type Placed, TEXT_MARK, TYPE_MARK, WHOLE_QUERY } from './engine.ts';
import type { Property, Syntax } from './nodes.ts';

/** Prints nodes in TypeScript's own layout, with four spaces for each level, and the texts of placeholders. */
export function createPrinter({ typeText, literalText }: Placed): (node: Syntax, at?: number) => string {
  const literals = new Map<string, string>();
  const literal = (text: string): string => {
    const known = literals.get(text);
    if (known !== undefined) return known;
    const made = text.startsWith(TEXT_MARK)
      ? literalText(numberIn(text, TEXT_MARK))
      : requoted(stringLiteral(text), { quote: '"' });
    literals.set(text, made);
    return made;
  };
  const words = (modifiers: readonly Syntax[] | undefined): string =>
    (modifiers ?? []).map((each) => `${print(each)} `).join('');
  const block = (members: readonly Syntax[], at: number): string =>
    `{\n${members.map((member) => print(member, at + INDENT)).join('')}${margin(at)}}`;
  const property = (node: Property, at: number): string => {
    const { modifiers, name, comment } = node;
    const { questionToken, type } = wholeQuery(node) ?? node;
    const about = comment === undefined ? '' : commentText(comment, margin(at));
    const mark = questionToken === undefined ? '' : '?';
    return `${about}${margin(at)}${words(modifiers)}${print(name)}${mark}: ${print(type, at)};\n`;
  };
  /** @param at the column of the line that has the node */
  function print(node: Syntax, at = 0): string {
    switch (node.kind) {
      case 'word':
        return node.text;
      case 'string':
        return literal(node.text);
      case 'access':
        return node.key.kind === 'string' && node.key.text.startsWith(TYPE_MARK)
          ? typeText(numberIn(node.key.text, TYPE_MARK), at)
          : `${print(node.object, at)}[${print(node.key, at)}]`;
      case 'reference': {
        const list = node.typeArguments.map((each) => print(each, at));
        return list.length === 0 ? print(node.name) : `${print(node.name)}<${list.join(', ')}>`;
      }
      case 'literal':
        return node.members.length === 0 ? '{}' : block(node.members, at);
      case 'property':
        return property(node, at);
      case 'parameter':
        return `${print(node.name)}: ${print(node.type, at)}`;
      case 'index':
        return `${margin(at)}${words(node.modifiers)}[${print(node.parameter, at)}]: ${print(node.type, at)};\n`;
      case 'interface':
        return `${words(node.modifiers)}interface ${print(node.name)} ${block(node.members, at)}\n`;
      case 'alias':
        return `${words(node.modifiers)}type ${print(node.name)} = ${print(node.type, at)};\n`;
    }
  }
  return print;
}

const INDENT = 4;
const margin = (at: number): string => ' '.repeat(at);

const numberIn = (text: string, mark: string): number => Number(text.slice(mark.length));

/** The parameter that is the whole query, if a property has only that. */
function wholeQuery({ type }: Property): Property | undefined {
  const [only, ...others] = type.kind === 'literal' ? type.members : [];
  const isWhole = only?.kind === 'property' && only.name.kind === 'string' && only.name.text === WHOLE_QUERY;
  return isWhole && others.length === 0 ? only : undefined;
}

/** A comment whose later lines begin below the asterisk of the first. */
function commentText(text: string, indent: string): string {
  const [first = '', ...later] = `/*${text}*/`.split('\n');
  return `${indent}${first}\n${later.map((line) => `${indent} ${unindented(line.trim())}\n`).join('')}`;
}

/** openapi-typescript indents the later lines of a text. Editors show indented text as code. */
const unindented = (line: string): string => line.replace(/^\* {5}(?=\S)/, '* ');
