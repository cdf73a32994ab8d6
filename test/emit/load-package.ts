import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Server } from '@countersign/runtime/server';
import { acceptDocument, makeFiles, writeFiles } from '../hostile/pipeline.ts';

export type LoadedPackage<Client> = {
  readonly createServer: (options: object) => Server;
  readonly createClient: (options: object) => Client;
};

/** Generates the package of a document in a folder, and imports its server and its client. */
export async function loadPackage<Client>(folder: string, document: object): Promise<LoadedPackage<Client>> {
  const outcome = await acceptDocument(join(folder, 'openapi.json'), document);
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.diagnostics));
  writeFiles(folder, await makeFiles(outcome.api));
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'));
  const load = async (name: string, made: string) => {
    const module = await import(/* @vite-ignore */ pathToFileURL(join(folder, 'src', name)).href);
    return (module as Record<string, unknown>)[made];
  };
  return {
    createServer: (await load('server.ts', 'createHostileServer')) as LoadedPackage<Client>['createServer'],
    createClient: (await load('index.ts', 'createHostileClient')) as LoadedPackage<Client>['createClient'],
  };
}
