/** @jsxImportSource preact */
import { useEffect, useRef } from 'preact/hooks';
import { createEditor, type PrismEditor } from 'prism-code-editor';
import { defaultCommands, editHistory, setIgnoreTab } from 'prism-code-editor/commands';
import 'prism-code-editor/languages/json';
import 'prism-code-editor/prism/languages/json';
import type { Problem } from './json-problems.ts';

/** Properties of an editor. */
export type CodeEditorProps = {
  readonly id: string;
  readonly language: 'json' | 'text';
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly problems: readonly Problem[];
};

/** Shows a text with line numbers and colors. Problems are marked at their lines and listed below. */
export function CodeEditor({ id, language, value, onInput, problems }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<PrismEditor | null>(null);
  const changed = useRef(onInput);
  changed.current = onInput;
  useEffect(() => {
    // Tab moves to the next control, as everywhere on the page.
    setIgnoreTab(true);
    const made = createEditor(
      host.current,
      { language, value, wordWrap: true, onUpdate: (text) => changed.current(text) },
      defaultCommands(),
      editHistory(),
    );
    const { textarea, keyCommandMap } = made;
    textarea.id = id;
    const enter = keyCommandMap['Enter'];
    // Ctrl+Enter sends the form.
    keyCommandMap['Enter'] = (event, ...rest) => !(event.ctrlKey || event.metaKey) && enter?.(event, ...rest);
    // Escape would lose the position of the focus on the page.
    keyCommandMap['Escape'] = null;
    editor.current = made;
    return () => made.remove();
  }, [id, language]);
  useEffect(() => {
    if (editor.current && editor.current.value !== value) editor.current.setOptions({ value });
  }, [value]);
  useEffect(() => {
    const { lines, textarea } = editor.current ?? {};
    if (!lines || !textarea) return;
    for (const line of [...lines]) line.classList.remove('wrong', 'doubtful');
    for (const { line, kind } of problems) lines[line]?.classList.add(kind === 'syntax' ? 'wrong' : 'doubtful');
    textarea.setAttribute('aria-invalid', String(problems.length > 0));
    textarea.setAttribute('aria-describedby', `${id}-problems`);
  }, [id, problems, value]);
  const go = (line: number): void => {
    const textarea = editor.current?.textarea;
    const at =
      value
        .split('\n')
        .slice(0, line - 1)
        .join('\n').length + (line > 1 ? 1 : 0);
    textarea?.focus();
    textarea?.setSelectionRange(at, at);
    editor.current?.lines[line]?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <>
      <div class="editor" ref={host} />
      <ul class="line-problems" id={`${id}-problems`}>
        {problems.map(({ line, message, kind }) => (
          <li key={`${line} ${message}`} class={kind === 'syntax' ? 'wrong' : 'doubtful'}>
            <button type="button" class="quiet" onClick={() => go(line)}>
              Line {line}
            </button>
            <span>{message}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
