import {
  createGateway,
  type Gateway,
  type LogEntry,
  noShelf,
  SCENARIOS,
  type Scenario,
} from '@countersign/runtime/mock';
import { listen } from '@countersign/runtime/server/node';
import { InputError } from '../../common/diagnostics/diagnostic.ts';
import { terminalText } from '../../common/text/literal.ts';
import type { Workspace } from '../../config/workspace.ts';
import type { Output } from '../cli/output.ts';
import { watch } from '../cli/watch.ts';
import { hasSandbox } from '../serve/load-sandboxes.ts';
import { announceRoles } from './announce-roles.ts';
import { findGuide } from './guide.ts';
import { loadMockProvider } from './load-provider.ts';
import { openPages } from './pages.ts';
import { openShelf } from './shelf.ts';

/** Which providers the mock serves, at which address, and its settings. */
export type StartOptions = {
  readonly providers: readonly string[];
  readonly atRoot: boolean;
  readonly port: number;
  readonly host: string;
  readonly verify: boolean;
  readonly validate?: boolean;
  readonly watch: boolean;
  readonly stateful: boolean;
  /** With `stateful`: keep the data in memory only. */
  readonly memory?: boolean;
  readonly seed: string;
  /** From 0 to 1. */
  readonly chaos?: number;
  /** Milliseconds. */
  readonly delay?: number;
};

/** A running mock. */
export type RunningMock = {
  /** `http://127.0.0.1:4010` */
  readonly url: string;
  readonly gateway: Gateway;
  close(): Promise<void>;
};

/** Milliseconds after the start at which unused providers are loaded. */
const WARM = 1500;

/** Starts the gateway, prints its address, and reloads specs when they are saved. */
export async function startMock(workspace: Workspace, options: StartOptions, output: Output): Promise<RunningMock> {
  const { providers, atRoot, port, host, verify, validate = true, seed, stateful, memory = false } = options;
  let url = '';
  const isLogic = stateful && providers.some((name) => hasSandbox(workspace, name));
  const logic = isLogic ? await (await import('./stateful.ts')).openStatefulLogic(workspace, memory) : undefined;
  const shelf = stateful ? (memory ? noShelf : openShelf(workspace)) : undefined;
  const gateway = createGateway({
    providers: providers.map((name) => ({ name, load: () => load(workspace, name) })),
    atRoot,
    verify,
    validate,
    seed,
    scenario: scenarioOf(options),
    pages: openPages({ workspace, url: () => url, providerAtRoot: atRoot, stateful }),
    ...(logic && { stateful: logic.open, resetStateful: logic.reset }),
    ...(shelf && { shelf }),
  });
  const listening = await listen(gateway, { port, hostname: host, shutdownTimeout: 500 }).catch(async (error) => {
    await logic?.close();
    throw error;
  });
  url = listening.url;
  announce(url, gateway, atRoot ? undefined : findGuide(workspace), options, output);
  if (stateful) await announceRoles(gateway, output);

  if (output.interactive) {
    gateway.log.subscribe((event) => {
      if (event.kind === 'notice') output.out(terminalText(event.notice.text));
      else output.out(terminalText(lineOf(event.entry)));
    });
  }
  const closed = new AbortController();
  if (options.watch) {
    const readAnew = async (touched: readonly string[]): Promise<void> => {
      for (const name of touched) {
        const done = await gateway.reload(name);
        const problem = gateway.slots.find((slot) => slot.name === name)?.problem ?? '';
        if (!done) output.err(problem);
        else if (!output.interactive) output.out(`specs/${name} was reloaded.`);
      }
    };
    void watch(workspace, providers, readAnew, closed.signal);
  }
  // Delayed, so that a first request waits only for its own provider.
  const warm = setTimeout(async () => {
    for (const slot of gateway.slots) await slot.get().catch(() => output.err(slot.problem ?? ''));
  }, WARM);
  const close = async (): Promise<void> => {
    clearTimeout(warm);
    closed.abort();
    await listening.close();
    await logic?.close();
  };
  return { url, gateway, close };
}

/** The errors of a spec, as `generate` prints them. */
async function load(workspace: Workspace, name: string) {
  try {
    return await loadMockProvider(workspace, name);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { formatDiagnostics } = await import('../../common/diagnostics/report.ts');
    throw new Error(formatDiagnostics(error.diagnostics, { color: false }), { cause: error });
  }
}

function scenarioOf({ chaos, delay }: StartOptions): Scenario {
  const normal = SCENARIOS[0] as Scenario;
  if (chaos === undefined && delay === undefined) return normal;
  const parts = [
    ...(chaos === undefined ? [] : [`${Math.round(chaos * 100)} % of responses are failures`]),
    ...(delay === undefined ? [] : [`responses are delayed by ${delay} ms`]),
  ];
  return { name: 'custom', description: `${parts.join(', ')}.`, chaos: chaos ?? 0, delay: delay ?? 0 };
}

function announce(
  url: string,
  { slots }: Gateway,
  guide: ReturnType<typeof findGuide>,
  { verify, validate = true, host, atRoot }: StartOptions,
  output: Output,
): void {
  const { bold, dim, yellow } = output.colors;
  output.out(`${bold('Mock')} on ${bold(url)}`);
  const lines = [
    ['console', atRoot ? '/__console/' : '/'],
    ['docs', '/docs/'],
    ...(guide === 'built' ? [['guide', '/guide/'] as const] : []),
    ...slots.map(({ name, prefix }) => [name, prefix] as const),
  ] as const;
  const width = Math.max(...lines.map(([name]) => name.length));
  for (const [name, path] of lines) output.out(`  ${name.padEnd(width)}  ${url}${path}`);
  if (guide === 'missing') output.out(dim('The guide is not built. Run `npm run docs:site` to serve it at /guide/.'));
  const printed = atRoot ? `mock env ${slots[0]?.name} --root` : 'mock env';
  output.out(dim(`Demo credentials: .data/demo-credentials.json, or \`${printed}\`.`));
  if (!verify) output.out(yellow('Verification is off (--no-verify): any credential and signature is accepted.'));
  if (!validate) output.out(yellow('Validation is off (--no-validate): invalid requests get a response.'));
  if (!['127.0.0.1', 'localhost', '::1'].includes(host)) {
    output.out(yellow(`Other machines can reach the mock (--host ${host}). The console only accepts this machine.`));
  }
}

function lineOf(entry: LogEntry): string {
  const { at, provider, operation, method, path, status, code, ms, problems } = entry;
  const time = new Date(at).toISOString().slice(11, 19);
  const result = code === undefined ? String(status) : `${status} code ${code}`;
  const said = problems.length > 0 ? `  ${problems[0]}` : '';
  return `${time}  ${provider}  ${operation ?? `${method} ${path}`}  ${result}  ${ms.toFixed(1)} ms${said}`;
}
