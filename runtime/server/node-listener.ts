import type { IncomingMessage, ServerResponse } from 'node:http';
import { isPending } from './after.ts';
import type { Responder, Sent } from './incoming.ts';
import { NodeIncoming } from './node-incoming.ts';
import { send } from './node-send.ts';
import { targetOf } from './node-target.ts';

const TEXT = { 'content-type': 'text/plain; charset=utf-8' };

/** Creates a listener of `node:http` for a server. It creates no `Request` and `Response` per call. */
export function listenerOf(responder: Responder): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  return (incoming, outgoing) => {
    const fail = (): void => {
      if (outgoing.headersSent) outgoing.destroy();
      else send(incoming, outgoing, { status: 500, headers: {}, body: null });
    };
    const finish = (sent: Sent): void => {
      try {
        send(incoming, outgoing, sent);
      } catch {
        fail();
      }
    };
    try {
      const target = targetOf(incoming);
      if (typeof target === 'string') return finish({ status: 400, headers: TEXT, body: `${target}\n` });
      const sent = responder(new NodeIncoming(incoming, outgoing, target));
      if (isPending(sent)) sent.then(finish, fail);
      else finish(sent);
    } catch {
      fail();
    }
  };
}
