/** Windows opens a device for these names, with any extension. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** Build output and installed packages are not compared with generated files. */
const FOREIGN = /^(node_modules|dist|\.git)(\/|$)/i;

/** Why a path is not allowed for a file of a package on some file system; undefined if it is allowed. */
export function safePathProblem(path: string): string | undefined {
  if (path === '' || path.length > 200) return 'A path has 1 to 200 characters.';
  if (!/^[\w@.\-/]+$/.test(path)) return 'A path has letters, digits, `_`, `@`, `.` and `-`, and `/` between folders.';
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || part.endsWith('.')))
    return 'A path leads from the package downwards, without `.` and `..`.';
  if (parts.some((part) => DEVICE.test(part))) return 'Windows has a device of this name.';
  return FOREIGN.test(path) ? 'This folder is not generated.' : undefined;
}
