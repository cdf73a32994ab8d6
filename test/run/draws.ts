/** With how many values a property is tried: with all of them in `npm run test:deep`, with a fifth in `npm test`. */
export const draws = (all: number): number => (process.env.TEST_DEEP === undefined ? Math.ceil(all / 5) : all);
