import type { ValidateFunction } from 'ajv';
import { type Compile, createAjv, forAjv, type LenientFormats } from './ajv.ts';
import { type Direction, directDocument } from './direct-document.ts';
import { hasUnportable, toPortable, toPortableMembers, toPortableValue } from './portable-names.ts';
import { withDiscriminators } from './with-discriminators.ts';

const ROOT = 'document';

/**
 * Compiles a schema with all of its references. `unevaluatedProperties` and dynamic references require this: only code
 * that was compiled together has the properties that a referenced schema evaluated.
 */
export function createCompileWhole(
  document: object,
  direction: Direction,
  lenient: LenientFormats,
  allErrors: boolean,
): Compile {
  const directed = withDiscriminators(directDocument(document, direction));
  const text = JSON.stringify(directed);
  const isUnportable = hasUnportable(text);
  const portable = isUnportable ? (JSON.parse(text, toPortableNode) as object) : directed;
  const isPlain = !text.includes('"nullable"') && !text.includes('"enum":[]');
  const ajv = createAjv(lenient, allErrors);
  ajv.addSchema(isPlain ? portable : (JSON.parse(JSON.stringify(portable), (_, node) => forAjv(node)) as object), ROOT);
  return (schema) => {
    const run = ajv.compile(rooted(schema) as object);
    if (!isUnportable) return run;
    const validate = (value: unknown): boolean => {
      const valid = run(toPortableValue(value));
      portableRun.errors = run.errors ?? null;
      return valid;
    };
    const portableRun = validate as ValidateFunction;
    return portableRun;
  };
}

/** With references into the document, and portable names. */
function rooted(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(rooted);
  if (typeof node !== 'object' || node === null) return typeof node === 'string' ? toPortable(node) : node;
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) =>
      name === '$ref' && typeof value === 'string' ? [name, referenceTo(value)] : [toPortable(name), rooted(value)],
    ),
  );
}

const referenceTo = (ref: string): string =>
  `${ROOT}#${encodeURI(toPortable(decodeURIComponent(ref.slice(1)))).replaceAll('#', '%23')}`;

const toPortableNode = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? toPortableMembers(value as Readonly<Record<string, unknown>>)
    : value;
