import { fixedQuery } from '@countersign/runtime/contract';
import type { ApiData, Content, Operation } from '../../model/types.ts';

/** The input of hooks and handlers: an operation, its names, and whether it only reads. */
export type HookOperation = {
  readonly operation: Operation;
  /** The client's method, such as `getGameList`. */
  readonly identifier: string;
  /** `GetGameList`, as in `GetGameListInput`. */
  readonly typeName: string;
  /** `GetGameList`, as in `useGetGameList`. */
  readonly hookName: string;
  /** Whether it only reads: such an operation is a query, all others are mutations. */
  readonly reads: boolean;
  /** `none`: the client's method has no argument. */
  readonly input: 'none' | 'optional' | 'required';
  /** HTTP status of its success. */
  readonly status: number;
  /** The status under which the contract declares its success: `200`, `2XX` or `default`. Undefined: it declares none. */
  readonly declared: string | undefined;
  /** The first media type of its success; undefined: no body. */
  readonly content: Content | undefined;
  /** The whole body of a success, from the document's example; undefined if there is none. */
  readonly example: unknown;
};

/** The description of one operation for orval, and its name in orval's code. */
export type OrvalOperation = Omit<HookOperation, 'operation' | 'example' | 'content' | 'declared'>;

/** All names except the hook's, which depends on all operations. */
export function describeHooks(api: ApiData, operation: Operation, typeName: string): Omit<HookOperation, 'hookName'> {
  const { descriptor, identifier, parameters, body, responses } = operation;
  const fixed = new Set(fixedQuery(descriptor.when));
  const given = parameters.filter(({ descriptor: { name, in: place } }) => !(place === 'query' && fixed.has(name)));
  const required = body?.required === true || given.some((parameter) => parameter.descriptor.required);
  const logins = api.securitySchemes.flatMap(({ descriptor: scheme }) =>
    scheme.kind === 'session' ? scheme.operations : [],
  );
  const success = successOf(responses);
  return {
    operation,
    identifier,
    typeName,
    // A login is a mutation: it changes the identity of the client and reads no data for the page.
    reads: descriptor.retry === 'safe' && !logins.includes(descriptor.id) && descriptor.webhook === undefined,
    input: required ? 'required' : given.length > 0 || body !== undefined ? 'optional' : 'none',
    status: /^2\d\d$/.test(success?.status ?? '') ? Number(success?.status) : 200,
    declared: success?.status,
    content: success?.content[0],
    example: success && firstSuccess(api, success),
  };
}

/** A status, otherwise their range, otherwise the default. The mock chooses its response in the same order. */
const successOf = (responses: Operation['responses']): Operation['responses'][number] | undefined =>
  [/^2\d\d$/, /^2XX$/i, /^default$/].flatMap((form) => responses.find(({ status }) => form.test(status)) ?? [])[0];

function firstSuccess({ descriptor: { envelope } }: ApiData, { content }: Operation['responses'][number]) {
  const values = [...(content[0]?.examples.values() ?? [])];
  const { code, success } = envelope;
  return code === 'status' ? values[0] : values.find((body) => success.some((each) => each === memberAt(body, code)));
}

function memberAt(body: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (at, step) =>
        typeof at === 'object' && at !== null && Object.hasOwn(at, step)
          ? (at as Record<string, unknown>)[step]
          : undefined,
      body,
    );
}
