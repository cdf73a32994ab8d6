import { describe, expect, test } from 'vitest';
import { compareOthers } from '../../scripts/commands/diff/compare-scheme-rest.ts';
import { readPreset } from '../../scripts/commands/init/presets.ts';
import { checkSigning } from '../../scripts/model/signing/check.ts';
import { contractOf } from './scheme.ts';

const ZOOM = readPreset('zoom').signing;
const challenge = ZOOM.challenge as Record<string, unknown>;
const answers = {
  signature: { in: 'header', name: 'X-Answer' },
  message: { parts: ['body'] },
  key: { credential: 'secretToken' },
};

const PACKED = {
  challenge: undefined,
  vectors: [],
  packed: { name: 'X-Packed', values: { SignedHeaders: 'host', t: '{timestamp}' } },
};

const problemsOf = async (more: object): Promise<readonly string[]> => {
  const found = await checkSigning(contractOf({ ...ZOOM, ...more }).api);
  return found.map(({ code, pointer }) => `${code} ${pointer?.split('/x-cs-signing/')[1]}`);
};

describe('what lint says of challenges, answers and vectors', () => {
  test.each([
    ['nothing of what is right', { answers }, []],
    ['no answer', { challenge: { when: challenge.when } }, ['signing-recipe challenge']],
    ['two answers', { challenge: { ...challenge, text: 'body' } }, ['signing-recipe challenge']],
    [
      'an unknown credential of a token',
      { challenge: { ...challenge, token: { of: 'body', credential: 'verify' } } },
      ['signing-name challenge/token/credential'],
    ],
    [
      'an unknown key of a challenge',
      { challenge: { ...challenge, json: { a: { hmac: { key: { credential: 'b' }, of: 'body' } } } } },
      ['signing-name challenge/json/a/hmac/key/credential'],
    ],
    [
      'an unknown name in the text of an answer',
      { answers: { ...answers, message: { parts: [{ text: '{timestmp}' }] } } },
      ['signing-name answers/message/parts/0/text'],
    ],
    [
      'a wrong vector',
      { vectors: [{ credentials: { secretToken: 's' }, body: '{}', timestamp: '1', signature: '00' }] },
      ['signing-vector-wrong vectors/0/signature'],
    ],
    [
      'a wrong vector of an ambiguous recipe',
      {
        message: { parts: ['timestamp', 'body'] },
        vectors: [{ credentials: { secretToken: 's' }, body: '{}', timestamp: '1', signature: '00' }],
      },
      ['signing-ambiguous message', 'signing-vector-wrong vectors/0/signature'],
    ],
    [
      'a value that the packed header does not have',
      { ...PACKED, message: { join: '\n', parts: [{ packed: 'SignedHeader' }, 'body'] } },
      ['signing-name message/parts/0/packed'],
    ],
    [
      'a list of headers that the packed header does not have',
      { ...PACKED, message: { join: '\n', parts: [{ headers: { names: { packed: 'Headers' } } }, 'body'] } },
      ['signing-name message/parts/0/headers/names/packed'],
    ],
    [
      'a packed value where no header is packed',
      { message: { join: '\n', parts: [{ packed: 'SignedHeaders' }, 'body'] } },
      ['signing-name message/parts/0/packed'],
    ],
    [
      'nothing of a list that is there',
      { ...PACKED, message: { join: '\n', parts: [{ headers: { names: { packed: 'SignedHeaders' } } }, 'body'] } },
      [],
    ],
  ])('%s is reported', async (_, more, wanted) => {
    expect(await problemsOf(more)).toEqual(wanted);
  });
});

describe('what diff says', () => {
  const { challenge: _, ...silent } = ZOOM;
  test.each([
    ['a challenge that is new', silent, ZOOM, ['minor has a challenge']],
    ['a challenge that is gone', ZOOM, silent, ['major has another `challenge`']],
    ['answers that are signed now', silent, { ...silent, answers }, ['major has another `answers`']],
    ['nothing that changed', ZOOM, ZOOM, []],
  ])('of %s', (_title, before, after, wanted) => {
    const told: string[] = [];
    const tell = (level: string, what: string): void => void told.push(`${level} ${what}`);
    compareOthers(contractOf(before).scheme, contractOf(after).scheme, tell as never);
    expect(told).toEqual(wanted);
  });
});
