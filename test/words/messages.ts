import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Message, readDiagnostics, readErrors } from './read-messages.ts';

/** `npm run check:messages`: prints every diagnostic, then every error of the runtime, to be read as a whole. */

const root = join(import.meta.dirname, '../..');

function print(title: string, folder: string, read: (source: string) => readonly Message[]): void {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  const found = names.sort().flatMap((name) => {
    const messages = read(readFileSync(join(root, folder, name), 'utf8'));
    return messages.map(
      ({ line, code, parts }) => `${folder}/${name}:${line} ${code}\n${parts.map((each) => `  ${each}\n`).join('')}`,
    );
  });
  console.log(`${title}: ${found.length}\n\n${found.join('\n')}`);
}

print('Diagnostics', 'scripts', readDiagnostics);
print('Errors of the runtime', 'runtime', readErrors);
