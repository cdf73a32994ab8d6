/** Windows would open a device, whatever the ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** What is built from a package or installed into it is not compared with what was generated. */
const FOREIGN = /^(node_modules|dist|\.git)(\/|$)/i;

/** Why no file of a package can have a path, on any file system; undefined for one that it can have. */
export function safePathProblem(path: string): string | undefined {
  if (path === '' || path.length > 200) return 'A path has 1 to 200 characters.';
  if (!/^[\w@.\-/]+$/.test(path)) return 'A path has letters, digits, `_`, `@`, `.` and `-`, and `/` between folders.';
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || part.endsWith('.')))
    return 'A path leads from the package downwards, without `.` and `..`.';
  if (parts.some((part) => DEVICE.test(part))) return 'Windows has a device of this name.';
  return FOREIGN.test(path) ? 'This folder is not generated.' : undefined;
}
