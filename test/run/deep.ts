/** Whether `npm run test:deep` runs: tests in both runs then use all providers, values and compilers. */
export const isDeep: boolean = process.env.TEST_DEEP !== undefined;

/** The number of values for a property: all of them in `npm run test:deep`, a fifth in `npm test`. */
export const draws = (all: number): number => (isDeep ? all : Math.ceil(all / 5));
