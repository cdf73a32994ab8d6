import { globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emitDeclarations, RUNTIME_PARTS } from '../../scripts/commands/build/declarations.ts';
import { repository } from './make-workspace.ts';

it('emits declarations for every runtime module that a package can contain', async () => {
  const into = await mkdtemp(join(tmpdir(), 'countersign-declarations-'));
  try {
    const { folder, problems } = await emitDeclarations(repository, [join(repository, 'generated/moonpacket')], into);
    expect(problems).toEqual([]);
    const sources = RUNTIME_PARTS.flatMap((part) => globSync(`${part}/**/*.ts`, { cwd: join(repository, 'runtime') }));
    const wanted = sources.filter((path) => path !== 'server/node.ts').map((path) => path.replace(/\.ts$/, '.d.ts'));
    expect(wanted.length).toBeGreaterThan(100);
    const emitted = new Set(globSync('**/*.d.ts', { cwd: join(folder, 'runtime') }));
    expect(wanted.filter((path) => !emitted.has(path))).toEqual([]);
  } finally {
    await rm(into, { recursive: true, force: true });
  }
});
