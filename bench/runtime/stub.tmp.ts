import { Worker } from 'node:worker_threads';
import createFetchClient from 'openapi-fetch';
import { createDiceyFunClient } from '../../generated/dicey-fun/src/client.ts';
const src=`const { createServer } = require('node:http');const { parentPort } = require('node:worker_threads');
const list = JSON.stringify({ code: 200, message: 'success', data: { authtoken: 'a.b.c' } });
createServer((q,a)=>{q.resume().on('end',()=>a.writeHead(200,{'content-type':'application/json','content-length':list.length}).end(list))}).listen(0,'127.0.0.1',function(){parentPort.postMessage(this.address().port)});`;
const w=new Worker(src,{eval:true});const port=await new Promise(r=>w.once('message',r));
const baseUrl = `http://127.0.0.1:${port}`;
const text = JSON.stringify({ code: 200, message: 'success', data: { authtoken: 'a.b.c' } });
const make = (o: object, co?: any) => { const c = createDiceyFunClient({ baseUrl, credentials: { apiKey: 'key', agentId: '9f86d081884c7d659a2feaa0c55ad015', secret: 'xF75oK91TQj13s0UmNIr1NBWMWGfflNO' }, ...o }); return () => c.authToken({}, co); };
const plain = createFetchClient<any>({ baseUrl });
const all: Record<string, () => Promise<unknown>> = {
  openapi: () => plain.GET('/api/v1/authToken'),
  normal: make({}), list: (() => { const c = createDiceyFunClient({ baseUrl, credentials: { apiKey: 'key', agentId: '9f86d081884c7d659a2feaa0c55ad015', secret: 'xF75oK91TQj13s0UmNIr1NBWMWGfflNO' } , validation: {answers: 'off'}}); return () => c.getGameList({ body: {} }); })(), plist: () => plain.POST('/api/v1/getGameList', { body: {} }), noval: make({ validation: { answers: 'off', input: 'off' } }),
  nosignal: make({ fetch: (u: string, i: any) => fetch(u, { ...i, signal: null }) }),
  onlyurl: make({ fetch: (u: string) => fetch(u) }),
  consturl: make({ fetch: () => fetch(baseUrl + '/api/v1/authToken') }),
  bigurl: () => fetch(baseUrl + '/api/v1/authToken?agent_id=9f86d081884c7d659a2feaa0c55ad015&secret=xF75oK91TQj13s0UmNIr1NBWMWGfflNO&time=1795232862&signature=1be96a373bc9bd57ba3988105a910' + Math.floor(Math.random()*100)).then((r) => r.json()),
  rsp: make({ fetch: async (u: string) => { const r = await fetch(u); const t = await r.text(); return new Response(t, { headers: { 'content-type': 'application/json', 'content-length': '80' } }); } }),
  stub: make({ fetch: async (u: string) => new Response(text, { headers: { 'content-type': 'application/json', 'content-length': '80' } }) }),
  stubonly: async () => new Response(text, { headers: { 'content-type': 'application/json', 'content-length': '80' } }).json(),
  rawsignal: () => { const c = new AbortController(); return fetch(baseUrl + '/api/v1/authToken', { signal: c.signal }).then((r) => r.json()); },
  raw: () => fetch(baseUrl + '/api/v1/authToken').then((r) => r.json()),
};
import { within } from '../../runtime/client/deadline.ts';
import { openapiFetch } from '../../runtime/client/draft.ts';
import { readBody } from '../../runtime/client/read-body.ts';
import { createRun } from '../../runtime/client/perform.ts';
import { authorize } from '../../runtime/client/authorize.ts';
import { createContext } from '../../runtime/client/context.ts';
import { api, operations } from '../../generated/dicey-fun/src/operations.ts';
import { signers } from '../../generated/dicey-fun/src/plugins.ts';
const ctx = createContext({ api, signers }, { baseUrl, credentials: { apiKey: 'key', agentId: '9f86d081884c7d659a2feaa0c55ad015', secret: 'xF75oK91TQj13s0UmNIr1NBWMWGfflNO' } });
const u = baseUrl + '/api/v1/authToken';
const run0 = () => createRun(ctx, { operation: operations.authToken }, {}, {});
Object.assign(all, {
  w: () => { const run = run0(); return within(run, 30000, async () => fetch(u).then((r) => r.json())); },
  wsig: () => { const run = run0(); return within(run, 30000, async (signal) => fetch(u, { signal }).then((r) => r.json())); },
  run: () => { const run = run0(); return fetch(u).then((r) => r.json()); },
  rb: async () => { const run = run0(); return readBody(run, await fetch(u)); },
  auth: async () => { const run = run0(); run.state.url = u; await authorize(run); return fetch(u).then((r) => r.json()); },
  of: async () => { let o; await openapiFetch('GET', u, { params: { path: {}, query: {} }, bodySerializer: (b: any) => b, pathSerializer: (a: any) => a, querySerializer: () => '', headers: { accept: 'x' }, body: undefined, deliver: async () => { o = await fetch(u).then((r) => r.json()); return new Response(null, { status: 204 }); } }); return o; },
});
const names = process.argv[2] ? process.argv[2].split(',') : Object.keys(all);
for (const n of names) { for (let i = 0; i < 1500; i++) await all[n]!(); }
const acc: Record<string, number[]> = {};
for (let k = 0; k < 4000; k++) for (const n of names) { const t = performance.now(); await all[n]!(); (acc[n] ??= []).push((performance.now() - t) * 1000); }
for (const n of names) { const a = acc[n]!.sort((x, y) => x - y); console.log(n.padEnd(10), 'p10', a[400]!.toFixed(0), 'p50', a[2000]!.toFixed(0), 'p90', a[3600]!.toFixed(0)); }
process.exit();
