import { isSchemaObject } from '../../values/types.ts';
import type { Gateway } from '../gateway.ts';
import type { MockOperation, MockProvider } from '../types.ts';

/** A request of the page before validation. */
export type Asked = Readonly<Record<string, unknown>>;

/** The error of invalid input of the page. The page shows its message. */
export class BadRequest extends Error {}

/** Maximum number of characters in a request. Files are sent in Base64. */
const LARGEST = 48 * 1024 * 1024;

/**
 * Reads a request of the page.
 * @throws {BadRequest} if the body is not a JSON object
 */
export async function readAsked(request: Request): Promise<Asked> {
  const text = await request.text();
  if (text.length > LARGEST) throw new BadRequest(`The request is too large. Send at most ${LARGEST / 1_048_576} MiB.`);
  try {
    const value: unknown = JSON.parse(text);
    if (isSchemaObject(value)) return value;
  } catch {}
  throw new BadRequest('The request is not a JSON object.');
}

/** The provider that a request names, and the address of its mock. */
export type Found = {
  readonly provider: MockProvider;
  readonly baseUrl: string;
  /** The prefix of the provider: `/dicey-fun`, or empty at the root. */
  readonly prefix: string;
};

/** Finds the objects that a request of the page names. */
export function createFinder({ slots }: Gateway, url: () => string) {
  return {
    /**
     * Finds a provider by name.
     * @throws {BadRequest} if it does not exist
     */
    async provider(name: unknown): Promise<Found> {
      const slot = slots.find((each) => each.name === name);
      if (!slot) throw new BadRequest(`The provider ${JSON.stringify(name)} does not exist.`);
      const { provider } = await slot.get();
      return { provider, baseUrl: `${url()}${slot.prefix}`, prefix: slot.prefix };
    },
    /**
     * Finds an operation by its operationId.
     * @throws {BadRequest} if it does not exist
     */
    operation({ api, operations }: MockProvider, id: unknown): MockOperation {
      const operation = operations.find(({ descriptor }) => descriptor.id === id);
      if (!operation) throw new BadRequest(`${api.provider} does not have the operation ${JSON.stringify(id)}.`);
      return operation;
    },
  };
}

/** Finds the provider and the operation of a request. */
export type Finder = ReturnType<typeof createFinder>;
