import { Command } from 'commander';
import type { Workspace } from '../../config/workspace.ts';

/** `lsp`: the language server, over standard input and output. */
export function lspCommand(workspace: Workspace): Command {
  return new Command('lsp')
    .description('Start the language server for editors, over standard input and output')
    .option('--stdio', 'Use standard input and output, the default and only transport')
    .action(async () => {
      const { startServer } = await import('../lsp/server.ts');
      await startServer(workspace);
    });
}
