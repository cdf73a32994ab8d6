import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageOf, removePackages, type TestPackage } from '../bodies/packages.ts';
import { components, paths, rows } from './document-rows.ts';

afterAll(removePackages);

describe.each(['3.1.0', '3.2.0'])('from client to server and back, OpenAPI %s', (openapi) => {
  let made: TestPackage;
  beforeAll(async () => {
    made = await packageOf(paths, { openapi, components });
  });

  test.each(rows.map((row, at) => ({ ...row, at })))('$name', async ({ at, input, answer, data }) => {
    let received: unknown;
    const handler = (given: unknown) => {
      received = given;
      return answer ?? { status: 204 };
    };
    await made.serving({ [`op${at}`]: handler }, async (url, logged) => {
      const result = await made.client(url)[`op${at}`]?.(input);
      expect([result?.error?.message, logged.map(({ error }) => error?.message)]).toEqual([undefined, []]);
      expect(received).toEqual(input);
      if (answer) expect(result?.data).toEqual(data);
    });
  });
});
