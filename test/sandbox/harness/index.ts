export { expectDeclared, issuesOf, isValid } from './expect-declared.ts';
export { BETWEEN, KILLS, killUnderLoad } from './kill-under-load.ts';
export { awkward, awkwardText, mutated } from './mutated.ts';
export { openProvider, type ProviderOptions } from './open-provider.ts';
export { openPostgres, type TestPostgres } from './postgres.ts';
export { type ProcessOptions, type SandboxProcess, startProcess, startProcesses } from './processes.ts';
export { openTestStores, type TestStore } from './stores.ts';
export { together } from './together.ts';
