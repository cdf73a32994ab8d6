import { createHash } from 'node:crypto';
import { SCRIPT, STYLE } from './accessible-page.ts';

const RULES =
  "style-src 'unsafe-inline'; img-src data: blob:; font-src data:; connect-src blob: data:; worker-src blob:; base-uri 'none'; form-action 'none'";
const META =
  /^<!DOCTYPE html>\s*<html lang="en">\s*<head>\s*<meta http-equiv="Content-Security-Policy" content="([^"<>]*)"/i;

/**
 * Replaces the browser's storage. Redoc stores its reader's choices and fails without it, and a sandboxed page has
 * none.
 */
const STAND_IN = `for (const name of ['localStorage', 'sessionStorage']) try { window[name] } catch {
  const kept = new Map();
  const value = { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => void kept.set(key, String(text)), removeItem: (key) => void kept.delete(key) };
  Object.defineProperty(window, name, { value });
}
try { document.cookie } catch { Object.defineProperty(document, 'cookie', { value: '', writable: true }) }`;

const hashOf = (script: string): string => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

/** An accessible page with a policy that allows only its own scripts, also if it is opened as a file. */
export function withPolicy(html: string, scripts: readonly string[]): string {
  const allowed = [STAND_IN, SCRIPT, ...scripts].map(hashOf).join(' ');
  const meta = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${allowed}; ${RULES}">`;
  // Browsers look for the encoding in the first 1024 bytes.
  return html.replace(
    /<head>\s*<meta charset="utf8" \/>/,
    () =>
      `<head>\n  ${meta}\n  <meta charset="utf-8">\n  <script>${STAND_IN}</script>\n  <script>${SCRIPT}</script>\n  <style>${STYLE}</style>`,
  );
}

/** The policy of a page, or that of a page without scripts. */
export const policyOf = (html: string): string => META.exec(html)?.[1] ?? `default-src 'none'; ${RULES}`;
