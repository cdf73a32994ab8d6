import { kindIn, type OperationDescriptor, type OperationValidators, type Validator } from '../contract/index.ts';
import { withCharset } from './write-body.ts';

/** HTTP defines no body for these statuses, even if a range of statuses declares one. */
export const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * A response whose only media type is JSON, without headers, events, parts and XML. It needs no choice and no encoding,
 * and most responses are of this kind.
 */
export type Plain = {
  readonly contentType: string;
  readonly validator: Validator | undefined;
  readonly keep: (body: unknown) => unknown;
};

/** Undefined if the response is of another kind. */
export function compilePlain(
  status: number,
  declared: OperationDescriptor['responses'][number],
  validators: OperationValidators | undefined,
  keeperOf: (validator: Validator) => Plain['keep'],
): Plain | undefined {
  const [type, ...others] = declared.content;
  if (type === undefined || others.length > 0 || type.includes('*') || BODILESS.has(status)) return undefined;
  if (kindIn(type, declared) !== 'json') return undefined;
  if (declared.xml?.[type] || declared.parts?.[type] || declared.events?.[type]) return undefined;
  if (declared.requiredHeaders?.length || validators?.responseHeaders?.[declared.status]) return undefined;
  const validator = validators?.responses[declared.status]?.[type];
  return { contentType: withCharset(type), validator, keep: validator ? keeperOf(validator) : (body) => body };
}

/** Whether a value is JSON data by its type: an object without a class, or a list. */
export function isData(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.getPrototypeOf(value) === Object.prototype || Array.isArray(value);
}
