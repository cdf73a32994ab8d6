import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv2020 from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import addFormats from 'ajv-formats';

type Validate = (value: unknown) => boolean;
type Document = { readonly components: object };

const ADDRESS = 'https://document.example/';
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/countersign/', import.meta.url));

function compile(document: Document, component: string, code: object) {
  const ajv = new Ajv2020.default({ strict: false, logger: false, ...code });
  addFormats.default(ajv);
  ajv.addSchema({ $id: ADDRESS, components: document.components });
  return { ajv, validate: ajv.compile({ $ref: `${ADDRESS}#/components/schemas/${component}` }) };
}

/** AJV in its usual form: compiled in the process, with its defaults. */
export function compiledByAjv(document: Document, component: string): Validate {
  const { validate } = compile(document, component, {});
  return (value) => validate(value) === true;
}

/** The same, compiled ahead of time: its standalone module, imported. */
export function standaloneByAjv(document: Document, component: string): Validate {
  const { ajv, validate } = compile(document, component, { code: { source: true } });
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'ajv-'));
  try {
    const file = join(folder, 'standalone.cjs');
    writeFileSync(file, standaloneCode.default(ajv, validate));
    const made = createRequire(import.meta.url)(file) as Validate;
    return (value) => made(value) === true;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
