import { z } from 'zod';
import { nearest } from '../common/text/nearest.ts';
import { EMITTER_API, type Emitter } from '../emit/emitter.ts';
import { safePathProblem } from '../emit/safe-path.ts';
import { type Problem, written } from './problem.ts';

const isFunction = (value: unknown): boolean => typeof value === 'function';
const named = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be lower-case words with hyphens, such as `postman`');
const packageName = /^(@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/;

const shape = z.strictObject({
  name: named,
  api: z.unknown(),
  needs: z.array(z.string()).optional(),
  packages: z
    .record(z.string().regex(packageName, 'must be the name of an npm package'), z.string().min(1, 'must be a range'))
    .optional(),
  entries: z
    .record(
      z.string().regex(/^\.\/[\w-][\w./-]*$/, 'must be an entry point such as `./postman`'),
      z.string().refine((path) => safePathProblem(path) === undefined, 'must be a path inside the package'),
    )
    .optional(),
  settings: z
    .custom((value) => isFunction((value as { '~standard'?: { validate?: unknown } })['~standard']?.validate), {
      error: 'must be a Standard Schema, such as a zod or Valibot schema',
    })
    .optional(),
  emit: z.custom(isFunction, 'must be a function'),
});

const HELP = 'Write the emitter, or `[emitter, settings]`. docs/emitters.md builds one.';

/** The errors of an emitter from a package. */
export function shapeProblems(value: unknown, path: readonly PropertyKey[]): readonly Problem[] {
  if (typeof value !== 'object' || value === null) {
    const what = isFunction(value) ? 'a function' : value === undefined ? 'undefined' : `${JSON.stringify(value)}`;
    return [{ path, message: `${written(path)}: must be an emitter, received ${what}.`, help: HELP }];
  }
  const { name } = value as { readonly name?: unknown };
  const who = typeof name === 'string' ? `${written(path)}, the emitter \`${name}\`` : written(path);
  const result = shape.safeParse(value);
  const wrong = (result.error?.issues ?? []).flatMap((issue) => {
    const inside = issue.code === 'invalid_key' ? issue.issues[0] : undefined;
    if (issue.code !== 'unrecognized_keys') return [`\`${issue.path.join('.')}\`: ${inside?.message ?? issue.message}`];
    return issue.keys.map((key) => {
      const near = nearest(key, Object.keys(shape.shape));
      return `\`${key}\` is not a property of an emitter${near === undefined ? '' : `; did you mean \`${near}\`?`}`;
    });
  });
  if (wrong.length > 0) return wrong.map((said) => ({ path, message: `${who}: ${said}.`, help: HELP }));
  const { api } = value as Emitter;
  if (api === EMITTER_API) return [];
  const message = `${who}: was written for version ${JSON.stringify(api)} of the emitter API; this is version ${EMITTER_API}.`;
  return [{ path, message, help: 'Install a version of the emitter that supports this version of countersign.' }];
}
