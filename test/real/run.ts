/**
 * Generates, type-checks and imports packages of public documents. Usage: node test/real/run.ts [name…]
 * Exits with 1 when one of them cannot be generated, compiled (by TypeScript 5 and 7, with `isolatedDeclarations`) or
 * imported. `KEEP=1` keeps the folder.
 */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { table } from '../../scripts/commands/cli/table.ts';
import { InputError } from '../../scripts/common/diagnostics/diagnostic.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { generate } from '../../scripts/generate/index.ts';
import { checked } from '../emit/checked.ts';
import { EVERY_DOCUMENT, type RealDocument, SWAGGER } from './documents.ts';
import { FETCHED, fetchPackages } from './packages.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);
const asked = process.argv.slice(2);
const documents = [...EVERY_DOCUMENT, ...FETCHED].filter(({ name }) => asked.length === 0 || asked.includes(name));
const problems: string[] = [];

async function openFolder(folder: string, list: readonly RealDocument[]): Promise<ReturnType<typeof openWorkspace>> {
  for (const { name, file } of list) {
    await mkdir(join(folder, 'specs', name), { recursive: true });
    // A link would lead out of the root folder.
    await copyFile(file, join(folder, 'specs', name, `openapi${extname(file)}`));
  }
  const providers = Object.fromEntries(list.map(({ name }) => [name, { lint: 'essential' as const }]));
  return openWorkspace(folder, { providers });
}

/** Only the packages. Their tests use our own names and documents. */
const STRICT = { declaration: true, isolatedDeclarations: true, paths: {} };
const COMPILERS = [
  ['TypeScript 7', join(ROOT, 'node_modules/typescript-7/bin/tsc')],
  ['TypeScript 5', join(ROOT, 'node_modules/typescript/bin/tsc')],
] as const;

async function typeCheck(folder: string): Promise<string> {
  for (const { name } of documents) {
    const file = join(folder, 'generated', name, 'src/validators.ts');
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) await writeFile(file, checked(text));
  }
  const include = documents.map(({ name }) => `generated/${name}`);
  const config = { extends: join(ROOT, 'tsconfig.json'), include, exclude: ['node_modules', '**/test'] };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ ...config, compilerOptions: STRICT }));
  const times: string[] = [];
  for (const [name, compiler] of COMPILERS) {
    const start = performance.now();
    const ran = await run(process.execPath, ['--max-old-space-size=8192', compiler, '--noEmit', '-p', folder], {
      cwd: folder,
      maxBuffer: 1e8,
    }).catch((error: { readonly stdout: string; readonly stderr: string }) => error);
    const lines = `${ran.stdout}${ran.stderr}`.split('\n').filter((line) => /^\S/.test(line));
    problems.push(...lines.map((line) => `${name}: ${line}`));
    times.push(`${name} ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
  return times.join(', ');
}

async function importAll(folder: string): Promise<ReadonlyMap<string, string>> {
  const counts = new Map<string, string>();
  for (const { name } of documents) {
    const script = fileURLToPath(new URL('import-package.ts', import.meta.url));
    const ran = await run(process.execPath, [script, join(folder, 'generated', name)]).catch((error: Error) => error);
    if (ran instanceof Error) problems.push(`${name}: cannot be imported: ${ran.message}`);
    else counts.set(name, ran.stdout.trim());
  }
  return counts;
}

/** Swagger 2.0 is rejected with a location and a fix. */
async function refuseSwagger(folder: string): Promise<string> {
  const workspace = await openFolder(folder, [SWAGGER]);
  const error = await generate(workspace).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InputError)) {
    problems.push(`${SWAGGER.name}: ${error === undefined ? 'was accepted' : String(error)}`);
    return '';
  }
  return error.diagnostics.map(({ at, code, message }) => `${at.line}:${at.column} ${code}: ${message}`).join('; ');
}

const folder = await mkdtemp(join(tmpdir(), 'countersign-real-'));
try {
  await fetchPackages();
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const workspace = { ...(await openFolder(folder, documents)), cache: join(folder, 'cache') };
  const result = await generate(workspace, { keepGoing: true });
  problems.push(...result.problems.map(({ at, code, message }) => `${at.file}:${at.line} ${code}: ${message}`));
  const time = await typeCheck(folder);
  const counts = await importAll(folder);
  const rows = documents.map(({ name, has }) => {
    const report = result.reports.find(({ provider }) => provider === name);
    const warnings = result.warnings.filter(({ at }) => at.file.includes(`specs/${name}/`)).length;
    return [name, has, counts.get(name) ?? '-', String(warnings), (report?.ms ?? 0).toFixed(0)];
  });
  for (const line of table(['document', 'has', 'operations', 'warnings', 'ms'], rows, false)) console.log(line);
  console.log(`${documents.length} documents. Type-check of all: ${time}`);
  console.log(`${SWAGGER.has}: ${await refuseSwagger(await mkdtemp(join(folder, 'swagger-')))}`);
} finally {
  if (process.env.KEEP === undefined) await rm(folder, { recursive: true, force: true });
  else console.log(folder);
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
