import { join } from 'node:path';
import { refusal } from '../../common/diagnostics/troubleshooting.ts';
import { isObject } from '../../common/document/pointer.ts';
import { readIfThere } from './plan.ts';

const PATH = 'package.json';

/** What we read of a workspace's own package.json. */
export type ProjectManifest = {
  readonly private?: boolean;
  readonly type?: string;
  readonly scripts?: object;
  readonly dependencies?: object;
  readonly devDependencies?: object;
  readonly license?: string;
  readonly repository?: Repository;
};
/** The field `repository` of a `package.json`. */
export type Repository = string | { readonly type?: string; readonly url?: string; readonly directory?: string };

/**
 * The workspace's package.json; undefined if it has none.
 * @throws {InputError} if it is not a JSON object
 */
export async function readProjectManifest(root: string): Promise<ProjectManifest | undefined> {
  const text = await readIfThere(join(root, PATH));
  if (text === undefined) return undefined;
  const refuse = (message: string) =>
    refusal('package-json', message, 'Fix the file. npm cannot read it either.', PATH);
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch (error) {
    throw refuse(`The file is not valid JSON: ${(error as Error).message}.`);
  }
  if (!isObject(manifest)) throw refuse('The file does not contain a JSON object.');
  return manifest;
}
