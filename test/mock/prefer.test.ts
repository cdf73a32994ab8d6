import { describe, expect, it } from 'vitest';
import { parsePrefer, withoutDirectives } from '../../runtime/mock/prefer.ts';
import { createDirector, SCENARIOS } from '../../runtime/mock/scenario.ts';
import { createRandom } from '../../runtime/values/random.ts';
import { cpuTime } from '../run/cpu-time.ts';
import { limit } from '../run/slowness.ts';

describe('Prefer', () => {
  const table: readonly (readonly [given: string | null, want: object])[] = [
    [null, {}],
    ['', {}],
    ['code=422', { code: '422' }],
    ['code=1001', { code: '1001' }],
    ['status=402, example=tokenExpired', { status: '402', example: 'tokenExpired' }],
    ['code=200; example="no coins, none; at all"', { code: '200', example: 'no coins, none; at all' }],
    ['example="a \\"b\\" c"', { example: 'a "b" c' }],
    ['dynamic=true, seed=7', { dynamic: true, seed: '7' }],
    ['dynamic=false', {}],
    ['Code=404', { code: '404' }],
    ['code=404, code=500', { code: '404' }],
    ['x-delay=300', { delay: 300 }],
    ['x-delay=999999999', { delay: 60_000 }],
    ['x-delay=-1', {}],
    ['x-delay=abc', {}],
    ['status=9999', { status: '9999' }],
    ['status=999', { status: '999' }],
    ['status=-1', {}],
    ['status=4xx', {}],
    ['respond-async, wait=10', {}],
    ['code=', {}],
    ['__proto__=1, constructor=2', {}],
  ];
  it.each(table)('%s', (given, want) => {
    expect(parsePrefer(given)).toEqual(want);
  });
  it.each([
    ['code=404', ''],
    ['return=minimal, code=404', 'return=minimal'],
    ['code=404, return=minimal', 'return=minimal'],
    ['status=200, example="a, b"; seed=1; return=representation; x-delay=5', 'return=representation'],
    ['respond-async, dynamic=true', 'respond-async'],
    ['return=minimal', 'return=minimal'],
    ['codes=1', 'codes=1'],
    ['', ''],
  ])('%s is %s for the contract', (given, want) => {
    expect(withoutDirectives(given)).toBe(want);
  });
  it('parses a malicious header quickly', () => {
    const taken = cpuTime(() => {
      parsePrefer('code="'.repeat(20_000));
      parsePrefer(`a=${'\\'.repeat(50_000)}`);
    });
    expect(taken).toBeLessThan(limit(1_000));
  });
});

describe('seeded scenarios', () => {
  it('repeats with a seed and differs with another', () => {
    const draw = (seed: string) => Array.from({ length: 20 }, createRandom(seed));
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
    for (const value of draw('a')) expect(value).toBeGreaterThanOrEqual(0);
    for (const value of draw('a')) expect(value).toBeLessThan(1);
  });
  it('injects failures at the configured rate', () => {
    const custom = { name: 'custom', description: '', delay: 0, chaos: 0.1 };
    const faults = (): readonly unknown[] => {
      const director = createDirector({ scenario: custom, seed: '1' });
      return Array.from({ length: 2000 }, () => director.next());
    };
    const first = faults();
    expect(faults()).toEqual(first);
    const hit = first.filter((fault) => fault !== undefined).length;
    expect(hit).toBeGreaterThan(150);
    expect(hit).toBeLessThan(250);
    expect(new Set(first)).toEqual(new Set([undefined, 'error', 'slow', 'cut']));
  });
  it('restarts when a scenario is selected', () => {
    const director = createDirector({ seed: '5' });
    const flaky = SCENARIOS.find(({ name }) => name === 'flaky');
    if (!flaky) throw new Error('There is no scenario flaky.');
    const run = () => {
      director.choose(flaky);
      return Array.from({ length: 50 }, () => director.next());
    };
    expect(run()).toEqual(run());
  });
});
