import type { RecipeStep, RequestValue } from '@countersign/runtime/contract';

/** Names of a request's values in parts and templates. */
export const REQUEST_VALUES: { readonly [word: string]: RequestValue } = {
  method: 'method',
  path: 'path',
  operationPath: 'operationPath',
  target: 'target',
  url: 'url',
  origin: 'origin',
  host: 'host',
  query: 'query',
  body: 'body',
  packed: 'packed',
  timestamp: 'timestamp',
  nonce: 'nonce',
  id: 'id',
  date: 'date',
  isoDate: 'isoDate',
  expires: 'expires',
  status: 'status',
};

/** One step of a canonical form. */
export type TemplateStep = RecipeStep | { readonly kind: 'signature' };

/** The texts and names of a template such as `v0:{timestamp}`, in order. Braces without a name are text. */
export function splitTemplate(template: string): readonly { readonly text?: string; readonly name?: string }[] {
  return template
    .split(/(\{[A-Za-z]\w*\})/)
    .filter((piece) => piece !== '')
    .map((piece) => (/^\{[A-Za-z]\w*\}$/.test(piece) ? { name: piece.slice(1, -1) } : { text: piece }));
}

/** A template as steps; a name of the request overrides a credential of that name. */
export const templateSteps = (template: string): readonly TemplateStep[] =>
  splitTemplate(template).map(({ text = '', name }): TemplateStep => {
    if (name === undefined) return { kind: 'text', text };
    if (name === 'signature') return { kind: 'signature' };
    const value = Object.hasOwn(REQUEST_VALUES, name) ? REQUEST_VALUES[name] : undefined;
    return value ? { kind: 'request', value } : { kind: 'credential', name, form: 'utf8' };
  });

/** The steps of a template that must not contain the signature. */
export const textSteps = (template: string): readonly RecipeStep[] =>
  templateSteps(template).filter((step) => step.kind !== 'signature');
