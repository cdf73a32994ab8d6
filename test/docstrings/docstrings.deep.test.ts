import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countDeclarations, exportsOf, publicModules, root } from './entries.ts';

const exported = exportsOf(publicModules());
const examples = exported.flatMap(({ examples: codes, ...rest }) => codes.map((code) => ({ ...rest, code })));

describe('docstrings', () => {
  it('exist for every export of a public entry point', () => {
    expect(exported.length).toBeGreaterThan(250);
    expect(exported.filter(({ doc }) => doc === '').map(({ label }) => label)).toEqual([]);
  });

  it.each(['runtime', 'scripts'])('exist for 95 per cent of all exported declarations in %s', (folder) => {
    const { all, missing } = countDeclarations(folder);
    expect(all).toBeGreaterThan(400);
    expect(missing.length / all, missing.join('\n')).toBeLessThan(0.05);
  });
});

describe('examples in docstrings', () => {
  let folder: string;
  let problems: string;

  /** Each example is a module. All exports of its entry point are in scope. */
  const moduleOf = ({ module, code }: (typeof examples)[number]): string => {
    const names = exported.filter((each) => each.module === module).map(({ name }) => name);
    const used = names.filter((name) => new RegExp(`\\b${name}\\b`).test(code));
    return `import { ${used.join(', ')} } from '${relative(folder, module)}';\n${code}\nexport {};\n`;
  };
  /** Declarations that examples omit. */
  const given = [
    "declare const client: import('@countersign/dicey-fun').DiceyFunClient;",
    'declare const error: unknown;',
    'declare const request: Request;',
    'declare const expected: string;',
  ].join('\n');

  beforeAll(async () => {
    await mkdir(join(root, 'dist'), { recursive: true });
    folder = await mkdtemp(join(root, 'dist/examples-'));
    await Promise.all(
      examples.map((example, index) => writeFile(join(folder, `example-${index}.ts`), moduleOf(example))),
    );
    await writeFile(join(folder, 'given.d.ts'), given);
    const compilerOptions = { verbatimModuleSyntax: false, exactOptionalPropertyTypes: false };
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, include: ['./*.ts'], exclude: [] }),
    );
    const tsc = join(root, 'node_modules/typescript-7/bin/tsc');
    problems = await promisify(execFile)(process.execPath, [tsc, '--noEmit', '-p', folder]).then(
      ({ stdout }) => stdout,
      ({ stdout }: { stdout: string }) => stdout,
    );
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('exist', () => {
    expect(examples.length).toBeGreaterThanOrEqual(30);
  });

  it.each(examples.map(({ label }, index) => [label, index] as const))('%s type-checks', (_, index) => {
    const own = new RegExp(`example-${index}\\.ts`);
    expect(problems.split('\n').filter((problem) => own.test(problem))).toEqual([]);
  });
});
