import type { Signer, SigningInput } from '@countersign/runtime/signing';
import { describe, expect, test } from 'vitest';
import { agentSignature } from '../../plugins/dicey-fun/signing.ts';
import { moonpacketSignature } from '../../plugins/moonpacket/signing.ts';

function input(given: Partial<SigningInput>): SigningInput {
  return {
    method: 'GET',
    url: new URL('https://example.com/'),
    target: '/',
    headers: new Headers(),
    query: [],
    body: new Uint8Array(),
    bodyText: '',
    timestamp: '',
    nonce: '',
    id: '',
    packed: '',
    now: 0,
    credentials: {},
    ...given,
  };
}

const agent = { agentId: '9f86d081884c7d659a2feaa0c55ad015', secret: 'xF75oK91TQj13s0UmNIr1NBWMWGfflNO' };
const key = { apiKey: '1234567890', secret: 'mysecretkey' };
const user = [['user_id', '666666666']] as const;

const vectors: readonly [string, Signer, Partial<SigningInput>, message: string, signature: string][] = [
  [
    'Dicey Fun, the example of its document',
    agentSignature,
    { timestamp: '1713753600', credentials: agent },
    '9f86d081884c7d659a2feaa0c55ad015xF75oK91TQj13s0UmNIr1NBWMWGfflNO1713753600',
    'b6679e0ad0378845abdd9079f6b7762e',
  ],
  [
    'moonpacket, mode A',
    moonpacketSignature,
    { timestamp: '1698765432', nonce: '987654', credentials: key },
    '{}1698765432987654',
    'f2b6eb37ae0c9b1cd9e27d41a137cd02fbfe7789be3e086c6f9a393ba714d858',
  ],
  [
    'moonpacket, mode B, seconds',
    moonpacketSignature,
    { query: user, timestamp: '1698765432', nonce: '123456', credentials: key },
    '{"user_id":"666666666"}1698765432123456',
    '01042923d52fa10e404b4b4cbb84feb166d7f473c296055100837830ce326320',
  ],
  [
    'moonpacket, mode B, milliseconds',
    moonpacketSignature,
    { query: user, timestamp: '1698765432000', nonce: 'a1b2c3d4e5f60718', credentials: key },
    '{"user_id":"666666666"}1698765432000a1b2c3d4e5f60718',
    '3cc6f958bf5909c875b21ba607ae1c4953d1dc950b833b4d87b9f47baab8f524',
  ],
];

describe('vectors', () => {
  test.each(vectors)('%s', async (_, signer, given, message, signature) => {
    const whole = input(given);
    expect(signer.stringToSign(whole)).toBe(message);
    expect(await signer.sign(message, whole)).toBe(signature);
  });
});

describe('moonpacket signs the query as an object', () => {
  test.each([
    [
      'wire order is kept',
      [
        ['b', '1'],
        ['a', '2'],
      ],
      '{"b":"1","a":"2"}',
    ],
    [
      'a repeated name becomes a list',
      [
        ['a', '1'],
        ['a', '2'],
        ['a', '3'],
      ],
      '{"a":["1","2","3"]}',
    ],
    ['text is escaped as JSON', [['a', 'é"\n']], '{"a":"é\\"\\n"}'],
    ['a name like __proto__ is an ordinary name', [['__proto__', 'x']], '{"__proto__":"x"}'],
  ] as const)('%s', (_, query, object) => {
    expect(moonpacketSignature.stringToSign(input({ query, timestamp: '1', nonce: '2' }))).toBe(`${object}12`);
  });
});
