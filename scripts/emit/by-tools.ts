import type { ApiData, File } from '../model/types.ts';
import { emitHooks } from './hooks/index.ts';
import { emitTypes } from './types/index.ts';

/** What other generators make of the model: types by openapi-typescript and, where they are wanted, hooks by orval. */
export async function emitByTools(api: ApiData, hooks: boolean): Promise<readonly File[]> {
  return [...emitTypes(api), ...(hooks ? await emitHooks(api) : [])];
}
