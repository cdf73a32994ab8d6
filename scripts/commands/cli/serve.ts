import { resolve } from 'node:path';
import { Command } from 'commander';
import { explained } from '../../common/diagnostics/troubleshooting.ts';
import { jsonText } from '../../common/text/literal.ts';
import { chooseProviders, type Workspace } from '../../config/workspace.ts';
import { hasSandbox, loadSandboxes } from '../serve/load-sandboxes.ts';
import { explainStart } from './explain-start.ts';
import { parsePort } from './numbers.ts';
import { onStop } from './on-stop.ts';
import type { Output } from './output.ts';
import { requireStore } from './require-store.ts';

type Flags = {
  readonly port: number;
  readonly host: string;
  readonly data: string;
  readonly memory?: true;
  readonly json?: true;
};

/** The command `serve`. */
export function serveCommand(workspace: Workspace, output: Output): Command {
  return new Command('serve')
    .description('Run a sandbox of the providers: real business logic, an embedded database and demo credentials')
    .argument('[provider...]', 'Providers to run; default: all; a single provider is also served at the root')
    .option('--port <number>', 'Listen on this port; 0: any free port', parsePort, 4000)
    .option('--host <address>', 'Listen on this address', '127.0.0.1')
    .option('--data <folder>', 'Store the embedded database in this folder', '.data')
    .option('--memory', 'Keep the database in memory')
    .option('--json', 'Print the addresses and credentials as one line of JSON')
    .addHelpText(
      'after',
      '\nSet DATABASE_URL=postgres://… to store data in PostgreSQL. Default: files in the data folder.',
    )
    .action(async (asked: string[], flags: Flags) => {
      const chosen = await chooseProviders(workspace, asked);
      const providers = chosen.filter((provider) => hasSandbox(workspace, provider));
      const missing = asked.filter((name) => !providers.includes(name));
      if (missing.length > 0 || providers.length === 0) {
        const whose = missing.join(', ') || 'any provider';
        output.err(explained('sandbox-missing', `No sandbox found for ${whose}. Write plugins/<provider>/sandbox.ts.`));
        process.exitCode = 1;
        return;
      }
      const { memory, data, port, host } = flags;
      const databaseUrl = memory ? undefined : process.env.DATABASE_URL || undefined;
      requireStore(databaseUrl === undefined ? '@electric-sql/pglite' : 'pg');
      const [{ startSandbox }, { describeSandbox }] = await Promise.all([
        import('../serve/start-sandbox.ts'),
        import('../serve/describe.ts'),
      ]);
      const sandboxes = await loadSandboxes(workspace, providers);
      try {
        const running = await startSandbox({
          sandboxes,
          databaseUrl,
          folder: memory ? undefined : resolve(workspace.root, data),
          port,
          host,
        });
        onStop(() => void running.close());
        const { url, store } = running;
        const served = await running.describe();
        if (flags.json) {
          output.out(jsonText({ ok: true, url, store: store.kind, providers: served }));
          return;
        }
        for (const line of describeSandbox(served)) output.out(line);
        output.out('');
        output.out(`Signatures and tokens in these commands expire. Run curl ${url}/ for new ones.`);
        if (host !== '127.0.0.1' && host !== 'localhost' && host !== '::1')
          output.err(output.colors.yellow(`Listening on ${host}: other machines can reach this sandbox.`));
      } catch (error) {
        const why = explainStart(error, flags, !memory);
        if (why === undefined) throw error;
        output.err(output.colors.red(why));
        process.exitCode = 1;
      }
    });
}
