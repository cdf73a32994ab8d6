import fc from 'fast-check';

/**
 * Where a change is judged, the same values are drawn each time, so that what failed there fails here and a change is
 * not refused for a bug that was there before it. Everywhere else each run draws new ones.
 */
if (process.env.CI) fc.configureGlobal({ seed: 20_261_121 });
