/** The conditions of one attribute. All given operators must hold. */
export type Rule = {
  readonly eq?: string | number | boolean;
  readonly gt?: number;
  readonly gte?: number;
  readonly lt?: number;
  readonly lte?: number;
};

/** By attribute: the response of a game server in mode A. */
export type Rules = Readonly<Record<string, Rule>>;

/** The response of a game server in mode B. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

export type RuleFailure = {
  readonly attribute: string;
  readonly operator: string;
  readonly expected: unknown;
  /** Undefined if the attribute is missing. */
  readonly actual: string | number | boolean | undefined;
  readonly kind: 'missing' | 'type' | 'value' | 'operator';
  /** `level must be at least 10, is 9`. */
  readonly reason: string;
};

export type Judgement = { readonly passed: boolean; readonly failures: readonly RuleFailure[] };

const OPERATORS = {
  eq: { words: '', holds: (actual: unknown, expected: unknown) => actual === expected },
  gt: { words: 'more than ', holds: (actual: number, expected: number) => actual > expected },
  gte: { words: 'at least ', holds: (actual: number, expected: number) => actual >= expected },
  lt: { words: 'less than ', holds: (actual: number, expected: number) => actual < expected },
  lte: { words: 'at most ', holds: (actual: number, expected: number) => actual <= expected },
} as const;

/**
 * Checks a claim as moonpacket does: it passes if the user satisfies every rule. A missing attribute fails, and so does
 * one whose type differs from the rule's: values are not converted. All failures are listed, in the order of the rules.
 */
export function evaluateRules(rules: Rules, attributes: Attributes): Judgement {
  const failures = Object.entries(rules).flatMap(([attribute, rule]) =>
    Object.entries(rule).flatMap(([operator, expected]) => judge(attribute, operator, expected, attributes) ?? []),
  );
  return { passed: failures.length === 0, failures };
}

function judge(
  attribute: string,
  operator: string,
  expected: unknown,
  attributes: Attributes,
): RuleFailure | undefined {
  const actual = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
  const fail = (kind: RuleFailure['kind'], reason: string): RuleFailure => ({
    attribute,
    operator,
    expected,
    actual,
    kind,
    reason: `${attribute} ${reason}`,
  });
  if (!isOperator(operator)) return fail('operator', `has a rule with the unknown operator ${operator}`);
  if (operator !== 'eq' && typeof expected !== 'number') {
    return fail('operator', `has a rule whose ${operator} is not a number`);
  }
  const wanted = `must be ${OPERATORS[operator].words}${JSON.stringify(expected)}`;
  if (actual === undefined) return fail('missing', `${wanted}, is missing`);
  if (typeof actual !== typeof expected) return fail('type', `${wanted}, is a ${typeof actual}`);
  const holds = OPERATORS[operator].holds as (actual: unknown, expected: unknown) => boolean;
  return holds(actual, expected) ? undefined : fail('value', `${wanted}, is ${JSON.stringify(actual)}`);
}

function isOperator(text: string): text is keyof typeof OPERATORS {
  return Object.hasOwn(OPERATORS, text);
}
