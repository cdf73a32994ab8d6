/** Help texts begin with a verb in the imperative, in the toolkit's own commands and in the lines that commander adds. */
import { rm } from 'node:fs/promises';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOutput } from '../../scripts/commands/cli/output.ts';
import { commandsOf } from '../../scripts/commands/cli/program.ts';
import { cliReference } from '../../scripts/commands/site/cli-reference.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { makeWorkspace, run } from './run.ts';

/** How a description may begin. A new verb is added here; a noun or an adverb is a mistake. */
const VERBS = new Set(
  `Accept Add Apply Build Call Check Compare Create Delay Divide Do Exit Forward Generate Ignore Keep Listen Print Publish
  Receive Replace Request Run Send Serve Sign Start Store Use Watch Write`.split(/\s+/),
);

const all = (commands: readonly Command[]): readonly Command[] =>
  commands.flatMap((each) => [each, ...all(each.commands)]);

let cwd: string;
let commands: readonly Command[];
beforeAll(async () => {
  cwd = await makeWorkspace();
  commands = await commandsOf(openWorkspace(cwd), openOutput(process.stdout, process.stderr, { CI: '1' }));
});
afterAll(() => rm(cwd, { recursive: true }));

describe('descriptions', () => {
  it('of commands and options begin with a capital verb', () => {
    const described = all(commands).flatMap((command) => [
      command.description(),
      ...command.options.map(({ description }) => description),
    ]);
    expect(described.length).toBeGreaterThan(60);
    expect(described.filter((text) => !VERBS.has(text.split(' ', 1)[0] ?? ''))).toEqual([]);
  });

  it('of arguments begin with a capital letter', () => {
    const described = all(commands).flatMap(({ registeredArguments }) => registeredArguments);
    expect(described.length).toBeGreaterThan(5);
    expect(described.map(({ description }) => description).filter((text) => !/^[A-Z]/.test(text))).toEqual([]);
  });

  it('are those of the reference page', () => {
    const page = cliReference(commands);
    expect(page).toContain('\nGenerate packages from specs and plugins.\n');
    expect(page).toContain('| `--force` | Ignore the cache and regenerate everything |  |');
    expect(page).toContain('| `provider` | Providers to generate; default: all |');
  });
});

describe('the printed help', () => {
  it.each([
    ['the program', []],
    ['a command', ['generate']],
    ['a command with commands', ['mock']],
    ['a command of a command', ['mock', 'fire']],
  ])('of %s has no line that begins with a small letter', async (_, args) => {
    const { code, out } = await run([...args, '--help'], cwd);
    expect(code).toBe(0);
    const entries = out.split('\n').flatMap((line) => /^ {2}\S.*? {2,}(\S.*)$/.exec(line)?.[1] ?? []);
    expect(entries.length).toBeGreaterThan(4);
    expect(entries.filter((text) => !/^[A-Z]/.test(text))).toEqual([]);
    expect(out).toMatch(/^ {2}-h, --help +Print the help of a command$/m);
  });

  it('of the program includes its version and the help command', async () => {
    const { out } = await run(['help'], cwd);
    expect(out).toMatch(/^ {2}-v, --version +Print the version$/m);
    expect(out).toMatch(/^ {2}help \[command\] +Print the help of a command$/m);
  });
});
