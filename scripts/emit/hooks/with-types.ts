/**
 * Writes out the types that orval leaves to inference: with `isolatedDeclarations`, TypeScript infers nothing that is
 * exported. Both edits only match code that contains our placeholder names.
 */
export function withTypes(hooks: string): string {
  return hooks
    .replace(
      /(Hook = \(\)) => (\{\s*const [\p{ID_Continue}$]+ = useCallOperation<([^>]+)>\(\);?\s*return (?:useCallback\()?\(([^)]*)\) => \{)/gu,
      (_, start: string, body: string, data: string, parameters: string) =>
        `${start}: ((${parameters.trim()}) => Promise<${data}>) => ${body}`,
    )
    .replace(
      /(QueryKey = \(([\p{ID_Continue}$]+)\?: ([\p{ID_Continue}$<>]+)\s*,?\s*\)) => (\{\s*return \[\s*['"]POST['"],\s*(`[^`]*`),\s*\2,?\s*\] as const)/gu,
      (_, start: string, __: string, input: string, body: string, url: string) =>
        `${start}: readonly ['POST', ${url}, ${input} | undefined] => ${body}`,
    );
}
