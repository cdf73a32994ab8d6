import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { Command } from 'commander';
import type { InputError } from '../../common/diagnostics/diagnostic.ts';
import type { Finding } from '../../common/diagnostics/formats.ts';
import { refusal } from '../../common/diagnostics/troubleshooting.ts';
import { isObject } from '../../common/document/pointer.ts';
import { jsonText } from '../../common/text/literal.ts';
import { chooseProviders, settingsOf, type Workspace } from '../../config/workspace.ts';
import { type Change, largest } from '../diff/types.ts';
import { type FormatFlags, formatOf, formatOption, printFindings } from './format.ts';
import { type Output, printChanges } from './output.ts';

type Flags = FormatFlags & { readonly against?: string };

/** A change that breaks users fails a build where errors do. */
const LEVELS = { major: 'error', minor: 'warning', patch: 'note' } as const;

/** `diff`: what the contract says otherwise than the published one, or than any openapi.json. */
export function diffCommand(workspace: Workspace, output: Output): Command {
  return new Command('diff')
    .description('tell how generated contracts differ from the published ones, and what that does to the version')
    .argument('[provider...]', 'only these; default: all below specs/')
    .option('--against <file>', "an earlier openapi.json; default: the registry's")
    .option('--json', 'print the differences as JSON')
    .addOption(formatOption())
    .action(async (asked: string[], { against, ...flags }: Flags) => {
      const providers = await chooseProviders(workspace, asked);
      if (against !== undefined && providers.length !== 1)
        throw refusal('diff-against', 'It compares one provider.', 'Name the provider.', '--against');
      const { compareContracts, readContract } = await import('../diff/index.ts');
      const results = [];
      for (const provider of providers) {
        const before =
          against === undefined ? await lastDocument(workspace, provider) : await readDocument(against, EARLIER);
        const generated = join(workspace.generated, provider, 'openapi.json');
        const after = await readDocument(generated, 'Run `countersign generate`.', relative(workspace.root, generated));
        const role = settingsOf(workspace, provider).role ?? 'caller';
        const now = readContract(after, provider);
        const compare = async (earlier: unknown): Promise<readonly Change[]> => {
          try {
            return compareContracts(readContract(earlier, provider), now, role);
          } catch (error) {
            // Anybody's file, which no rule has looked at. Where its rules hold, the error is ours.
            const problem = against === undefined ? undefined : await problemOf(against);
            throw against === undefined || problem === undefined ? error : notAContract(against, problem);
          }
        };
        const changes = before === undefined ? [] : await compare(before);
        results.push({
          provider,
          published: before !== undefined,
          bump: largest(changes.map(({ bump }) => bump)),
          changes,
        });
      }
      const format = formatOf(flags);
      if (format === 'json') return output.out(jsonText(results));
      if (format !== undefined) {
        const suites = results.map(({ provider, changes }) => {
          const file = relative(workspace.root, join(workspace.generated, provider, 'openapi.json'));
          return [provider, changes.map((change) => findingOf(change, file))] as const;
        });
        return printFindings(format, suites, 'diff', output);
      }
      for (const { provider, published, bump, changes } of results) {
        output.out(`${provider}: ${published ? (bump === 'none' ? 'no difference' : bump) : 'not published yet'}`);
        printChanges(changes, output);
      }
    });
}

const findingOf = ({ bump, operation, text }: Change, file: string): Finding => ({
  level: LEVELS[bump],
  code: `diff-${bump}`,
  text: operation === undefined ? text : `${operation} ${text}`,
  file,
  line: 1,
  column: 1,
});

const EARLIER = 'Name an earlier generated/<provider>/openapi.json.';

const notAContract = (file: string, problem: string): InputError =>
  refusal('diff-document', `This is not a contract that \`generate\` made. ${problem}`, EARLIER, file);

/** Words that `generate` writes and nobody else. */
const EXPANDED = /`x-cs-(path|when|webhook)`/;

/** The first error of a document that `generate` did not make; undefined where it may have. */
async function problemOf(file: string): Promise<string | undefined> {
  const [{ loadSpec }, { lintSpec }, { InputError: Problems }] = await Promise.all([
    import('../../load/index.ts'),
    import('../../lint/index.ts'),
    import('../../common/diagnostics/diagnostic.ts'),
  ]);
  const problems = await loadSpec(resolve(file), {})
    .then((spec) => lintSpec(spec, { profile: 'essential' }))
    .catch((error: unknown) => {
      if (error instanceof Problems) return error.diagnostics;
      throw error;
    });
  return problems.find(({ severity, message }) => severity === 'error' && !EXPANDED.test(message))?.message;
}

/** An `openapi.json` that `generate` made: the contract, expanded. */
async function readDocument(path: string, help: string, shown = path): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw refusal('diff-document', 'There is no such file.', help, shown);
  });
  const document = parseJson(text);
  if (!isObject(document) || !isObject(document.paths) || !isObject(document.info))
    throw refusal('diff-document', 'This is no OpenAPI document in JSON.', help, shown);
  return document;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function lastDocument(workspace: Workspace, provider: string): Promise<unknown> {
  const { openRegistry, RegistryError, registryProblem } = await import('../release/registry.ts');
  const registry = openRegistry({ root: workspace.root, ...workspace.config.release });
  const name = `${workspace.scope}/${provider}`;
  const temporary = await mkdtemp(join(tmpdir(), 'countersign-diff-'));
  try {
    const { last } = await registry.find(name);
    return last === undefined ? undefined : (await registry.fetch(name, last, temporary)).document;
  } catch (error) {
    throw error instanceof RegistryError ? registryProblem(error, workspace.config.release?.registry) : error;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
