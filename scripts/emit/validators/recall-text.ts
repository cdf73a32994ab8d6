import type { RecallPart } from '../../common/parts.ts';
import type { Addition, Functions, Recorded } from './compiled/functions.ts';

/** Returns a text of the module, and adds the functions and imports that it needs. */
export type RecallText = (kind: string, key: string | undefined, make: () => string) => string;

/** Recalls texts of an earlier run by their keys. A text without a key is made. */
export function recallTexts(recallPart: RecallPart | undefined, functions: () => Functions): RecallText {
  return (kind, key, make) => {
    if (recallPart === undefined || key === undefined) return make();
    let made: Recorded | undefined;
    const stored = recallPart(kind, key, () => {
      made = functions().recorded(make);
      return JSON.stringify([made.text, made.additions]);
    });
    if (made !== undefined) return made.text;
    const [text, additions] = JSON.parse(stored) as [string, readonly Addition[]];
    functions().add(additions);
    return text;
  };
}
