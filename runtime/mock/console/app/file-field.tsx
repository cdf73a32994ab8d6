/** @jsxImportSource preact */
import { Inline } from './code-block.tsx';
import type { PageFile } from './gateway-api.ts';

/** Properties of a file field. */
export type FileFieldProps = {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly description?: string;
  readonly many?: boolean;
  readonly files: readonly PageFile[];
  readonly setFiles: (files: readonly PageFile[]) => void;
};

async function read(file: File): Promise<PageFile> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return { $file: { name: file.name, type: file.type, content: url.slice(url.indexOf(',') + 1) } };
}

const sizeOf = ({ $file: { content } }: PageFile): string => {
  const bytes = Math.floor((content.length * 3) / 4) - (content.endsWith('==') ? 2 : content.endsWith('=') ? 1 : 0);
  return bytes < 1024 ? `${bytes} bytes` : `${(bytes / 1024).toFixed(1)} KiB`;
};

/** Selects files and shows those that will be sent. It starts with a sample file. */
export function FileField({ id, label, hint, description, many = false, files, setFiles }: FileFieldProps) {
  const choose = async (list: FileList | null): Promise<void> => {
    if (list && list.length > 0) setFiles(await Promise.all([...list].map(read)));
  };
  return (
    <div class="field">
      <label for={id}>
        {label} <span class="hint">{hint}</span>
      </label>
      <input id={id} type="file" multiple={many} onChange={({ currentTarget }) => void choose(currentTarget.files)} />
      {description && (
        <p class="soft small">
          <Inline text={description.replace(/\s+/g, ' ')} />
        </p>
      )}
      {files.map((file) => (
        <p key={file.$file.name} class="small chosen">
          <code>{file.$file.name}</code>
          <span class="soft">
            {sizeOf(file)}
            {file.$file.type === '' ? '' : ` · ${file.$file.type}`}
          </span>
          <button type="button" class="quiet" onClick={() => setFiles(files.filter((each) => each !== file))}>
            Remove
          </button>
        </p>
      ))}
    </div>
  );
}
