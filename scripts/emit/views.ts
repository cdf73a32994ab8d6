import type { Code } from '@countersign/runtime/contract';
import { docComment, literal, stringLiteral } from '../literal.ts';
import type { Api, Operation } from '../model/types.ts';
import { codeValue } from './errors.ts';
import type { Naming } from './naming.ts';

/** Everything that client.ts.hbs and server.ts.hbs ask of one operation. */
export type OperationView = {
  readonly identifier: string;
  readonly typeName: string;
  /** Index type of openapi-typescript's `operations`. */
  readonly id: string;
  /** Union of the query parameters that dispatch fixes, as string literals; `never` without. */
  readonly fixed: string;
  readonly doc: string;
  /** Union of error classes, each with ` | ` behind it. */
  readonly errors: string;
  /** Union of failure codes. */
  readonly codes: string;
  /** Data type: the envelope's, or undefined where the operation has none. */
  readonly envelope: string;
};

const union = (members: readonly string[]): string => (members.length === 0 ? 'never' : members.join(' | '));

function requestLine({ descriptor }: Operation): string {
  const conditions = (descriptor.when ?? []).map((condition) => {
    if ('equals' in condition) return `${condition.query}=${condition.equals}`;
    return 'present' in condition ? condition.query : `no ${condition.query}`;
  });
  const where = descriptor.webhook ? 'the URL that you register' : descriptor.path;
  return `${descriptor.method} ${where}${conditions.length > 0 ? ` (${conditions.join(', ')})` : ''}`;
}

/** Codes that an operation may fail with: the declared ones; without a list, all that the envelope names. */
function failureCodes(api: Api, operation: Operation): readonly Code[] {
  if (!operation.descriptor.enveloped) return [];
  if (operation.descriptor.codes.length > 0) return operation.descriptor.codes;
  return Object.keys(api.descriptor.envelope.errors).map((key) => codeValue(api, key));
}

export function viewOperations(api: Api, naming: Naming): readonly OperationView[] {
  return api.operations.map((operation) => {
    const codes = failureCodes(api, operation);
    const classes = codes.flatMap((code) => naming.errors.get(String(code)) ?? []);
    const tags = [
      ...(operation.deprecated ? ['@deprecated'] : []),
      ...(operation.inferred ? ["@remarks Inferred: the provider's document does not state this operation."] : []),
    ];
    return {
      identifier: operation.identifier,
      typeName: naming.operation(operation),
      id: stringLiteral(operation.operationId),
      fixed: union(
        (operation.descriptor.when ?? []).flatMap((when) => ('equals' in when ? [stringLiteral(when.query)] : [])),
      ),
      doc: docComment([operation.summary, operation.description, requestLine(operation)], tags),
      errors: classes.map((name) => `${name} | `).join(''),
      codes: union(codes.map(literal)),
      envelope: operation.descriptor.enveloped ? 'typeof api.envelope' : "{ readonly code: 'status' }",
    };
  });
}
