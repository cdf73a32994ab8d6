import type { Diagnostic } from '../../scripts/common/diagnostics/diagnostic.ts';
import { checkSchemas, emitValidators, type ValidatorOptions } from '../../scripts/emit/validators/emit-validators.ts';
import { buildApi } from '../../scripts/model/index.ts';
import type { Api, ExpandedDocument } from '../../scripts/model/types.ts';

/** A document of these components, and paths if a test has some. Pointers are returned as places. */
export function apiOf(
  schemas: { readonly [name: string]: unknown },
  rest: { readonly [member: string]: unknown } = {},
): Api {
  const document = {
    openapi: '3.1.0',
    info: { title: 'Fixture', version: '1' },
    paths: {},
    components: { schemas },
    ...rest,
  } as ExpandedDocument;
  return buildApi({ document, locate: (pointer) => ({ file: pointer, line: 1, column: 1 }) }, 'fixture');
}

/** The zod expression of one component's constant, on one line, without its compiled check. */
export function constantText(
  schemas: { readonly [name: string]: unknown },
  name: string,
  options?: ValidatorOptions,
): string {
  const text = emitValidators(apiOf(schemas), options)
    .map((file) => file.text)
    .join('\n');
  const found = new RegExp(
    `const ${name}(?:: [^=]+)? = (?:/\\* @__PURE__ \\*/ \\(\\(\\) => )?([^]*?)(?:\\)\\(\\))?;\\n\\n`,
  ).exec(text);
  const line = (found?.[1] ?? `no ${name} in ${text}`).replace(/\s+/g, ' ').replace(/,? \}/g, ' }');
  const tight = line.replace(/([([]) /g, '$1').replace(/,? ([)\]])/g, '$1');
  return tight.replace(/^v\.compiled\((.*), \$\w+(?:, \(\) => \(.*\))?\)$/, '$1');
}

/** Errors in a single schema, as `code pointer`. */
export function problemsOf(schema: unknown, others: { readonly [name: string]: unknown } = {}): readonly Diagnostic[] {
  return checkSchemas(apiOf({ Subject: schema, ...others }));
}
