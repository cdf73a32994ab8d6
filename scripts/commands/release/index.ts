import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Workspace } from '../../config/workspace.ts';
import { buildProviders, packageFolder } from '../build/build.ts';
import { writeChangelog } from './changelog.ts';
import { type Check, checkTests, runChecks } from './checks.ts';
import { type Plan, planRelease } from './plan.ts';
import { helpFor, openRegistry, RegistryError } from './registry.ts';

/** The scope of a release. */
export type ReleaseOptions = {
  readonly providers: readonly string[];
  /** Report what would happen, without doing it. */
  readonly dryRun: boolean;
  readonly onStep?: (text: string) => void;
};

/** The result for one package of a release. */
export type Outcome = {
  readonly plan: Plan;
  readonly kind: 'published' | 'planned' | 'unchanged' | 'failed';
  readonly error?: string;
  /** How to fix the error. */
  readonly help?: string;
};
/** The result of a release. */
export type ReleaseResult = { readonly checks: readonly Check[]; readonly outcomes: readonly Outcome[] };

/**
 * The whole release: collect, plan as data, then publish. The last release is read from the registry, never from this
 * repository, so that a run that stopped halfway can be repeated and continues there.
 */
export async function release(
  workspace: Workspace,
  { providers, dryRun, onStep }: ReleaseOptions,
): Promise<ReleaseResult> {
  // 1. check: nothing is published from a tree that is not committed
  onStep?.('checking the repository');
  const checks = await runChecks(workspace);
  if (!dryRun && checks.some(({ problem }) => problem !== undefined)) return { checks, outcomes: [] };

  const registry = openRegistry({ root: workspace.root, ...workspace.config.release });
  const temporary = await mkdtemp(join(tmpdir(), 'countersign-release-'));
  try {
    // 2. plan: build, compare with the published packages, choose versions
    const plans = await planRelease(workspace, providers, registry, temporary, onStep);
    const due = plans.filter(({ next }) => next !== undefined);
    if (dryRun || due.length === 0) {
      return {
        checks,
        outcomes: plans.map((plan) => ({ plan, kind: plan.next === undefined ? 'unchanged' : 'planned' })),
      };
    }

    // 3. test, if something will be published
    onStep?.('running the tests');
    const tested = [...checks, await checkTests(workspace)];
    if (tested.some(({ problem }) => problem !== undefined)) return { checks: tested, outcomes: [] };

    // 4. build again, with versions and changelogs
    const versions = new Map(due.map(({ provider, next = '' }) => [provider, next]));
    const changelogs = new Map(due.map((plan) => [plan.provider, writeChangelog(plan)]));
    const onProvider = (provider: string): void => onStep?.(`building ${provider} with its version and changelog`);
    await buildProviders(workspace, [...versions.keys()], { versions, changelogs, onProvider });

    // 5. publish, one after the other; a failure does not stop the others
    const outcomes: Outcome[] = [];
    for (const plan of plans) {
      if (plan.next === undefined) {
        outcomes.push({ plan, kind: 'unchanged' });
        continue;
      }
      onStep?.(`publishing ${plan.name}@${plan.next}`);
      try {
        await registry.publish(packageFolder(workspace, plan.provider));
        outcomes.push({ plan, kind: 'published' });
      } catch (error) {
        if (!(error instanceof RegistryError)) throw error;
        outcomes.push({ plan, kind: 'failed', error: error.message, help: helpFor(error.message) });
      }
    }
    return { checks: tested, outcomes };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
