// VitePress's default theme without its fonts: everything that a page loads is of the site itself.
import DefaultTheme from 'vitepress/theme-without-fonts';
import './style.css';

export default DefaultTheme;
