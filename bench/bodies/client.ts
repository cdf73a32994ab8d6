import { openAsBlob } from 'node:fs';
import { peakOf } from './peak.ts';
import { drain, fileClient, streamOf } from './sample.ts';

/** One process for one measurement. `node client.ts <what> <url> <bytes> <file>` prints the peak memory. */
const [what, url = '', bytes = '0', path = ''] = process.argv.slice(2);
const size = Number(bytes);
const client = fileClient(url);

async function download(operation: 'down' | 'disk'): Promise<void> {
  const read = await drain(await client[operation].stream().orThrow());
  if (read !== size) throw new Error(`${read} bytes came`);
}

const work: { readonly [what: string]: () => Promise<unknown> } = {
  'a stream up': () => client.up({ body: streamOf(size) }).orThrow(),
  'a file up': async () => client.up({ body: await openAsBlob(path) }).orThrow(),
  'a file up in multipart': async () => client.parts({ body: { file: await openAsBlob(path) } }).orThrow(),
  'a stream down by fetch alone': async () => {
    const { body } = await fetch(`${url}/down`);
    if (!body || (await drain(body)) !== size) throw new Error('not all bytes came');
  },
  'a stream down': () => download('down'),
  'a file down': () => download('disk'),
};

// Code that the first call loads does not count for the file.
await client.up({ body: 'warm' }).orThrow();
await (await client.down.stream().orThrow()).stream().cancel();
process.stdout.write(String(await peakOf(work[what ?? ''] ?? (() => Promise.reject(new Error(`no ${what}`))))));
