/** Runs in a worker thread: the check of a large document, then its types and hooks. */
import { answerQuestions } from '../answer-questions.ts';
import { type BesideQuestion, checkDocument, makePart } from '../beside.ts';

answerQuestions((question: BesideQuestion) =>
  question.kind === 'lint' ? checkDocument(question) : makePart(question),
);
