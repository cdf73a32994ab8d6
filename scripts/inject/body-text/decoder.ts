import { Node } from 'ts-morph';
import { bare, declarationOf } from './seeds.ts';

/**
 * `lossy`: all bytes that are not UTF-8 become the same character. `bom`: only a byte order mark is lost. `exact`:
 * nothing is lost, or the decoder throws.
 */
export type Decoding = 'lossy' | 'bom' | 'exact';

/** Encodings in which each byte is a different character. */
const BYTE_FOR_BYTE = /^(latin1|l1|iso-?8859-1|windows-1252|cp1252|ascii|us-ascii)$/i;

/** The initial value of a name; any other expression itself. */
function initialOf(node: Node): Node | undefined {
  const expression = bare(node);
  if (!Node.isIdentifier(expression)) return expression;
  const declared = declarationOf(expression);
  const given = Node.isVariableDeclaration(declared) ? declared.getInitializer() : undefined;
  return given && bare(given);
}

function isOn(options: Node | undefined, name: string): boolean {
  if (!Node.isObjectLiteralExpression(options)) return false;
  const property = options.getProperty(name);
  return Node.isPropertyAssignment(property) && property.getInitializer()?.getText() === 'true';
}

/** How a `TextDecoder` or `StringDecoder` decodes; undefined if this file does not create it. */
export function decodingOf(node: Node): Decoding | undefined {
  const made = initialOf(node);
  if (!Node.isNewExpression(made)) return undefined;
  const name = made.getExpression().getText();
  if (/(^|\.)StringDecoder$/.test(name)) return 'lossy';
  if (!/(^|\.)TextDecoder$/.test(name)) return undefined;
  const [label, given] = made.getArguments();
  if (Node.isStringLiteral(label) && BYTE_FOR_BYTE.test(label.getLiteralValue())) return 'exact';
  const options = given && initialOf(given);
  // Options that are not written in this file may be correct.
  if (given && !Node.isObjectLiteralExpression(options)) return undefined;
  if (!isOn(options, 'fatal')) return 'lossy';
  return isOn(options, 'ignoreBOM') ? 'exact' : 'bom';
}

/**
 * The decoder of a call `decoder.decode(…)`, or of a call of its bound method: `const read =
 * decoder.decode.bind(decoder)`.
 */
export function decoderOf(callee: Node): Node | undefined {
  const method = initialOf(callee);
  const bound =
    Node.isCallExpression(method) && Node.isPropertyAccessExpression(method.getExpression())
      ? method.getExpression()
      : undefined;
  const member =
    Node.isPropertyAccessExpression(bound) && bound.getName() === 'bind' ? bound.getExpression() : bare(callee);
  if (!Node.isPropertyAccessExpression(member)) return undefined;
  return /^(decode|write|end)$/.test(member.getName()) ? member.getExpression() : undefined;
}
