const [BASE, TMIN, TMAX, SKEW, DAMP, BIAS, FIRST] = [36, 1, 26, 38, 700, 72, 128] as const;

/** Decodes the code points of a label without `xn--` (RFC 3492, 6.2). Undefined if the encoding is invalid. */
function decodePunycode(text: string): number[] | undefined {
  const end = text.lastIndexOf('-');
  const output = Array.from(end > 0 ? text.slice(0, end) : '', (character) => character.charCodeAt(0));
  let [code, index, bias] = [FIRST as number, 0, BIAS as number];
  for (let at = end > 0 ? end + 1 : 0; at < text.length; ) {
    const before = index;
    for (let weight = 1, k = BASE; ; k += BASE) {
      const digit = digitOf(text.charCodeAt(at));
      at += 1;
      if (digit === undefined) return undefined;
      index += digit * weight;
      const threshold = k <= bias ? TMIN : Math.min(k - bias, TMAX);
      if (digit < threshold) break;
      weight *= BASE - threshold;
      if (index > 0x7fffffff) return undefined;
    }
    const length = output.length + 1;
    bias = adapt(index - before, length, before === 0);
    code += Math.floor(index / length);
    index %= length;
    if (code > 0x10ffff) return undefined;
    output.splice(index, 0, code);
    index += 1;
  }
  return output;
}

function digitOf(unit: number): number | undefined {
  if (unit >= 48 && unit <= 57) return unit - 22;
  const lower = unit | 32;
  return lower >= 97 && lower <= 122 ? lower - 97 : undefined;
}

function adapt(difference: number, length: number, first: boolean): number {
  let delta = Math.floor(difference / (first ? DAMP : 2));
  delta += Math.floor(delta / length);
  let k = 0;
  for (; delta > ((BASE - TMIN) * TMAX) / 2; k += BASE) delta = Math.floor(delta / (BASE - TMIN));
  return k + Math.floor(((BASE - TMIN + 1) * delta) / (delta + SKEW));
}

/** Whether a label with hyphens in the third and fourth position is `xn--` with a U-label that IDNA 2008 allows. */
export function isPunycodeLabel(label: string): boolean {
  if (!/^xn--/i.test(label)) return false;
  const points = decodePunycode(label.slice(4));
  return points?.some((point) => point > 127) === true && isULabel(points);
}

const MARK = /^\p{M}/u;
/** Characters that RFC 5892 allows in a label: letters, marks, decimal digits, hyphen and its list of exceptions. */
const PERMITTED = /^(?:[\p{Ll}\p{Lo}\p{Lm}\p{Mn}\p{Mc}\p{Nd}\-·͵׳״・〇۽۾་]|\u200c|\u200d)+$/u;
/** Letters and marks that RFC 5892, 2.6 forbids. */
const FORBIDDEN = /[\u0640\u07fa\u302e\u302f\u3031-\u3035\u303b]/u;
const VIRAMA = /[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u0e3a\u0f84\u1039]$/u;

/** Whether code points are a U-label: RFC 5892 with its contextual rules (appendix A). */
export function isULabel(points: readonly number[]): boolean {
  const text = String.fromCodePoint(...points);
  if (text.normalize('NFC') !== text || text.startsWith('-') || text.endsWith('-') || text.slice(2, 4) === '--') {
    return false;
  }
  if (MARK.test(text) || !PERMITTED.test(text) || FORBIDDEN.test(text)) return false;
  const arabic = /[\u0660-\u0669]/u.test(text) && /[\u06f0-\u06f9]/u.test(text);
  const kana =
    text.includes('・') && !/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text.replaceAll('・', ''));
  return !arabic && !kana && [...text].every((character, index, all) => fits(character, index, all));
}

function fits(character: string, index: number, all: readonly string[]): boolean {
  const before = all[index - 1] ?? '';
  const after = all[index + 1] ?? '';
  switch (character) {
    case '·':
      return before === 'l' && after === 'l';
    case '͵':
      return /^\p{Script=Greek}/u.test(after);
    case '׳':
    case '״':
      return /^\p{Script=Hebrew}/u.test(before);
    case '\u200d':
      return VIRAMA.test(before);
    case '\u200c':
      return VIRAMA.test(before) || joins(before, after);
    default:
      return true;
  }
}

/**
 * Whether a non-joiner is allowed between two letters. RFC 5892, A.1 allows it between joining letters, for which this
 * checks the script of the letters.
 */
function joins(before: string, after: string): boolean {
  const joining = /^[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}]/u;
  return joining.test(before) && joining.test(after);
}
