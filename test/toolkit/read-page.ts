import { readFile } from 'node:fs/promises';

export type Step =
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'file'; readonly path: string; readonly text: string };

export type Page = {
  /** In the order of the page. */
  readonly steps: readonly Step[];
  readonly commands: readonly string[];
  readonly files: readonly { readonly path: string; readonly text: string }[];
};

/** The instructions of a page: `sh` blocks are typed, line by line; blocks with a path are saved there. */
export async function readPage(file: string): Promise<Page> {
  const text = await readFile(file, 'utf8');
  const steps = [...text.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].flatMap(
    ([, language, path, code = '']): readonly Step[] => {
      if (path !== undefined) return [{ kind: 'file', path, text: code }];
      if (language !== 'sh') throw new Error(`A block of ${language} without instructions`);
      return code
        .trim()
        .split('\n')
        .map((command) => ({ kind: 'command', command }));
    },
  );
  return {
    steps,
    commands: steps.flatMap((step) => (step.kind === 'command' ? [step.command] : [])),
    files: steps.flatMap((step) => (step.kind === 'file' ? [{ path: step.path, text: step.text }] : [])),
  };
}
