import { emitClient } from './emit/client.ts';
import { emitDocument } from './emit/document.ts';
import { emitErrors } from './emit/errors.ts';
import { emitIndex } from './emit/index-module.ts';
import { chooseNames } from './emit/naming.ts';
import { emitOperations } from './emit/operations.ts';
import { emitPackage } from './emit/package.ts';
import { emitPlugins } from './emit/plugins.ts';
import { emitReadme } from './emit/readme.ts';
import { emitServer } from './emit/server.ts';
import { emitTypes } from './emit/types.ts';
import { emitTypeTests, emitValidators } from './emit/validators.ts';
import type { Api, File } from './model/types.ts';

export type EmitOptions = {
  /** npm scope of the package. Default `@countersign`. */
  readonly scope?: string;
  /** What orval made of the model, which takes another tool and time: see emit/hooks.ts. */
  readonly hooks?: readonly File[];
  /** Of validators. Default `passthrough`. */
  readonly unknownKeys?: 'passthrough' | 'strip';
};

/** Every file of one provider's package, as text. Emitters know the model and nothing of each other. */
export function emit(
  api: Api,
  { scope = '@countersign', hooks = [], unknownKeys = 'passthrough' }: EmitOptions = {},
): readonly File[] {
  const naming = chooseNames(api);
  const modules = [
    ...emitTypes(api),
    ...emitOperations(api),
    ...emitErrors(api, naming),
    ...emitValidators(api, { unknownKeys }),
    ...emitPlugins(api, naming),
    ...emitClient(api, naming),
    ...emitServer(api, naming),
    ...emitIndex(api, naming),
    ...hooks,
    ...emitTypeTests(api),
  ];
  const paths = new Set(modules.map(({ path }) => path));
  return [
    ...modules,
    ...emitDocument(api),
    ...emitPackage(api, scope, paths),
    ...emitReadme(api, naming, scope, paths),
  ];
}
