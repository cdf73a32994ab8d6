import { NAMES, pick, textsOfFormat } from './by-format.ts';
import type { Random } from './types.ts';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const WORDS = ['alpha', 'bravo', 'delta', 'echo', 'golf', 'hotel', 'kilo', 'lima'];

type Makers<T> = readonly (readonly [RegExp, (random: Random) => T])[];

const TEXTS: Makers<string> = [
  [/^(e_?mail|email_?address)$/, (random) => `${pick(NAMES, random)}@example.com`],
  [/(user|login|nick|screen)_?name$|^login$/, (random) => `${pick(NAMES, random)}_${10 + Math.floor(random() * 89)}`],
  [/^(first|given)_?name$/, (random) => capital(pick(NAMES, random))],
  [/^(last|family|sur)_?name$/, (random) => pick(['Lovelace', 'Hopper', 'Turing', 'Liskov'], random)],
  [/name$/, (random) => capital(pick(NAMES, random))],
  [/(^|_)(url|uri|href|link|avatar|image|website|homepage)$/, (random) => textsOfFormat('uri', random)[0] ?? ''],
  [
    /(^|_)(phone|mobile|tel)(_number)?$/,
    (random) => `+1202555${String(Math.floor(random() * 10_000)).padStart(4, '0')}`,
  ],
  [/(_at|_time|timestamp|^time|_on)$/, (random) => textsOfFormat('date-time', random)[0] ?? ''],
  [/date$/, (random) => textsOfFormat('date', random)[0] ?? ''],
  [/(^|_)currency(_code)?$/, (random) => pick(['EUR', 'USD', 'GBP', 'THB'], random)],
  [/(^|_)country(_code)?$/, (random) => pick(['DE', 'US', 'GB', 'TH'], random)],
  [/(^|_)(locale|language|lang)(_code)?$/, (random) => pick(['en', 'de', 'th', 'ko'], random)],
  [/(^|_)(city|town)$/, (random) => pick(['Berlin', 'London', 'Bangkok', 'Seoul'], random)],
  [/(^|_)(color|colour)$/, (random) => pick(['#336699', '#993366', '#669933'], random)],
  [/(^|_)(uuid|guid)$/, (random) => textsOfFormat('uuid', random)[0] ?? ''],
  [/(^|_)ip(_address)?$/, (random) => textsOfFormat('ipv4', random)[0] ?? ''],
  [/(^|_)(id|key|ref|reference)$/, (random) => `${pick(WORDS, random)}-${1 + Math.floor(random() * 99)}`],
  [/(^|_)(description|text|comment|message|body|note|summary|bio)$/, () => 'A few words of text.'],
  [/(^|_)(title|subject|label|heading)$/, (random) => capital(pick(WORDS, random))],
  [/(^|_)version$/, () => '1.0.0'],
];

const NUMBERS: Makers<number> = [
  [/(^|_)id$|^id|_ids?$/, (random) => 1 + Math.floor(random() * 999)],
  [/(^|_)(page|offset|index|position|rank|level)$/, (random) => 1 + Math.floor(random() * 9)],
  [/(^|_)(limit|per_page|page_size|size)$/, () => 20],
  [/(^|_)(year)$/, () => 2026],
  [/(^|_)month$/, (random) => 1 + Math.floor(random() * 12)],
  [/(^|_)day$/, (random) => 1 + Math.floor(random() * 28)],
  [/(^|_)age$/, (random) => 20 + Math.floor(random() * 50)],
  [/(^|_)port$/, () => 8080],
  [/(^|_)(lat|latitude)$/, () => 52.52],
  [/(^|_)(lon|lng|long|longitude)$/, () => 13.405],
  [/(percent|percentage|progress)$/, (random) => Math.floor(random() * 101)],
  [/(price|amount|total|balance|cost|fee|coin|coins)$/, (random) => 10 + Math.floor(random() * 90)],
  [/(timestamp|_at|_time)$/, () => 1_767_225_600],
];

/** The normalized form of a name: `createdAt` and `Created-At` become `created_at`. */
const plain = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase();

function byName<T>(makers: Makers<T>, name: string, random: Random): T | undefined {
  const found = makers.find(([test]) => test.test(plain(name)));
  return found?.[1](random);
}

/** A text that people expect under this name. Undefined if the name gives no hint. */
export const textByName = (name: string, random: Random): string | undefined => byName(TEXTS, name, random);

/** A number that people expect under this name. */
export const numberByName = (name: string, random: Random): number | undefined => byName(NUMBERS, name, random);

/** A random word. */
export const wordOf = (random: Random): string => pick(WORDS, random);
