/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from './icons.tsx';
import { JsonText } from './json-text.tsx';

/** Shows text to read and copy. HTML in it is shown as text. */
export function CodeBlock({
  title,
  label = title,
  text,
  aside,
}: {
  readonly title: string;
  /** The label of the block, if the page has several blocks with the same title. */
  readonly label?: string;
  readonly text: string;
  readonly aside?: ComponentChildren;
}) {
  return (
    <figure class="block">
      <figcaption>
        <span>{title}</span>
        {aside}
        <span class="grow" />
        <CopyButton text={text} what={label} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section tabIndex={0} aria-label={label}>
        <pre>{text === '' ? ' ' : <JsonText text={text} />}</pre>
      </section>
    </figure>
  );
}

/** A button that copies a text. */
export function CopyButton({
  text,
  what,
  label = 'Copy',
}: {
  readonly text: string;
  readonly what: string;
  readonly label?: string;
}) {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text).catch(() => undefined);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <button
      type="button"
      class="quiet copy"
      aria-label={copied ? `${what} copied` : `${label} ${what}`}
      onClick={() => void copy()}
    >
      <Icon name={copied ? 'done' : 'copy'} />
      {copied ? 'Copied' : label}
    </button>
  );
}

/** Returns formatted JSON. Other text is returned unchanged. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

/** Joins the lines of a paragraph that an editor wrapped. Items of a list stay on separate lines. */
const flow = (paragraph: string): string => paragraph.replace(/\n(?!\s*([-*]|\d+\.)\s)\s*/g, ' ');

/** Shows a line with `code`. */
export function Inline({ text }: { readonly text: string }) {
  return <>{text.split('`').map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part))}</>;
}

/** Shows paragraphs and lists with `code`. Other Markdown is shown as text. */
export function Prose({ text }: { readonly text: string }) {
  return (
    <div class="prose">
      {text
        .trim()
        .split(/\n\s*\n/)
        .map((paragraph, at) => (
          <p key={at}>
            <Inline text={flow(paragraph).replaceAll('**', '')} />
          </p>
        ))}
    </div>
  );
}
