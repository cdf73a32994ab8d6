/** Each quick fix, as an editor applies it: over the protocol, to the text that it shows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { ROWS } from '../lint/fix-rows.ts';
import { type Action, openEditor, type Shown } from './client.ts';

const CASES = ROWS.map(([code, text, want, name = 'openapi.yaml'], index) => ({
  code,
  text,
  want,
  path: `specs/p${index}/${name}`,
}));

let editor: Awaited<ReturnType<typeof openEditor>>;
beforeAll(async () => {
  editor = await openEditor(Object.fromEntries(CASES.map(({ path, text }) => [path, text])));
});
afterAll(async () => {
  expect(await editor.close()).toBe(0);
});

/** As an editor does: all edits of one file, in the text that it shows. */
function applied(path: string, text: string, { edit }: Action): string {
  expect(Object.keys(edit.changes)).toEqual([editor.uri(path)]);
  const document = TextDocument.create(editor.uri(path), 'yaml', 1, text);
  return TextDocument.applyEdits(
    document,
    [...(edit.changes[editor.uri(path)] ?? [])].map(({ range, newText }) => ({ range, newText })),
  );
}

async function fixOf(path: string, code: string, shown: readonly Shown[]): Promise<Action | undefined> {
  for (const diagnostic of shown.filter((each) => each.code === code)) {
    const actions = await editor.actions(path, diagnostic);
    const fix = actions.find(({ kind, diagnostics }) => kind === 'quickfix' && diagnostics?.[0]?.code === code);
    if (fix) return fix;
  }
  return undefined;
}

describe('quick fixes over the protocol', () => {
  it('exist for at least 40 codes', () => {
    expect(new Set(CASES.map(({ code }) => code)).size).toBeGreaterThanOrEqual(40);
  });

  it.each(CASES)('the fix of $code removes the error', async ({ code, text, want, path }) => {
    await editor.open(path);
    const before = await editor.diagnostics(path);
    const fix = await fixOf(path, code, before.diagnostics);
    expect(fix, JSON.stringify(before.diagnostics)).toBeDefined();
    const fixed = applied(path, text, fix as Action);
    if (want !== '') expect(fixed.split('\n').map((line) => line.trim())).toContain(want.trim());
    await editor.change(path, fixed);
    const after = await editor.diagnostics(path);
    const count = (shown: readonly Shown[]): number => shown.filter((each) => each.code === code).length;
    expect(count(after.diagnostics), fixed).toBeLessThan(count(before.diagnostics));
    await editor.dismiss(path);
  });
});
