/**
 * `npm run test:responses [document…]`: requests every declared response of large public documents, static and dynamic,
 * and validates each with the generated validator. It takes minutes. `agreement.deep.test.ts` does the same for small
 * documents.
 */
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { loadMockProvider } from '../../scripts/commands/mock/load-provider.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { run } from '../cli/run.ts';
import { EVERY_DOCUMENT } from '../real/documents.ts';
import { openBoth } from './agreement/both-servers.ts';
import { requestEveryResponse } from './agreement/responses.ts';

const names = process.argv.length > 2 ? process.argv.slice(2) : ['github', 'gitbook', 'figma'];
const root = await mkdtemp(join(tmpdir(), 'countersign-responses-'));
try {
  await symlink(join(import.meta.dirname, '../../node_modules'), join(root, 'node_modules'));
  for (const name of names) {
    const file = EVERY_DOCUMENT.find((one) => one.name === name)?.file;
    if (file === undefined) throw new Error(`test/real/documents.ts has no document ${name}.`);
    await mkdir(join(root, 'specs', name), { recursive: true });
    await cp(file, join(root, 'specs', name, `openapi${extname(file)}`));
  }
  const providers = Object.fromEntries(names.map((name) => [name, { lint: 'essential' }]));
  await writeFile(join(root, 'countersign.config.ts'), `export default ${JSON.stringify({ providers })};\n`);
  const { code, err } = await run(['generate'], root);
  if (code !== 0) throw new Error(err);
  for (const name of names) {
    const provider = await loadMockProvider(openWorkspace(root), name);
    const { asked, wrong } = await requestEveryResponse(await openBoth(provider, join(root, 'generated', name)));
    console.log(`${name}: ${provider.operations.length} operations, ${asked} responses, ${wrong.length} wrong`);
    for (const each of wrong) console.log(`  ${each.slice(0, 500)}`);
    if (wrong.length > 0) process.exitCode = 1;
  }
} finally {
  await rm(root, { recursive: true, force: true });
}
