import type { OperationDescriptor } from '../contract/index.ts';
import type { OperationHandle } from './call.ts';
import type { AskingSignature } from './client-api.ts';
import type { Context } from './context.ts';
import type { SignedRequest } from './place.ts';
import type { Outcome, Run } from './run.ts';

export type SerializedBody = {
  /** Exactly what is signed and sent. */
  readonly bytes: string | Uint8Array<ArrayBuffer>;
  readonly mediaType: string;
};

/** What only some contracts need. A generated client names those that its own does, and a bundle holds no others. */
export type Feature = {
  /** Adds methods to a call. */
  readonly extend?: (ctx: Context, handle: OperationHandle) => object;
  /** Chooses the media type of the body. */
  readonly choose?: (run: Run) => string | undefined;
  /** Lays out bodies that are not JSON or text. */
  readonly serialize?: (value: unknown, mediaType: string, operation: OperationDescriptor) => Promise<SerializedBody>;
  /** Adds what a signature scheme sends, and the signature over it. */
  readonly sign?: (run: Run, request: SignedRequest, scheme: AskingSignature) => Promise<void>;
  /** Reads successful answers in a declared media type that is not JSON; undefined for those that are others' to read. */
  readonly receive?: (run: Run, response: Response, mediaType: string) => Outcome | Promise<Outcome> | undefined;
};
