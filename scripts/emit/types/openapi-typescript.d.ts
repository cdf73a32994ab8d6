/**
 * The parts of openapi-typescript that make types, which its package exports by path but types only at its root. The
 * root loads a second Redocly of 220 modules, which nothing here needs.
 */
declare module 'openapi-typescript/dist/transform/index.js' {
  export { transformSchema as default } from 'openapi-typescript';
}

declare module 'openapi-typescript/dist/lib/ts.js' {
  export { astToString } from 'openapi-typescript';
}
