/** Handlebars as one module, without the source maps of its 44 separate ones. */
declare module 'handlebars/dist/handlebars.js' {
  import Handlebars from 'handlebars';
  export default Handlebars;
}
