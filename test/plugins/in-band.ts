import type { OperationValidators } from '@countersign/runtime/contract';
import { expect } from 'vitest';
import { issuesOf } from '../sandbox/harness/index.ts';

/** Reads the response of an API that reports failures in the body, and validates it against the contract. */
export async function expectInBand<Body>(validators: OperationValidators, response: Response): Promise<Body> {
  const text = await response.text();
  const status = String(response.status);
  expect(response.status, text).toBeLessThan(500);
  const declared = validators.responses[status] ?? validators.responses[`${status.slice(0, 1)}XX`];
  const validator = declared?.['application/json'];
  if (validator === undefined) throw new Error(`status ${status} is not declared: ${text}`);
  const body: unknown = JSON.parse(text);
  expect(await issuesOf(validator, body), text).toEqual([]);
  return body as Body;
}
