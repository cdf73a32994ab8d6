import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { compilePattern } from './compile-pattern.ts';
import type { Random } from './types.ts';

const parser = new RegExpParser({ ecmaVersion: 2025 });
/** Preferred characters for a class of many characters. */
const USUAL = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_ .:/@+=,;!?#%&*()[]{}<>"\'|~^$`\\\t\n';
/** Additional repetitions if there is no maximum. */
const MORE = 4;
const LONGEST = 10_000;

/**
 * Generates a text for an ECMA-262 pattern. Undefined if the pattern cannot be parsed. Look-around is ignored, so the
 * caller must test the text.
 *
 * @param length preferred length in code points
 */
export function makeMatching(pattern: string, random: Random, length: number): string | undefined {
  const ast = parsed(pattern, true) ?? parsed(pattern, false);
  if (ast === undefined) return undefined;
  const groups = new Map<AST.CapturingGroup, string>();
  let left = length;

  const emit = (text: string): string => {
    left -= [...text].length;
    return text;
  };
  const alternative = ({ elements }: AST.Alternative): string => elements.map(element).join('');
  const anyOf = (alternatives: readonly AST.Alternative[]): string =>
    alternative(alternatives[Math.floor(random() * alternatives.length)] as AST.Alternative);
  const element = (node: AST.Element): string => {
    switch (node.type) {
      case 'Character':
        return emit(String.fromCodePoint(node.value));
      case 'CharacterSet':
      case 'CharacterClass':
      case 'ExpressionCharacterClass':
        return emit(characterOf(node.raw, random));
      case 'Group':
        return anyOf(node.alternatives);
      case 'CapturingGroup': {
        const text = anyOf(node.alternatives);
        groups.set(node, text);
        return text;
      }
      case 'Backreference':
        return emit(groups.get([node.resolved].flat()[0] as AST.CapturingGroup) ?? '');
      case 'Quantifier': {
        const { min, max } = node;
        const most = Math.min(max, Math.max(min, min + MORE, left), LONGEST);
        const times = min + Math.floor(random() * (most - min + 1));
        let text = '';
        for (let i = 0; i < times || (i < most && left > 0 && max > MORE); i += 1) text += element(node.element);
        return text;
      }
      default:
        return '';
    }
  };
  return anyOf(ast.alternatives);
}

function parsed(pattern: string, unicode: boolean): AST.Pattern | undefined {
  try {
    return parser.parsePattern(pattern, 0, pattern.length, { unicode });
  } catch {
    return undefined;
  }
}

/** A character of a class. The usual characters are tried first. */
function characterOf(raw: string, random: Random): string {
  let test: RegExp;
  try {
    test = compilePattern(`^${raw}$`);
  } catch {
    return 'x';
  }
  const usual = [...USUAL].filter((character) => test.test(character));
  // People expect letters and digits. Other characters are used only if necessary.
  const plain = usual.filter((character) => /[a-z0-9]/i.test(character));
  const list = plain.length > 0 ? plain : usual;
  if (list.length > 0) return list[Math.floor(random() * list.length)] as string;
  for (let code = 0xa0; code < 0x3_0000; code += code < 0x3000 ? 1 : 97) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const character = String.fromCodePoint(code);
    if (test.test(character)) return character;
  }
  return 'x';
}
