import type { Api, File } from '../model/types.ts';

/** The version of the API for emitters: `Api`, `literal`, `names`. A change that breaks an emitter increases it. */
export const EMITTER_API = 1;

/**
 * A schema of zod 4, Valibot, ArkType or another library that follows Standard Schema.
 * @see https://standardschema.dev
 */
export type SettingsSchema<Settings> = {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (
      value: unknown,
    ) =>
      | { readonly value: Settings; readonly issues?: undefined }
      | { readonly issues: readonly SettingsIssue[] }
      | Promise<
          { readonly value: Settings; readonly issues?: undefined } | { readonly issues: readonly SettingsIssue[] }
        >;
  };
};

/** A mistake in an emitter's settings. `path` leads from the settings to it. */
export type SettingsIssue = {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
};

/** Makes some of a package's files from the model. Its declarations are checked before anything is generated. */
export type Emitter<Settings = unknown> = {
  /** Lower-case words with hyphens. Each emitter has a different name. */
  readonly name: string;
  /** The version of the emitter API that it was written for: `1`. */
  readonly api: typeof EMITTER_API;
  /** Names of the emitters whose files its own files import. They run before it. */
  readonly needs?: readonly string[];
  /** npm packages that its files import, with their ranges. They become optional peer dependencies of the package. */
  readonly packages?: { readonly [name: string]: string };
  /** What users import, such as `./valibot`, and its file, such as `src/valibot.ts`. */
  readonly entries?: { readonly [entry: string]: string };
  /** Validates the settings and applies defaults. Without it, the emitter accepts no settings. */
  readonly settings?: SettingsSchema<Settings>;
  /**
   * Must return the same files for the same input: the result is cached until the spec, its code or its settings
   * change.
   */
  emit(api: Api, settings: Settings): readonly File[] | Promise<readonly File[]>;
};

/**
 * Checks the type of an emitter and returns it.
 *
 * @example
 * ```ts
 * export default defineEmitter({
 *   name: 'operation-list',
 *   api: 1,
 *   emit: (api) => [{ path: 'operations.json', text: jsonText(api.operations.map(({ operationId }) => operationId), 2) }],
 * });
 * ```
 */
export function defineEmitter<Settings = undefined>(emitter: Emitter<Settings>): Emitter<Settings> {
  return emitter;
}
