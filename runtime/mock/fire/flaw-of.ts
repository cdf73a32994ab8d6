import { kindOf } from '../../contract/index.ts';
import { check, describeFlaws } from '../../server/validate.ts';
import type { MockOperation } from '../types.ts';

/**
 * The violation of the contract in a receiver's response; undefined if there is none, or if the contract does not
 * describe the response.
 */
export async function flawOf(
  { responses }: MockOperation['validators'],
  { status, body }: { readonly status: number; readonly body: string },
): Promise<string | undefined> {
  const text = String(status);
  const declared = responses[text] ?? responses[`${text[0]}XX`] ?? responses['default'] ?? {};
  const [mediaType = '', validator] = Object.entries(declared)[0] ?? [];
  // If the contract has several media types, the receiver chooses one. Only JSON is validated here.
  if (!validator || Object.keys(declared).length > 1 || kindOf(mediaType) !== 'json') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return 'the response is not JSON';
  }
  const { flaws } = await check(validator, value, '');
  return flaws && `the response does not match the contract: ${describeFlaws(flaws)}`;
}
