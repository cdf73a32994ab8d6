/** The headers of a part. */
export type PartHead = {
  readonly name: string | undefined;
  /** The file name. Only a file has one. */
  readonly filename: string | undefined;
  /** The media type. Empty if no header states it. */
  readonly contentType: string;
};

/** Reverses the escaping of names by browsers and by older clients. */
const unquote = (text: string): string =>
  text.replace(/\\(["\\])/g, '$1').replace(/%(22|0D|0A)/gi, (escaped) => decodeURIComponent(escaped));

function parameter(header: string, name: string): string | undefined {
  const [, quoted, bare] = new RegExp(`;\\s*${name}=(?:"((?:\\\\"|[^"])*)"|([^;\\s]+))`, 'i').exec(header) ?? [];
  return quoted === undefined ? bare : unquote(quoted);
}

/** Reads `filename*=UTF-8''…` (RFC 5987), which some clients send in addition to or instead of the plain name. */
function extended(header: string, name: string): string | undefined {
  const [, charset, text] = new RegExp(`;\\s*${name}\\*=([\\w-]*)'[^']*'([^;\\s]+)`, 'i').exec(header) ?? [];
  if (text === undefined || !/^utf-8$/i.test(charset ?? '')) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Reads the name, file name and media type of a part from its headers. */
export function readPartHead(headers: ReadonlyMap<string, string>): PartHead {
  const disposition = headers.get('content-disposition') ?? '';
  const id = /^<(.+)>$/.exec(headers.get('content-id') ?? '')?.[1];
  return {
    name: parameter(disposition, 'name') ?? (id === undefined ? undefined : decoded(id)),
    filename: extended(disposition, 'filename') ?? parameter(disposition, 'filename'),
    contentType: headers.get('content-type') ?? '',
  };
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
