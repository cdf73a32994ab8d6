import * as v from '@countersign/runtime/validators';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

const nested = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);

const plain: z.ZodType = z.array(v.lazy(() => plain));
const general: z.ZodType = v.schema({ items: () => general });
const unique = v.withKeywords(z.array(z.unknown()), { uniqueItems: true });
const listed = v.schema({ enum: [[1]] });

describe('too deeply nested values are rejected without an exception', () => {
  test.each([
    ['plain', plain],
    ['general', general],
    ['unique', unique],
    ['listed', listed],
  ] as const)('%s', (name, schema) => {
    const result = schema.safeParse(name === 'unique' ? [nested(100_000), 1] : nested(100_000));
    expect(result.success).toBe(false);
    expect(result.error?.issues.at(-1)?.message).toBe('Invalid input: nested too deeply');
  });

  test.each([
    ['plain', plain],
    ['general', general],
  ] as const)('%s, at a usual depth', (_, schema) => {
    expect(schema.safeParse(nested(300)).success).toBe(true);
    expect(schema.safeParse([[1]]).success).toBe(schema === general);
  });
});
