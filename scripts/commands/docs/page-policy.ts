import { createHash } from 'node:crypto';

const RULES =
  "style-src 'unsafe-inline'; img-src data: blob:; font-src data:; connect-src blob: data:; worker-src blob:; base-uri 'none'; form-action 'none'";
const META =
  /^<!DOCTYPE html>\s*<html lang="en">\s*<head>\s*<meta http-equiv="Content-Security-Policy" content="([^"<>]*)"/i;

/** Redoc remembers what its reader chose, and fails where it cannot: a sandboxed page has no storage. */
const STAND_IN = `for (const name of ['localStorage', 'sessionStorage']) try { window[name] } catch {
  const kept = new Map();
  const value = { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => void kept.set(key, String(text)), removeItem: (key) => void kept.delete(key) };
  Object.defineProperty(window, name, { value });
}
try { document.cookie } catch { Object.defineProperty(document, 'cookie', { value: '', writable: true }) }`;

const hashOf = (script: string): string => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

/** A page with the policy that lets these scripts of it run and no other, also where it is opened as a file. */
export function withPolicy(html: string, scripts: readonly string[]): string {
  const allowed = [STAND_IN, ...scripts].map(hashOf).join(' ');
  const meta = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${allowed}; ${RULES}">`;
  // A reader of bytes looks for the encoding in the first 1024 of them.
  return html.replace(
    /<head>\s*<meta charset="utf8" \/>/,
    () => `<head>\n  ${meta}\n  <meta charset="utf-8">\n  <script>${STAND_IN}</script>`,
  );
}

/** The policy that a page brings, else that of a page without scripts. */
export const policyOf = (html: string): string => META.exec(html)?.[1] ?? `default-src 'none'; ${RULES}`;
