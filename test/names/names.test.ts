import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import {
  camelCase,
  createNames,
  environmentName,
  isProviderName,
  pascalCase,
} from '../../scripts/common/text/names.ts';

const isIdentifier = (name: string): boolean => {
  const source = ts.createSourceFile('a.ts', `const ${name} = 1;`, ts.ScriptTarget.Latest) as ts.SourceFile & {
    parseDiagnostics: unknown[];
  };
  return source.parseDiagnostics.length === 0 && source.statements.length === 1;
};

describe('casing', () => {
  it.each([
    ['create-session', 'createSession', 'CreateSession'],
    ['getPlayerInfo', 'getPlayerInfo', 'GetPlayerInfo'],
    ['HTTPServer', 'httpServer', 'HTTPServer'],
    ['../x', 'x', 'X'],
    ['__proto__', 'proto', 'Proto'],
    ['9 lives', '_9Lives', '_9Lives'],
    ['', '_', '_'],
    ['大富翁', '大富翁', '大富翁'],
    ['привет мир', 'приветМир', 'ПриветМир'],
    ['a ƛ', 'aƛ', 'Aƛ'],
    ['ǰa ǰ', 'ǰaǰ', 'ǰaǰ'],
  ])('%j → %s, %s', (given, camel, pascal) => {
    expect(camelCase(given)).toBe(camel);
    expect(pascalCase(given)).toBe(pascal);
  });

  it('creates identifiers for every character in any case', () => {
    const characters = Array.from({ length: 0xd800 }, (_, code) => String.fromCodePoint(code));
    const names = characters.flatMap((given) => [camelCase(given), camelCase(`a ${given}`), pascalCase(given)]);
    const wrong = names.filter((name) =>
      [...name].some((letter, at) => {
        const code = letter.codePointAt(0) ?? 0;
        return !(at === 0 ? ts.isIdentifierStart : ts.isIdentifierPart)(code, ts.ScriptTarget.Latest);
      }),
    );
    expect(wrong).toEqual([]);
  });

  it.each([
    ['dicey-fun', 'apiKey', 'DICEYFUN_API_KEY'],
    ['hive', 'gameServerKey', 'HIVE_GAME_SERVER_KEY'],
    ['x', '大', 'X_VALUE'],
  ])('%s, %s → %s', (provider, name, want) => {
    expect(environmentName(provider, name)).toBe(want);
  });
});

describe('createNames', () => {
  it('separates names that collide after casing, and remembers them', () => {
    const names = createNames(['taken']);
    const given = ['get-x', 'getX', 'GET_X', 'get-x', 'taken', 'then', 'constructor', 'delete', 'await'];
    expect(given.map(names.identifier)).toEqual([
      'getX',
      'getX2',
      'getX3',
      'getX',
      'taken2',
      'then2',
      'constructor2',
      'delete2',
      'await2',
    ]);
  });

  it('keeps the name of a type that is a reserved word in another case only', () => {
    const { typeName, identifier } = createNames(['taken']);
    const types = ['package', 'return', 'Case', 'unknown', 'type', 'Object', 'string', 'Taken', 'to string'];
    expect(types.map(typeName)).toEqual([
      'Package',
      'Return',
      'Case',
      'Unknown',
      'Type',
      'Object2',
      'String2',
      'Taken2',
      'ToString',
    ]);
    expect(['package', 'Return', 'Object', 'to_string'].map(identifier)).toEqual([
      'package2',
      'return2',
      'object3',
      'toString2',
    ]);
  });

  it('creates safe, unique, short identifiers for any strings', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'grapheme', maxLength: 120 }), { maxLength: 20 }), (sources) => {
        const names = createNames();
        const made = sources.map(names.identifier);
        expect(new Set(made.map((name) => name.toLowerCase())).size).toBe(made.length);
        for (const name of made) {
          expect(isIdentifier(name)).toBe(true);
          expect(name.length).toBeLessThanOrEqual(200);
          expect(Object.prototype).not.toHaveProperty(name);
        }
      }),
      { numRuns: process.env.CI ? 10_000 : 500 },
    );
  });
});

describe('isProviderName', () => {
  it.each([
    ['dicey-fun', true],
    ['a2', true],
    ['Dicey', false],
    ['-a', false],
    ['a--b', false],
    ['../x', false],
    ['con', false],
    ['', false],
    ['a'.repeat(65), false],
    ['__proto__', false],
  ])('%s: %s', (name, want) => {
    expect(isProviderName(name)).toBe(want);
  });
});
