import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { compareOthers } from '../../scripts/commands/diff/compare-scheme-rest.ts';
import { presetDocument, presetNames, readPreset } from '../../scripts/commands/init/presets.ts';
import { buildApi } from '../../scripts/model/index.ts';
import { checkSigning } from '../../scripts/model/signing/check.ts';
import { expandWith } from '../expand/expand-with.ts';
import { contractOf } from './scheme.ts';

const ZOOM = readPreset('zoom').signing;
const challenge = ZOOM.challenge as Record<string, unknown>;
const responses = {
  signature: { in: 'header', name: 'X-Response-Signature' },
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

describe('lint reports problems of challenges, responses and vectors', () => {
  test.each([
    ['no error in a correct recipe', { responses }, []],
    ['no response', { challenge: { when: challenge.when } }, ['signing-recipe challenge']],
    ['two responses', { challenge: { ...challenge, text: 'body' } }, ['signing-recipe challenge']],
    [
      'an unknown credential in a token',
      { challenge: { ...challenge, token: { of: 'body', credential: 'verify' } } },
      ['signing-name challenge/token/credential'],
    ],
    [
      'an unknown key of a challenge',
      { challenge: { ...challenge, json: { a: { hmac: { key: { credential: 'b' }, of: 'body' } } } } },
      ['signing-name challenge/json/a/hmac/key/credential'],
    ],
    [
      'an unknown name in the text of a response',
      { responses: { ...responses, message: { parts: [{ text: '{timestmp}' }] } } },
      ['signing-name responses/message/parts/0/text'],
    ],
    [
      'a wrong vector',
      { vectors: [{ credentials: { secretToken: 's' }, body: '{}', timestamp: '1', signature: '00' }] },
      ['signing-vector-wrong vectors/0/signature'],
    ],
    ...(
      [
        ['itself in the query', { in: 'query', value: 'query' }],
        ['itself in the target', { in: 'query', value: { digest: { of: 'target' } } }],
        ['itself in the URL', { in: 'query', value: { parts: [{ text: 'a' }, 'url'] } }],
        ['itself among all pairs of the query', { in: 'query', value: { query: { own: true } } }],
        ['itself in the body', { in: 'body', value: { digest: { of: 'body' } } }],
        ['itself in a form', { in: 'form', value: { form: { own: true } } }],
        ['itself as a property', { in: 'body', value: { member: '/X' } }],
        ['itself as a header', { header: 'x' }],
        ['itself under an HMAC', { hmac: { key: { credential: 'secretToken' }, of: { header: 'X' } } }],
      ] as const
    ).map(([what, value]): [string, object, string[]] => [
      `a value computed from ${what}`,
      { computed: { X: value } },
      ['signing-recipe computed/X'],
    ]),
    [
      'no error for computed values in order',
      {
        computed: {
          D: { in: 'form', value: { form: { own: true, except: ['D'] } } },
          A: { in: 'query', value: { query: { sort: 'name' } } },
          B: { in: 'query', value: { digest: { of: 'body' } } },
          C: { digest: { of: 'target' } },
        },
      },
      [],
    ],
    [
      'a computed value that uses a later one',
      { computed: { A: { digest: { of: 'target' } }, B: { in: 'query', value: { text: '1' } } } },
      ['signing-recipe computed/A'],
    ],
    [
      'an unknown name in a computed value',
      { computed: { A: { in: 'query', value: { text: '{tme}' } } } },
      ['signing-name computed/A/value/text'],
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
      'no error for a list that exists',
      { ...PACKED, message: { join: '\n', parts: [{ headers: { names: { packed: 'SignedHeaders' } } }, 'body'] } },
      [],
    ],
  ])('%s is reported', async (_, more, wanted) => {
    expect(await problemsOf(more)).toEqual(wanted);
  });
});

describe('a scheme that signs neither time, nonce nor id', () => {
  const bare = readPreset('github').signing;
  const id = { in: 'header', name: 'X-GitHub-Delivery' };
  const at = '/components/securitySchemes/signed/x-cs-signing';
  const warning = [`warning signing-replay ${at}`];
  const { url: _url, ...vector } = (bare.vectors as Record<string, unknown>[])[0] ?? {};
  const wrong = { ...vector, signature: '00' };
  const claims = { exp: '{expires}' };

  const problems = async (signing: object, delivery?: Record<string, unknown>): Promise<readonly string[]> => {
    const { delivery: _, ...github } = readPreset('github');
    const preset = { ...github, signing: signing as Record<string, unknown>, ...(delivery && { delivery }) };
    const { document } = await expandWith({ 'openapi.yaml': stringify(presetDocument('shop', 'signed', preset)) });
    const found = await checkSigning(buildApi({ document, locate: (file) => ({ file, line: 1, column: 1 }) }, 'shop'));
    return found.map(({ severity, code, pointer }) => `${severity} ${code} ${pointer}`);
  };

  test.each<[string, object, Record<string, unknown> | undefined, readonly string[]]>([
    ['is reported', bare, undefined, warning],
    [
      'is reported with a signer in TypeScript',
      { algorithm: 'custom', credentials: { secret: {} } },
      undefined,
      warning,
    ],
    ['is reported if a delivery names no id', bare, { remember: 60 }, warning],
    ['is accepted with `replay: none`', { ...bare, replay: 'none' }, undefined, []],
    ['is accepted with a signer and `replay: none`', { algorithm: 'custom', replay: 'none' }, undefined, []],
    ['is accepted if the webhooks have an id', bare, id, []],
    ['is not assumed for a timestamp', readPreset('zoom').signing, undefined, []],
    ['is not assumed for a nonce', readPreset('kraken').signing, undefined, []],
    ['is not assumed for an id', readPreset('standard-webhooks').signing, undefined, []],
    [
      'is not assumed for a token that expires',
      { algorithm: 'hmac-sha256', key: { credential: 'secret' }, credentials: { secret: {} }, jwt: { claims } },
      undefined,
      [],
    ],
    [
      'does not hide a wrong vector',
      { ...bare, vectors: [wrong] },
      undefined,
      [...warning, `error signing-vector-wrong ${at}/vectors/0/signature`],
    ],
  ])('%s', async (_title, signing, delivery, wanted) => {
    expect(await problems(signing, delivery)).toEqual(wanted);
  });

  test.each(presetNames)('is not assumed for the preset %s', async (name) => {
    const { signing, delivery } = readPreset(name);
    expect(await problems(signing, delivery)).toEqual([]);
  });
});

describe('a wrong vector shows the string that the recipe signs', () => {
  const vector = { credentials: { secretToken: 'hidden-key' }, body: '{}', timestamp: '1', signature: '00' };

  test.each<[string, object, string, string]>([
    ['of an HMAC', {}, '{}', 'The recipe signs "v0:1:{}".'],
    ['of bytes', {}, 'é\n', 'The recipe signs "v0:1:é\\n".'],
    [
      'of a hash, without the secret',
      { algorithm: 'sha256', key: undefined, message: { join: '\n', parts: [{ credential: 'secretToken' }, 'body'] } },
      '{}',
      'The recipe signs "{secretToken}\\n{}".',
    ],
  ])('%s', async (_title, more, body, want) => {
    const found = await checkSigning(contractOf({ ...ZOOM, vectors: [{ ...vector, body }], ...more }).api);
    expect(found.map(({ help }) => help)).toEqual([expect.stringContaining(want)]);
    expect(JSON.stringify(found)).not.toContain('hidden-key');
  });
});

describe('diff reports changes', () => {
  const { challenge: _, ...silent } = ZOOM;
  test.each([
    ['a challenge that is added', silent, ZOOM, ['minor has a challenge']],
    ['a challenge that is removed', ZOOM, silent, ['major has a different `challenge`']],
    ['responses whose signature is added', silent, { ...silent, responses }, ['major has a different `responses`']],
    ['no change', ZOOM, ZOOM, []],
  ])('of %s', (_title, before, after, wanted) => {
    const told: string[] = [];
    const tell = (level: string, what: string): void => void told.push(`${level} ${what}`);
    compareOthers(contractOf(before).scheme, contractOf(after).scheme, tell as never);
    expect(told).toEqual(wanted);
  });
});
