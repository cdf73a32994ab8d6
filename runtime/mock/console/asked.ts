import { isSchemaObject } from '../../values/types.ts';
import type { Gateway } from '../gateway.ts';
import type { MockOperation, MockProvider } from '../types.ts';

/** The request of the page, not validated yet. */
export type Asked = Readonly<Record<string, unknown>>;

/** Invalid input of the page. The page shows the message. */
export class BadRequest extends Error {}

/** Characters. Files are sent in Base64. */
const LARGEST = 48 * 1024 * 1024;

/** @throws {BadRequest} if the body is not a JSON object */
export async function readAsked(request: Request): Promise<Asked> {
  const text = await request.text();
  if (text.length > LARGEST) throw new BadRequest(`The request is too large. Send at most ${LARGEST / 1_048_576} MiB.`);
  try {
    const value: unknown = JSON.parse(text);
    if (isSchemaObject(value)) return value;
  } catch {}
  throw new BadRequest('The request is not a JSON object.');
}

/** The provider that a request names, and where its mock is. */
export type Found = {
  readonly provider: MockProvider;
  readonly baseUrl: string;
  /** `/dicey-fun`, or '' at the root. */
  readonly prefix: string;
};

/** Finds the objects that a request of the page names. */
export function createFinder({ slots }: Gateway, url: () => string) {
  return {
    /** @throws {BadRequest} if nothing has that name */
    async provider(name: unknown): Promise<Found> {
      const slot = slots.find((each) => each.name === name);
      if (!slot) throw new BadRequest(`The provider ${JSON.stringify(name)} does not exist.`);
      const { provider } = await slot.get();
      return { provider, baseUrl: `${url()}${slot.prefix}`, prefix: slot.prefix };
    },
    /** @throws {BadRequest} if nothing has that id */
    operation({ api, operations }: MockProvider, id: unknown): MockOperation {
      const operation = operations.find(({ descriptor }) => descriptor.id === id);
      if (!operation) throw new BadRequest(`${api.provider} does not have the operation ${JSON.stringify(id)}.`);
      return operation;
    },
  };
}

/** Finds the provider and the operation of a request. */
export type Finder = ReturnType<typeof createFinder>;
