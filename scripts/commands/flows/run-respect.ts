import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import type { Workspace } from '../../config/workspace.ts';
import { unmarked } from '../../lint/hidden-refs.ts';
import { documentShape, flowsShape } from '../../load/shapes.ts';
import { asNode, type Node } from '../../model/reader.ts';
import { closedText } from './closed-text.ts';
import { documentFile, flowsFile } from './load-provider.ts';
import { prepareDocument } from './prepare-document.ts';
import { type DeclaredWorkflow, listWorkflows, makeInputs, prepareFlows } from './prepare-flows.ts';
import type { FlowProvider } from './types.ts';

/** Time limit of one provider's flows in milliseconds. */
const LIMIT = 120_000;

/** The result of a run of Respect. */
export type RespectRun = {
  readonly declared: readonly DeclaredWorkflow[];
  /** The report that `--json-output` wrote; undefined if respect ended before. */
  readonly report: Node | undefined;
  /** The output of the process. */
  readonly printed: string;
};

/**
 * Runs copies of a provider's flows, which call the proxy, with `redocly respect` as a process in a folder of its own.
 *
 * @param folder empty, the provider's alone
 * @param server base URL of the provider at the proxy
 */
export async function runRespect(
  workspace: Workspace,
  { provider, credentials }: FlowProvider,
  folder: string,
  server: string,
): Promise<RespectRun> {
  const flows = asNode(parse(await readFile(flowsFile(workspace, provider), 'utf8')));
  const document = asNode(JSON.parse(await readFile(documentFile(workspace, provider), 'utf8')));
  const file = 'flows.arazzo.json';
  const result = 'result.json';
  const texts = {
    'openapi.json': await closedText(document, documentShape, (given) => prepareDocument(given, server)),
    [file]: await closedText(flows, flowsShape, (given) => prepareFlows(given, 'openapi.json')),
  };
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text);
  const inputs = JSON.stringify(makeInputs(flows, Object.keys(credentials)));
  const printed = await start(['respect', file, '--json-output', result, '--input', inputs], folder);
  const report = await readFile(join(folder, result), 'utf8').then(
    (text) => asNode(asNode(asNode(JSON.parse(unmarked(text))).files)[file]),
    () => undefined,
  );
  return { declared: listWorkflows(flows), report, printed: unmarked(printed) };
}

/** Resolves with the output. The report contains the result: respect exits with 1 if flows fail. */
function start(args: readonly string[], cwd: string): Promise<string> {
  const manifest = createRequire(import.meta.url).resolve('@redocly/cli/package.json');
  const child = spawn(process.execPath, [join(dirname(manifest), 'bin/cli.js'), ...args], {
    cwd,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT,
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', () => resolve(printed));
  });
}

/** Nothing is sent to other machines, and the user's settings have no effect. */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^REDOCLY_|_PROXY$|^NODE_ENV$/i.test(name));
  return {
    ...Object.fromEntries(own),
    REDOCLY_TELEMETRY: 'off',
    REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
    NO_COLOR: '1',
  };
}
