/** A word or phrase that texts of this repository do not use, and what to write instead. */
export type Word = {
  readonly pattern: RegExp;
  readonly better: string;
  /** The files of the rule, by name. Default: all. */
  readonly only?: RegExp;
};

/** Texts for users: docs, specs and templates. In code, programs such as npm may ask a question. */
const FOR_USERS = /\.md$|^specs\/|^templates\/signing\//;

/** Words that read as translated, or that have a standard term. They are looked for in texts, not in code. */
export const WORDS: readonly Word[] = [
  { pattern: /\bmend(?:s|ed|ing)?\b/gi, better: 'fix' },
  // "tell apart" is plain English.
  { pattern: /\b(?:tells?|told|telling)\b(?!\s(?:\S+\s){0,8}apart\b)/gi, better: 'report, show, return' },
  { pattern: /\bwish(?:es|ed)?\b/gi, better: 'option, setting' },
  { pattern: /\banother one\b/gi, better: 'does not match, a different <noun>' },
  { pattern: /\bcannot be had\b/gi, better: 'is not available' },
  { pattern: /\bgo(?:es)? without\b/gi, better: 'does not use, omits' },
  { pattern: /\bwhoever\b/gi, better: 'name who does it' },
  { pattern: /\bwhatever\b/gi, better: 'any, regardless of' },
  { pattern: /\banew\b/gi, better: 'again' },
  { pattern: /\bheed(?:s|ed|ing)?\b/gi, better: 'respect, follow' },
  { pattern: /\bfaults?\b/gi, better: 'error, bug' },
  { pattern: /\bperhaps\b/gi, better: 'possibly, or state the case' },
  {
    pattern: /(?<!\bthere )\b(?:is|are|was|were) no (?!longer\b|more\b|less\b|later\b|earlier\b)/gi,
    better: 'is not a',
  },
  { pattern: /(?<!\bconnections? )\brefus(?:e|es|ed|ing)\b(?! connections?\b)/gi, better: 'reject' },
  { pattern: /\bask(?:s|ed|ing)? (?:for|of)\b/gi, better: 'request, need' },
  { pattern: /\b(?:is|are|was|were|be) asked\b/gi, better: 'name who calls: "the client requests"' },
  { pattern: /\b(?:whence|hereby|thereby|thereof|therein|herein|whereby|wherein)\b/gi, better: 'a plain sentence' },
  { pattern: /\bin vain\b/gi, better: 'without effect' },
  { pattern: /\bproblems? of the input\b/gi, better: 'error in the input' },
  { pattern: /\bnor is\b/gi, better: 'a second sentence' },
  { pattern: /\bit is (?:its|their|the) \S+ to (?:say|know|decide)\b/gi, better: 'say who decides' },
  { pattern: /\b(?:please|sorry|oops)\b/gi, better: 'nothing: say how to fix it' },
  { pattern: /\bthe none\b/gi, better: 'the nonce' },
  { pattern: /\bto be had\b/gi, better: 'is available' },
  { pattern: /\bin so many words\b/gi, better: 'explicitly' },
  { pattern: /\bbe it\b/gi, better: 'even if, whether' },
  { pattern: /(?<![\w/.'"@#`-])nobody\b(?![\w.@'"/-])/gi, better: 'name who does not, or "no caller"' },
  { pattern: /\bsay(?:s|ing)? nothing\b/gi, better: 'does not mention, has no rule for' },
  { pattern: /\bnothing of (?!the kind\b)/gi, better: 'no part of' },
  { pattern: /\bis none of\b/gi, better: 'is not one of' },
  { pattern: /\bthe other way r?around\b|\bthe other way round\b/gi, better: 'in reverse order, vice versa' },
  { pattern: /\bin the place of\b|\bin (?:its|their|whose) stead\b/gi, better: 'instead of, replaces' },
  { pattern: /\band the like\b/gi, better: 'and similar' },
  { pattern: /\bof (?:its|their) own accord\b/gi, better: 'automatically' },
  { pattern: /\bhand(?:s|ed|ing)? (?:it |them )?out\b/gi, better: 'issue, return' },
  { pattern: /\b(?:lest|hence|henceforth|whose turn)\b/gi, better: 'so that … not, therefore' },
  { pattern: /\b(?:left|leaves?) (?:(?:it|them) )?out\b/gi, better: 'omit' },
  { pattern: /\bany ?more\b(?! than\b)/gi, better: 'no longer' },
  { pattern: /\bmade[- ]up\b/gi, better: 'generated, invented' },
  { pattern: /\bby hand\b/gi, better: 'hand-written, manually' },
  { pattern: /\b(?:is|are) gone\b/gi, better: 'was removed, no longer exists' },
  { pattern: /\ball else\b/gi, better: 'everything else' },
  { pattern: /\btravel(?:s|led|ling)?\b/gi, better: 'is sent' },
  { pattern: /\b(?:may answer|answers? (?:with\b|\d{3}))/gi, better: 'return, respond with' },
  { pattern: /\banswer(?:s|ed|ing)?\b(?!\s*:)/gi, better: 'response, return, respond' },
  { pattern: /\bask(?:s|ed|ing)?\b/gi, better: 'request, call, need', only: FOR_USERS },
];
