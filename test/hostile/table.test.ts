import { testTable } from './table.ts';
import { VECTORS } from './vectors.ts';

// A part of each kind; the deep tests have all of them.
testTable(VECTORS.filter((_, index) => index % 16 === 3));
