/** `serve` as a separate process, for tests that need several or end one. */
import { openOutput } from '../../../scripts/commands/cli/output.ts';
import { serveCommand } from '../../../scripts/commands/cli/serve.ts';
import { openWorkspace } from '../../../scripts/config/workspace.ts';

const workspace = openWorkspace(process.cwd());
await serveCommand(workspace, openOutput(process.stdout, process.stderr, process.env)).parseAsync();
