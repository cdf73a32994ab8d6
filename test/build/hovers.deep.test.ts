import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorkspace, repository, type TestWorkspace } from './make-workspace.ts';

/** A user's module. `/*name*\/` stands before what the user points at. */
const MODULE = `
import { createDiceyFunClient, /*error class*/TokenExpiredError, /*error guard*/isTokenExpiredError,
  /*runtime guard*/isTimeoutError, type /*input type*/GetGameListInput, type /*data type*/GetGameListData,
  type /*error type*/GetGameListError } from '@countersign/dicey-fun';
import { /*query hook*/useGetGameList, /*mutation hook*/useSetPlayerWallet, /*hook options*/useGetGameListQueryOptions,
  /*query key*/getGetGameListQueryKey, /*client hook*/useDiceyFunClient } from '@countersign/dicey-fun/react';
import { /*handler list*/getDiceyFunHandlers, /*mock handler*/getGetGameListMockHandler } from '@countersign/dicey-fun/msw';
import { createDiceyFunServer, type DiceyFunHandlers } from '@countersign/dicey-fun/server';
import type { components } from '@countersign/dicey-fun/types';
import * as validators from '@countersign/dicey-fun/validators';
import { createPlattrClient } from '@countersign/plattr';

const client = /*factory*/createDiceyFunClient({
  /*option*/timeout: { /*nested option*/attempt: 5000 },
  /*credentials*/credentials: { /*credential*/apiKey: 'k' }, /*middleware*/middleware: [],
  /*hooks*/hooks: { /*hook*/onRequest(state) { state./*hook state*/headers; } },
});
const { error } = await client./*operation*/getGameUrl(
  { /*body*/body: { /*input field*/username: 'ada', /*input $ref*/lang: 'zh' } },
  { /*call option*/signal: undefined },
);
const hall = await client.getGameHall();
hall.data?./*data $ref*/game_list[0]?./*field behind a $ref*/game_name;
if (error?.kind === 'api') error./*error code*/code;
client.getGameHall()./*orThrow*/orThrow();
declare const row: components['schemas']['WalletRecord'];
row./*schema field*/coin;
validators./*validator*/GameList;
const handlers: Partial<DiceyFunHandlers> = {
  async /*handler*/getGameUrl({ body }, context) { body./*handler input*/username; context./*handler context*/requestId; return null as never; },
};
createPlattrClient().getMyScore({ /*path group*/path: { leaderboard_id: 'weekly' } });
createPlattrClient().listMails({ /*query group*/query: {} });
createDiceyFunServer({ /*server option*/handlers: {}, /*security option*/security: {} });
`;

const FILE = 'main.ts';
let workspace: TestWorkspace;
let project: string;
let service: ts.LanguageService;

const packageFolder = (provider = 'dicey-fun'): string => join(project, 'node_modules/@countersign', provider);

beforeAll(async () => {
  workspace = await makeWorkspace(['dicey-fun', 'plattr']);
  const built = await workspace.run(['build']);
  expect(built.stderr + built.stdout, 'the build').not.toContain('error[');
  project = mkdtempSync(join(tmpdir(), 'countersign-hovers-'));
  mkdirSync(join(project, 'node_modules/@countersign'), { recursive: true });
  for (const provider of ['dicey-fun', 'plattr'])
    cpSync(join(workspace.root, 'generated', provider, 'dist'), packageFolder(provider), { recursive: true });
  for (const peer of ['zod', 'hono', 'msw', 'react', '@types', '@tanstack'])
    symlinkSync(join(repository, 'node_modules', peer), join(project, 'node_modules', peer));
  writeFileSync(join(project, 'package.json'), '{"type":"module"}');
  writeFileSync(join(project, FILE), MODULE);
  service = ts.createLanguageService(hostOf(project));
});
afterAll(async () => {
  await workspace.remove();
  rmSync(project, { recursive: true, force: true });
});

function hostOf(folder: string): ts.LanguageServiceHost {
  const settings: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
  };
  return {
    ...ts.sys,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getCompilationSettings: () => settings,
    getScriptFileNames: () => [join(folder, FILE)],
    getScriptVersion: () => '1',
    getScriptSnapshot: (path) => {
      const text = ts.sys.readFile(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
  };
}

/** The text that an editor shows below the type. */
function hover(name: string): string {
  const marker = `/*${name}*/`;
  const at = MODULE.indexOf(marker);
  expect(at, marker).toBeGreaterThan(-1);
  const info = service.getQuickInfoAtPosition(join(project, FILE), at + marker.length);
  return ts.displayPartsToString(info?.documentation);
}

describe('the hover texts that an editor shows for a published package', () => {
  it('come from code that type-checks', () => {
    const problems = service.getSemanticDiagnostics(join(project, FILE));
    expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
  });

  it.each([
    ['factory', 'A typed client.'],
    ['operation', 'Get the URL that starts the game\n\nReturns the URL that starts the game.'],
    ['orThrow', 'Returns only the data.'],
    ['input type', 'Input of `getGameList`.'],
    ['data type', 'Data of a successful `getGameList`.'],
    ['error type', 'Errors of `getGameList`.'],
    ['body', 'The request body.'],
    ['input field', "The player's user name."],
    ['input $ref', 'Language of names and pages.'],
    ['data $ref', 'The enabled games.'],
    ['field behind a $ref', 'Game name, in the language of `lang`.'],
    ['schema field', 'Transferred coins:'],
    ['validator', 'The enabled games.'],
    ['error class', 'Token invalid or expired.'],
    ['error guard', 'Whether an error is of the class `TokenExpiredError`.'],
    ['runtime guard', 'Whether a value is a `TimeoutError`'],
    ['error code', 'The code in the body'],
    ['option', 'Time limits in milliseconds'],
    ['credential', 'Sent in a header as `api-key`. Default: the environment variable `DICEYFUN_API_KEY`.'],
    ['middleware', 'Middleware for openapi-fetch'],
    ['path group', 'Path parameters.'],
    ['query group', 'Query parameters.'],
    ['nested option', 'Limit from sending one request to its complete'],
    ['call option', 'Ends the call'],
    ['hooks', 'Functions that run before each request'],
    ['hook', 'Called before each attempt.'],
    ['hook state', 'Headers of the request, without credentials.'],
    ['query hook', 'List the games\n\nLists the enabled games'],
    ['mutation hook', 'Credit coins in or out'],
    ['hook options', 'Options for `getGameList`'],
    ['query key', 'The query key of `getGameList`.'],
    ['client hook', 'The client of the nearest provider.'],
    ['handler list', 'A handler for each operation'],
    ['mock handler', 'List the games'],
    ['handler', 'Get the URL that starts the game'],
    ['handler input', "The player's user name."],
    ['handler context', 'The id of the request'],
    ['server option', "The handlers, by the operation's name."],
    ['security option', 'The valid credentials of each security scheme'],
  ])('show for %s: %s', (name, text) => {
    expect(hover(name).slice(0, text.length)).toBe(text);
  });

  it('show each comment on its own line, right before its property', () => {
    const files = readdirSync(packageFolder()).filter((name) => name.endsWith('.d.ts'));
    expect(files.length).toBeGreaterThan(5);
    for (const name of files) {
      const lines = readFileSync(join(packageFolder(), name), 'utf8').split('\n');
      const misplaced = lines.filter((line) => /[;{]\s*\/\*\*|^\s*\/\*\*.*\*\/\s*\S/.test(line));
      expect(misplaced, name).toEqual([]);
    }
  });
});
