import { Command, Option } from 'commander';
import { baseUrlVariable } from '../../../runtime/client/configuration.ts';
import { chooseProviders, type Workspace } from '../../config/workspace.ts';
import { credentialsOf, publicHalf } from '../mock/demo-credentials.ts';
import { LISTEN_PORT } from '../mock/find-listener.ts';
import type { FireFlags } from '../mock/fire.ts';
import { issuerEnvironment } from '../mock/issuer-environment.ts';
import { keepHeapSmall } from '../mock/keep-heap-small.ts';
import type { StartOptions } from '../mock/start.ts';
import { hasSandbox } from '../serve/load-sandboxes.ts';
import { explainStart } from './explain-start.ts';
import { formatOption } from './format.ts';
import { fraction, parsePort, whole } from './numbers.ts';
import { onStop } from './on-stop.ts';
import type { Output } from './output.ts';
import { requireStore } from './require-store.ts';

type Flags = {
  readonly port: number;
  readonly host: string;
  readonly verify: boolean;
  readonly validate: boolean;
  readonly watch: boolean;
  readonly chaos?: number;
  readonly delay?: number;
  readonly seed: string;
  readonly stateful?: true;
  readonly memory?: true;
};

const PREFER = `
The request header Prefer selects the response:
  code=422      Return this error code of the provider in its envelope, or this HTTP status
  example=name  Return the example with this name
  dynamic=true  Generate values from the schema; seed=… repeats them
  x-delay=800   Delay the response by this number of milliseconds`;

/**
 * `mock`: serves every provider of the workspace on one port, from its spec; `fire`: sends webhooks; `env`: prints the
 * demo credentials.
 */
export function mockCommand(workspace: Workspace, output: Output): Command {
  return new Command('mock')
    .description('Serve a mock of every provider, with signature checks, examples, a console and docs')
    .argument('[provider...]', 'Providers to serve; default: all; a single provider is served at the root')
    .option('--port <number>', 'Listen on this port; 0: any free port', parsePort, 4010)
    .option('--host <address>', 'Listen on this address; the default accepts only this machine', '127.0.0.1')
    .option('--no-verify', 'Do not check credentials, signatures, timestamps, nonces and tokens')
    .option('--no-validate', 'Do not reject requests that violate the contract')
    .option('--no-watch', 'Do not reload a spec when it changes')
    .option('--chaos <share>', 'Replace this share of responses with failures, from 0 to 1', fraction)
    .option('--delay <ms>', 'Delay each response by this number of milliseconds', whole(0, 60_000))
    .option('--seed <text>', 'Generate failures and values from this seed', '1')
    .option('--stateful', "Keep state instead of returning examples: with the sandbox's logic, or by paths and ids")
    .option('--memory', 'Keep the state of --stateful in memory instead of in .data/mock')
    .addHelpText('after', PREFER)
    .action(async (asked: string[], flags: Flags) => {
      const providers = await chooseProviders(workspace, asked);
      if (flags.stateful && providers.some((name) => hasSandbox(workspace, name))) requireStore('@electric-sql/pglite');
      const { startMock } = await import('../mock/start.ts');
      const { chaos, delay } = flags;
      const options: StartOptions = {
        ...flags,
        providers,
        atRoot: asked.length === 1,
        stateful: flags.stateful === true,
        memory: flags.memory === true,
        ...(chaos !== undefined && { chaos }),
        ...(delay !== undefined && { delay }),
      };
      const mock = await startMock(workspace, options, output).catch((error: unknown) => {
        const why = explainStart(error, flags, false);
        if (why === undefined) throw error;
        output.err(output.colors.red(why));
        process.exitCode = 1;
      });
      if (!mock) return;
      keepHeapSmall();
      onStop(() => void mock.close());
    })
    .addCommand(fireCommand(workspace, output))
    .addCommand(listenCommand(output))
    .addCommand(envCommand(workspace, output));
}

