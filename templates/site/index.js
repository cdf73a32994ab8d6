// VitePress's default theme without its fonts: a page loads only files of the site itself.
import { withBase } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { h } from 'vue';
import './style.css';

/** The theme's page for missing addresses has no landmark, and a link whose name differs from its text. */
const notFound = () =>
  h('main', { class: 'vp-doc not-found' }, [
    h('h1', 'Page not found'),
    h('p', 'No page has this address. Use the search, or start from the list of pages.'),
    h('p', h('a', { href: withBase('/') }, 'All pages')),
  ]);

export default { extends: DefaultTheme, Layout: () => h(DefaultTheme.Layout, null, { 'not-found': notFound }) };
