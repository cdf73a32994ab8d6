/**
 * Writes out the types that orval leaves to inference: with `isolatedDeclarations`, TypeScript infers nothing that is
 * exported. Both edits only match code that contains our placeholder names.
 */
export function withTypes(hooks: string): string {
  return hooks
    .replace(
      /(Hook = \(\)) => (\{\s*const [\w$]+ = useCallOperation<([^>]+)>\(\);?\s*return (?:useCallback\()?\(([^)]*)\) => \{)/g,
      (_, start: string, body: string, data: string, parameters: string) =>
        `${start}: ((${parameters.trim()}) => Promise<${data}>) => ${body}`,
    )
    .replace(
      /(QueryKey = \(([\w$]+)\?: ([\w$<>]+)\s*,?\s*\)) => (\{\s*return \[\s*['"]POST['"],\s*(`[^`]*`),\s*\2,?\s*\] as const)/g,
      (_, start: string, __: string, input: string, body: string, url: string) =>
        `${start}: readonly ['POST', ${url}, ${input} | undefined] => ${body}`,
    );
}