function fireCommand(workspace: Workspace, output: Output): Command {
  return new Command('fire')
    .description('Call your server as the provider does: sign, retry and check the response')
    .argument('<provider>', 'Provider with webhooks, callbacks or plugins/<provider>/fire.ts')
    .argument('[event]', 'Webhook, callback or operation to call; default: all')
    .option('--to <url>', 'Call this URL; default: the address of `mock listen`')
    .option('--all', 'Call every webhook and callback with each of its examples')
    .addOption(
      new Option('--count <number>', 'Send each message this number of times, or push this number of rows').argParser(
        whole(1, 1_000_000),
      ),
    )
    .addOption(
      new Option('--rate <number>', 'Send this number of messages per second; default: one after another').argParser(
        whole(1, 10_000),
      ),
    )
    .option('--repeat-id', 'Send each message --count times with the same id; default: 2')
    .option('--no-retry', 'Do not retry failed messages; default: retry as the contract declares')
    .addOption(
      new Option('--speed <factor>', 'Divide the retry delays of the contract by this factor').argParser(
        whole(1, 1_000_000),
      ),
    )
    .option('--user <id>', 'Request this user id (moonpacket)')
    .option('--operation <id>', 'Call this operation, as the argument event does')
    .option('--json', 'Print the result as JSON')
    .addOption(formatOption())
    .action(async (provider: string, event: string | undefined, flags: FireFlags) => {
      await chooseProviders(workspace, [provider]);
      const { fireAndPrint } = await import('../mock/fire.ts');
      const asked = { ...flags, ...(event !== undefined && { operation: event }) };
      process.exitCode = await fireAndPrint(workspace, provider, asked, output);
    });
}

type ListenFlags = { readonly forwardTo: string; readonly port: number };

function listenCommand(output: Output): Command {
  return new Command('listen')
    .description('Receive the events of all providers at one address and forward them to your server')
    .requiredOption('--forward-to <url>', 'Forward the events to this URL of your server')
    .option('--port <number>', 'Listen on this port; 0: any free port', parsePort, LISTEN_PORT)
    .action(async ({ forwardTo, port }: ListenFlags) => {
      const { startListener } = await import('../mock/listen.ts');
      const listening = await startListener({ forwardTo, port }, output).catch((error: unknown) => {
        const why =
          error instanceof TypeError ? error.message : explainStart(error, { port, host: '127.0.0.1' }, false);
        if (why === undefined) throw error;
        output.err(output.colors.red(why));
        process.exitCode = 1;
      });
      if (listening) onStop(() => void listening.close());
    });
}

/** A PEM key has several lines: in quotes, with `\\n`, it fits into a file of variables. */
const quoted = (value: string): string => (/\s/.test(value) ? JSON.stringify(value) : value);

type EnvFlags = { readonly port: number; readonly url?: string; readonly root?: boolean };

function envCommand(workspace: Workspace, output: Output): Command {
  return new Command('env')
    .description('Print the demo credentials as environment variables')
    .argument('[provider...]', 'Providers to print; default: all')
    .option(
      '--url <url>',
      'Use this URL of the mock in the base URL and the endpoints of OAuth; default: http://127.0.0.1 with --port',
    )
    .option('--root', 'Print the base URL of a mock that serves this provider alone, at the root')
    .action(async (asked: string[], _: object, command: Command) => {
      const { port, url = `http://127.0.0.1:${port}`, root }: EnvFlags = command.optsWithGlobals();
      const { loadMockProvider } = await import('../mock/load-provider.ts');
      for (const name of await chooseProviders(workspace, asked)) {
        const { api, credentials } = await loadMockProvider(workspace, name);
        const issued = issuerEnvironment(api, credentials, url);
        output.out(`${baseUrlVariable(api)}=${url.replace(/\/+$/, '')}${root ? '' : `/${name}`}`);
        for (const [variable, value] of issued.variables) output.out(`${variable}=${quoted(value)}`);
        for (const { name: credential, env, pair } of credentialsOf(api)) {
          if (issued.tokens.has(credential)) continue;
          output.out(`${env}=${quoted(credentials[credential] ?? '')}`);
          if (pair) output.out(`${env}_PUBLIC=${quoted(credentials[publicHalf(credential)] ?? '')}`);
        }
      }
    });
}
