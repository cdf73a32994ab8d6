/** A place of a document that accepts any string, and the expectation about the generated package. */
export type Sink = {
  readonly name: string;
  /** Sinks of one group share a document. Those of other groups contradict them. Default 0. */
  readonly group?: number;
  readonly place: (document: Document, text: string) => void;
  /** Expected values in the imported package. */
  readonly expect?: (text: string) => readonly Expectation[];
  /** Statements of a module that must type-check. `text` is a literal of the string. */
  readonly types?: (text: string) => readonly string[];
};

// biome-ignore lint/suspicious/noExplicitAny: sinks put wrong things everywhere on purpose.
export type Document = any;

export type Expectation =
  /** A value of the descriptor of one operation, or of the API. */
  | {
      readonly kind: 'operation';
      readonly id: string;
      readonly path: readonly (string | number)[];
      readonly value: unknown;
    }
  | { readonly kind: 'api'; readonly path: readonly (string | number)[]; readonly value: unknown }
  /** What a validator of one operation returns unchanged, and what it rejects. */
  | {
      readonly kind: 'validator';
      readonly id: string;
      readonly path: readonly string[];
      readonly accepts: readonly unknown[];
      readonly refuses: readonly unknown[];
    }
  /** A value of openapi.json. */
  | { readonly kind: 'document'; readonly path: readonly (string | number)[]; readonly value: unknown };

export const emptyDocument = (): Document => ({
  openapi: '3.1.1',
  info: { title: 'Hostile', version: '1' },
  servers: [{ url: 'https://example.test' }],
  paths: {},
  components: { schemas: {}, securitySchemes: {} },
});

/** Sets a property, even if its name is `__proto__`. */
export function put(object: Document, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

/** An object with one property. */
export function one(name: string, value: unknown): Document {
  const object = {};
  put(object, name, value);
  return object;
}

/** A separate operation for a sink: POST /id with an empty response. */
export function operation(document: Document, id: string, path = `/${id}`, method = 'post'): Document {
  const made = { operationId: id, summary: id, responses: { 204: { description: 'Done.' } } };
  const item = Object.hasOwn(document.paths, path) ? document.paths[path] : {};
  item[method] = made;
  put(document.paths, path, item);
  return made;
}

/** An operation that takes a JSON body of this schema. */
export function operationWithBody(document: Document, id: string, schema: unknown): Document {
  const made = operation(document, id);
  made.requestBody = { required: true, content: { 'application/json': { schema } } };
  return made;
}

export const BODY = ['body', 'application/json'] as const;
