import { withOperations } from '../common/document/path-operations.ts';
import { toPointer } from '../common/document/pointer.ts';
import type { Step } from './step.ts';
import { transform } from './transform.ts';

/**
 * `fetch` sends no body with these methods, and HTTP gives it no meaning (RFC 9110, sections 9.3.1, 9.3.2 and 9.3.8).
 */
const BODILESS: readonly string[] = ['GET', 'HEAD', 'TRACE'];
/** `fetch` sends no request with these (Fetch standard, section 2.2.1). */
const FORBIDDEN: readonly string[] = ['TRACE', 'TRACK', 'CONNECT'];

/** Node's HTTP parser knows these. */
const USUAL: readonly string[] = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH'];

/** Not an import, which would load all of `fetch` in each thread: 45 ms of the processor. */
const isKnownToNode = (method: string): boolean =>
  USUAL.includes(method) || process.getBuiltinModule('node:http').METHODS.includes(method);

/** Removes bodies that no client can send, with a warning. Reports methods that cannot be sent or received. */
export const withoutUnsendable: Step = (document, { derivations, warn }) =>
  transform(
    document,
    ['PathItem'],
    (value, pointer) =>
      withOperations(
        value,
        ({ method, steps, operation }) => {
          const at = `${pointer()}${toPointer(steps)}`;
          if (FORBIDDEN.includes(method)) {
            const message = `${method} operations are not supported: \`fetch\` forbids the method in browsers and in Node.`;
            warn(
              at,
              'method-trace',
              message,
              'Remove the operation, or use another method if the provider offers one.',
            );
          } else if (!isKnownToNode(method)) {
            const message = `The generated server cannot receive ${method}: Node's HTTP parser does not know this method.`;
            warn(at, 'method-unknown', message, 'Serve the operation on a platform other than Node, or only call it.');
          }
          if (operation.requestBody === undefined || !BODILESS.includes(method)) return operation;
          warn(
            `${at}/requestBody`,
            'body-unsendable',
            `The body of this ${method} request is ignored: \`fetch\` cannot send it, and HTTP does not define its meaning.`,
            'Send the values as query parameters, or use a POST or QUERY operation if the provider offers one.',
          );
          const { requestBody: _, ...rest } = operation;
          return derivations.derive(rest, operation);
        },
        derivations.derive,
      ),
    derivations,
  );
