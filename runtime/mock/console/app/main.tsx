/** @jsxImportSource preact */
import { render } from 'preact';
import { App } from './app.tsx';

const root = document.getElementById('app');
// What the document showed while the script was loaded.
root?.replaceChildren();
if (root) render(<App />, root);
