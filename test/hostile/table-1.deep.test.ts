import { testTable } from './table.ts';
import { VECTORS } from './vectors.ts';

// Two files, so that two cores share the table.
testTable(VECTORS.filter((_, index) => index % 2 === 0));
