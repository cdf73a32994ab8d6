import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';

/**
 * Names the sources in stack traces of a bundle. Node's own support for source maps parses the map of each chunk when it
 * loads the chunk, which takes longer than the bundle saves. Here, a map is parsed for the first stack trace.
 */

const CHUNK = /(file:\/\/[^\s()]+\.mjs):(\d+):(\d+)/g;
/** The folder of this chunk. */
const FOLDER = new URL('./', chunkUrl()).href;
const maps = new Map<string, SourceMap | undefined>();

/** The URL of the calling chunk; its stack has no other source of it. */
function chunkUrl(): string {
  return /file:\/\/[^\s()]+?(?=:\d+:\d+)/.exec(new Error().stack ?? '')?.[0] ?? 'file:///';
}

function mapOf(chunk: string): SourceMap | undefined {
  if (!maps.has(chunk)) maps.set(chunk, readMap(chunk));
  return maps.get(chunk);
}

function readMap(chunk: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(new URL(`${chunk}.map`), 'utf8')));
  } catch {
    return undefined;
  }
}

function toSource(place: string, chunk: string, line: string, column: string): string {
  if (!chunk.startsWith(FOLDER)) return place;
  const origin = mapOf(chunk)?.findOrigin(Number(line), Number(column));
  if (origin === undefined || !('fileName' in origin)) return place;
  return `${new URL(origin.fileName, chunk).href}:${origin.lineNumber}:${origin.columnNumber}`;
}

function headOf(error: Error): string {
  try {
    return String(error);
  } catch {
    return '<error>';
  }
}

// As V8 prints a stack trace.
Error.prepareStackTrace = (error, calls) =>
  [headOf(error), ...calls.map((call) => `    at ${call}`)].join('\n').replace(CHUNK, toSource);
