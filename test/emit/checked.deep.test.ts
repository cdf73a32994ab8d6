import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { checkPackages, type Packages } from './check-packages.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'countersign-checked-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const providers = readdirSync(join(root, 'generated'));
const read = (provider: string, path: string): string => readFileSync(join(root, 'generated', provider, path), 'utf8');
const packagesWith = (change: (text: string) => string): Packages =>
  Object.fromEntries(
    providers.map((provider) => [
      provider,
      [
        { path: 'src/types.ts', text: read(provider, 'src/types.ts') },
        { path: 'src/validators.ts', text: change(read(provider, 'src/validators.ts')) },
      ],
    ]),
  );

describe('validators, which say `@ts-nocheck`', () => {
  it('have the types that they state', () => {
    expect(
      checkPackages(
        join(folder, 'right'),
        packagesWith((text) => text),
      ),
    ).toEqual([]);
  });

  it('would not compile with another type', () => {
    const wrong = (text: string): string => text.replace('z.ZodString', 'z.ZodBigInt');
    const errors = checkPackages(join(folder, 'wrong'), packagesWith(wrong)).filter((line) =>
      line.includes('error TS'),
    );
    expect(providers.filter((provider) => !errors.some((line) => line.startsWith(`${provider}/`)))).toEqual([]);
  });
});
