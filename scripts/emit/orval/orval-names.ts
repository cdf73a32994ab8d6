import { createNames } from '../../common/text/names.ts';
import type { OrvalOperation } from './describe.ts';

/**
 * Orval drops some letters of a name and takes the case from others, and what it makes of two names may be one: it gets
 * names that it has no reason to change, by an operation's place in the list, and ours take their places afterwards.
 */
export const orvalName = (index: number): string => `op${index}x`;

/** The same for `GetGameList` of `GetGameListInput`. */
export const orvalTypeName = (index: number): string => `Ty${index}x`;

/** In a string or an address, in which it stands alone; else as a part of names. */
const ORVAL_NAME = /(['"/@])op(\d+)x|(op|Op|ty|Ty)(\d+)x/g;

/** Type parameters of orval's functions. */
const TYPE_PARAMETERS = /\bT(Data|Error|Context)\b/g;

/** Code whose type parameters hide no type that it imports: an operation `t` has a type `TData`. */
function renameTypeParameters(text: string, hooks: readonly OrvalOperation[]): string {
  const imported = new Set(hooks.flatMap(({ typeName }) => [`${typeName}Data`, `${typeName}Error`]));
  // No imported type ends in a digit.
  return text.replace(TYPE_PARAMETERS, (name) => (imported.has(name) ? `${name}2` : name));
}

/** Code by orval with our names in it. */
export function restoreNames(code: string, provider: string, hooks: readonly OrvalOperation[]): string {
  const text = renameTypeParameters(code, hooks);
  // Of its functions' variables none may hide what a function uses.
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
