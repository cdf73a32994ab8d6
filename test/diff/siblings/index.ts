import { branches } from './branches.ts';
import { defaults } from './defaults.ts';
import { discriminators } from './discriminators.ts';
import { equal } from './equal.ts';
import { extensions } from './extensions.ts';
import { keywords } from './keywords.ts';
import { messages } from './messages.ts';
import { parameters } from './parameters.ts';
import { references } from './references.ts';
import type { Row } from './row.ts';
import { security } from './security.ts';
import { values } from './values.ts';
import { webhooks } from './webhooks.ts';
import { words } from './words.ts';

/** Pairs of documents that differ in one thing, by its kind. */
export const tables: { readonly [kind: string]: readonly Row[] } = {
  references,
  discriminators,
  extensions,
  branches,
  keywords,
  defaults,
  messages,
  parameters,
  security,
  webhooks,
  words,
  values,
  equal,
};
