/** MSW's handlers of Dicey Fun behind `node:http`, as MSW itself finds the response: `node msw-server.ts <port>`. */
import { createServer } from 'node:http';
import { getResponse } from 'msw';
import { getDiceyFunHandlers } from '../../generated/dicey-fun/src/msw.ts';

const handlers = getDiceyFunHandlers();
const port = Number(process.argv[2]);

createServer(async ({ method = 'GET', url = '/', headers }, outgoing) => {
  const request = new Request(`http://127.0.0.1:${port}${url}`, { method, headers: headers as Record<string, string> });
  const response = await getResponse(handlers, request);
  outgoing.writeHead(response?.status ?? 404, Object.fromEntries(response?.headers ?? []));
  outgoing.end(new Uint8Array((await response?.arrayBuffer()) ?? new ArrayBuffer(0)));
}).listen(port, '127.0.0.1');
