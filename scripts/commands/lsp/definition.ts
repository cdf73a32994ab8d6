import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Project } from 'ts-morph';
import { isObject, ownMember, pointerTokens } from '../../common/document/pointer.ts';
import { camelCase } from '../../common/text/names.ts';
import { readExports } from '../../inject/read-exports.ts';
import { type Tokens, Tree } from '../../lint/fixes/tree.ts';
import { loadPlugins } from '../../load/load-plugins.ts';
import { codesOf, isRequirement, operationsOf, refersTo, schemesOf } from './names.ts';

/** A place that an editor opens. Offsets are into the text of the file. */
export type Target = { readonly file: string; readonly from: number; readonly to: number };
/** The text of a file, saved or unsaved. */
export type ReadText = (file: string) => string | undefined;

/** The definition of the text at an offset of a spec: in the spec, in another file of it, or in a plugin. */
export async function definitionInSpec(
  file: string,
  offset: number,
  pluginFolder: string,
  read: ReadText,
): Promise<Target | undefined> {
  const text = read(file);
  if (text === undefined) return undefined;
  const tree = new Tree(text, file.endsWith('.json'));
  const at = tree.tokensAround(offset);
  if (!at) return undefined;
  const { tokens, onKey } = at;
  const value = tree.value(tokens);
  const inTree = (found: { readonly tokens: Tokens } | undefined): Target | undefined =>
    targetIn(file, tree, found?.tokens);
  if (isRequirement(tokens) && onKey) return inTree(schemesOf(tree).find(({ name }) => name === tokens.at(-1)));
  switch (onKey ? undefined : refersTo(tokens)) {
    case 'reference':
      return referenced(file, String(value), read);
    case 'operation':
      return inTree(operationsOf(tree).find(({ name }) => name === value));
    case 'code':
      return inTree(codesOf(tree).find(({ name }) => name === String(value)));
    default:
  }
  if (tokens.at(-1) === 'operationId') return pluginExport(pluginFolder, [String(value), camelCase(String(value))]);
  const scheme = schemeAround(tokens);
  const signing = scheme && ownMember(tree.value(scheme), 'x-cs-signing');
  if (!scheme || !isObject(signing)) return undefined;
  return pluginExport(pluginFolder, [String(signing.signer ?? scheme.at(-1))]);
}

/** The scheme or the operation in the spec that an export of a plugin implements. */
export function definitionInPlugin(word: string, spec: string, read: ReadText): Target | undefined {
  const text = read(spec);
  if (text === undefined) return undefined;
  const tree = new Tree(text, spec.endsWith('.json'));
  const scheme = schemesOf(tree).find(({ name, tokens }) => {
    const signer = ownMember(ownMember(tree.value(tokens), 'x-cs-signing'), 'signer');
    return (signer ?? name) === word;
  });
  const operation = operationsOf(tree).find(({ name }) => name === word || camelCase(name) === word);
  return targetIn(spec, tree, (scheme ?? operation)?.tokens);
}

const schemeAround = (tokens: Tokens): Tokens | undefined =>
  tokens[0] === 'components' && tokens[1] === 'securitySchemes' && tokens.length >= 3 ? tokens.slice(0, 3) : undefined;

function targetIn(file: string, tree: Tree, tokens: Tokens | undefined): Target | undefined {
  const range = tokens && (tree.range(tokens, 'key') ?? tree.range(tokens));
  return range && { file, from: range[0], to: range[1] };
}

function referenced(file: string, ref: string, read: ReadText): Target | undefined {
  const [path = '', fragment = ''] = ref.split('#', 2);
  const target = path === '' ? file : resolve(dirname(file), path);
  const text = read(target);
  if (text === undefined) return undefined;
  const tree = new Tree(text, target.endsWith('.json'));
  return targetIn(target, tree, pointerTokens(fragment)) ?? { file: target, from: 0, to: 0 };
}

async function pluginExport(folder: string, names: readonly string[]): Promise<Target | undefined> {
  const plugins = await loadPlugins(folder, folder);
  const project = new Project({ useInMemoryFileSystem: true });
  for (const file of [plugins.signing, ...plugins.logic]) {
    if (file === undefined) continue;
    const source = project.createSourceFile(`${file.path}`, file.text, { overwrite: true });
    const found = readExports(source, file).exports.find(({ name }) => names.includes(name));
    if (!found) continue;
    const { line, column } = found.at;
    const from = source.compilerNode.getPositionOfLineAndCharacter(line - 1, column - 1);
    return { file: file.path, from, to: from + found.name.length };
  }
  return undefined;
}

/** Reads a file from disk if no editor shows it. */
export const readWith =
  (unsaved: ReadonlyMap<string, string>): ReadText =>
  (file) =>
    unsaved.get(file) ?? (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
