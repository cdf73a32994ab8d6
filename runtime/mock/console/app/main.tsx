/** @jsxImportSource preact */
import { render } from 'preact';
import { App } from './app.tsx';

const root = document.getElementById('app');
// The text of the document while the script was loaded.
root?.replaceChildren();
if (root) render(<App />, root);
