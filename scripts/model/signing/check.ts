import type { SignatureScheme } from '@countersign/runtime/contract';
import type { Diagnostic } from '../../common/diagnostics/diagnostic.ts';
import { asList, asNode, asText, atPointer, join, type Node } from '../reader.ts';
import type { Api } from '../types.ts';
import { ambiguousPair } from './ambiguous.ts';
import { checkComponents } from './check-components.ts';
import { checkComputed } from './check-computed.ts';
import { checkNames, type Tell } from './check-names.ts';
import { checkReplay } from './check-replay.ts';
import { checkVectors } from './check-vectors.ts';
import { MOST_PARTS } from './parts.ts';
import { isRecipe } from './recipe.ts';

/** Maximum nesting of messages. */
const DEEPEST = 4;

/** The errors in recipes that their syntax does not show, and the results of their test vectors. */
export async function checkSigning(api: Api): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const scheme of api.securitySchemes) {
    const { descriptor, pointer } = scheme;
    if (descriptor.kind !== 'signature') continue;
    const signing = asNode(asNode(atPointer(api.document, pointer))['x-cs-signing']);
    const before = found.length;
    const tell: Tell = (tokens, code, message, help, severity) => {
      const at = join(pointer, 'x-cs-signing', ...tokens);
      found.push({ severity: severity ?? 'error', code, message, help, at: api.locate(at), pointer: at });
    };
    checkReplay(api, signing, descriptor, tell);
    if (!isRecipe(signing)) continue;
    checkNames(signing, tell);
    checkWords(signing, descriptor, tell);
    if (descriptor.recipe) checkComputed(descriptor.recipe, [], tell);
    if (descriptor.responses?.recipe) checkComputed(descriptor.responses.recipe, ['responses'], tell);
    checkComponents(descriptor, [], tell);
    checkComponents(descriptor.responses ?? {}, ['responses'], tell);
    // A warning does not stop the recipe from signing, and errors of other schemes do not concern it.
    if (found.slice(before).every(({ severity }) => severity === 'warning'))
      await checkVectors(api, scheme, descriptor, tell);
  }
  return found;
}

function checkWords(signing: Node, scheme: SignatureScheme, tell: Tell): void {
  const algorithm = asText(signing.algorithm);
  const key = asNode(signing.key);
  if (algorithm === 'custom')
    tell(
      ['algorithm'],
      'signing-recipe',
      'A signing recipe cannot use the algorithm `custom`.',
      'Write the algorithm, or remove `message` and write a signer.',
    );
  else if (!/^(md5|sha\d+)$/.test(algorithm) && signing.key === undefined)
    tell(
      ['algorithm'],
      'signing-recipe',
      `The algorithm \`${algorithm}\` requires \`key\`, which is missing.`,
      'Add `key: { credential: … }`.',
    );
  if (!/^(md5|sha\d+|hmac-.*)$/.test(algorithm) && signing.key !== undefined && key.credential === undefined)
    tell(
      ['key'],
      'signing-recipe',
      `The key of \`${algorithm}\` must be exactly one credential.`,
      'Write `key: { credential: … }`.',
    );
  for (const word of ['timestamp', 'nonce', 'id'] as const)
    if (signing[word] !== undefined && scheme[word] === undefined)
      tell(
        [word],
        'signing-recipe',
        `\`${word}\` has no location in the request.`,
        `Add \`in\` and \`name\`, or \`{${word}}\` to a value of \`packed\` or \`jwt\`.`,
      );
  const challenge = asNode(signing.challenge);
  if (signing.challenge !== undefined && (challenge.text === undefined) === (challenge.json === undefined))
    tell(
      ['challenge'],
      'signing-recipe',
      'The challenge must have exactly one of `text` and `json`.',
      'Write `text` for a plain-text response, or `json` for the properties of an object.',
    );
  const own = scheme.signature;
  if (scheme.packed && !own.part && scheme.packed.name.toLowerCase() === own.name.toLowerCase() && own.in === 'header')
    tell(
      ['packed', 'values'],
      'signing-recipe',
      'The header does not contain the signature.',
      'Add a value with `{signature}`, or give `packed` a different `name`.',
    );
  const { parts, depth } = sizeOf(signing.message);
  if (parts > MOST_PARTS || depth > DEEPEST)
    tell(
      ['message'],
      'signing-recipe',
      `The message has ${parts} parts in ${depth} levels.`,
      `The limit is ${MOST_PARTS} parts and ${DEEPEST} levels. Write a signer instead.`,
    );
  const pair = scheme.recipe && ambiguousPair(scheme.recipe.message);
  if (pair && asNode(signing.message).ambiguous !== 'accepted')
    tell(
      ['message'],
      'signing-ambiguous',
      'Two parts of variable length are adjacent: two different requests can have the same message.',
      "If the provider's documentation has a separator, put it between the parts. If not, write `ambiguous: accepted`: the receiver then stores each signature and each nonce.",
      'warning',
    );
  // One id is claimed for one delivery, so that the signature cannot be stored beside it.
  const { units = [] } = scheme.timestamp ?? {};
  if (pair && scheme.replay === 'id' && units.includes('s') && units.includes('ms'))
    tell(
      ['timestamp', 'unit'],
      'signing-ambiguous',
      'Digits can move from the timestamp to the message id: a captured delivery could be replayed with another id.',
      'Write the one `unit` that the provider uses.',
    );
}

function sizeOf(value: unknown): { readonly parts: number; readonly depth: number } {
  const node = asNode(value);
  const inside = [
    ...asList(node.parts),
    ...['of', 'digest'].flatMap((word) => (node[word] === undefined ? [] : [node[word]])),
  ];
  const sizes = inside.map(sizeOf);
  const own = Array.isArray(node.parts) ? 1 : 0;
  return {
    parts: sizes.reduce((sum, { parts }) => sum + parts, asList(node.parts).length),
    depth: own + Math.max(0, ...sizes.map(({ depth }) => depth)),
  };
}
