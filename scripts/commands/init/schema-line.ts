import { dirname, join, posix, relative, sep } from 'node:path';

/** Path of the toolkit's schema in a workspace that installed it. */
const INSTALLED = 'node_modules/countersign/specs/x-cs.schema.json';

/**
 * The first line of a spec, by which an editor with the YAML language server checks and completes it.
 * @param spec the document, relative to the workspace
 */
export function schemaLine(spec: string, schema: string = INSTALLED): string {
  const path = relative(dirname(join('/', spec)), join('/', schema));
  return `# yaml-language-server: $schema=${path.split(sep).join(posix.sep)}\n`;
}

/** The text of a spec with the line. An imported document that already names a schema keeps its own line. */
export function withSchemaLine(text: string, spec: string): string {
  if (!/\.ya?ml$/.test(spec) || /^# yaml-language-server:/m.test(text)) return text;
  // Directives precede the document, and comments may precede a directive.
  return schemaLine(spec) + text.replace(/^\uFEFF/, '');
}
