import type {
  BytesForm,
  DigestName,
  Escape,
  KeyForm,
  PairsStep,
  RecipeKey,
  RecipeStep,
} from '@countersign/runtime/contract';
import { asList, asNode, asText, type Node } from '../reader.ts';
import { REQUEST_VALUES, textSteps } from './template.ts';

/** Maximum number of parts in a message, including nested ones. */
export const MOST_PARTS = 64;

const text = (value: string): readonly RecipeStep[] => (value === '' ? [] : [{ kind: 'text', text: value }]);

/** Joins consecutive texts. */
function merged(steps: readonly RecipeStep[]): readonly RecipeStep[] {
  const all: RecipeStep[] = [];
  for (const step of steps) {
    const last = all.at(-1);
    if (step.kind === 'text' && last?.kind === 'text')
      all[all.length - 1] = { kind: 'text', text: last.text + step.text };
    else all.push(step);
  }
  return all;
}

/** A message `{ join, parts, end }`, or one part, as steps. */
export function messageSteps(value: unknown): readonly RecipeStep[] {
  const node = asNode(value);
  if (!Array.isArray(node.parts)) return partSteps(value);
  const parts = node.parts.map(partSteps);
  const between = text(asText(node.join));
  const joined = parts.flatMap((steps, index) => (index === 0 ? steps : [...between, ...steps]));
  return merged([...joined, ...text(asText(node.end))]);
}

function partSteps(part: unknown): readonly RecipeStep[] {
  if (typeof part === 'string') {
    const value = REQUEST_VALUES[part];
    return value === undefined ? [] : [{ kind: 'request', value }];
  }
  const node = asNode(part);
  if (Array.isArray(node.parts)) return messageSteps(node);
  const [word = ''] = Object.keys(node);
  const given = node[word];
  switch (word) {
    case 'text':
      return textSteps(asText(given));
    case 'credential':
      return [credentialStep(node)];
    case 'header':
      return [{ kind: 'headers', names: [asText(given).toLowerCase()], each: 'value', join: '' }];
    case 'headers':
      return [headersStep(asNode(given)), ...text(asText(asNode(given).end))];
    case 'query':
    case 'form':
    case 'members':
      return [pairsStep([word], asNode(given))];
    case 'pairs':
      return [pairsStep(asList(asNode(given).of) as PairsStep['from'], asNode(given))];
    case 'member':
      return [{ kind: 'member', pointer: asText(given) }];
    case 'packed':
      return [{ kind: 'packedValue', name: valueName(asText(given)) }];
    case 'components':
      return [{ kind: 'components', packed: valueName(asText(given)) }];
    case 'path':
      return [{ kind: 'request', value: given === 'operation' ? 'operationPath' : 'path' }];
    case 'digest': {
      const { algorithm, encoding, of } = asNode(given);
      return [
        {
          kind: 'digest',
          algorithm: (asText(algorithm) || 'sha256') as DigestName,
          form: (asText(encoding) || 'hex') as BytesForm,
          of: messageSteps(of),
        },
      ];
    }
    case 'hmac': {
      const { algorithm, encoding, key, of } = asNode(given);
      return [
        {
          kind: 'hmac',
          algorithm: (asText(algorithm) || 'sha256') as DigestName,
          form: (asText(encoding) || 'hex') as BytesForm,
          key: buildKey(asNode(key)),
          of: messageSteps(of),
        },
      ];
    }
    case 'encode':
      return [{ kind: 'escape', escaping: (asText(given) || 'rfc3986') as Escape, of: messageSteps(node.of) }];
    default:
      return [];
  }
}

/** The name of a packed value. In a recipe, `.` is the value without a name. */
export const valueName = (name: string): string => (name === '.' ? '' : name);

/** The step of a credential that is a part or a key. */
function credentialStep(node: Node): Extract<RecipeStep, { readonly kind: 'credential' }> {
  const strip = asText(node.strip);
  return {
    kind: 'credential',
    name: asText(node.credential),
    form: (asText(node.encoding) || 'utf8') as KeyForm,
    ...(strip !== '' && { strip }),
  };
}

/** A key as steps. @param usual its form, if the recipe names none */
export function buildKey(node: Node, usual: KeyForm = 'utf8'): RecipeKey {
  const encoding = asText(node.encoding) || usual;
  const add = asText(node.add);
  const own =
    node.credential === undefined
      ? messageSteps(node.text === undefined ? node : { text: node.text })
      : [credentialStep({ ...node, encoding })];
  return {
    steps: [...text(add), ...own],
    ...(asText(node.digest) !== '' && { digest: asText(node.digest) as DigestName }),
    derive: asList(node.derive).map(messageSteps),
  };
}

function headersStep(node: Node): RecipeStep {
  return {
    kind: 'headers',
    names: Array.isArray(node.names)
      ? node.names.map((name) => asText(name).toLowerCase())
      : { packed: asText(asNode(node.names).packed) },
    each: eachOf(asText(node.each || '{name}:{value}')),
    join: asText(node.join ?? '\n'),
  };
}

/** The texts between and around names and values, and their order. */
function eachOf(template: string): PairsStep['each'] {
  const pieces = template.split(/(\{name\}|\{value\})/);
  return {
    texts: pieces.filter((_, index) => index % 2 === 0),
    order: pieces.filter((_, index) => index % 2 === 1).map((piece) => (piece === '{name}' ? 'name' : 'value')),
  };
}

const NESTED: readonly PairsStep['nested'][] = ['skip', 'sorted', 'brackets', 'dots'];

function pairsStep(from: PairsStep['from'], node: Node): PairsStep {
  const names = asList(node.names).map(asText);
  const except = asList(node.except).map(asText);
  return {
    kind: 'pairs',
    from,
    ...(names.length > 0 && { names }),
    ...(except.length > 0 && { except }),
    own: node.own === true,
    sort: (asText(node.sort) || 'none') as PairsStep['sort'],
    escaping: (asText(node.encode) || 'none') as Escape,
    nested: NESTED.find((word) => word === node.nested) ?? 'raw',
    empty: node.empty === 'skip' ? 'skip' : 'keep',
    each: eachOf(asText(node.each ?? '{name}={value}')),
    join: asText(node.join ?? '&'),
    ...(node.begin !== undefined && { begin: asText(node.begin) }),
  };
}
