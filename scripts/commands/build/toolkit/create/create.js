#!/usr/bin/env node
// `npm create countersign`: a folder with a workspace in it. Plain JavaScript, so that it runs on any version of Node.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';

const HELP = `Create a workspace of Countersign.

  npm create countersign [folder] -- [options]

  --yes                   Ask nothing
  --scope <@name>         npm scope of the generated packages (default: the name of the folder)
  --provider <name>       Add a first provider
  --from <file or URL>    Its OpenAPI document
  --signing <scheme>      How its requests are signed, such as hmac-sha256 or stripe
  --editor <name>         Write settings of an editor: vscode
  --ci <name>             Write workflows of a CI server: github
  --no-install            Write package.json and install nothing
`;

/** The toolkit needs this version; a project may bring its own, which npm finds first. */
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
    return { folder: where, values: { ...values, provider, from } };
  } finally {
    lines.close();
  }
}

function run(command, args, cwd) {
  // npm and npx are scripts of a shell on Windows.
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' });
  if (error) fail(`${command} cannot be run: ${error.message}`);
  if (status !== 0) fail(`\`${command} ${args.join(' ')}\` failed in ${cwd}.`);
}

async function main() {
  const read = readOptions();
  if (read.values.help) return console.log(HELP);
  const interactive = !read.values.yes && process.stdin.isTTY;
  const { folder, values } = interactive
    ? await askFor(read.values, read.positionals[0])
    : { folder: read.positionals[0] ?? 'my-apis', values: read.values };
  if (values.from && !values.provider) fail('`--from` needs `--provider`, the name of the provider.');
  const root = resolve(folder);
  if (existsSync(root) && readdirSync(root).some((name) => name !== '.git'))
    fail(`${folder} is not empty. Choose another folder, or run \`npx countersign init\` in it.`);
  // A file is named from the folder that the user is in.
  const from = values.from && !/^https?:/.test(values.from) ? resolve(values.from) : values.from;
  mkdirSync(root, { recursive: true });
  const name =
    basename(root)
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'my-apis';
  writeFileSync(
    resolve(root, 'package.json'),
    `${JSON.stringify({ name, private: true, type: 'module' }, undefined, 2)}\n`,
  );
  // Tests install the packages that were built here.
  const packages = (process.env.CREATE_COUNTERSIGN_PACKAGES ?? 'countersign @countersign/runtime').split(' ');
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const old = major < NODE[0] || (major === NODE[0] && minor < NODE[1]);
  const added = [...packages, ...(old ? ['node@24'] : [])];
  if (!values.install)
    return console.log(`Next: cd ${folder}, npm install --save-dev ${added.join(' ')}, npx countersign init`);
  run('npm', ['install', '--save-dev', '--no-audit', '--no-fund', ...added], root);
  const flags = (names) => names.flatMap((flag) => (values[flag] ? [`--${flag}`, values[flag]] : []));
  run('npx', ['countersign', 'init', '--yes', ...flags(['scope', 'editor', 'ci'])], root);
  if (values.provider) {
    run('npx', ['countersign', 'add', values.provider, ...flags(['signing']), ...(from ? ['--from', from] : [])], root);
    run('npx', ['countersign', 'generate'], root);
  }
  console.log(`\nNext:\n  cd ${folder}\n  ${values.provider ? 'npm run mock' : 'npx countersign add <provider>'}`);
}

await main();
