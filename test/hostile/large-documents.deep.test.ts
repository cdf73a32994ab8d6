import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { limit } from '../run/slowness.ts';
import { LARGE_DOCUMENTS } from './large-documents.ts';

const run = promisify(execFile);
const SECONDS = 30;
const BYTES = 2 ** 30;

type Result = {
  readonly bytes?: number;
  readonly codes?: readonly (readonly [code: string, line: number])[];
  readonly memory: number;
  /** Seconds of processor time, which other processes do not affect. */
  readonly seconds: number;
};

test.each(LARGE_DOCUMENTS)(
  `$name: generated, or rejected with a location, within ${SECONDS} s of CPU time and 1 GB`,
  async ({ make, refused }) => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-large-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const document = make();
    const file = join(folder, typeof document === 'string' ? 'openapi.yaml' : 'openapi.json');
    writeFileSync(file, typeof document === 'string' ? document : JSON.stringify(document));
    const script = join(import.meta.dirname, 'make-one.ts');
    const { stdout } = await run(process.execPath, [script, file], {
      timeout: limit(10 * SECONDS * 1000),
      maxBuffer: 1e8,
    });
    const { bytes = 0, codes, memory, seconds } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Result;
    expect(memory).toBeLessThan(BYTES);
    expect(seconds).toBeLessThan(limit(SECONDS));
    expect(codes === undefined ? undefined : [...new Set(codes.map(([code]) => code))]).toEqual(refused);
    for (const [, line] of codes ?? []) expect(line).toBeGreaterThan(0);
    // Linear: some tens of times the size of the document, plus the files that every package has.
    if (refused === undefined) expect(bytes).toBeLessThan(40 * statSync(file).size + 200_000);
  },
);
