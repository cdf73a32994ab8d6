/** XML that a contract describes, as values and back; by fast-xml-parser. Only who needs it loads this. */
export { readXml, XmlError } from './read.ts';
export { writeXml } from './write.ts';
