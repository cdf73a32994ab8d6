import { expect, it } from 'vitest';
import { emitReadme } from '../../scripts/emit/readme/emit-readme.ts';
import { apiOf } from '../validators/fixture.ts';

const files = new Set(['src/index.ts', 'src/types.ts', 'src/valibot.ts']);
const emitters = [
  { name: 'types', entries: { './types': 'src/types.ts' } },
  { name: 'valibot', entries: { './valibot': 'src/valibot.ts', './gone': 'src/gone.ts' } },
  { name: 'plain' },
];

it('lists the entries of other emitters after our own, as far as their files are there', () => {
  const api = apiOf({ Order: { type: 'string' } });
  const text = emitReadme(api, { scope: '@acme', files, emitters })[0]?.text ?? '';
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
