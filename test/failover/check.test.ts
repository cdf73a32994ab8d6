import { describe, expect, test } from 'vitest';
import { check, type Violation } from '../../bench/failover/check.ts';
import type { Call, Final, Line } from '../../bench/failover/history.ts';

let calls = 0;
/** A call from `from` to `from + 5`. */
const call = (kind: Call['kind'], key: string, from: number, end: Partial<Call> = {}): Call => {
  calls += 1;
  return { type: 'call', call: calls, writer: 0, process: 0, kind, key, from, to: from + 5, result: 'ok', ...end };
};
const transfer = (from: number, coin: number, record?: Call['record'], result: Call['result'] = 'ok'): Call =>
  call('transfer', 'ada', from, { coin, result, ...(record && { record }) });
const first = { id: 1, before: 0, after: 10 };
const second = { id: 2, before: 10, after: 6 };
const kept = [
  { ...first, coin: 10 },
  { ...second, coin: -4 },
];
const final = (more: Partial<Final> & { readonly balance?: number; readonly records?: typeof kept } = {}): Final => {
  const { balance = 6, records = kept, ...rest } = more;
  return { type: 'final', players: { ada: { balance, records } }, tokens: {}, values: {}, ...rest };
};
const both = [transfer(0, 10, first), transfer(10, -4, second)];

describe('accepts the history of a correct run', () => {
  test.each<[string, readonly Line[]]>([
    ['two transfers', [...both, final()]],
    [
      'a call with an unknown outcome that took effect',
      [both[0] as Call, transfer(10, -4, undefined, 'unknown'), final()],
    ],
    [
      'a call with an unknown outcome that had no effect',
      [...both, transfer(20, 3, undefined, 'unknown'), transfer(30, 3, undefined, 'refused'), final()],
    ],
    [
      'balances before, between and after',
      [
        call('balance', 'ada', -20, { value: 0 }),
        ...both,
        call('balance', 'ada', 5, { value: 10 }),
        call('balance', 'ada', 12, { value: 6 }),
        call('balance', 'ada', 20, { value: 6 }),
        final(),
      ],
    ],
    [
      'a token that one of two callers consumed',
      [call('consume', 't', 0), call('consume', 't', 0, { result: 'refused' }), final({ tokens: { t: true } })],
    ],
    [
      'a token whose consumer received no response',
      [
        call('consume', 't', 0, { result: 'unknown' }),
        call('consume', 't', 9, { result: 'refused' }),
        final({ tokens: { t: true } }),
      ],
    ],
    [
      'a counter',
      [
        call('increase', 'c', 0),
        call('increase', 'c', 10, { result: 'unknown' }),
        call('value', 'c', 6, { value: 1 }),
        call('value', 'c', 30, { value: 2 }),
        final({ values: { c: 2 } }),
      ],
    ],
  ])('%s', (_, lines) => {
    const wallet = lines.some((line) => line.type === 'call' && line.key === 'ada');
    const all = wallet ? lines : [...both, ...lines];
    expect(check(all)).toEqual([]);
  });
});

describe('reports each kind of violation', () => {
  test.each<[string, Violation['rule'], string, readonly Line[]]>([
    ['a balance that differs from the sum of its records', 'sum', 'ada', [...both, final({ balance: 7 })]],
    [
      'a record with a wrong sum',
      'arithmetic',
      'ada',
      [
        both[0] as Call,
        transfer(10, -4, { id: 2, before: 10, after: 7 }),
        final({ records: [kept[0] as (typeof kept)[0], { id: 2, before: 10, after: 7, coin: -4 }] }),
      ],
    ],
    [
      'two records that start with the same balance',
      'arithmetic',
      'ada',
      [
        both[0] as Call,
        transfer(10, 10, { id: 2, before: 0, after: 10 }),
        final({ balance: 20, records: [kept[0] as (typeof kept)[0], { id: 2, before: 0, after: 10, coin: 10 }] }),
      ],
    ],
    [
      'an acknowledged transfer that is lost',
      'lost',
      'ada',
      [...both, final({ balance: 10, records: kept.slice(0, 1) })],
    ],
    [
      'an acknowledged transfer with another result',
      'lost',
      'ada',
      [both[0] as Call, transfer(10, -4, { id: 2, before: 20, after: 16 }), final()],
    ],
    ['one record for two calls', 'twice', 'ada', [...both, transfer(20, -4, second), final()]],
    [
      'a transfer that took effect twice',
      'unasked',
      'ada',
      [...both, final({ balance: 2, records: [...kept, { id: 3, before: 6, after: 2, coin: -4 }] })],
    ],
    [
      'a rejected transfer that took effect',
      'unasked',
      'ada',
      [both[0] as Call, transfer(10, -4, undefined, 'refused'), final()],
    ],
    [
      'a balance from before an acknowledged transfer',
      'stale',
      'ada',
      [...both, call('balance', 'ada', 20, { value: 10 }), final()],
    ],
    ['a balance that never existed', 'stale', 'ada', [...both, call('balance', 'ada', 20, { value: 5 }), final()]],
    [
      'a token consumed twice',
      'twice',
      't',
      [...both, call('consume', 't', 0), call('consume', 't', 9), final({ tokens: { t: true } })],
    ],
    [
      'an acknowledged token that is not consumed',
      'lost',
      't',
      [...both, call('consume', 't', 0), final({ tokens: { t: false } })],
    ],
    [
      'a token that no caller consumed',
      'unasked',
      't',
      [...both, call('consume', 't', 0, { result: 'refused' }), final({ tokens: { t: true } })],
    ],
    ['a reward applied twice', 'twice', 'r', [...both, call('reward', 'r', 0), call('reward', 'r', 9), final()]],
    ['a condition that held twice', 'twice', 's', [...both, call('set', 's', 0), call('set', 's', 9), final()]],
    [
      'a counter that lost an increase',
      'lost',
      'c',
      [...both, call('increase', 'c', 0), call('increase', 'c', 9), final({ values: { c: 1 } })],
    ],
    [
      'a counter that increased without a call',
      'unasked',
      'c',
      [...both, call('increase', 'c', 0), final({ values: { c: 2 } })],
    ],
    [
      'a value from before an acknowledged increase',
      'stale',
      'c',
      [...both, call('increase', 'c', 0), call('value', 'c', 9, { value: 0 }), final({ values: { c: 1 } })],
    ],
    [
      'a value from the future',
      'unasked',
      'c',
      [...both, call('value', 'c', 0, { value: 1 }), call('increase', 'c', 9), final({ values: { c: 1 } })],
    ],
  ])('%s', (_, rule, key, lines) => {
    expect(check(lines)).toContainEqual(expect.objectContaining({ rule, key }));
  });

  test('rejects a history without an end', () => {
    expect(() => check(both)).toThrow('no line "final"');
  });
});
