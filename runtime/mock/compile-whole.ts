import type { ErrorObject } from 'ajv';
import { optionsText } from '../validators/keywords/values.ts';
import { createAjv, forAjv, type LenientFormats } from './ajv.ts';
import { type Direction, directDocument } from './direct-document.ts';
import type { Issue, Judge } from './judge.ts';
import { fromPortable, hasUnportable, toPortable, toPortableMembers, toPortableValue } from './portable-names.ts';
import { withDiscriminators } from './with-discriminators.ts';

/** The address of the document. It is absolute, because references below an `$id` are relative to that `$id`. */
const ROOT = 'countersign://document';

/**
 * Creates the function that compiles a schema with all of its references. Dynamic references and `$id` require this,
 * because only code that is compiled together knows where a schema was entered.
 */
export function createCompileWhole(
  document: object,
  direction: Direction,
  lenient: LenientFormats,
): (schema: object) => Judge {
  const directed = withDiscriminators(directDocument(document, direction));
  const text = JSON.stringify(directed);
  const isUnportable = hasUnportable(text);
  const portable = isUnportable ? (JSON.parse(text, toPortableNode) as object) : directed;
  const isPlain = !text.includes('"nullable"') && !text.includes('"enum":[]');
  // Every pointer is a pointer into the document, also below an `$id`, to which Ajv would resolve it.
  const rooted = JSON.stringify(portable).replaceAll('"$ref":"#', `"$ref":"${ROOT}#`);
  const root = JSON.parse(rooted, isPlain ? undefined : (_, node) => forAjv(node)) as object;
  const compilers = [true, false].map((allErrors) => {
    const ajv = createAjv(lenient, allErrors);
    ajv.addSchema(root, ROOT);
    return ajv;
  });
  return (schema) => {
    const [all, one] = compilers.map((ajv) => {
      let run: ReturnType<typeof ajv.compile> | undefined;
      return (value: unknown): readonly ErrorObject[] => {
        run ??= ajv.compile(withRoot(schema) as object);
        return run(isUnportable ? toPortableValue(value) : value) ? [] : (run.errors ?? []);
      };
    });
    return (value, first) => toIssues((first ? one : all)?.(value) ?? []);
  };
}

/** Returns a schema with references into the document, and with portable names. */
function withRoot(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withRoot);
  if (typeof node !== 'object' || node === null) return typeof node === 'string' ? toPortable(node) : node;
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) =>
      name === '$ref' && typeof value === 'string' ? [name, referenceTo(value)] : [toPortable(name), withRoot(value)],
    ),
  );
}

const referenceTo = (ref: string): string =>
  `${ROOT}#${encodeURI(toPortable(decodeURIComponent(ref.slice(1)))).replaceAll('#', '%23')}`;

const toPortableNode = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? toPortableMembers(value as Readonly<Record<string, unknown>>)
    : value;

/**
 * Selects the errors at the deepest level, because errors of alternatives are more useful than that of `oneOf` itself.
 */
function toIssues(errors: readonly ErrorObject[]): readonly Issue[] {
  const seen = new Set<string>();
  const own = errors.filter(({ keyword }) => !['oneOf', 'anyOf', 'if'].includes(keyword));
  return (own.length > 0 ? own : errors).flatMap((error) => {
    const path = error.instancePath
      .split('/')
      .slice(1)
      .map((step) => fromPortable(step.replaceAll('~1', '/').replaceAll('~0', '~')));
    const issue = { path, message: fromPortable(describe(error)) };
    const key = JSON.stringify(issue);
    if (seen.has(key)) return [];
    seen.add(key);
    return [issue];
  });
}

/** Describes an error in the words of the other validators. */
function describe({ keyword, params, message = 'not valid' }: ErrorObject): string {
  switch (keyword) {
    case 'enum':
      return optionsText(params['allowedValues'] as unknown[]);
    case 'const':
      return optionsText([params['allowedValue']]);
    case 'required':
      return `Invalid input: ${JSON.stringify(params['missingProperty'])} is required`;
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return `Unrecognized key: ${JSON.stringify(params['additionalProperty'] ?? params['unevaluatedProperty'])}`;
    default:
      return `Invalid input: ${message}`;
  }
}
