import type { OperationValidators, Validator } from '@countersign/runtime/contract';
import { expect } from 'vitest';

export type Answered = { readonly status: number; readonly body: unknown; readonly headers: Headers };

/** Reads a response and checks it against the contract: a declared status, a valid body, and never a 5xx. */
export async function expectDeclared(validators: OperationValidators, response: Response): Promise<Answered> {
  const { status, headers } = response;
  const text = await response.text();
  expect(status, text).toBeLessThan(500);
  const declared = validators.responses[String(status)];
  expect(declared, `status ${status} is not declared: ${text}`).toBeDefined();
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  const validator = declared?.['application/json'];
  if (validator !== undefined) expect(await issuesOf(validator, body), text).toEqual([]);
  return { status, body, headers };
}

/** The issues that a generated validator reports for a value; none if it is valid. */
export async function issuesOf(validator: Validator, value: unknown): Promise<readonly string[]> {
  const { issues = [] } = await validator['~standard'].validate(value);
  return issues.map(({ message, path = [] }) => `${path.map(String).join('/')}: ${message}`);
}

/** Whether a server accepts a value: its validator does, and no `__proto__` would be lost before the handler. */
export async function isValid(validator: Validator | undefined, value: unknown): Promise<boolean> {
  if (validator === undefined) return true;
  const result = await validator['~standard'].validate(value);
  return result.issues === undefined && keepsPrototypes(value, result.value);
}

function keepsPrototypes(given: unknown, kept: unknown): boolean {
  if (typeof given !== 'object' || given === null || typeof kept !== 'object' || kept === null) return true;
  return Object.entries(given).every(([name, member]) => {
    const found = Object.getOwnPropertyDescriptor(kept, name);
    return found === undefined ? name !== '__proto__' : keepsPrototypes(member, found.value);
  });
}
