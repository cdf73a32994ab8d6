import type { Condition, OperationDescriptor } from '../contract/index.ts';

/** A whole answer's body as the contract declares it for a status. */
export type DeclaredBody<Op, Status> = Op extends { readonly responses: infer Responses }
  ? Status extends keyof Responses
    ? Responses[Status] extends { readonly content: infer Content }
      ? Content[keyof Content]
      : undefined
    : never
  : never;

/**
 * For MSW: whether a request is for this operation, at whatever base URL. Operations of one path and method are told apart by
 * their query, as the provider does.
 */
export function matches({ path, when = [] }: OperationDescriptor): (info: { readonly request: Request }) => boolean {
  const template = path
    .split(/\{[^{}]*\}/)
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]+');
  const pattern = new RegExp(`${template}$`);
  return ({ request }) => {
    const { pathname, searchParams } = new URL(request.url);
    return pattern.test(pathname) && when.every((condition) => holds(condition, searchParams));
  };
}

function holds(condition: Condition, query: URLSearchParams): boolean {
  if ('absent' in condition) return !query.has(condition.query);
  if ('present' in condition) return query.has(condition.query);
  return query.get(condition.query) === condition.equals;
}
