/** Converts XML that a contract describes to values and back, with fast-xml-parser. Loaded on demand. */
export { readXml, XmlError } from './read.ts';
export { writeXml } from './write.ts';
