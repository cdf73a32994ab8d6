import { headerOf } from './header-of.ts';
import type { Incoming } from './incoming.ts';
import { readBody } from './read-body.ts';
import { splitUrl } from './url.ts';

/** A `Request` as the pipeline reads it: in workers, Bun and Deno, in Hono, and behind any adapter for Node. */
export class FetchIncoming implements Incoming {
  readonly request: Request;
  readonly platform: unknown;
  readonly path: string;
  readonly queryText: string;

  constructor(request: Request, platform: unknown) {
    this.request = request;
    this.platform = platform;
    const { path, query } = splitUrl(request.url, '');
    this.path = path;
    this.queryText = query;
  }

  get method(): string {
    return this.request.method;
  }

  get url(): string {
    return this.request.url;
  }

  get headers(): Headers {
    return this.request.headers;
  }

  get signal(): AbortSignal {
    return this.request.signal;
  }

  get body(): Incoming['body'] {
    return this.request.body as Incoming['body'];
  }

  header(name: string): string | null {
    return headerOf(this.request.headers, name);
  }

  read(limit: number): ReturnType<Incoming['read']> {
    return readBody(this.request, limit);
  }
}
