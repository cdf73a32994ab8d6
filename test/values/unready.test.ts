import { afterEach, describe, expect, it, vi } from 'vitest';
import { compileInSlice, inSlice } from '../../runtime/mock/compile-slices.ts';
import { createValueMaker } from '../../runtime/values/index.ts';
import { Unready } from '../../runtime/values/unready.ts';

const schema = { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } };
const make = createValueMaker({});
const unreadyTimes = (times: number) => {
  let left = times;
  return (): boolean => {
    left -= 1;
    if (left >= 0) throw new Unready();
    return true;
  };
};

describe('a validator that is not ready', () => {
  it('checks the same value again, and other work runs in between', async () => {
    let turns = 0;
    const other = (): void => {
      turns += 1;
      if (turns < 10) setTimeout(other);
    };
    setTimeout(other);
    const made = await make.async({ schema, direction: 'response', isValid: unreadyTimes(3) });
    expect(made).toEqual(make({ schema, direction: 'response' }));
    expect(turns).toBeGreaterThanOrEqual(2);
  });

  it('checks it again immediately in a synchronous call', () => {
    const made = make({ schema, direction: 'response', isValid: unreadyTimes(3) });
    expect(made).toEqual(make({ schema, direction: 'response' }));
  });

  it('can fail for another reason', () => {
    const isValid = (): boolean => {
      throw new TypeError('no such schema');
    };
    expect(() => make({ schema, direction: 'response', isValid })).toThrow('no such schema');
  });
});

describe('compiling in slices', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('stops after a time limit, continues in the next slice, and compiles at least one schema in each', () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const compiled = new Set<number>();
    const compileAll = (): number => {
      for (let schema = 0; schema < 5; schema += 1)
        if (!compiled.has(schema))
          compileInSlice(() => {
            now += 20;
            compiled.add(schema);
          });
      return compiled.size;
    };
    for (const size of [1, 2, 3, 4]) {
      expect(() => inSlice(compileAll)).toThrow(Unready);
      expect(compiled.size).toBe(size);
    }
    expect(inSlice(compileAll)).toBe(5);
    // Without a slice there is no limit.
    compiled.clear();
    expect(compileAll()).toBe(5);
  });
});
