/** Converts values to XML that a contract describes and back, with fast-xml-parser. It is loaded on demand. */
export { readXml, XmlError } from './read.ts';
export { writeXml } from './write.ts';
