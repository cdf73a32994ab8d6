import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { refusal } from '../../common/diagnostics/troubleshooting.ts';
import { isInstalled } from '../build/installed.ts';

/** Dependencies of `@countersign/runtime/store`, which only users of a sandbox install. */
const PACKAGES = ['drizzle-orm', 'rate-limiter-flexible'];

/**
 * Looks for the dependencies of a sandbox before any of them is imported.
 * @param database the package of its database
 * @throws {InputError} with the packages to install
 */
export function requireStore(database: '@electric-sql/pglite' | 'pg'): void {
  const store = dirname(createRequire(import.meta.url).resolve('@countersign/runtime/store'));
  const missing = [...PACKAGES, database].filter((name) => !isInstalled(store, name));
  if (missing.length === 0) return;
  const message = `A sandbox requires ${missing.join(', ')}, which is not installed.`;
  throw refusal('store-packages', message, `npm install --save-dev ${missing.join(' ')}`, 'package.json');
}
