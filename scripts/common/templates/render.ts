import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars/dist/handlebars.js';

const TEMPLATES = new URL('../../../templates/', import.meta.url);
const compiled = new Map<string, Handlebars.TemplateDelegate>();

/**
 * Fills `templates/<name>.hbs` with finished strings. Nothing is escaped here: literal.ts and names.ts have already
 * escaped every value. A name that the view lacks is an error, not an empty place.
 */
export function render(name: string, view: object): string {
  let template = compiled.get(name);
  if (template === undefined) {
    const source = readFileSync(new URL(`${name}.hbs`, TEMPLATES), 'utf8');
    template = Handlebars.compile(source, { noEscape: true, strict: true, knownHelpersOnly: true });
    compiled.set(name, template);
  }
  return template(view);
}
