import { matchMediaType } from '../contract/index.ts';
import type { ResponseHeaders } from '../server/refusal.ts';
import { FRAMING } from './framing.ts';
import { headerText } from './header-text.ts';
import { prepareOperation } from './prepare-operation.ts';
import { type PrismModules, requirePrism } from './require-prism.ts';
import type { DeclaredResponse, MockOperation } from './types.ts';

/** The result of Prism for a declared response. */
export type PrismResponse = {
  readonly headers: ResponseHeaders;
  readonly body: unknown;
};

/** The declared response that Prism creates. */
export type PrismRequest = {
  readonly operation: MockOperation;
  readonly response: DeclaredResponse;
};

/** Reads the bodies and headers of responses from the examples of a document. */
export type Prism = { readonly respond: (request: PrismRequest) => PrismResponse };

/** Prism found no response. */
class PrismFailure extends Error {
  override readonly name = 'PrismFailure';
}

const nothing = (): void => {};
/** The logger for Prism's negotiator, which calls these methods of pino. */
const silent = { info: nothing, warn: nothing, error: nothing, debug: nothing, success: nothing };

type Resource = ReturnType<PrismModules['httpSpec']['transformOas3Operations']>[number];

/**
 * Creates a Prism of only its reader and negotiator, because the mock does routing, dispatch, security and validation.
 * They receive one operation with one response, and return its example and headers.
 */
export function createPrism(document: object): Prism {
  const kept = new Map<string, PrismResponse>();

  const narrow = ({ pathKey, descriptor }: MockOperation, { status, mediaType }: DeclaredResponse): Resource => {
    const prepared = prepareOperation(document, pathKey, descriptor.method);
    const [resource] = prepared ? requirePrism().httpSpec.transformOas3Operations(prepared as never) : [];
    if (!resource) throw new PrismFailure(`Prism does not have the operation ${descriptor.id}.`);
    const responses = resource.responses
      .filter(({ code }) => code.toUpperCase() === status.toUpperCase())
      .map(({ contents = [], ...response }) => ({
        ...response,
        code: '200',
        // The media type was already chosen.
        contents: contentsOf(contents, mediaType).map((each) => ({ ...each, mediaType: '*/*' })),
      }));
    return { ...resource, responses };
  };

  const respond = ({ operation, response: declared }: PrismRequest): PrismResponse => {
    const wish = { dynamic: false, ...(declared.name !== undefined && { exampleKey: declared.name }) };
    const { negotiator } = requirePrism();
    const result = negotiator.default.negotiateOptionsForValidRequest(
      narrow(operation, declared),
      wish,
    )(silent as never);
    if (result._tag === 'Left') throw new PrismFailure(result.left.message);
    const { headers, bodyExample } = result.right;
    const texts = headers.flatMap((header): [string, string | readonly string[]][] => {
      const text = FRAMING.test(header.name) ? undefined : headerText(header);
      return text === undefined ? [] : [[header.name, text]];
    });
    return {
      headers: Object.fromEntries(texts),
      body: bodyExample && 'value' in bodyExample ? bodyExample.value : undefined,
    };
  };

  return {
    // An example is always the same, so the result is cached.
    respond: (request) => {
      const { operation, response: declared } = request;
      const key = JSON.stringify([operation.descriptor.id, declared.status, declared.mediaType, declared.name]);
      const known = kept.get(key) ?? respond(request);
      kept.set(key, known);
      return known;
    },
  };
}

/** The contents of a media type. For the model, a range is JSON if only JSON can be meant. */
function contentsOf<Of extends { readonly mediaType: string }>(
  all: readonly Of[],
  type: string | undefined,
): readonly Of[] {
  const written = all.map(({ mediaType }) => mediaType);
  const found = type === undefined || written.includes(type) ? type : matchMediaType(type, written);
  return all.filter(({ mediaType }) => mediaType === found);
}
