import { describe, expect, it } from 'vitest';
import { redact as redactInClient } from '../../runtime/client/redact.ts';
import { createMask } from '../../runtime/mock/mask.ts';
import { redact as redactInServer } from '../../runtime/server/logger.ts';

const MASKERS = [
  ['an error of a client', (text: string, secrets: string[]) => redactInClient(text, secrets)],
  ['a log of a server', (text: string, secrets: string[]) => redactInServer(text, secrets)],
  ['the mock', (text: string, secrets: string[]) => createMask(secrets)(text).replaceAll('•••', '***')],
] as const;

const CASES = [
  ['a letter inside a word', ['a'], 'the password of alice', 'the password of alice'],
  ['a letter as a value in JSON', ['a'], '{"password":"a","name":"alice"}', '{"password":"***","name":"alice"}'],
  ['a letter in a query', ['a'], '/data?key=a&b=aa', '/data?key=***&b=aa'],
  ['a letter in a header', ['a'], 'authorization: Bearer a', 'authorization: Bearer ***'],
  ['a digit inside a number and a name', ['1'], 'code 21 of v1 and id_1, key 1.', 'code 21 of v1 and id_1, key ***.'],
  ['three letters next to a letter of another script', ['abc'], 'éabc abc-d', 'éabc ***-d'],
  ['characters of a pattern', ['.*'], 'all .* of it', 'all *** of it'],
  ['a short value that is percent-encoded', ['a&'], 'x=a%26&y=1', 'x=***&y=1'],
  ['four characters inside a word', ['word'], 'the password', 'the pass***'],
  ['a short value inside a long one', ['a', 'a-long-secret'], 'a-long-secret a', '*** ***'],
  ['an empty value', [''], 'text', 'text'],
] as const;

describe.each(MASKERS)('%s', (_, mask) => {
  it.each(CASES)('masks %s', (_name, secrets, text, want) => {
    expect(mask(text, [...secrets])).toBe(want);
  });
});
