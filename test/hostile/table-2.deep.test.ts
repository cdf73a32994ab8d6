import { testTable } from './table.ts';
import { VECTORS } from './vectors.ts';

// The table has two files, so that two cores run it.
testTable(VECTORS.filter((_, index) => index % 2 === 1));
