import { expect, it } from 'vitest';
import { lostEntries } from '../../scripts/commands/release/lost-entries.ts';

const module = { types: './x.d.ts', default: './x.js' };
const released = (...entries: readonly string[]) => ({
  name: '@acme/shop',
  file: 'generated/shop/package.json',
  published: { version: '0.3.1', manifest: { exports: Object.fromEntries(entries.map((entry) => [entry, module])) } },
});
const react = { entry: './react', needs: ['react', '@tanstack/react-query'] };
const msw = { entry: './msw', needs: ['msw'] };

it.each([
  ['nothing is skipped', [], released('.', './react'), []],
  ['the published version lacks it too', [react, msw], released('.', './server'), []],
  [
    'the published version has no exports',
    [react],
    { ...released(), published: { version: '1.0.0', manifest: {} } },
    [],
  ],
  ['the published version has one of two', [react, msw], released('.', './msw'), ['./msw']],
  ['the published version has both', [react, msw], released('.', './react', './msw'), ['./react', './msw']],
])('if %s', (_, skipped, before, want) => {
  const found = lostEntries(skipped, before);
  expect(found.map(({ message }) => /`([^`]+)`/.exec(message)?.[1])).toEqual(want);
});

it('names the version, the packages and both fixes', () => {
  expect(lostEntries([react, msw], released('./react', './msw'))).toEqual([
    {
      severity: 'error',
      code: 'release-entry',
      message:
        'The release of @acme/shop would remove the entry point `./react`, which 0.3.1 has: it requires react, @tanstack/react-query, and these packages are not installed.',
      help: 'Run `npm install --save-dev react @tanstack/react-query`. To remove the entry point, change `hooks` of the provider in countersign.config.ts.',
      at: { file: 'generated/shop/package.json', line: 1, column: 1 },
    },
    expect.objectContaining({
      message: expect.stringContaining('it requires msw, and this package is not installed.'),
    }),
  ]);
});
