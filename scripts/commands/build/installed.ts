import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Whether code in a folder can import a package, regardless of the package's exports. */
export function isInstalled(from: string, name: string): boolean {
  const folders = createRequire(join(from, 'package.json')).resolve.paths(name) ?? [];
  return folders.some((folder) => existsSync(join(folder, name, 'package.json')));
}
