import { nearest } from '../common/text/nearest.ts';
import type { Emitter } from '../emit/emitter.ts';
import { around, registry, usedNames } from '../emit/index.ts';
import { shapeProblems } from './emitter-shape.ts';
import { type Problem, written } from './problem.ts';
import { checkSettings } from './settings.ts';
import type { Config, EmitterUse } from './types.ts';

/** An emitter that the configuration names, with its checked settings. */
export type UsedEmitter = {
  readonly emitter: Emitter;
  readonly settings: unknown;
  /** Where the configuration names it. */
  readonly path: readonly PropertyKey[];
};

/** The emitters of a run, in the order of their needs. */
export type ResolvedEmitters = {
  /** The emitters of a provider, each after its dependencies. */
  readonly of: (provider: string) => readonly UsedEmitter[];
  readonly problems: readonly Problem[];
};

const OWN = [...registry, ...around].map(({ name }) => name);

/** Checks every emitter separately, and for each provider whether its emitters are compatible. */
export async function resolveEmitters(config: Config, providers: readonly string[]): Promise<ResolvedEmitters> {
  const problems: Problem[] = [];
  const read = async (uses: readonly EmitterUse[] | undefined, path: readonly PropertyKey[]) => {
    const read = (uses ?? []).map((use, index) => readUse(use, [...path, index]));
    const made = await Promise.all(read);
    problems.push(...made.flatMap((one) => one.problems));
    return made.flatMap(({ used }) => used ?? []);
  };
  const forAll = await read(config.emitters, ['emitters']);
  const byProvider = new Map<string, readonly UsedEmitter[]>();
  for (const [provider, { emitters }] of Object.entries(config.providers ?? {}))
    byProvider.set(provider, [...forAll, ...(await read(emitters, ['providers', provider, 'emitters']))]);
  // An emitter's own error is more useful than its consequences.
  if (problems.length === 0)
    for (const provider of new Set([...providers, ...byProvider.keys()])) {
      const ordered = order(byProvider.get(provider) ?? forAll, provider, config);
      byProvider.set(provider, ordered.used);
      problems.push(...ordered.problems);
    }
  const told = new Map(problems.map((problem) => [`${problem.path.join('.')} ${problem.message}`, problem]));
  return { of: (provider) => byProvider.get(provider) ?? forAll, problems: [...told.values()] };
}

async function readUse(
  use: EmitterUse,
  path: readonly PropertyKey[],
): Promise<{ readonly used?: UsedEmitter; readonly problems: readonly Problem[] }> {
  const isPair = Array.isArray(use);
  const [emitter, settings, ...more] = (isPair ? use : [use]) as readonly [Emitter, unknown?, ...unknown[]];
  if (isPair && (use.length === 0 || more.length > 0))
    return {
      problems: [
        { path, message: `${written(path)}: must be \`[emitter, settings]\`.`, help: 'Remove the other elements.' },
      ],
    };
  const wrong = shapeProblems(emitter, path);
  if (wrong.length > 0) return { problems: wrong };
  const checked = await checkSettings(emitter, settings, isPair ? [...path, 1] : path);
  if ('problems' in checked) return checked;
  return { used: { emitter, settings: checked.value, path }, problems: [] };
}

/** Each after its dependencies, otherwise in the written order. */
function order(
  uses: readonly UsedEmitter[],
  provider: string,
  { providers = {} }: Config,
): { readonly used: readonly UsedEmitter[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const byName = new Map<string, UsedEmitter>();
  for (const use of uses) {
    const { name } = use.emitter;
    const other = byName.get(name);
    if (OWN.includes(name)) problems.push(clash(use, name, 'countersign has a built-in emitter with this name'));
    else if (other !== undefined) problems.push(clash(use, name, `${written(other.path)} has the same name`));
    else byName.set(name, use);
  }
  const ours = usedNames({ hooks: providers[provider]?.hooks });
  const used: UsedEmitter[] = [];
  const under = new Set<UsedEmitter>();
  const place = (use: UsedEmitter): void => {
    if (used.includes(use) || under.has(use)) return;
    under.add(use);
    for (const need of use.emitter.needs ?? []) {
      const needed = byName.get(need);
      if (needed === undefined) {
        if (!ours.includes(need)) problems.push(lacking(use, need, provider, [...ours, ...byName.keys()]));
      } else if (under.has(needed) && !used.includes(needed)) {
        const message = `${written(use.path)}: \`${use.emitter.name}\` and \`${need}\` need each other.`;
        problems.push({ path: use.path, message, help: 'Remove one of the two from `needs`.' });
      } else place(needed);
    }
    used.push(use);
  };
  for (const use of byName.values()) place(use);
  return { used, problems };
}

const clash = ({ path }: UsedEmitter, name: string, why: string): Problem => ({
  path,
  message: `${written(path)}: the emitter name \`${name}\` is used twice: ${why}.`,
  help: 'Rename or remove one of the two emitters.',
});

/** The value of the setting `hooks` that enables each of our optional emitters, for messages. */
const HOOKS = new Map([
  ['hooks', 'true'],
  ['msw', 'true'],
  ['hooks-vue', "'vue'"],
  ['hooks-svelte', "'svelte'"],
]);

function lacking({ path, emitter }: UsedEmitter, need: string, provider: string, known: readonly string[]): Problem {
  const message = `${written(path)}: the emitter \`${emitter.name}\` needs \`${need}\`, which ${provider} does not have.`;
  const hooks = HOOKS.get(need);
  if (hooks !== undefined)
    return {
      path,
      message,
      help: `Set \`hooks: ${hooks}\` for \`providers.${provider}\`, or configure the emitter only for other providers.`,
    };
  const near = nearest(need, known);
  const help =
    near === undefined ? `Add it to \`emitters\`. Known emitters: ${known.join(', ')}.` : `Did you mean \`${near}\`?`;
  return { path, message, help };
}
