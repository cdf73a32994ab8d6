import { createDiceyFunClient } from '../../generated/dicey-fun/src/client.ts';
const text = JSON.stringify({ code: 200, message: 'success', data: { authtoken: 'a.b.c' } });
const client = createDiceyFunClient({ baseUrl: 'http://127.0.0.1:1', credentials: { apiKey: 'key', agentId: '9f86d081884c7d659a2feaa0c55ad015', secret: 'xF75oK91TQj13s0UmNIr1NBWMWGfflNO' },
 fetch: async () => new Response(text, { headers: { 'content-type': 'application/json' } }) });
for (let k = 0; k < 5; k++) { const t = performance.now(); for (let i = 0; i < 3000; i++) await client.authToken(); console.log(((performance.now() - t) / 3000 * 1000).toFixed(1)); }
{ const t = performance.now(); for (let i = 0; i < 3000; i++) await new Response(text, { headers: { 'content-type': 'application/json' } }).json(); console.log('base', ((performance.now() - t) / 3000 * 1000).toFixed(1)); }
