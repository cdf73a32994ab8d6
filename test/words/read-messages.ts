import ts from 'typescript';

/** A diagnostic or an error as its source has it; `‹name›` stands for a value that is known only when it happens. */
export type Message = { readonly line: number; readonly code: string; readonly parts: readonly string[] };

/** Diagnostics of a file: objects with a `message`, and lists or calls with a code and a message; then how to fix it. */
export const readDiagnostics = (source: string): readonly Message[] => read(source, diagnosticOf);

/** Errors of a file: what it passes to an error, a refusal, or a function that makes one of these. */
export const readErrors = (source: string): readonly Message[] => read(source, errorOf);

function read(source: string, messageOf: (node: ts.Node) => Omit<Message, 'line'> | undefined): readonly Message[] {
  const file = ts.createSourceFile('file.ts', source, ts.ScriptTarget.Latest, true);
  const found: Message[] = [];
  const visit = (node: ts.Node): void => {
    const message = messageOf(node);
    if (message) found.push({ line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1, ...message });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const CODE = /^[a-z][\w.-]*$/;

function diagnosticOf(node: ts.Node): Omit<Message, 'line'> | undefined {
  if (ts.isObjectLiteralExpression(node)) {
    const member = (name: string): ts.Expression | undefined => {
      const property = node.properties.find((each) => each.name?.getText() === name);
      if (property && ts.isShorthandPropertyAssignment(property)) return constantOf(property.name);
      return property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
    };
    const [code, message, help] = [member('code'), member('message'), member('help')];
    if (!message || !isSentence(message)) return undefined;
    return { code: code ? text(code) : '', parts: [text(message), ...(help ? [text(constantOf(help))] : [])] };
  }
  const given = ts.isCallExpression(node) ? node.arguments : ts.isArrayLiteralExpression(node) ? node.elements : [];
  const isMaker = ts.isCallExpression(node) && /(?:problem|refusal|wrongValue)$/.test(node.expression.getText());
  const at = given.findIndex(isSentence);
  const [code, message, help] = [given[at - 1], given[at], given[at + 1]];
  const isCode = code !== undefined && ts.isStringLiteral(code) && CODE.test(code.text);
  if (!message || (!isMaker && !(isCode && help !== undefined))) return undefined;
  const isHelp = help !== undefined && (isMaker || isSentence(constantOf(help)) || ts.isTemplateExpression(help));
  return { code: isCode ? text(code) : '', parts: [text(message), ...(isHelp ? [text(constantOf(help))] : [])] };
}

/** What a constant of the same file is; the node itself if it is something else, such as a parameter. */
function constantOf(node: ts.Expression): ts.Expression {
  if (!ts.isIdentifier(node)) return node;
  for (let scope: ts.Node = node.parent; scope !== undefined; scope = scope.parent) {
    if (!ts.isBlock(scope) && !ts.isSourceFile(scope) && !ts.isCaseClause(scope)) continue;
    const declared = scope.statements
      .filter(ts.isVariableStatement)
      .flatMap(({ declarationList }) => [...declarationList.declarations])
      .find(({ name }) => name.getText() === node.text);
    if (declared?.initializer) return declared.initializer;
  }
  return node;
}

function errorOf(node: ts.Node): Omit<Message, 'line'> | undefined {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return undefined;
  const name = node.expression.getText();
  if (!/(?:Error|Refusal|misconfigured|super|problemOf|refuse|fail)$/.test(name)) return undefined;
  const parts = (node.arguments ?? []).filter(isSentence).map(text);
  return parts.length === 0 ? undefined : { code: name.replace(/^.*\./, ''), parts };
}

const isSentence = (node: ts.Node): boolean =>
  ts.isStringLiteralLike(node)
    ? node.text.includes(' ')
    : ts.isTemplateExpression(node)
      ? node.getText().includes(' ')
      : ts.isConditionalExpression(node)
        ? isSentence(node.whenTrue) || isSentence(node.whenFalse)
        : ts.isBinaryExpression(node) && (isSentence(node.left) || isSentence(node.right));

function text(node: ts.Node): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map((span) => text(span.expression) + span.literal.text).join('');
  if (ts.isConditionalExpression(node)) return `{${text(node.whenTrue)} | ${text(node.whenFalse)}}`;
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return text(node.left) + text(node.right);
  if (ts.isParenthesizedExpression(node)) return text(node.expression);
  return `‹${node.getText().replaceAll(/\s+/g, ' ').slice(0, 40)}›`;
}
