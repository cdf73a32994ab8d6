#!/usr/bin/env node
// `npm create countersign` creates a folder with a workspace. It is plain JavaScript, so that it runs on any version of
// Node.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';

const HELP = `Create a workspace of Countersign.

  npm create countersign [folder] -- [options]

  --yes                   Do not prompt; a script without a terminal is never prompted
  --scope <@name>         Use this npm scope for the generated packages (default: the name of the folder)
  --provider <name>       Add a first provider
  --from <file or URL>    Start from this OpenAPI document
  --signing <scheme>      Sign its requests with this scheme, such as hmac-sha256 or stripe
  --editor <name>         Write settings of an editor: vscode
  --ci <name>             Write workflows of a CI server: github
  --no-install            Write package.json, install nothing and print the commands that are left
`;

/** The values of `countersign add --signing`. The build of the package inserts them. */
const SIGNINGS = JSON.parse(readFileSync(new URL('signings.json', import.meta.url), 'utf8'));

/** The version of Node that the toolkit needs. A project may install its own, which npm finds first. */
const NODE = [24, 18];

function fail(message) {
  console.error(`error: ${message}`);
  process.exit(1);
}

function readOptions() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        yes: { type: 'boolean', short: 'y' },
        help: { type: 'boolean', short: 'h' },
        scope: { type: 'string' },
        provider: { type: 'string' },
        from: { type: 'string' },
        signing: { type: 'string' },
        editor: { type: 'string' },
        ci: { type: 'string' },
        install: { type: 'boolean', default: true },
      },
      allowNegative: true,
    });
  } catch (error) {
    return fail(`${error.message}\n\n${HELP}`);
  }
}

async function askFor(values, folder) {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const ask = async (question, proposed) =>
    (await lines.question(`${question}${proposed ? ` (${proposed})` : ''}: `)).trim() || proposed;
  try {
    const where = folder ?? (await ask('Folder', 'my-apis'));
    const provider = values.provider ?? (await ask('First provider, empty for none', ''));
    const from =
      provider && !values.from ? await ask('Its OpenAPI document, a file or a URL, empty for none', '') : values.from;
    const signing =
      provider && !values.signing
        ? await ask('How its requests are signed, such as hmac or stripe, empty for not', '')
        : values.signing;
    return { folder: where, values: { ...values, provider, from, signing } };
  } finally {
    lines.close();
  }
}

/** Rejects what a later command would reject after minutes of installing. */
function check({ provider, from, signing, scope, editor, ci }) {
  for (const [flag, value] of Object.entries({ from, signing }))
    if (value && !provider) fail(`\`--${flag}\` needs \`--provider\`, the name of the provider.`);
  if (provider && !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(provider))
    fail(`"${provider}" is not a valid provider name. Use lower-case words with hyphens, such as \`dicey-fun\`.`);
  if (scope && !/^@[a-z0-9~-][a-z0-9._~-]*$/.test(scope))
    fail(`"${scope}" is not a valid npm scope. Expected a name such as \`@acme\`.`);
  const choices = { signing: [signing, SIGNINGS], editor: [editor, ['vscode']], ci: [ci, ['github']] };
  for (const [flag, [value, allowed]] of Object.entries(choices))
    if (value && !allowed.includes(value))
      fail(
        `\`--${flag} ${value}\` is not supported. Expected ${allowed.length > 1 ? 'one of ' : ''}${allowed.join(', ')}.`,
      );
  if (from && !/^https?:/.test(from) && !statSync(from, { throwIfNoEntry: false })?.isFile())
    fail(`The document ${from} does not exist, or is not a file. Use a file, or a URL that starts with https://.`);
}

/** @param undo called before the process ends because the command failed */
function run(command, args, cwd, undo = () => undefined) {
  // On Windows, npm and npx are scripts that need a shell.
  const { status, error, stdout } = spawnSync(command, args, {
    cwd,
    stdio: ['inherit', /^(init|add)$/.test(args[1] ?? '') ? 'pipe' : 'inherit', 'inherit'],
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  // This command runs the next step itself, so it is not printed.
  if (stdout) process.stdout.write(stdout.replace(/^Next: .*\n/gm, ''));
  if (!error && status === 0) return;
  undo();
  fail(error ? `${command} cannot be run: ${error.message}` : `\`${command} ${args.join(' ')}\` failed in ${cwd}.`);
}

async function main() {
  const read = readOptions();
  if (read.values.help) return console.log(HELP);
  const interactive = !read.values.yes && process.stdin.isTTY;
  const { folder, values } = interactive
    ? await askFor(read.values, read.positionals[0])
    : { folder: read.positionals[0] ?? 'my-apis', values: read.values };
  check(values);
  const root = resolve(folder);
  if (existsSync(root) && readdirSync(root).some((name) => name !== '.git'))
    fail(`${folder} is not empty. Choose another folder, or run \`npx countersign init\` in it.`);
  // Paths of files are relative to the user's current folder.
  const from = values.from && !/^https?:/.test(values.from) ? resolve(values.from) : values.from;
  const isNew = !existsSync(root);
  mkdirSync(root, { recursive: true });
  const name =
    basename(root)
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'my-apis';
  // Tests install the packages that were built here.
  const packages = (process.env.CREATE_COUNTERSIGN_PACKAGES ?? 'countersign @countersign/runtime')
    .split(' ')
    .filter(Boolean);
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const old = major < NODE[0] || (major === NODE[0] && minor < NODE[1]);
  const added = [...packages, ...(old ? ['node@24'] : [])];
  // npm asks which packages may run a script when they are installed.
  const allowScripts = { esbuild: true, ...(old && { node: true }) };
  const manifest = { name, private: true, type: 'module', allowScripts };
  writeFileSync(resolve(root, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  const flags = (names) => names.flatMap((flag) => (values[flag] ? [`--${flag}`, values[flag]] : []));
  const install = ['install', '--save-dev', '--no-audit', '--no-fund', ...added];
  const steps = [
    ['countersign', 'init', '--yes', ...flags(['scope', 'editor', 'ci'])],
    ...(values.provider
      ? [
          ['countersign', 'add', values.provider, ...flags(['signing']), ...(from ? ['--from', from] : [])],
          ['countersign', 'generate'],
        ]
      : []),
  ];
  const enter = root === process.cwd() ? [] : [`cd ${/\s/.test(folder) ? `"${folder}"` : folder}`];
  if (!values.install) {
    const commands = [`npm ${install.join(' ')}`, ...steps.map((step) => `npx ${step.join(' ')}`)];
    return console.log(`Next:\n${[...enter, ...commands].map((line) => `  ${line}`).join('\n')}`);
  }
  // npm and npx run on the user's version of Node, and warn of packages that only run on the project's own version.
  run('npm', [...install, '--loglevel=error'], root, () =>
    isNew ? rmSync(root, { recursive: true, force: true }) : rmSync(resolve(root, 'package.json'), { force: true }),
  );
  for (const step of steps) run('npx', step, root);
  const next = [...enter, values.provider ? 'npm run mock' : 'npx countersign add <provider>'];
  console.log(`\nNext:\n${next.map((line) => `  ${line}`).join('\n')}`);
}

await main();
