import type { Api, File } from '../model/types.ts';
import { emitClient } from './client/index.ts';
import { emitDocument } from './document/index.ts';
import { emitErrors } from './errors/index.ts';
import { emitIndex } from './index-module/index.ts';
import { emitOperations } from './operations/index.ts';
import { emitPackage } from './package/index.ts';
import { emitPlugins } from './plugins/index.ts';
import { emitReadme } from './readme/index.ts';
import { emitServer } from './server/index.ts';
import { emitTypeTests, emitValidators, type ValidatorOptions } from './validators/index.ts';
import { chooseNames } from './views/naming.ts';

export type EmitOptions = {
  /** Of validators; default `passthrough`. Of a server's responses; default `strip`. */
  readonly unknownKeys?: 'passthrough' | 'strip';
  /** Formats of which validators take more than the standard says. */
  readonly formats?: NonNullable<ValidatorOptions['formats']>;
};

/** What is data in the main, and much of the work: descriptors, validators, the tests of their types, the document. */
export function emitData(api: Api, options: EmitOptions = {}): readonly File[] {
  return [...emitOperations(api), ...emitValidators(api, options), ...emitTypeTests(api), ...emitDocument(api)];
}

/** What makes a client and a server of the data. */
export function emitCode(api: Api, { unknownKeys }: EmitOptions = {}): readonly File[] {
  const naming = chooseNames(api);
  return [
    ...emitErrors(api, naming),
    ...emitPlugins(api, naming),
    ...emitClient(api, naming),
    ...emitServer(api, naming, unknownKeys),
    ...emitIndex(api, naming),
  ];
}

/** What is no module. Emitters know the model and nothing of each other. */
export function emitAround(api: Api, modules: readonly File[], scope: string): readonly File[] {
  const paths = new Set(modules.map(({ path }) => path));
  return [...emitPackage(api, scope, paths), ...emitReadme(api, chooseNames(api), scope, paths)];
}
