import type { Carrier, RecipeDescriptor, RecipeStep } from '@countersign/runtime/contract';
import type { Tell } from './check-names.ts';

const TARGETS = ['query', 'target', 'url'];

const pairsOf = { query: ['query'], body: ['members', 'form'], form: ['form', 'members'] } as const;

/** Whether a step reads the place of a carrier, and so its value. */
function reads(step: RecipeStep, carrier: Carrier): boolean {
  const { in: place, name } = carrier;
  switch (step.kind) {
    case 'request':
      return place === 'query' ? TARGETS.includes(step.value) : step.value === 'body' && isInBody(place);
    case 'pairs':
      return (
        step.own &&
        (place === 'query' || isInBody(place)) &&
        pairsOf[place].some((from) => step.from.includes(from)) &&
        (step.names?.includes(name) ?? true) &&
        !step.except?.includes(name)
      );
    case 'member':
      return place === 'body' && step.pointer === `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    case 'headers': {
      const header = place === 'cookie' ? 'cookie' : place === 'header' ? name.toLowerCase() : undefined;
      return header !== undefined && Array.isArray(step.names) && step.names.includes(header);
    }
    case 'digest':
    case 'escape':
      return step.of.some((inner) => reads(inner, carrier));
    case 'hmac':
      return [...step.of, ...step.key.steps, ...step.key.derive.flat()].some((inner) => reads(inner, carrier));
    default:
      return false;
  }
}

const isInBody = (place: Carrier['in']): place is 'body' | 'form' => place === 'body' || place === 'form';

/**
 * A computed value may not read itself or a value that is set after it: the sender would compute it without them, and
 * the receiver with them.
 */
export function checkComputed(recipe: RecipeDescriptor, within: readonly string[], tell: Tell): void {
  recipe.computed.forEach(({ name, steps }, index) => {
    for (const later of recipe.computed.slice(index)) {
      if (!steps.some((step) => reads(step, later))) continue;
      const isOwn = later.name === name;
      tell(
        [...within, 'computed', name],
        'signing-recipe',
        `\`${name}\` is computed from a part of the request that contains ${isOwn ? 'itself' : `\`${later.name}\``}.`,
        isOwn
          ? 'Compute it from other parts: `query: {}`, `form: {}` and `members: {}` omit the values of the scheme.'
          : `List \`${later.name}\` before \`${name}\`: values are set in this order.`,
      );
      return;
    }
  });
}
