import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Node, type ObjectLiteralExpression, SyntaxKind } from 'ts-morph';
import { InputError } from '../../common/diagnostics/diagnostic.ts';
import { keyLiteral } from '../../common/text/literal.ts';
import { CONFIG_FILE } from '../../config/index.ts';
import { exportedObject, openSource } from '../../config/locate.ts';
import { lintSpec } from '../../lint/index.ts';
import { loadSpec } from '../../load/index.ts';

/**
 * For an external document that violates the style rules of `lint`: sets `lint: 'essential'` in the configuration, so
 * that code can be generated and style errors are warnings.
 * @returns notes for the user: what was set, and how many errors are left
 */
export async function relaxLint(root: string, provider: string, file: string): Promise<readonly string[]> {
  const [strict, essential] = await Promise.all([countErrors(file, 'strict'), countErrors(file, 'essential')]);
  const left = `${essential} error${essential === 1 ? '' : 's'} must be fixed before generation: run npx countersign lint ${provider}`;
  return [
    ...(strict > essential ? [await relax(root, provider, strict - essential)] : []),
    ...(essential > 0 ? [left] : []),
  ];
}

async function relax(root: string, provider: string, count: number): Promise<string> {
  const path = join(root, CONFIG_FILE);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  const made = text === undefined ? undefined : addSetting(text, provider);
  const setting = `${keyLiteral(provider)}: { lint: 'essential' }`;
  const problems = `${count} style error${count === 1 ? '' : 's'}`;
  if (made === undefined)
    return `${problems} ${count === 1 ? 'blocks' : 'block'} generation: add \`${setting}\` to \`providers\` in ${CONFIG_FILE}`;
  await writeFile(path, made);
  const shown = count === 1 ? 'is reported as a warning' : 'are reported as warnings';
  return `${problems} ${shown}: added ${setting} to ${CONFIG_FILE}. Remove it to report errors again`;
}

/** `generate` reports errors of reading and bundling. */
async function countErrors(file: string, profile: 'strict' | 'essential'): Promise<number> {
  try {
    const problems = await lintSpec(await loadSpec(file), { profile });
    return problems.filter(({ severity }) => severity === 'error').length;
  } catch (error) {
    if (error instanceof InputError) return 0;
    throw error;
  }
}

/** The configuration with one more setting; undefined if its syntax has no place for it. */
export function addSetting(text: string, provider: string): string | undefined {
  const source = openSource(text);
  const assignment = source.getExportAssignment((found) => !found.isExportEquals());
  const config = exportedObject(assignment?.getExpression());
  const providers = config && objectMember(config, 'providers');
  if (config === undefined || providers === undefined) return undefined;
  const own = providers.getProperty((property) => nameOf(property) === provider);
  if (own === undefined)
    providers.addPropertyAssignment({ name: keyLiteral(provider), initializer: "{ lint: 'essential' }" });
  else if (Node.isPropertyAssignment(own)) {
    const settings = own.getInitializerIfKind(SyntaxKind.ObjectLiteralExpression);
    if (settings === undefined || settings.getProperty('lint') !== undefined) return undefined;
    settings.addPropertyAssignment({ name: 'lint', initializer: "'essential'" });
  } else return undefined;
  source.formatText({ indentSize: 2 });
  return source.getFullText();
}

const nameOf = (property: Node): string =>
  Node.isPropertyAssignment(property) ? property.getName().replace(/^['"`]|['"`]$/g, '') : '';

/** A property that is an object, added if it is missing. */
function objectMember(object: ObjectLiteralExpression, name: string): ObjectLiteralExpression | undefined {
  const found = object.getProperty(name) ?? object.addPropertyAssignment({ name, initializer: '{}' });
  return Node.isPropertyAssignment(found) ? found.getInitializerIfKind(SyntaxKind.ObjectLiteralExpression) : undefined;
}
