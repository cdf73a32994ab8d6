/**
 * Thrown by a compiled check if zod must decide: the value is valid, but the output differs from it (a default is
 * applied, a property is removed), or it is an object that JSON cannot represent. Inside `not` or `oneOf`, "false"
 * would be a wrong result. It is one frozen object, because a stack trace would cost more than the check.
 */
const JUDGED_ELSEWHERE = /* @__PURE__ */ Object.freeze({ name: 'JudgedElsewhere' });

/** Throws, so that zod decides. */
export function unlikely(): never {
  throw JUDGED_ELSEWHERE;
}
