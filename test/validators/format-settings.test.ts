import { afterAll, describe, expect, test } from 'vitest';
import { apiOf } from './fixture.ts';
import { GeneratedModules } from './generated-module.ts';

const modules = new GeneratedModules();
afterAll(() => modules.remove());

const schemas = {
  Duration: { type: 'string', format: 'duration' },
  Time: { type: 'string', format: 'time' },
  // Expressed in JSON Schema, because zod has no equivalent.
  General: { not: { const: '' }, anyOf: [{ type: 'string', format: 'duration' }] },
  Times: { type: 'array', items: { type: 'string', format: 'time' } },
};

const lenient = { formats: { duration: 'fractions', time: 'optionalOffset' } } as const;

describe('formats follow the standard, and settings extend them', () => {
  test.each<[name: keyof typeof schemas, value: unknown, standard: boolean, widened: boolean]>([
    ['Duration', 'P1DT2H', true, true],
    ['Duration', 'PT1.5S', false, true],
    ['Duration', 'PT0,5H', false, true],
    ['Duration', 'P1.5D', false, true],
    ['Duration', 'P0.5W', false, true],
    ['Duration', 'PT1.5H3M', false, false],
    ['Duration', 'PT.5S', false, false],
    ['Duration', 'PT', false, false],
    ['Duration', '1.5S', false, false],
    ['Time', '12:00:00Z', true, true],
    ['Time', '12:00:00+02:00', true, true],
    ['Time', '12:00:00', false, true],
    ['Time', '12:00:00.25', false, true],
    ['Time', '24:00:00', false, false],
    ['Time', '12:00', false, false],
    ['Time', '12:00:00 Z', false, false],
    ['General', 'PT1.5S', false, true],
    ['Times', ['12:00:00', '12:00:00Z'], false, true],
  ])('%s %j', async (name, value, standard, widened) => {
    const [strict, wide] = await Promise.all([modules.load(apiOf(schemas)), modules.load(apiOf(schemas), lenient)]);
    expect(strict[name]?.safeParse(value).success).toBe(standard);
    expect(wide[name]?.safeParse(value).success).toBe(widened);
  });

  test('a 64-bit number that may have lost digits is reported, at any depth', async () => {
    const { Ids } = await modules.load(
      apiOf({
        Ids: {
          type: 'object',
          properties: {
            rows: {
              type: 'array',
              items: { type: 'object', properties: { id: { type: 'integer', format: 'int64' } } },
            },
          },
        },
      }),
    );
    const read = (text: string) => Ids?.safeParse(JSON.parse(`{"rows":[{"id":1},{"id":${text}}]}`));
    for (const text of ['9007199254740991', '-9007199254740991', '0', '1e3']) expect(read(text)?.success).toBe(true);
    for (const text of ['9007199254740993', '9007199254740992', '-9007199254740993', '18446744073709551615', '1e300'])
      expect(read(text)?.error?.issues).toMatchObject([{ path: ['rows', 1, 'id'] }]);
    expect(read('9007199254740993')?.error?.issues[0]?.message).toContain('may have lost digits');
  });
});
