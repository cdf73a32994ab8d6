import { own, type SentSignature } from '../contract/index.ts';
import { recipeSigner } from './recipe/recipe.ts';
import type { RecipeScheme } from './recipe/request.ts';
import type { AnySigner, Signers } from './signer.ts';

/** The signer of a scheme: its recipe, or else the provider's plugin. Undefined if it has neither. */
export const signerOf = (scheme: SentSignature, signers: Signers): AnySigner | undefined =>
  scheme.recipe ? recipeSigner(scheme as RecipeScheme) : own(signers, scheme.name);
