import { Worker } from 'node:worker_threads';
import { createDiceyFunClient } from '../../generated/dicey-fun/src/client.ts';
const src=`const { createServer } = require('node:http');const { parentPort } = require('node:worker_threads');
const list = JSON.stringify({ code: 200, message: 'success', data: { authtoken: 'a.b.c' } });
createServer((q,a)=>{q.resume().on('end',()=>a.writeHead(200,{'content-type':'application/json','content-length':list.length}).end(list))}).listen(0,'127.0.0.1',function(){parentPort.postMessage(this.address().port)});`;
const w=new Worker(src,{eval:true});const port=await new Promise(r=>w.once('message',r));
const baseUrl = `http://127.0.0.1:${port}`;
const c = createDiceyFunClient({ baseUrl, credentials: { apiKey: 'key', agentId: '9f86d081884c7d659a2feaa0c55ad015', secret: 'xF75oK91TQj13s0UmNIr1NBWMWGfflNO' } });
for (let k = 0; k < 6; k++) { const u = process.threadCpuUsage?.() ?? process.cpuUsage(); const t = performance.now(); for (let i = 0; i < 3000; i++) await c.authToken(); const d = (process.threadCpuUsage as any)?.(u) ?? process.cpuUsage(u); console.log(((performance.now() - t) / 3).toFixed(0), 'cpu', ((d.user + d.system) / 3000).toFixed(0)); }
{ for (let k = 0; k < 4; k++) { const u = process.threadCpuUsage(); const t = performance.now(); for (let i = 0; i < 3000; i++) await fetch(new Request(baseUrl + '/api/v1/authToken')).then(r => r.json()); const d = process.threadCpuUsage(u); console.log('fetch', ((performance.now() - t) / 3).toFixed(0), 'cpu', ((d.user + d.system) / 3000).toFixed(0)); } }
process.exit();
