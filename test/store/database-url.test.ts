import { describe, expect, test } from 'vitest';
import { DatabaseUrlError, parseDatabaseUrl } from '../../runtime/store/database-url.ts';

describe('accepted URLs', () => {
  test.each([
    ['postgres://u:p@h/db', [['h', 5432]], false, 'postgres://u:p@h:5432/db'],
    ['postgresql://h:6000/db', [['h', 6000]], false, 'postgresql://h:6000/db'],
    ['postgres://u@[::1]:5433/db', [['[::1]', 5433]], false, 'postgres://u@[::1]:5433/db'],
    ['postgres://u:p%23w%40@h/db', [['h', 5432]], false, 'postgres://u:p%23w%40@h:5432/db'],
    ['postgres://h/db?sslmode=require', [['h', 5432]], false, 'postgres://h:5432/db?sslmode=require'],
    ['postgres:///db?host=/run/pg', [['', 5432]], false, 'postgres:///db?host=%2Frun%2Fpg'],
    ['postgres://h:/db', [['h', 5432]], false, 'postgres://h:5432/db'],
    [
      'postgres://a,b:5433/db',
      [
        ['a', 5432],
        ['b', 5433],
      ],
      false,
      'postgres://a:5432/db',
    ],
    [
      'postgres://a:1,b:2/db?target_session_attrs=read-write',
      [
        ['a', 1],
        ['b', 2],
      ],
      true,
      'postgres://a:1/db',
    ],
    ['postgres://a/db?target_session_attrs=primary&x=1', [['a', 5432]], true, 'postgres://a:5432/db?x=1'],
  ])('%s', (text, hosts, writable, connectionString) => {
    expect(parseDatabaseUrl(text)).toEqual({
      hosts: hosts.map(([host, port]) => ({ host, port })),
      writable,
      connectionString,
    });
  });
});

describe('rejected URLs', () => {
  test.each([
    ['', 'must have the form'],
    ['mysql://h/db', 'must have the form'],
    ['h:5432/db', 'must have the form'],
    ['postgres://u:se#cret@h/db', 'Write %23'],
    ['postgres://u:se@cret@h/db', 'unencoded "@"'],
    ['postgres://u:se%cret@h/db', 'not written as %25'],
    ['postgres://u:secret@h:port/db', 'port "port"'],
    ['postgres://u:secret@h:0/db', 'port "0"'],
    ['postgres://u:secret@h:65536/db', 'port "65536"'],
    ['postgres://u:secret@a:1,b:two/db', 'port "two"'],
    ['postgres://u:secret@h/db?target_session_attrs=standby', 'target_session_attrs=standby'],
  ])('%s', (text, message) => {
    let thrown: unknown;
    try {
      parseDatabaseUrl(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(DatabaseUrlError);
    expect((thrown as Error).message).toMatch(/^DATABASE_URL /);
    expect((thrown as Error).message).toContain(message);
    expect((thrown as Error).message).not.toMatch(/se#?cret|cret/);
  });
});
