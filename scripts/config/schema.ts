import { z } from 'zod';

/** An npm scope, in lower case as npm requires. */
export const SCOPE = /^@[a-z0-9][a-z0-9._-]*$/;

const framework = z.enum(['react', 'vue', 'svelte']);

const folder = z
  .string()
  .regex(/^(?!.*(^|\/)\.\.?(\/|$))[\w@-][\w./@-]*$/, 'must be a folder inside the repository, such as `specs`');

/**
 * The schema of countersign.config.ts. Unknown names are errors, because a misspelled name would be silently ignored.
 */
export const configSchema = z.strictObject({
  scope: z.string().regex(SCOPE, 'must be an npm scope in lower case, such as `@acme`').optional(),
  folders: z
    .strictObject({ specs: folder.optional(), plugins: folder.optional(), generated: folder.optional() })
    .optional(),
  // emitters.ts validates each emitter, with better messages than a schema of functions could give.
  emitters: z.array(z.unknown()).optional(),
  providers: z
    .record(
      z.string(),
      z.strictObject({
        role: z.enum(['caller', 'receiver', 'both']).optional(),
        atLeast: z
          .string()
          .regex(/^\d+\.\d+\.\d+$/, 'must be a version such as `1.0.0`')
          .optional(),
        hooks: z
          .union([z.boolean(), framework, z.array(framework).min(1)], {
            error: 'must be `true`, `false`, `react`, `vue`, `svelte` or a list of frameworks',
          })
          .optional(),
        emitters: z.array(z.unknown()).optional(),
        lint: z.enum(['strict', 'essential']).optional(),
        allowHosts: z
          .array(z.string().regex(/^[a-z0-9.:[\]-]+$/, 'must be a host name, such as `schemas.acme.example`'))
          .optional(),
        unknownKeys: z.enum(['passthrough', 'strip']).optional(),
        int64: z.enum(['number', 'bigint', 'string']).optional(),
        formats: z
          .strictObject({
            duration: z.enum(['standard', 'fractions']).optional(),
            time: z.enum(['standard', 'optionalOffset']).optional(),
          })
          .optional(),
      }),
    )
    .optional(),
  release: z
    .strictObject({
      registry: z.url({ protocol: /^https?$/, error: 'must be the URL of an npm registry' }).optional(),
      access: z.enum(['public', 'restricted']).optional(),
      tag: z
        .string()
        .regex(/^(?!v?\d)[\w.-]+$/, 'must be an npm dist-tag, such as `latest`, not a version')
        .optional(),
      provenance: z.boolean().optional(),
      test: z.string().min(1, 'must be a command, such as `npm test`').optional(),
    })
    .optional(),
});
