/** A page of the site: its source in the repository, or that it is generated from the code, and its address. */
export type Page = { readonly from: string; readonly to: string; readonly title: string; readonly about: string };
/** Pages of one kind, in the order of the navigation. */
export type Section = { readonly title: string; readonly pages: readonly Page[] };

const page = (name: string, title: string, about: string): Page => ({
  from: `docs/${name}.md`,
  to: `${name}.md`,
  title,
  about,
});
/** Written when the site is built. */
const made = (name: string, title: string, about: string): Page => ({
  from: '',
  to: `reference/${name}.md`,
  title,
  about,
});

/** The site, without the decisions and the modules of the runtime, which are listed from their folders. */
export const SECTIONS: readonly Section[] = [
  {
    title: 'Tutorial',
    pages: [
      page(
        'tutorial',
        'From a document to production',
        'A provider from its OpenAPI document to a published package in 20 minutes.',
      ),
      page(
        'add-a-provider',
        'Add a provider without a document',
        'A signed client, a receiver, a mock and tests, from an empty folder.',
      ),
    ],
  },
  {
    title: 'How-to guides',
    pages: [
      page('integrate', 'Call a provider', 'Install a client, handle errors, limit time, log, and share a login.'),
      page('receivers', 'Receive webhooks', 'Mount a generated server in Hono, Express, Fastify or Next.'),
      page('signers', 'Sign requests', 'Describe how a provider signs, or use a recipe from the catalogue.'),
      page('oauth', 'Log in with OAuth 2', 'Get tokens with every flow, and issue them in a server or a mock.'),
      page('testing', 'Test your code', 'Test calls, failures and receivers without the provider.'),
      page('mock', 'Test against the mock', 'Serve every provider from its spec, with failures, latency and webhooks.'),
      page('sandbox', 'Run a sandbox', 'Run your business logic against PostgreSQL.'),
      page('paging', 'Read pages', 'Read lists page by page with `rows()` and `pages()`.'),
      page('react', 'Use React', 'Call a provider from components with TanStack Query.'),
      page('plugins', 'Write plugins', 'Signers, hooks and business logic in TypeScript.'),
      page('emitters', 'Write emitters', 'Generate additional files for every provider.'),
      page('publishing', 'Publish packages', 'Build, version and publish the generated packages.'),
      page('ci', 'Run in CI', 'Lint, compare and check in pull requests.'),
      page('many-providers', 'Run many', 'Generate, configure, serve and release hundreds of providers.'),
      page('scale', 'Plan for load', 'The load that one process, one database and a cluster can handle.'),
      page('editors', 'Set up an editor', 'Completion, errors as you type and quick fixes.'),
      page('migrate-from-orval', 'Migrate from orval', 'Replace orval with a generated package, call by call.'),
      page(
        'migrate-from-openapi-typescript',
        'Migrate from openapi-typescript',
        'Keep the style of openapi-fetch and add signing and validation.',
      ),
      page(
        'migrate-from-hand-written-code',
        'Migrate from hand-written code',
        'Replace a hand-written client operation by operation.',
      ),
    ],
  },
  {
    title: 'Reference',
    pages: [
      made('cli', 'Command line', 'Every command with its arguments and options.'),
      page('x-cs', 'Extensions', 'Every `x-cs-*` extension with its fields.'),
      page('openapi-3.2', 'OpenAPI 3.2', 'What is supported of OpenAPI 3.2.'),
      made('configuration', 'Configuration', 'Every setting of `countersign.config.ts`.'),
      page('troubleshooting', 'Error codes', 'Every diagnostic with its cause and fix.'),
      made('runtime', 'Runtime API', 'Every export of `@countersign/runtime`.'),
    ],
  },
  {
    title: 'Explanation',
    pages: [
      page('concepts', 'Concepts', 'Contracts, envelopes, dispatch, replay and versions.'),
      { from: 'ARCHITECTURE.md', to: 'architecture.md', title: 'Architecture', about: 'The map of the code.' },
      { from: 'docs/decisions/README.md', to: 'decisions/index.md', title: 'Decisions', about: 'Why it is so.' },
      { from: 'CONTRIBUTING.md', to: 'contributing.md', title: 'Contributing', about: 'Work on Countersign itself.' },
    ],
  },
];
