import { expect, it } from 'vitest';
import { emitReadme } from '../../scripts/emit/readme/emit-readme.ts';
import { apiOf } from '../validators/fixture.ts';

const files = new Set(['src/index.ts', 'src/types.ts', 'src/valibot.ts']);
const emitters = [
  { name: 'types', entries: { './types': 'src/types.ts' } },
  { name: 'valibot', entries: { './valibot': 'src/valibot.ts', './gone': 'src/gone.ts' } },
  { name: 'plain' },
];

it('lists the entry points of other emitters after our own, if their files exist', async () => {
  const api = apiOf({ Order: { type: 'string' } });
  const [file] = await emitReadme(api, { scope: '@acme', files, emitters });
  const text = file?.text ?? '';
  const name = `@acme/${api.descriptor.provider}`;
  const rows = text.split('\n').filter((line) => line.includes(`\`${name}`) && line.startsWith('|'));
  expect(
    rows.map((row) =>
      row
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, 3),
    ),
  ).toEqual([
    [`\`${name}\``, expect.any(String)],
    [`\`${name}/types\``, 'the types of the contract'],
    [`\`${name}/valibot\``, 'files of the emitter `valibot`'],
    [`\`${name}/openapi.json\``, 'the contract, in one file'],
  ]);
});

it('generates the input of the first call if the document has no example', async () => {
  const order = {
    type: 'object',
    required: ['count'],
    properties: { count: { type: 'integer', minimum: 3 }, note: {} },
  };
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', pattern: '^[A-Z]{4}$' } };
  const api = apiOf(
    {},
    {
      paths: {
        '/orders/{id}': {
          put: {
            operationId: 'putOrder',
            parameters: [id],
            requestBody: { required: true, content: { 'application/json': { schema: order } } },
            responses: { 204: { description: 'Done.' } },
          },
        },
      },
    },
  );
  const [file] = await emitReadme(api, { scope: '@acme', files, emitters });
  const call = file?.text.replace(/\s+/g, ' ');
  expect(call).toMatch(/client\.putOrder\(\{ path: \{ id: '[A-Z]{4}',? \}, body: \{ count: \d+,? \},? \}\)/);
});
