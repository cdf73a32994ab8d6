import type { RecallPart } from '../../../common/parts.ts';
import { exactText } from '../../../common/text/digest-of.ts';
import { sha256 } from '../../../common/text/sha256.ts';
import type { ApiData } from '../../../model/types.ts';
import type { NamedTypes } from '../named-types.ts';
import { createFacts, sharedFacts } from './facts.ts';
import { type Fact, UNKNOWN_FACT } from './notes.ts';

/**
 * Returns the texts that an earlier run made of a part of the document, or makes them.
 *
 * @param kind what the texts are
 * @param own the part of the document, as data
 */
export type RecallTexts = (
  kind: string,
  own: () => readonly unknown[],
  make: () => readonly string[],
) => readonly string[];

/** Without an earlier run. */
const makeTexts: RecallTexts = (_kind, _own, make) => make();

/**
 * Recalls texts of types. Often, a text depends on little of what its part of the document refers to: the name of a
 * component, or its description. So the facts that were read are stored with the text, which is used while their values
 * are the same. What is read next only depends on what was read before, so that no other fact can matter.
 */
export function createRecallTexts(api: ApiData, types: NamedTypes, recallPart: RecallPart | undefined): RecallTexts {
  if (recallPart === undefined) return makeTexts;
  const factOf = createFacts(api, types);
  const digestOf = (facts: readonly Fact[]): string => sha256(facts.map(factOf).join('\n'), 'base64');
  const holds = (part: string): boolean => {
    const [facts = '', digest] = unpacked(part);
    const noted = JSON.parse(facts) as readonly Fact[];
    if (noted.includes(UNKNOWN_FACT)) return false;
    try {
      return digestOf(noted) === digest;
    } catch {
      // A fact that is read no more may have no value.
      return false;
    }
  };
  const shared = sharedFacts(api, types);
  return (kind, own, make) => {
    const makePart = (): string => {
      const { made, facts } = types.notes.collect(make);
      return packed([JSON.stringify(facts), facts.includes(UNKNOWN_FACT) ? '' : digestOf(facts), ...made]);
    };
    const part = recallPart(`${kind} ${shared}`, exactText(own()), makePart, holds);
    return unpacked(part).slice(2);
  };
}

/** Texts as one text: their lengths, and then the texts. */
const packed = (texts: readonly string[]): string =>
  `${JSON.stringify(texts.map(({ length }) => length))}\n${texts.join('')}`;

function unpacked(text: string): readonly string[] {
  const end = text.indexOf('\n');
  let at = end + 1;
  return (JSON.parse(text.slice(0, end)) as readonly number[]).map((length) => {
    at += length;
    return text.slice(at - length, at);
  });
}
