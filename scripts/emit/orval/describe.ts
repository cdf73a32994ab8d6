import { fixedQuery } from '@countersign/runtime/contract';
import type { ApiData, Content, Operation } from '../../model/types.ts';

/** What hooks and handlers are made of: an operation, its names, and whether it reads. */
export type HookOperation = {
  readonly operation: Operation;
  /** The client's method, such as `getGameList`. */
  readonly identifier: string;
  /** `GetGameList`, as in `GetGameListInput`. */
  readonly typeName: string;
  /** `GetGameList`, as in `useGetGameList`. */
  readonly hookName: string;
  /** It only reads, so it is a query; all else is a mutation. */
  readonly reads: boolean;
  /** `none`: the client's method takes nothing. */
  readonly input: 'none' | 'optional' | 'required';
  /** HTTP status of its success. */
  readonly status: number;
  /** What its success declares first; undefined: no body. */
  readonly content: Content | undefined;
  /** A success's whole body: the document's example; undefined where it has none. */
  readonly example: unknown;
};

/** What orval is told of one operation, and what stands for it in orval's code. */
export type OrvalOperation = Omit<HookOperation, 'operation' | 'example' | 'content'>;

/** All but the hook's own name, which is chosen among those of all. */
export function describeHooks(api: ApiData, operation: Operation, typeName: string): Omit<HookOperation, 'hookName'> {
  const { descriptor, identifier, parameters, body, responses } = operation;
  const fixed = new Set(fixedQuery(descriptor.when));
  const given = parameters.filter(({ descriptor: { name, in: place } }) => !(place === 'query' && fixed.has(name)));
  const required = body?.required === true || given.some((parameter) => parameter.descriptor.required);
  const logins = api.securitySchemes.flatMap(({ descriptor: scheme }) =>
    scheme.kind === 'session' ? scheme.operations : [],
  );
  const success = responses.find(({ status }) => /^2\d\d$/.test(status));
  return {
    operation,
    identifier,
    typeName,
    // A login reads nothing for the page: it changes who the client is.
    reads: descriptor.retry === 'safe' && !logins.includes(descriptor.id) && descriptor.webhook === undefined,
    input: required ? 'required' : given.length > 0 || body !== undefined ? 'optional' : 'none',
    status: Number(success?.status ?? 200),
    content: success?.content[0],
    example: success && firstSuccess(api, success),
  };
}

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
