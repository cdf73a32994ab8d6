import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/**
 * Responds to `Expect: 100-continue` only when the body is read. If the request is rejected because of its size or its
 * credentials, the sender does not send the body (RFC 9110, section 10.1.1).
 */
export function continueOnRead(server: Server): void {
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    const read = request._read.bind(request);
    request._read = (size) => {
      request._read = read;
      if (!response.headersSent) response.writeContinue();
      read(size);
    };
    server.emit('request', request, response);
  });
}
