#!/usr/bin/env node
// JavaScript that every version of Node can run, so that an old version gets a clear error.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 18)) {
  console.error(
    `Countersign requires Node 24.18 or later. This is Node ${process.versions.node}. ` +
      'Install it with the project: npm install --save-dev node@24. With pnpm, also run: pnpm approve-builds',
  );
  process.exit(1);
}
// Before the first module of the bundle, so that it is compiled once.
const { cacheCompiledModules } = await import('../scripts/common/compile-cache.js');
cacheCompiledModules(process.cwd());
await import(process.argv[2] === 'generate' ? '../bundle/main.mjs' : '../scripts/main.js');
