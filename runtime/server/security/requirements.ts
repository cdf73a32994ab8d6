import { setOwn } from '../../contract/index.ts';
import { isPending } from '../after.ts';
import type { Call } from '../call.ts';
import { type Presented, Refusal } from '../refusal.ts';
import type { Known, SchemeCheck } from './check.ts';

type Refused = Refusal | undefined;

/** Checks a call. Undefined if it is accepted; `call.identity` is then the caller. */
export type RequirementCheck = (call: Call) => Refused | PromiseLike<Refused>;

type Scheme = { readonly name: string; readonly check: SchemeCheck };

/**
 * The priority of rejections: a wrong credential is more useful than one of another scheme, which is more useful than a
 * missing one.
 */
const WEIGHTS: Readonly<Record<Presented, number>> = { own: 0.5, other: 0.25, nothing: 0 };

/**
 * Checks the alternatives in their order, and the schemes of each in theirs. The alternative without schemes is always
 * last, and accepts only callers who sent no wrong credential: a caller whose token has expired must not become anonymous.
 * The rejection comes from the alternative that got furthest. Undefined: the operation is public.
 */
export function compileRequirements(given: readonly (readonly Scheme[])[]): RequirementCheck | undefined {
  const alternatives = given.toSorted((a, b) => Number(a.length === 0) - Number(b.length === 0));
  if (alternatives.length === 0) return undefined;
  const [only] = alternatives;
  if (alternatives.length === 1 && only) return only.length === 0 ? undefined : (call) => askAll(call, only);
  return (call) => askAny(call, alternatives);
}

function askAll(call: Call, schemes: readonly Scheme[], from = 0): Refused | PromiseLike<Refused> {
  for (let at = from; at < schemes.length; at += 1) {
    const { name, check } = schemes[at] as Scheme;
    const asked = check(call);
    if (isPending(asked)) {
      return asked.then((outcome) => admit(call, name, outcome) ?? askAll(call, schemes, at + 1));
    }
    const refusal = admit(call, name, asked);
    if (refusal) return refusal;
  }
  return undefined;
}

function admit(call: Call, name: string, outcome: Known | Refusal): Refused {
  if (outcome instanceof Refusal) return outcome;
  const identity = { ...call.identity };
  setOwn(identity, name, outcome.identity);
  call.identity = identity;
  if (outcome.delivery) call.delivery = outcome.delivery;
  return undefined;
}

async function askAny(call: Call, alternatives: readonly (readonly Scheme[])[]): Promise<Refused> {
  // A scheme in two alternatives is checked once: a second check would see its signature as a replay.
  const asked = new Map<SchemeCheck, Known | Refusal>();
  let best: { readonly passed: number; readonly refusal: Refusal } | undefined;
  let wrong: Refusal | undefined;
  for (const schemes of alternatives) {
    if (schemes.length === 0 && wrong) return wrong;
    const identity: Record<string, unknown> = {};
    let delivery: Known['delivery'];
    let refusal: Refusal | undefined;
    let passed = 0;
    for (const { name, check } of schemes) {
      const outcome = asked.get(check) ?? (await check(call));
      asked.set(check, outcome);
      if (outcome instanceof Refusal) {
        refusal = outcome;
        passed += WEIGHTS[outcome.presented];
        if (WEIGHTS[outcome.presented] > (wrong ? WEIGHTS[wrong.presented] : 0)) wrong = outcome;
        break;
      }
      setOwn(identity, name, outcome.identity);
      delivery = outcome.delivery ?? delivery;
      passed += 1;
    }
    if (!refusal) {
      call.identity = identity;
      call.delivery = delivery;
      return undefined;
    }
    if (!best || passed > best.passed) best = { passed, refusal };
  }
  return best?.refusal;
}
