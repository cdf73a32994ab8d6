import { type CallExpression, Node, type SourceFile } from 'ts-morph';
import type { Diagnostic } from '../../common/diagnostics/diagnostic.ts';
import type { PluginFile } from '../../load/load-plugins.ts';
import { decoderOf, decodingOf } from './decoder.ts';
import { follow, kindOf } from './flow.ts';
import type { Kinds } from './seeds.ts';

const MESSAGES = {
  lossy:
    'The signer decodes the body as text: all bytes that are not UTF-8 become the same character, so a changed body can have the same signature.',
  bom: 'The signer decodes the body as text without its byte order mark, so the signature is not over the bytes that are sent.',
  numbers: 'The signer makes text of the body: JavaScript writes bytes as decimal numbers or as other characters.',
} as const;
type Problem = keyof typeof MESSAGES;

const HELP =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the template is code that the help shows.
  'Sign the bytes, `concat(`${timestamp}.`, body)`, or `bodyText`, which rejects other bytes than UTF-8: `${timestamp}.${bodyText}`.';

/** Whether decoded text goes directly to a parser that does not need its byte order mark. */
const isParsed = (node: Node): boolean => {
  const parent = node.getParent();
  return (
    (Node.isCallExpression(parent) || Node.isNewExpression(parent)) &&
    /^(JSON\.parse|URLSearchParams)$/.test(parent.getExpression().getText())
  );
};

const holdsBytes = (kinds: Kinds, node: Node | undefined): boolean => {
  const kind = kindOf(kinds, node);
  return kind === 'body' || kind === 'list';
};

function decodeProblem(kinds: Kinds, call: CallExpression): Problem | undefined {
  const decoder = decoderOf(call.getExpression());
  const kind = kindOf(kinds, call.getArguments()[0]);
  if (!decoder || (kind !== 'body' && kind !== 'message')) return undefined;
  const decoding = decodingOf(decoder);
  if (decoding === 'bom') return isParsed(call) ? undefined : 'bom';
  return decoding === 'lossy' ? 'lossy' : undefined;
}

function callProblem(kinds: Kinds, call: CallExpression): Problem | undefined {
  const callee = call.getExpression();
  const args = call.getArguments();
  const decoded = decodeProblem(kinds, call);
  if (decoded) return decoded;
  if (callee.getText() === 'String') return holdsBytes(kinds, args[0]) ? 'numbers' : undefined;
  if (!Node.isPropertyAccessExpression(callee)) return undefined;
  const target = callee.getExpression();
  switch (callee.getName()) {
    case 'toString': {
      const [encoding] = args;
      const kind = kindOf(kinds, target);
      if (kind !== 'body' && !(kind === 'message' && Node.isCallExpression(target))) return undefined;
      if (encoding === undefined) return 'lossy';
      return Node.isStringLiteral(encoding) && /^(utf-?8|ascii)$/i.test(encoding.getLiteralValue())
        ? 'lossy'
        : undefined;
    }
    case 'join':
      return kindOf(kinds, target) === 'list' ? 'numbers' : undefined;
    case 'text':
    case 'json':
      return Node.isNewExpression(target) &&
        /^(Response|Request|Blob|File)$/.test(target.getExpression().getText()) &&
        target.getArguments().some((each) => holdsBytes(kinds, each))
        ? 'lossy'
        : undefined;
    case 'fromCharCode':
    case 'fromCodePoint':
      // `btoa` needs such text: it is how code without `toBase64` writes Base64.
      return args.some((each) => holdsBytes(kinds, each)) && !isEncoded(call) ? 'numbers' : undefined;
    default:
      return undefined;
  }
}

const isEncoded = (node: Node): boolean => {
  const parent = node.getParent();
  return Node.isCallExpression(parent) && /(^|\.)btoa$/.test(parent.getExpression().getText());
};

function problemOf(kinds: Kinds, node: Node): Problem | undefined {
  if (Node.isCallExpression(node)) return callProblem(kinds, node);
  if (Node.isTemplateSpan(node)) return holdsBytes(kinds, node.getExpression()) ? 'numbers' : undefined;
  if (!Node.isBinaryExpression(node) || !/^\+=?$/.test(node.getOperatorToken().getText())) return undefined;
  return holdsBytes(kinds, node.getLeft()) || holdsBytes(kinds, node.getRight()) ? 'numbers' : undefined;
}

/** A warning for each place where a signer, or a function that it calls, converts the bytes of a body to text. */
export function bodyTextProblems(source: SourceFile, file: PluginFile): readonly Diagnostic[] {
  const kinds = follow(source);
  return source.getDescendants().flatMap((node): Diagnostic[] => {
    const problem = problemOf(kinds, node);
    if (!problem) return [];
    const shown = Node.isTemplateSpan(node) ? node.getExpression() : node;
    const { line, column } = source.getLineAndColumnAtPos(shown.getStart());
    return [
      {
        severity: 'warning',
        code: 'signing-body-text',
        message: MESSAGES[problem],
        help: HELP,
        at: { file: file.shown, line, column },
      },
    ];
  });
}
