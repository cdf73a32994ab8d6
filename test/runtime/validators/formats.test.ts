import * as v from '@countersign/runtime/validators';
import { describe, expect, test } from 'vitest';
import { cpuTime } from '../../run/cpu-time.ts';
import { limit } from '../../run/slowness.ts';

/** In addition to the official suite (test/validators/json-schema.test.ts): formats that it lacks, and edge cases. */
describe('formats', () => {
  const texts: readonly (readonly [format: v.Format<string>, valid: readonly string[], invalid: readonly string[]])[] =
    [
      [
        v.spacedDateTime,
        ['2024-07-10 20:56:59', '9999-12-31 00:00:00'],
        [
          '2024-07-10T20:56:59',
          '2024-07-10 24:00:00',
          '2024-07-10 20:56:59Z',
          '2024-7-10 20:56:59',
          '2024-07-10 20:56:60',
        ],
      ],
      [v.byte, ['', 'aGk=', 'YQ==', 'YWJj'], ['a', 'aGk', 'a===', 'aGk=\n', 'a-_=']],
      [
        v.dateTime,
        ['2024-12-31T23:59:60Z', '2024-12-31t15:59:60.5-08:00'],
        ['2024-12-31T12:59:60Z', '2024-12-31 12:00:00Z'],
      ],
      [
        v.email,
        ['a@b', '"a b"@example.com', 'a@[IPv6:::1]', `${'a'.repeat(64)}@example.com`],
        ['a', '@b', 'a@', 'a@b@c', 'a b@example.com', `${'a'.repeat(65)}@example.com`],
      ],
      [v.hostname, ['a', 'xn--nxasmq6b', 'A-1.example'], ['', '.', 'a.', 'a..b', '-a', 'a_b', 'ab--c', 'a'.repeat(64)]],
      [v.ipv4, ['0.0.0.0', '255.255.255.255'], ['1.2.3', '1.2.3.4.', '01.2.3.4', '256.1.1.1', '1.2.3.4.5']],
      [
        v.ipv6,
        ['::', '1::', '::1.2.3.4', '1:2:3:4:5:6:7:8'],
        ['', ':', ':::', '1::2::3', '1:2:3:4:5:6:7', '::1.2.3.4:5', 'fe80::1%eth0', '1:2:3:4:5:6:7:8::'],
      ],
      [
        v.uri,
        ['https://a/b?c#d', 'urn:x', 'http://[::1]:8080/'],
        ['//a', 'http://a b', 'http://[::1', 'http://a:b/', '%', 'http://%zz'],
      ],
      [v.uuid, ['2eb8aa08-aa98-11ea-b4aa-73b441d16380'], ['urn:uuid:2eb8aa08-aa98-11ea-b4aa-73b441d16380', '']],
      [v.duration, ['P1Y', 'PT0S', 'P4W', 'P1DT12H'], ['P', 'PT', '1Y', 'P1W1D', 'P1Y1D', 'PT1H1S']],
      [v.regex, ['^a$', '\\p{L}'], ['(', '\\p{Nope}', '\\a']],
    ];
  test.each(
    texts.flatMap(([format, valid, invalid]) => [
      ...valid.map((text) => [format.name, text, true, format] as const),
      ...invalid.map((text) => [format.name, text, false, format] as const),
    ]),
  )('%s %j: %s', (_, text, want, format) => {
    expect(format.test(text)).toBe(want);
  });

  const numbers: readonly (readonly [format: v.Format<number>, value: number, want: boolean])[] = [
    [v.int32, 2 ** 31 - 1, true],
    [v.int32, 2 ** 31, false],
    [v.int32, 1.5, false],
    [v.int64, 2 ** 53 - 1, true],
    [v.int64, -(2 ** 53) + 1, true],
    [v.int64, 2 ** 53, false],
    [v.int64, Number('9223372036854775807'), false],
    [v.int64, 2 ** 64, false],
    [v.int64, 0.5, false],
    [v.float, 3.4e38, true],
    [v.float, 3.5e38, false],
    [v.double, 1e308, true],
  ];
  test.each(numbers.map(([format, value, want]) => [format.name, value, want, format] as const))(
    '%s %d: %s',
    (_, value, want, format) => {
      expect(format.test(value)).toBe(want);
    },
  );

  test('long texts take linear time', () => {
    const long = 'a'.repeat(100_000);
    const texts = [
      long,
      `${long}!`,
      `${'a.'.repeat(50_000)}!`,
      `${long}@${long}`,
      `http://${long}%`,
      '{'.repeat(100_000),
      ':'.repeat(100_000),
    ];
    const taken = cpuTime(() => {
      for (const format of Object.values(v)) {
        if (typeof format !== 'object' || !('test' in format) || format.type !== 'string') continue;
        for (const text of texts) format.test(text);
      }
    });
    expect(taken).toBeLessThan(limit(5_000));
  });
});
