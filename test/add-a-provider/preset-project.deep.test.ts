import { expect, test } from 'vitest';
import { presetNames, readPreset } from '../../scripts/commands/init/presets.ts';
import { testsOf, tryProject } from './preset-project.ts';

test('the output of `add --signing` for each preset type-checks, and its tests pass', async () => {
  const { types, tests } = await tryProject(presetNames);
  expect(types).toBe('');
  const vectors = presetNames.map((name) => (readPreset(name).signing.vectors as readonly unknown[]).length);
  const wanted = vectors.reduce((sum, count) => sum + testsOf(count), 0);
  expect(tests.split('\n').filter((line) => /^not ok|^# (pass|fail) /.test(line))).toEqual([
    `# pass ${wanted}`,
    '# fail 0',
  ]);
});
