import { Lexer, Source, TokenKind } from "graphql/index.js";

/**
 * Brackets within brackets in a document, fragments followed: parsing and GraphQL's own rules go down one call for each,
 * and run out of stack.
 */
export const MAX_NESTING = 100;

const OPENING: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** True when no bracket of the text is nested deeper than is allowed. What is no document is for the parser to tell. */
export const isShallow = (text: string): boolean => {
  if (hasFew(text)) return true;
  const lexer = new Lexer(new Source(text));
  let depth = 0;
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      if (OPENING.has(token.kind)) depth += 1;
      else if (CLOSING.has(token.kind)) depth -= 1;
      if (depth > MAX_NESTING) return false;
    }
  } catch {
    // The parser stops at the same place.
  }
  return true;
};

/** Most documents do not even have so many brackets, those in text and comments among them. */
const hasFew = (text: string): boolean => {
  let count = 0;
  for (const character of text) {
    if ("{[(".includes(character)) count += 1;
    if (count > MAX_NESTING) return false;
  }
  return true;
};
