/** What the benchmark uses of autocannon, which comes without types. */
declare module 'autocannon' {
  export type Request = { path?: string; headers?: Record<string, string> };
  export type Options = {
    readonly url: string;
    readonly connections: number;
    /** Seconds. */
    readonly duration: number;
    readonly requests: readonly { setupRequest(request: Request): Request }[];
  };
  export type Result = {
    readonly requests: { readonly total: number };
    readonly duration: number;
    readonly non2xx: number;
    readonly errors: number;
  };
  export default function autocannon(options: Options): Promise<Result>;
}
