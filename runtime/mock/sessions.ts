import { randomBytes } from 'node:crypto';
import type { ApiDescriptor, SessionScheme } from '../contract/index.ts';
import { equalBytes } from '../signing/index.ts';

/** The tokens that a provider's logins returned. They are lost when the process ends. */
export type Sessions = {
  /** A new token in the format of the document's example. */
  issue(scheme: SessionScheme, example: unknown): string;
  check(scheme: SessionScheme, token: string): 'known' | 'expired' | 'unknown';
  /** Marks all earlier tokens as expired. */
  expireAll(): void;
};

type Held = { readonly token: string; readonly issued: number; expired: boolean };

/** Maximum number of tokens of one scheme. The oldest are removed first. */
const MOST = 10_000;

/**
 * Creates the sessions of a provider.
 * @param clock returns milliseconds since 1970
 */
export function createSessions(clock: () => number = Date.now): Sessions {
  const byScheme = new Map<string, Map<string, Held>>();
  const heldOf = ({ name }: SessionScheme): Map<string, Held> => {
    const known = byScheme.get(name) ?? new Map<string, Held>();
    byScheme.set(name, known);
    return known;
  };
  return {
    issue(scheme, example) {
      const held = heldOf(scheme);
      const token = makeToken(example);
      held.set(token, { token, issued: clock(), expired: false });
      if (held.size > MOST) held.delete(held.keys().next().value ?? '');
      return token;
    },
    check(scheme, token) {
      const known = heldOf(scheme).get(token);
      // The time of a map lookup depends on the token. The token that it finds is therefore compared completely and in
      // constant time.
      if (!known || !equalBytes(token, known.token)) return 'unknown';
      const old = scheme.maxAge !== undefined && clock() - known.issued > scheme.maxAge * 1000;
      return known.expired || old ? 'expired' : 'known';
    },
    expireAll() {
      for (const held of byScheme.values()) for (const each of held.values()) each.expired = true;
    },
  };
}

/** Finds the schemes whose token a login returns, by operationId of the login. */
export function loginsOf({ securitySchemes }: ApiDescriptor): ReadonlyMap<string, readonly SessionScheme[]> {
  const pairs = Object.values(securitySchemes).flatMap((scheme) =>
    scheme.kind === 'session' ? scheme.operations.map((operation) => ({ operation, scheme })) : [],
  );
  const grouped = Map.groupBy(pairs, ({ operation }) => operation);
  return new Map([...grouped].map(([operation, own]) => [operation, own.map(({ scheme }) => scheme)]));
}

/** Returns a copy of a body with the token at the pointer. If the pointer does not exist, it returns the same body. */
export function withToken(body: unknown, pointer: string, issue: (example: unknown) => string): unknown {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const put = (value: unknown, [step, ...rest]: readonly string[]): unknown => {
    if (step === undefined) return issue(value);
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return value;
    if (Array.isArray(value)) return value.map((item, i) => (String(i) === step ? put(item, rest) : item));
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, name === step ? put(item, rest) : item]),
    );
  };
  return put(body, steps);
}

/** Number of random bytes that are read from the system at once, because small reads are slow. */
const POOL = 4096;
let pool = Buffer.alloc(0);

function random(bytes: number): string {
  if (pool.length < bytes) pool = randomBytes(POOL);
  const taken = pool.subarray(0, bytes);
  pool = pool.subarray(bytes);
  return taken.toString('base64url');
}

/** Creates a token. It has three parts if the example looks like a JWT, for clients that check the format. */
function makeToken(example: unknown): string {
  const isJwt = typeof example === 'string' && /^[^.\s]+\.[^.\s]+\.[^.\s]+$/.test(example);
  return isJwt ? `${random(9)}.${random(18)}.${random(18)}` : `demo-${random(24)}`;
}
