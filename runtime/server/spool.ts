/** A file on disk for what of a request is too large for memory. */
export type Spool = {
  readonly write: (chunk: Uint8Array) => Promise<unknown>;
  /** What was written, read from disk when it is asked for. */
  readonly toFile: (name: string, type: string) => Promise<File>;
  readonly remove: () => Promise<void>;
};

/** Undefined where the platform has no disk. */
export async function openSpool(): Promise<Spool | undefined> {
  const { getBuiltinModule } = globalThis.process ?? {};
  if (!getBuiltinModule) return undefined;
  const { openAsBlob, promises } = getBuiltinModule('node:fs');
  const path = `${getBuiltinModule('node:os').tmpdir()}/countersign-upload-${crypto.randomUUID()}`;
  // Nobody else may read what somebody uploads.
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
      return new File([await openAsBlob(path)], name, { type });
    },
    async remove() {
      await close();
      await promises.rm(path, { force: true });
    },
  };
}
