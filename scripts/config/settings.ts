import type { Emitter, SettingsIssue } from '../emit/emitter.ts';
import { type Problem, written } from './problem.ts';

const keysOf = ({ path = [] }: SettingsIssue): readonly PropertyKey[] =>
  path.map((part) => (typeof part === 'object' ? part.key : part));

/** The settings of an emitter as its schema completes them. */
export async function checkSettings(
  { name, settings: schema }: Emitter,
  given: unknown,
  path: readonly PropertyKey[],
): Promise<{ readonly value: unknown } | { readonly problems: readonly Problem[] }> {
  if (schema === undefined) {
    if (given === undefined) return { value: undefined };
    const message = `${written(path)}: the emitter \`${name}\` does not take settings.`;
    return { problems: [{ path, message, help: 'Write the emitter without settings.' }] };
  }
  const result = await schema['~standard'].validate(given ?? {});
  if (result.issues === undefined) return { value: result.value };
  return {
    problems: result.issues.map((issue) => {
      const at = [...path, ...keysOf(issue)];
      const said = issue.message.replace(/\.$/, '');
      return {
        path: at,
        message: `${written(at)}: ${said}.`,
        help: `Correct the settings of the emitter \`${name}\`.`,
      };
    }),
  };
}
