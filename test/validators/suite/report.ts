import type { Outcome } from './run.ts';

export type Total = {
  readonly right: number;
  readonly tests: number;
  readonly wronglyAccepted: number;
  readonly leftOut: number;
};

export function totalOf(outcomes: readonly Outcome[]): Total {
  const failures = outcomes.flatMap((outcome) => outcome.failures);
  const right = outcomes.reduce((sum, outcome) => sum + outcome.right, 0);
  return {
    right,
    tests: right + failures.length,
    wronglyAccepted: failures.filter(({ want, got }) => want === 'invalid' && got === 'valid').length,
    leftOut: outcomes.flatMap(({ leftOut }) => leftOut).length,
  };
}

export const percent = ({ right, tests }: Total): string => `${((100 * right) / Math.max(1, tests)).toFixed(1)} %`;

/** One part of the suite as a Markdown table, by file, ours beside AJV's. */
export function table(ours: readonly Outcome[], ajv: readonly Outcome[]): string {
  const rows = ours.map((outcome) => {
    const own = totalOf([outcome]);
    const other = totalOf(ajv.filter(({ file }) => file === outcome.file));
    return [outcome.file, own.tests, own.right, own.wronglyAccepted, own.leftOut, other.right, other.wronglyAccepted];
  });
  const [all, others] = [totalOf(ours), totalOf(ajv)];
  rows.push([
    '**all**',
    all.tests,
    `${all.right} (${percent(all)})`,
    all.wronglyAccepted,
    all.leftOut,
    `${others.right} (${percent(others)})`,
    others.wronglyAccepted,
  ]);
  return [
    '| file | tests | right | wrongly accepted | omitted | AJV right | AJV wrongly accepted |',
    '|---|--:|--:|--:|--:|--:|--:|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}

export function failureList(outcomes: readonly Outcome[]): string {
  const lines = outcomes.flatMap(({ file, failures }) =>
    failures.map(({ group, test, want, got }) => `- ${file}: ${group}: ${test}: must be ${want}, got ${got}`),
  );
  return lines.length === 0 ? 'None.' : lines.join('\n');
}

export function leftOutList(outcomes: readonly Outcome[]): string {
  const lines = outcomes.flatMap(({ file, leftOut }) =>
    leftOut.map(({ group, test, reason }) => `- ${file}: ${group}: ${test}: ${reason}`),
  );
  return lines.length === 0 ? 'None.' : lines.join('\n');
}
