import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { z } from 'zod';
import { checkSchemas, emitValidators, type ValidatorOptions } from '../../scripts/emit/validators/emit-validators.ts';
import type { Api } from '../../scripts/model/types.ts';

export type GeneratedModule = { readonly [name: string]: z.ZodType } & {
  readonly validators: { readonly [operationId: string]: unknown };
};

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/countersign/', import.meta.url));

/** Modules that were generated for a test, written without their types where Node finds zod and the runtime. */
export class GeneratedModules {
  readonly #folder: string;
  #count = 0;

  constructor() {
    mkdirSync(CACHE, { recursive: true });
    this.#folder = mkdtempSync(join(CACHE, 'validators-'));
  }

  /** Checks, emits, writes and imports. @throws if the checks reject the document. */
  async load(api: Api, options?: ValidatorOptions): Promise<GeneratedModule> {
    const errors = checkSchemas(api).filter(({ severity }) => severity === 'error');
    if (errors.length > 0)
      throw new Error(errors.map(({ code, message, pointer }) => `${code} at ${pointer}: ${message}`).join('\n'));
    return this.import(
      emitValidators(api, options)
        .map(({ text }) => text)
        .join('\n'),
    );
  }

  /** Imports TypeScript text as a module. */
  async import(text: string): Promise<GeneratedModule> {
    this.#count += 1;
    const file = join(this.#folder, `${this.#count}.mjs`);
    writeFileSync(file, stripTypeScriptTypes(text));
    return (await import(/* @vite-ignore */ pathToFileURL(file).href)) as GeneratedModule;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
