import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { createServer } from '@countersign/runtime/server';
import { api, operations } from '../../generated/moonpacket/src/operations.ts';
import { signers } from '../../generated/moonpacket/src/plugins.ts';
import { credentials, users } from './server-data.ts';
import { createHandwritten } from './server-handwritten.ts';
const attributes = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const validators = { getUserAttributes: { query: z.object({ user_id: z.string().min(1) }), responses: { '200': { 'application/json': z.object({ data: attributes }) } } } };
const g = createServer<any, unknown, typeof api>({ api, operations, validators, signers }, { security: { moonpacketSignature: credentials }, ...JSON.parse(process.env.OPT ?? '{}'), handlers: { getUserAttributes: ({ query }: any) => { const user = users.get(query.user_id); return user ? { data: user } : { error: { code: 404 } }; } } });
const h = createHandwritten();
function req(){ const user='5', timestamp=String(Math.floor(Date.now()/1000)), nonce=randomBytes(8).toString('hex'); return new Request(`http://localhost/check?user_id=${user}`,{headers:{'x-api-key':credentials.apiKey,'x-api-timestamp':timestamp,'x-api-nonce':nonce,'x-api-signature':createHmac('sha256',credentials.secret).update(JSON.stringify({user_id:user})+timestamp+nonce).digest('hex')}})}
const N=5000; const rs:Record<string,number[]>={g:[],h:[]};
for(let i=0;i<24;i++){ for(const [k,s] of [['g',g],['h',h]] as const){ if(process.argv[2]&&process.argv[2]!==k)continue; const reqs=Array.from({length:N},req); const c0=process.cpuUsage(); for(const r of reqs){ const x=await s.fetch(r); if(x.status!==200) throw x.status; } const c=process.cpuUsage(c0); rs[k]!.push((c.user+c.system)/N);} }
for(const k in rs) console.log(k, rs[k]!.slice(6).sort((a,b)=>a-b)[9]?.toFixed(1),'us/req');
