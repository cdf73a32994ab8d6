type Problem = { readonly message?: string | undefined; readonly path?: readonly PropertyKey[] | undefined };

/** Maximum number of alternatives in a message. A longer message is hard to read. */
const MOST_SHOWN = 5;

/** Describes why no alternative matches: the first error of each, with its location. */
export function alternativesText(failed: readonly (readonly Problem[])[]): string {
  const reasons = failed.map((problems) => {
    const [first] = problems;
    const path = first?.path?.map(String).join('.') ?? '';
    return `${path === '' ? '' : `${path}: `}${first?.message ?? 'does not match'}`;
  });
  const different = [...new Set(reasons)];
  const shown = different.slice(0, MOST_SHOWN).join('; or ');
  return `No alternative matches: ${shown}${different.length > MOST_SHOWN ? '; …' : ''}`;
}

/** Describes the issues of zod's unions, whose own message is only "Invalid input". */
export function describeAlternatives(issue: {
  readonly code: string;
  readonly errors?: readonly (readonly Problem[])[] | undefined;
  readonly matches?: readonly number[] | undefined;
  readonly options?: readonly unknown[] | undefined;
}): string | undefined {
  if (issue.code !== 'invalid_union') return undefined;
  if (issue.matches !== undefined) {
    return `Invalid input: must match exactly one alternative, matches ${issue.matches.map((index) => index + 1).join(' and ')}`;
  }
  if (issue.errors === undefined || issue.errors.length === 0) return 'Invalid discriminator';
  return alternativesText(issue.errors);
}
