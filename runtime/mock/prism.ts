import type { IHttpConfig, IHttpRequest, IHttpResponse } from '@stoplight/prism-http';
import { loadPrism, type PrismParts } from './load-prism.ts';
import { fromPortableValue, toPortable } from './portable-names.ts';
import { prepareDocument, prismKey } from './prepare-document.ts';
import type { DeclaredAnswer, MockOperation } from './types.ts';

/** What Prism made of a declared answer. */
export type PrismAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
};

/** Which declared response Prism makes. */
export type PrismRequest = {
  readonly operation: MockOperation;
  readonly answer: DeclaredAnswer;
  /** That goes out, where the answer is declared for a range. */
  readonly status: number;
};

/** Makes response bodies from examples and schemas. */
export type Prism = { readonly answer: (request: PrismRequest) => Promise<PrismAnswer> };

/** Prism could give no answer. */
class PrismFailure extends Error {
  override readonly name = 'PrismFailure';
}

const nothing = (): void => {};
const silent = {
  child: () => silent,
  info: nothing,
  warn: nothing,
  error: nothing,
  debug: nothing,
  trace: nothing,
  fatal: nothing,
  success: nothing,
};

type Resource = Awaited<ReturnType<PrismParts['readOperations']>>[number];

const CONFIG = {
  isProxy: false,
  checkSecurity: false,
  validateRequest: false,
  validateResponse: false,
  errors: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
} as const;

const right = <Value>(value: Value) => ({ _tag: 'Right', right: value }) as const;

/**
 * Prism with the steps taken out that are ours: routing, dispatch, security and validation. It is handed exactly one
 * operation with exactly one answer, and what remains to it is giving that answer's example and headers.
 */
const startPrism = ({ factory, mock }: PrismParts) =>
  factory<Resource, IHttpRequest, IHttpResponse, IHttpConfig>(CONFIG, {
    logger: silent as never,
    mock: mock as never,
    route: ({ resources: [only] }) => right(only as Resource),
    validateInput: ({ element }) => right(element),
    validateSecurity: ({ element }) => right(element),
    validateOutput: ({ element }) => right(element),
    forward: () => () => async () => ({ _tag: 'Left', left: new PrismFailure('The mock does not forward requests.') }),
  });

let instance: ReturnType<typeof startPrism> | undefined;

/** What Prism answers for one document. All documents of the process share one instance, which keeps no state. */
export async function createPrism(document: object): Promise<Prism> {
  const parts = loadPrism();
  instance ??= startPrism(parts);
  const prism = instance;
  const resources = await parts.readOperations(prepareDocument(document));
  const byKey = new Map(resources.map((resource) => [`${resource.method} ${resource.path}`, resource]));
  const narrowed = new Map<string, Resource>();
  const narrow = ({ descriptor, pathKey }: MockOperation, declared: string, status: number): Resource => {
    const key = `${descriptor.id} ${declared} ${status}`;
    const known = narrowed.get(key);
    if (known) return known;
    const [method, path] = prismKey(descriptor.method, pathKey);
    const resource = byKey.get(`${method} ${toPortable(path)}`);
    if (!resource) throw new PrismFailure(`Prism does not have the operation ${descriptor.id}.`);
    const responses = resource.responses
      .filter(({ code }) => code.toUpperCase() === declared.toUpperCase())
      .map((response) => ({ ...response, code: String(status) }));
    const { callbacks: _, ...rest } = resource;
    const made = { ...rest, responses } as Resource;
    narrowed.set(key, made);
    return made;
  };

  const answer = async ({ operation, answer, status }: PrismRequest): Promise<PrismAnswer> => {
    const resource = narrow(operation, answer.status, status);
    const { name, mediaType } = answer;
    const wish = {
      dynamic: false,
      ...(mediaType !== undefined && { mediaTypes: [toPortable(mediaType)] }),
      ...(name !== undefined && { exampleKey: toPortable(name) }),
    };
    const input = { method: resource.method as 'get', url: { path: '/' } };
    const result = await prism.request(input, [resource], { ...CONFIG, mock: wish })();
    if (result._tag === 'Left') throw new PrismFailure(result.left.message);
    const { statusCode, headers = {}, body } = result.right.output;
    return { status: statusCode, headers: toHeaders(headers), body: fromPortableValue(body) };
  };

  const kept = new Map<string, Promise<PrismAnswer>>();
  return {
    // What comes from an example is the same each time.
    answer: (request) => {
      const { operation, status, answer: declared } = request;
      const key = JSON.stringify([operation.descriptor.id, declared.status, status, declared.mediaType, declared.name]);
      const known = kept.get(key) ?? answer(request);
      kept.set(key, known);
      return known;
    },
  };
}

/** RFC 9110, section 5.1. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;

function toHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const text = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === null || value === undefined || name.toLowerCase() === 'content-type' || !HEADER_NAME.test(name)
      ? []
      : [[name, String(value)]],
  );
  return Object.fromEntries(text);
}
