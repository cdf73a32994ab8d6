import { docComment, keyLiteral, literal } from '../../common/text/literal.ts';
import type { Index, Member, TypeExpression, TypeName } from './expression.ts';

/** How types are printed. */
export type Style = {
  /** Indentation of one level of objects, in spaces; undefined prints everything on one line, without comments. */
  readonly indent: number | undefined;
  readonly quote: "'" | '"';
  /** How to refer to a named type. */
  readonly nameText: (name: TypeName) => string;
};

/** The text of a type. Later lines are indented for a first line that begins at column `at`. */
export function printExpression(type: TypeExpression, style: Style, at = 0): string {
  switch (type.kind) {
    case 'text':
      return type.text;
    case 'value':
      return requoted(literal(type.value), style);
    case 'named':
      return style.nameText(type.name);
    case 'object':
      return printObject(type, style, at);
    case 'list':
      return `${grouped(type.of, style, at)}[]`;
    case 'stream':
      return `AsyncIterable<${printExpression(type.of, style, at)}>`;
    case 'readonly':
      return `Readonly<${printExpression(type.of, style, at)}>`;
    case 'tuple': {
      const items = type.items.map(({ type: item, optional }) =>
        optional ? `${grouped(item, style, at)}?` : printExpression(item, style, at),
      );
      if (type.rest !== undefined) items.push(`...${grouped(type.rest, style, at)}[]`);
      return `[${items.join(', ')}]`;
    }
    case 'union':
    case 'intersection': {
      const text = joined(type, style, at);
      // A layout on one line breaks inside brackets.
      return style.indent === undefined ? `(${text})` : text;
    }
  }
}

type Joined = Extract<TypeExpression, { kind: 'union' | 'intersection' }>;
const isJoined = (type: TypeExpression): type is Joined => type.kind === 'union' || type.kind === 'intersection';

const joined = (type: Joined, style: Style, at: number): string =>
  type.kind === 'union'
    ? type.of.map((each) => inUnion(each, style, at)).join(' | ')
    : type.of.map((each) => grouped(each, style, at)).join(' & ');

function grouped(type: TypeExpression, style: Style, at: number): string {
  return isJoined(type) ? `(${joined(type, style, at)})` : printExpression(type, style, at);
}

function inUnion(type: TypeExpression, style: Style, at: number): string {
  return type.kind === 'intersection' ? grouped(type, style, at) : printExpression(type, style, at);
}

function printObject(type: Extract<TypeExpression, { kind: 'object' }>, style: Style, at: number): string {
  const { indent } = style;
  const inner = at + (indent ?? 0);
  // Beside properties, an index signature is a separate type, so that the properties need not match it.
  const objects = [
    ...(type.members.length > 0 ? [type.members.map((member) => memberText(member, style, inner))] : []),
    ...(type.index.length > 0 ? [type.index.map((index) => indexText(index, style, inner))] : []),
  ];
  const texts = objects.map((lines) => {
    if (indent === undefined) return `{ ${lines.join(' ')} }`;
    const margin = ' '.repeat(inner);
    return `{\n${lines.map((line) => `${margin}${line}\n`).join('')}${' '.repeat(at)}}`;
  });
  if (texts.length === 0) return '{}';
  return texts.length === 1 ? texts.join('') : `(${texts.join(' & ')})`;
}

function memberText(member: Member, style: Style, at: number): string {
  const { name, type, optional, readonly } = member;
  const key = requoted(keyLiteral(name), style);
  const line = `${readonly ? 'readonly ' : ''}${key}${optional ? '?' : ''}: ${printExpression(type, style, at)};`;
  const comment = style.indent === undefined ? '' : aboutText(member.about);
  if (comment === '') return line;
  const margin = `\n${' '.repeat(at)}`;
  return `${comment.replaceAll('\n', margin)}${margin}${line}`;
}

function indexText({ prefix, type }: Index, style: Style, at: number): string {
  // A prefix contains only letters, digits, - and _.
  const key = prefix === '' ? 'string' : `\`${prefix}\${string}\``;
  return `[key: ${key}]: ${printExpression(type, style, at)};`;
}

/** In the format in which openapi-typescript writes components. */
function aboutText(about: Member['about']): string {
  const { title, format, deprecated, description, default: fallback, example, examples } = about;
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value, undefined, 2));
  const words = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return docComment(
    [words(title), words(description), words(format) && `Format: ${format}`],
    [
      ...(deprecated === true ? ['@deprecated'] : []),
      ...(fallback === undefined ? [] : [`@default ${text(fallback)}`]),
      ...(example === undefined ? [] : [`@example ${text(example)}`]),
      ...(Array.isArray(examples) ? examples.map((each) => `@example ${text(each)}`) : []),
    ],
  );
}

/** A literal in single quotes, in the style's format. */
export function requoted(text: string, { quote }: Pick<Style, 'quote'>): string {
  if (quote === "'" || !text.includes("'")) return text;
  return text.replace(/'((?:[^'\\]|\\.)*)'/g, (_, inner: string) => {
    return `"${inner.replaceAll("\\'", "'").replaceAll('"', '\\"')}"`;
  });
}
