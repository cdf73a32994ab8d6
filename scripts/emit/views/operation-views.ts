import {
  type BodyKind,
  type Code,
  describeCondition,
  describesXml,
  fixedQuery,
  kindIn,
  type OperationDescriptor,
} from '@countersign/runtime/contract';
import { docComment, literal, stringLiteral } from '../../common/text/literal.ts';
import { declaredHeaders } from '../../model/response-headers.ts';
import type { Api, Operation } from '../../model/types.ts';
import { codeValue } from './code-value.ts';
import type { Naming } from './naming.ts';
import { ENVELOPE, type OperationTypes, operationTypes, type TypeSource } from './operation-types.ts';

/** The data of one operation for client.ts.hbs, server.ts.hbs and operations.ts.hbs. */
export type OperationView = TypeSource & {
  readonly identifier: string;
  readonly typeName: string;
  readonly types: OperationTypes;
  /** Docstring of a property in an interface, with the property's indentation. */
  readonly doc: string;
  /** `Call`, or the type of a paged or batched operation. */
  readonly call: string;
  /** Type argument of the call: its result, or its result by the accepted media type. */
  readonly dataType: string;
  /** `& Streams<…>` if the operation returns files; otherwise ''. */
  readonly also: string;
  /** Last type argument of a paged or batched call, after a comma; '' for a plain one. */
  readonly row: string;
  /** Last type argument of a call whose responses declare headers, after a comma; otherwise ''. */
  readonly head: string;
};

const union = (members: readonly string[]): string => (members.length === 0 ? 'never' : members.join(' | '));

function requestLine({ descriptor }: Operation): string {
  const conditions = (descriptor.when ?? []).map(describeCondition);
  const where = descriptor.webhook ? 'the URL that you register' : descriptor.path;
  return `${descriptor.method} ${where}${conditions.length > 0 ? ` (${conditions.join(', ')})` : ''}`;
}

/** Successful responses. */
function successesOf({ descriptor }: Operation): OperationDescriptor['responses'] {
  const successes = descriptor.responses.filter(({ status }) => status.startsWith('2'));
  return successes.length > 0 ? successes : descriptor.responses.filter(({ status }) => status === 'default');
}

/** Media types of successful responses. */
const responseTypes = (operation: Operation): readonly string[] => [
  ...new Set(successesOf(operation).flatMap(({ content }) => content)),
];

const returnsBytes = (operation: Operation): boolean =>
  successesOf(operation).some((response) => response.content.some((type) => BYTES.includes(kindIn(type, response))));

function callType(operation: Operation): string {
  const { page, batch } = operation.descriptor;
  if (page !== undefined) return 'PagedCall';
  if (batch !== undefined) return 'BatchedCall';
  return responseTypes(operation).length > 1 ? 'AcceptingCall' : 'Call';
}

/** A paged or batched call has several responses. */
const headType = (operation: Operation): string =>
  /^(Accepting)?Call$/.test(callType(operation)) && operation.responses.some((one) => declaredHeaders(one).length > 0)
    ? `, StatusAndHeaders<Ops[${stringLiteral(operation.operationId)}]>`
    : '';

const BYTES: readonly BodyKind[] = ['binary', 'form', 'multipart'];

/** Converts a pointer into the whole body to one into the envelope's data. */
function withinData(pointer: string, data: string | undefined): string {
  return data !== undefined && pointer.startsWith(`${data}/`) ? pointer.slice(data.length) : pointer;
}

function rowType(api: Api, { descriptor }: Operation, typeName: string): string {
  if (descriptor.page !== undefined) {
    const pointer = withinData(descriptor.page.items, descriptor.enveloped ? api.descriptor.envelope.data : undefined);
    return `, RowOf<${typeName}Data, ${stringLiteral(pointer)}>`;
  }
  if (descriptor.batch === undefined) return '';
  return `, RowOf<NonNullable<${typeName}Input['body']>, ${stringLiteral(descriptor.batch.items)}>`;
}

/** Codes of an operation's failures: the declared ones, or without a list, all that the envelope names. */
function failureCodes(api: Api, operation: Operation): readonly Code[] {
  if (!operation.descriptor.enveloped) return [];
  if (operation.descriptor.codes.length > 0) return operation.descriptor.codes;
  return Object.keys(api.descriptor.envelope.errors).map((key) => codeValue(api, key));
}

const envelopeType = ({ descriptor }: Operation): string =>
  descriptor.enveloped ? ENVELOPE : "{ readonly code: 'status' }";

/** Whether a body or response is XML that the contract describes. */
export const usesXml = ({ operations }: Pick<Api, 'operations'>): boolean =>
  operations.some(({ descriptor }) => describesXml(descriptor));

/** Not needed after these modules: a large document's views would take as much memory as its model. */
const made = new WeakMap<Naming, WeakRef<readonly OperationView[]>>();

/** The same list for each call, because two modules describe the same operations. */
export function viewOperations(api: Api, naming: Naming): readonly OperationView[] {
  const known = made.get(naming)?.deref() ?? makeViews(api, naming);
  made.set(naming, new WeakRef(known));
  return known;
}

function makeViews(api: Api, naming: Naming): readonly OperationView[] {
  return api.operations.map((operation) => {
    const codes = failureCodes(api, operation);
    const tags = [
      ...(operation.deprecated ? ['@deprecated'] : []),
      ...(operation.inferred ? ["@remarks Inferred: the provider's document does not state this operation."] : []),
    ];
    const source: TypeSource = {
      id: stringLiteral(operation.operationId),
      fixed: union(fixedQuery(operation.descriptor.when).map(stringLiteral)),
      codes: union(codes.map(literal)),
      byCode: operation.descriptor.enveloped && api.descriptor.envelope.code !== 'status' && codes.length > 0,
      envelope: envelopeType(operation),
    };
    return {
      ...source,
      identifier: operation.identifier,
      typeName: naming.operation(operation),
      types: operationTypes(api, source),
      row: rowType(api, operation, naming.operation(operation)),
      head: headType(operation),
      doc: docComment([operation.summary, operation.description, requestLine(operation)], tags).replaceAll(
        '\n',
        '\n  ',
      ),
      call: callType(operation),
      dataType:
        callType(operation) === 'AcceptingCall'
          ? `DataByType<Ops[${stringLiteral(operation.operationId)}], ${envelopeType(operation)}>`
          : `${naming.operation(operation)}Data`,
      also: returnsBytes(operation)
        ? ` & Streams<${naming.operation(operation)}Input, ${naming.operation(operation)}Error>`
        : '',
    };
  });
}
