/**
 * Thrown by a compiled check where zod must decide: the value is valid, but the output differs from it (a default is
 * filled in, a property is left out), or it is an object that JSON cannot write. Inside `not` or `oneOf`, "false" would
 * be a wrong verdict. It is one frozen object: a stack trace would cost more than the check.
 */
const JUDGED_ELSEWHERE = /* @__PURE__ */ Object.freeze({ name: 'JudgedElsewhere' });

/** Leaves the verdict to zod. */
export function unlikely(): never {
  throw JUDGED_ELSEWHERE;
}
