import { kindOf, matchMediaType } from '../../contract/index.ts';
import type { ExampleInput, MockOperation } from '../types.ts';

/** A location where a body violates the contract. */
export type Flaw = { readonly path: readonly (string | number)[]; readonly message: string };

/** Maximum number of problems to show. */
const MOST = 50;

/** Finds the violations of the contract in a body before it is sent. Empty if no schema describes the body. */
export async function checkBody(
  { descriptor, validators }: MockOperation,
  { body, contentType }: ExampleInput,
): Promise<readonly Flaw[]> {
  const content = descriptor.body?.content ?? [];
  const type = contentType === undefined ? content[0] : matchMediaType(contentType, content);
  const validator = type === undefined ? undefined : validators.body?.[type];
  if (!validator || body === undefined || !['json', 'form', 'multipart'].includes(kindOf(type ?? ''))) return [];
  const { issues = [] } = await validator['~standard'].validate(withoutFiles(body));
  return issues.slice(0, MOST).map(({ path = [], message }) => ({
    path: path
      .map((step) => (typeof step === 'object' ? step.key : step))
      .map((step) => (typeof step === 'number' ? step : String(step))),
    message,
  }));
}

/** Replaces files by strings, because a schema describes a file as a string. */
function withoutFiles(value: unknown): unknown {
  if (value instanceof Blob) return '';
  if (Array.isArray(value)) return value.map(withoutFiles);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutFiles(member)]));
}
