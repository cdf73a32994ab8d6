import { reclaiming } from '../bodies/index.ts';

/** A file on disk for a part of a request that is too large for memory. */
export type Spool = {
  readonly write: (chunk: Uint8Array) => Promise<unknown>;
  /** The written bytes, read from disk on demand. */
  readonly toFile: (name: string, type: string) => Promise<File>;
  readonly remove: () => Promise<void>;
};

/** Creates a file on disk. Undefined if the platform has no disk. */
export async function openSpool(): Promise<Spool | undefined> {
  const { getBuiltinModule } = globalThis.process ?? {};
  if (!getBuiltinModule) return undefined;
  const { openAsBlob, promises } = getBuiltinModule('node:fs');
  const path = `${getBuiltinModule('node:os').tmpdir()}/countersign-upload-${crypto.randomUUID()}`;
  // Uploads must be readable only by this user.
  const file = await promises.open(path, 'wx', 0o600);
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (isOpen) await file.close();
    isOpen = false;
  };
  return {
    write: (chunk) => file.write(chunk),
    async toFile(name, type) {
      await close();
      const file = new File([await openAsBlob(path)], name, { type });
      const open = file.stream.bind(file);
      return Object.assign(file, { stream: () => reclaiming(open()) });
    },
    async remove() {
      await close();
      await promises.rm(path, { force: true });
    },
  };
}
