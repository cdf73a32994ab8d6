import { relative, sep } from 'node:path';
import { RUNTIME_PARTS } from './declarations.ts';

/** What may be inside a published package, by path from the workspace's root. */
function allowedParts(provider: string, generated: string, plugins: string): readonly RegExp[] {
  const inside = (folder: string): string => folder.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return [
    new RegExp(`^${inside(generated)}/${provider}/src/(?!handlers\\.ts$)[\\w-]+\\.ts$`),
    // Files beside the signer are allowed, but not logic or its dependencies.
    new RegExp(`^${inside(plugins)}/${provider}/(signing|hooks)(\\.ts$|/)`),
    new RegExp(`(^|/)runtime/(${RUNTIME_PARTS.join('|')})/`),
    new RegExp(`(^|/)node_modules/(@noble/hashes|openapi-fetch|@countersign/runtime/(${RUNTIME_PARTS.join('|')}))/`),
    // The bundler's own helpers.
    /^\0|rolldown[:/]/,
  ];
}

/** The modules of one package, and its allowed contents. */
export type GuardTask = {
  readonly root: string;
  readonly provider: string;
  readonly generated: string;
  readonly plugins: string;
  readonly modules: readonly string[];
};

/** Modules that do not belong in a package: logic, a store, another provider's files, an unexpected dependency. */
export function findIntruders({ root, provider, generated, plugins, modules }: GuardTask): readonly string[] {
  const path = (file: string): string => relative(root, file).split(sep).join('/');
  const allowed = allowedParts(provider, path(generated), path(plugins));
  return modules
    .map((module) => (module.startsWith('\0') ? module : path(module)))
    .filter((module) => !allowed.some((pattern) => pattern.test(module)));
}
