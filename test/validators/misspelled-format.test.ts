// cspell:disable
import { describe, expect, test } from 'vitest';
import { formatProblems } from '../../scripts/model/schema/check/check-format.ts';

const meant = (format: unknown): readonly (string | undefined)[] =>
  formatProblems({ type: 'string', format }).map(({ help }) => /`(.+?)`/.exec(help)?.[1]);

describe('a misspelled format', () => {
  test.each([
    ['date-tme', 'date-time'],
    ['date-tiem', 'date-time'],
    ['data-time', 'date-time'],
    ['date-timme', 'date-time'],
    ['datetime', 'date-time'],
    ['dateTime', 'date-time'],
    ['date_time', 'date-time'],
    ['Date-Time', 'date-time'],
    ['daate', 'date'],
    ['daet', 'date'],
    ['tiem', 'time'],
    ['emial', 'email'],
    ['emai', 'email'],
    ['emaill', 'email'],
    ['e-mail', 'email'],
    ['uuuid', 'uuid'],
    ['uudi', 'uuid'],
    ['UUID', 'uuid'],
    ['URI', 'uri'],
    ['uri-refrence', 'uri-reference'],
    ['hostanme', 'hostname'],
    ['host-name', 'hostname'],
    ['duraton', 'duration'],
    ['binray', 'binary'],
    ['pasword', 'password'],
    ['int46', 'int64'],
    ['Int32', 'int32'],
    ['int_64', 'int64'],
    ['dobule', 'double'],
    ['flaot', 'float'],
    ['ivp4', 'ipv4'],
    ['byyte', 'byte'],
    ['regexx', 'regex'],
    ['json-ponter', 'json-pointer'],
  ])('%s is meant as %s', (format, want) => {
    expect(meant(format)).toEqual([want]);
  });

  test.each(
    `url uris guid ulid cuid uid ip ipv5 cidr mac mail emails phone date-range local-date dates times date-hour
    mime rate mode bytes byte-size int8 int16 int128 uint8 uint32 uint64 float32 float64 decimal decimal128 double-int
    uuid4 uuid-v7 uuids objectid iban bic currency country locale timezone timestamp unixtime unix-time time-local
    date-time-local date-time-rfc1123 http-date html markdown commonmark base64 base64url jwt hex md5 sha256 slug semver
    char color partial-date hostport port money isbn money-amount file x-email YYYY-MM-DD media-range sf-string
    date email uuid binary password int32`.split(/\s+/),
  )('%s is not reported', (format) => {
    expect(meant(format)).toEqual([]);
  });

  test.each([undefined, 1, null, '', '-', 'd'.repeat(100_000)])('%j is not reported', (format) => {
    expect(meant(format)).toEqual([]);
  });

  test('the report has its place and is a warning', () => {
    expect(formatProblems({ format: 'emial' })).toEqual([
      {
        severity: 'warning',
        code: 'schema-misspelled-format',
        message: 'The format "emial" is unknown, so it has no effect.',
        help: 'Did you mean `email`? A format of your own may have any name that is less similar.',
        tokens: ['format'],
      },
    ]);
  });
});
