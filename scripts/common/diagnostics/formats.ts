import type { Diagnostic } from './diagnostic.ts';
import { sortDiagnostics } from './report.ts';

/** Formats that other programs read, beside the report for people. */
export const FORMATS = ['json', 'github', 'sarif', 'junit', 'markdown'] as const;
/** One of them. */
export type Format = (typeof FORMATS)[number];

/** One entry of a report. A `note` needs no fix. */
export type Finding = {
  readonly level: 'error' | 'warning' | 'note';
  readonly code: string;
  readonly text: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
};

/** Findings by subject: a provider, a package or a workflow. `none` is the text of Markdown for a subject without any. */
export type Suites = readonly (readonly [name: string, findings: readonly Finding[], none?: string | undefined])[];

/** Diagnostics as findings, in the order of a report. */
export const findingsOf = (diagnostics: readonly Diagnostic[]): readonly Finding[] =>
  sortDiagnostics(diagnostics).map(({ severity, code, message, help, at }) => ({
    ...at,
    level: severity,
    code,
    text: help === '' ? message : `${message} ${help}`,
  }));

/** Workflow commands of GitHub Actions, one per line. Each becomes an annotation at the line of its finding. */
export function asGithub(findings: readonly Finding[]): string {
  const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return findings
    .map(({ level, code, text, file, line, column }) => {
      const command = level === 'note' ? 'notice' : level;
      return `::${command} file=${property(file)},line=${line},col=${column},title=${property(code)}::${data(text)}`;
    })
    .join('\n');
}

const WEIGHTS = { error: 'major', warning: 'minor', note: 'patch' } as const;

/**
 * A comment for a pull request. Its first line names the command and the largest level, so that a program finds the
 * comment again. For `diff`, the level is the step of the version.
 */
export function asMarkdown(suites: Suites, command: string): string {
  const levels = suites.flatMap(([, findings]) => findings.map(({ level }) => level));
  const [largest] = (['error', 'warning', 'note'] as const).filter((level) => levels.includes(level));
  const nameOf = (level: Finding['level']): string => (command === 'diff' ? WEIGHTS[level] : level);
  // Text of a document must not add markup to the page or a line break to the table.
  const cell = (text: string): string =>
    text.replace(/[&<>|`*_[\]\\@#~]/g, (character) => `&#${character.charCodeAt(0)};`).replace(/\s+/g, ' ');
  const sections = suites.map(([name, findings, none = 'No changes.']) => {
    const rows = findings.map(({ level, text, file, line }) => {
      const place = command === 'diff' ? '' : ` ${cell(file)}:${line} |`;
      return `| ${nameOf(level)} | ${cell(text)} |${place}`;
    });
    const head =
      command === 'diff'
        ? '| version | change |\n| --- | --- |'
        : '| level | problem | location |\n| --- | --- | --- |';
    return `**${cell(name)}**\n\n${rows.length === 0 ? none : [head, ...rows].join('\n')}`;
  });
  const title = command === 'diff' ? 'Changes for users of the packages' : `Problems that ${command} found`;
  const first = `<!-- countersign ${command}: ${largest === undefined ? 'none' : nameOf(largest)} -->`;
  return [first, `### ${title}`, ...sections].join('\n\n');
}

/** SARIF 2.1.0, as code scanning reads it. File names are relative to the workspace. */
export function asSarif(findings: readonly Finding[], version: string): string {
  const rules = [...new Set(findings.map(({ code }) => code))].sort().map((id) => ({ id }));
  const results = findings.map(({ level, code, text, file, line, column }) => ({
    ruleId: code,
    ruleIndex: rules.findIndex(({ id }) => id === code),
    level,
    message: { text },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file), uriBaseId: '%SRCROOT%' },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
  }));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'countersign', semanticVersion: version, rules } }, results }],
  };
  return JSON.stringify(log, undefined, 2);
}

/** A relative URI reference. Each segment is escaped, so that none is parsed as a scheme. */
const uriOf = (file: string): string => {
  const path = file.split('/').map(encodeURIComponent).join('/');
  return path.split('/', 1)[0]?.includes('%3A') ? `./${path}` : path;
};

/** A test suite for each name, with a failed test for each of its errors. Findings that fail no build are omitted. */
export function asJunit(suites: Suites, command: string): string {
  const failures = (found: readonly Finding[]) => found.filter(({ level }) => level === 'error');
  const suite = ([name, found]: (typeof suites)[number]): string => {
    const failed = failures(found);
    const cases = failed.map(
      ({ code, text, file, line, column }) =>
        `<testcase name=${attribute(`${code} at ${file}:${line}:${column}`)} classname=${attribute(name)}>` +
        `<failure type=${attribute(code)} message=${attribute(text)}/></testcase>`,
    );
    if (cases.length === 0) cases.push(`<testcase name=${attribute(command)} classname=${attribute(name)}/>`);
    const counts = `tests="${cases.length}" failures="${failed.length}" errors="0" skipped="0"`;
    return `<testsuite name=${attribute(name)} ${counts}>${cases.join('')}</testsuite>`;
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name=${attribute(`countersign ${command}`)}>${suites.map(suite).join('\n')}</testsuites>`;
}

const ENTITIES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
  '\r': '&#13;',
};

/** XML 1.0 allows no other control characters and no lone surrogates, not even escaped (section 2.2). */
const attribute = (text: string): string =>
  `"${text
    .toWellFormed()
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"\n\t\r]/g, (character) => ENTITIES[character] ?? '')}"`;
