import { afterAll, it } from 'vitest';
import { compareChanges, removeFolder, SMALL_DOCUMENTS } from './recalled-files.ts';

afterAll(removeFolder);

it.each(SMALL_DOCUMENTS)('after changes anywhere in a public document: %s', (name, file) =>
  compareChanges(name, file, 60),
);
