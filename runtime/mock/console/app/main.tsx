/** @jsxImportSource preact */
import { render } from 'preact';
import { App } from './app.tsx';

const root = document.getElementById('app');
// The element contains the text that is shown while the script loads.
root?.replaceChildren();
if (root) render(<App />, root);
