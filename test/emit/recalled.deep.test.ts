import { it } from 'vitest';
import { compareChanges, SMALL_DOCUMENTS } from './recalled-files.ts';

it.each(SMALL_DOCUMENTS)('after changes anywhere in a public document: %s', (name, file) =>
  compareChanges(name, file, 60),
);
