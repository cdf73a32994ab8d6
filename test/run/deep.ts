/** Whether `npm run test:deep` runs: what both runs hold is then tried with all providers, values and compilers. */
export const isDeep: boolean = process.env.TEST_DEEP !== undefined;

/** With how many values a property is tried: with all of them in `npm run test:deep`, with a fifth in `npm test`. */
export const draws = (all: number): number => (isDeep ? all : Math.ceil(all / 5));
