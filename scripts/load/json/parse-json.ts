import { KEPT_DIGITS, lostDigits } from '../lost-digits.ts';
import type { Parsed, ParseProblem } from '../parsed.ts';
import type { Limits } from '../types.ts';
import { findJsonError } from './json-error.ts';
import { JsonNode } from './json-index.ts';
import { measureJson } from './json-scan.ts';

/**
 * Parses JSON at the speed of `JSON.parse`. Positions are computed only when they are needed.
 * @param isChecked whether problems except of the syntax are reported elsewhere
 */
export function parseJson(text: string, limits: Limits, isChecked = false): Parsed {
  const { keys, tooDeepAt, longNumbers } = isChecked ? NOTHING : measureJson(text, limits.depth, KEPT_DIGITS + 1);
  if (tooDeepAt !== undefined) {
    return refusal(
      'json-too-deep',
      `The document is nested more than ${limits.depth} levels deep.`,
      'Flatten the document, or move parts to `components` and use `$ref`.',
      tooDeepAt,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { offset, expected } = findJsonError(text);
    return refusal(
      'json-syntax',
      `The file is not valid JSON: expected ${expected}.`,
      'Check the commas, quotes and brackets at this location and just before it.',
      offset,
    );
  }
  const root = new JsonNode(text, 0);
  const counted = isChecked ? NOTHING : countKeys(value);
  // Used only for invalid texts, because it reads each part of the text once per level of nesting.
  const errors = counted.keys !== keys || counted.infinite ? findErrors(root, value) : [];
  return {
    value,
    problems: [...errors, ...longNumbers.flatMap((offset) => checkDigits(text, offset))],
    offsetOf: (tokens, on) => offsetOf(root, tokens, on),
  };
}

const NOTHING = { keys: 0, infinite: false, tooDeepAt: undefined, longNumbers: [] };

/** More characters than any number needs. */
const LONGEST = 512;

function checkDigits(text: string, offset: number): readonly ParseProblem[] {
  const [written = ''] = /^[-\d.eE+]+/.exec(text.slice(offset, offset + LONGEST)) ?? [];
  return lostDigits('json-number-digits', written, Number(written), offset);
}

type Counted = { readonly keys: number; readonly infinite: boolean };

function countKeys(value: unknown): Counted {
  let keys = 0;
  let infinite = false;
  const open = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'number') infinite ||= !Number.isFinite(next);
    if (typeof next !== 'object' || next === null) continue;
    const members = Array.isArray(next) ? next : Object.values(next);
    if (members !== next) keys += members.length;
    for (const member of members) if (typeof member === 'object' || typeof member === 'number') open.push(member);
  }
  return { keys, infinite };
}

/** Numbers that are too large, and repeated keys. */
function findErrors(root: JsonNode, value: unknown): ParseProblem[] {
  const problems: ParseProblem[] = [];
  const open: { readonly node: JsonNode; readonly value: unknown }[] = [{ node: root, value }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (typeof next.value === 'number' && !Number.isFinite(next.value)) {
      problems.push({
        severity: 'error',
        code: 'json-number',
        message: 'The number is too large.',
        help: 'Write a smaller number, or a string.',
        offset: next.node.start,
      });
    }
    const seen = new Set<string>();
    for (const { key, keyAt, node } of next.node.members) {
      if (seen.has(key)) {
        problems.push({
          severity: 'error',
          code: 'json-duplicate-key',
          message: 'The key occurs twice in the object.',
          help: 'Remove or rename one of the two keys.',
          offset: keyAt ?? node.start,
        });
      }
      seen.add(key);
      const member = typeof next.value === 'object' && next.value !== null ? Reflect.get(next.value, key) : undefined;
      open.push({ node, value: member });
    }
  }
  return problems;
}

function offsetOf(root: JsonNode, tokens: readonly string[], on: 'key' | 'value'): number {
  let node = root;
  let keyAt: number | undefined;
  for (const token of tokens) {
    const member = node.member(token);
    if (!member) return keyAt ?? node.start;
    ({ node, keyAt } = member);
  }
  return on === 'key' || node.isCollection ? (keyAt ?? node.start) : node.start;
}

function refusal(code: string, message: string, help: string, offset: number): Parsed {
  return { value: undefined, problems: [{ severity: 'error', code, message, help, offset }], offsetOf: () => 0 };
}
