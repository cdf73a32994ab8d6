import { createNames } from '../../common/text/names.ts';
import type { OrvalOperation } from './describe.ts';

/**
 * The name that orval receives for the operation at this index. Orval removes some characters of a name and changes the
 * case of others, so that two names may become the same. It has no reason to change these placeholders, which
 * `restoreNames` replaces.
 */
export const orvalName = (index: number): string => `op${index}x`;

/** The placeholder for `GetGameList` of `GetGameListInput`. */
export const orvalTypeName = (index: number): string => `Ty${index}x`;

/** A placeholder for an example, which `literal` writes later: orval receives no data of a spec. */
export const placeholder = (identifier: string): string => `@@${identifier}@@`;

/** A placeholder: the whole of a string or a path segment, or part of an identifier. */
const ORVAL_NAME = /(['"/@])op(\d+)x|(op|Op|ty|Ty)(\d+)x/g;

/** Type parameters of orval's functions. */
const TYPE_PARAMETERS = /\bT(Data|Error|Context)\b/g;

/** Renames type parameters that would shadow an imported type: the operation `t` has a type `TData`. */
function renameTypeParameters(text: string, hooks: readonly OrvalOperation[]): string {
  const imported = new Set(hooks.flatMap(({ typeName }) => [`${typeName}Data`, `${typeName}Error`]));
  // No imported type ends in a digit.
  return text.replace(TYPE_PARAMETERS, (name) => (imported.has(name) ? `${name}2` : name));
}

/** Replaces the placeholders in orval's code by our names. */
export function restoreNames(code: string, provider: string, hooks: readonly OrvalOperation[]): string {
  const text = renameTypeParameters(code, hooks);
  // A variable in a function must not shadow a name that the function uses.
  const variables = createNames(new Set(text.match(/[A-Za-z_$][\w$]*/g)));
  return text.replace(ORVAL_NAME, (_, before: string | undefined, place: string, kind: string, other: string) => {
    const hook = hooks[Number(place ?? other)];
    if (hook === undefined) throw new Error(`orval invented an operation ${place ?? other}`);
    if (before === '/') return `/${provider}/${hook.identifier}`;
    if (before !== undefined) return before + hook.identifier;
    if (kind === 'Op') return hook.hookName;
    return kind === 'Ty' ? hook.typeName : variables.identifier(hook.identifier);
  });
}
