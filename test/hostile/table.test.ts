import { testTable } from './table.ts';
import { VECTORS } from './vectors.ts';

// Some of each kind; the deep tests have them all.
testTable(VECTORS.filter((_, index) => index % 16 === 3));
