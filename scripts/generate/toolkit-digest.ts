import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashPaths } from './cache.ts';
import type { Digests } from './digests.ts';

const TOOLKIT = fileURLToPath(new URL('../../', import.meta.url));

/** What determines the output beside a provider's own files: files and folders below the root of the toolkit. */
export const TOOLKIT_PATHS: readonly string[] = ['scripts', 'templates', 'specs/x-cs.schema.json', 'package-lock.json'];

/**
 * A digest of the toolkit and the versions that it uses. A bundle of the toolkit is used only while these files are
 * unchanged: in it, this module contains only the digest.
 */
export const hashToolkit = (digests: Digests): string =>
  hashPaths(
    TOOLKIT_PATHS.map((path) => join(TOOLKIT, path)),
    TOOLKIT,
    digests,
  );
