import { isObject } from '../common/document/pointer.ts';
import { documentShape, methods } from '../load/shapes.ts';
import type { JsonDocument, Step } from './step.ts';
import { transform } from './transform.ts';

/** `fetch` sends no body with these, and HTTP gives it no meaning (RFC 9110, sections 9.3.1, 9.3.2 and 9.3.8). */
const BODILESS: readonly string[] = ['get', 'head', 'trace'];

/** Leaves out bodies that no client can send, with a warning: the operation can then be called without. Reports TRACE. */
export const withoutUnsendable: Step = (document, { derivations, warn }) =>
  transform(
    document,
    documentShape,
    (value, name, pointer) => {
      if (name !== 'PathItem') return value;
      let changed = value;
      for (const method of methods) {
        const operation = value[method];
        if (!isObject(operation) || !BODILESS.includes(method)) continue;
        const at = `${pointer}/${method}`;
        if (method === 'trace') {
          const message = 'TRACE operations are not supported: `fetch` forbids the method in browsers and in Node.';
          warn(at, 'method-trace', message, 'Remove the operation, or use another method if the provider offers one.');
        }
        if (operation.requestBody === undefined) continue;
        warn(
          `${at}/requestBody`,
          'body-unsendable',
          `The body of this ${method.toUpperCase()} request is ignored: \`fetch\` cannot send it, and HTTP does not define its meaning.`,
          'Send the values as query parameters, or use a POST or QUERY operation if the provider offers one.',
        );
        const { requestBody: _, ...rest } = operation;
        changed = { ...changed, [method]: derivations.derive(rest, operation) };
      }
      return changed;
    },
    derivations,
  ) as JsonDocument;
