/** `node:http` alone, with the bytes of a file for each request: `node bare-server.ts <port> <file>`. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [, , port, file = ''] = process.argv;
const body = readFileSync(file);
const headers = { 'content-type': 'application/json', 'content-length': body.length };

createServer((_, response) => response.writeHead(200, headers).end(body)).listen(Number(port), '127.0.0.1');
