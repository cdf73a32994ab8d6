import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, expect, test } from 'vitest';
import { emitValidators } from '../../scripts/emit/validators/emit-validators.ts';
import { apiOf } from './fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-'));
symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const json = (name: string) => ({ 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } });
const operation = (operationId: string, name: string) => ({
  operationId,
  responses: { 200: { description: 'ok', content: json(name) } },
});

test('a bundle omits what it does not use', async () => {
  const schemas = {
    Used: { type: 'object', properties: { usedMember: { type: 'string', format: 'email' } } },
    Unused: { type: 'object', properties: { unusedMember: { type: 'string', format: 'uuid', minLength: 2 } } },
    General: { properties: { generalMember: { $ref: '#/components/schemas/General' } }, minProperties: 1 },
  };
  const paths = { '/a': { get: operation('one', 'Used') }, '/b': { get: operation('two', 'Unused') } };
  const text = emitValidators(apiOf(schemas, { components: { schemas }, paths }))
    .map((file) => file.text)
    .join('');
  writeFileSync(join(folder, 'validators.ts'), text);
  writeFileSync(
    join(folder, 'entry.ts'),
    "import { oneValidators } from './validators.ts'; console.log(oneValidators);",
  );
  const result = await build({
    entryPoints: [join(folder, 'entry.ts')],
    bundle: true,
    format: 'esm',
    write: false,
    external: ['zod'],
  });
  const [bundle] = result.outputFiles.map((file) => file.text);
  expect(bundle).toContain('usedMember');
  expect(bundle).toContain('"email"');
  expect(bundle).not.toContain('unusedMember');
  expect(bundle).not.toContain('generalMember');
  expect(bundle).not.toContain('"uuid"');
  expect(bundle).not.toContain('CountersignJsonSchema');
});
