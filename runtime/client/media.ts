import { kindOf } from '../contract/index.ts';
import { readBody } from './read-body.ts';
import type { Feature } from './types.ts';

/** Answers that are text, or bytes (as a Blob). An empty one is a value as any other. */
export const media: Feature = {
  receive(run, response, mediaType) {
    const kind = kindOf(mediaType);
    if (kind === 'json') return undefined;
    const isBytes = kind === 'binary' || kind === 'form' || kind === 'multipart';
    return readBody(run, response).then((bytes) => {
      const data = isBytes ? new Blob([bytes], { type: mediaType }) : new TextDecoder().decode(bytes);
      return { data, body: data };
    });
  },
};
