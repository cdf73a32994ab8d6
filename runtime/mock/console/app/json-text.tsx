/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';

/** Matches a string (and the colon after the name of a property), a number, or a word. */
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b|\b(?:true|false|null)\b/g;

/** A longer text is shown without colors, because each token is an element. */
const LONGEST = 40_000;

/** Colors the JSON at any position in a text. HTML in it is shown as text. */
export function JsonText({ text }: { readonly text: string }) {
  const start = text.search(/^[[{]/m);
  if (start < 0 || text.length > LONGEST) return <>{text}</>;
  const parts: ComponentChildren[] = [text.slice(0, start)];
  let at = start;
  for (const { 0: token, 1: quoted, 2: colon, index } of text.slice(start).matchAll(TOKEN)) {
    parts.push(text.slice(at, start + index));
    const kind =
      quoted === undefined ? (/^[tfn]/.test(token) ? 'word' : 'number') : colon === undefined ? 'text' : 'key';
    parts.push(<span class={`j-${kind}`}>{quoted ?? token}</span>, colon);
    at = start + index + token.length;
  }
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  );
}
