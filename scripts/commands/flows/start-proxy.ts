import { type Listening, listen } from '../../../runtime/server/node.ts';
import { unmarkedBytes } from '../../lint/hidden-refs.ts';
import type { OutgoingCall } from './carriers.ts';
import { readOperationPrefix } from './prepare-document.ts';
import { signCall } from './sign-call.ts';
import type { FlowProvider } from './types.ts';

/** Headers that belong to one connection, or to bytes that fetch has already decoded. */
const HOP = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'content-encoding', 'host', 'te'];

/**
 * Serves `/<provider>/-<operationId>/<wire path>` on a free loopback port: the call is signed and sent to the provider
 * in the sandbox, and its response is returned unchanged. A failure of the proxy itself is a 502 with the reason.
 */
export function startProxy(providers: readonly FlowProvider[]): Promise<Listening> {
  const respond = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    const provider = providers.find((known) => pathname.startsWith(`/${known.provider}/`));
    const target = provider && readOperationPrefix(pathname.slice(provider.provider.length + 1));
    if (provider?.operations[target?.operationId ?? ''] === undefined || target === undefined)
      return refuse('no such operation');
    const call: OutgoingCall = {
      method: request.method,
      url: new URL(provider.upstream + unmarkedText(target.path + search)),
      headers: without(request.headers, HOP),
      body: unmarkedBytes(new Uint8Array(await request.arrayBuffer())),
    };
    try {
      await signCall(call, target.operationId, provider);
      return await forward(call);
    } catch (error) {
      return refuse(error instanceof Error ? error.message : 'failed');
    }
  };
  return listen({ fetch: respond });
}

/** A URL only contains ASCII. */
const unmarkedText = (text: string): string => Buffer.from(unmarkedBytes(Buffer.from(text))).toString();

async function forward({ method, url, headers, body }: OutgoingCall): Promise<Response> {
  const response = await fetch(url, {
    method,
    headers,
    redirect: 'manual',
    ...(body.length > 0 && { body }),
  });
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers: without(response.headers, HOP) });
}

function without(headers: Headers, names: readonly string[]): Headers {
  const copy = new Headers(headers);
  for (const name of names) copy.delete(name);
  return copy;
}

const refuse = (why: string): Response => new Response(`The signing proxy: ${why}\n`, { status: 502 });
