import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { bundleSpec } from '../../scripts/bundle/index.ts';
import { FIXED_METHODS } from '../../scripts/common/document/path-operations.ts';
import { expandDocument } from '../../scripts/expand/index.ts';
import { lintSpec } from '../../scripts/lint/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';

const folder = path.dirname(createRequire(import.meta.url).resolve('@octokit/openapi/package.json'));

test("GitHub's document: 13 MB of OpenAPI 3.0", async () => {
  const spec = await loadSpec(path.join(folder, 'generated/api.github.com.json'));
  const { document, locate } = expandDocument(await bundleSpec(spec));
  const items = Object.values(document.paths);
  const operations = items
    .filter((item) => !('x-cs-webhook' in item))
    .flatMap((item) => FIXED_METHODS.filter((method) => Object.hasOwn(item, method)));
  expect(operations.length).toBeGreaterThan(1_100);
  expect(items.some((item) => 'x-cs-webhook' in item)).toBe(true);
  expect(document.openapi).toBe('3.1.1');
  const { line, column } = locate('/paths/~1zen/get/operationId');
  expect(
    spec.texts
      .get(spec.file)
      ?.split('\n')
      [line - 1]?.slice(column - 1),
  ).toMatch(/^"meta\/get-zen"/);
  // Two webhooks have the name of a reserved word.
  const problems = await lintSpec(spec, { profile: 'essential' });
  expect(problems.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
    'operation-reserved-name /x-webhooks/delete/post/operationId',
    'operation-reserved-name /x-webhooks/public/post/operationId',
  ]);
});
