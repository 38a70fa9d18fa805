/**
 * EventStoreDB takes filters as .NET regular expressions; this translates them to JavaScript's. Every .NET construct is
 * translated or refused, so that none has another meaning here. Groups do not capture, since a filter only needs to
 * match.
 */
export class UnsupportedExpression extends Error {}

/** Throws UnsupportedExpression. */
export const dotnetExpression = (source: string): RegExp => {
  const { pattern, ignoreCase } = new Translation(source).run();
  try {
    return new RegExp(pattern, ignoreCase ? "vi" : "v");
  } catch {
    throw new UnsupportedExpression("it is not valid");
  }
};

const WORD = "\\p{L}\\p{Mn}\\p{Nd}\\p{Pc}";
const BOUNDARY = `(?:(?<=[${WORD}])(?![${WORD}])|(?<![${WORD}])(?=[${WORD}]))`;

/** The position before a final line feed is an end too. */
const END = "(?=\\n?(?![^]))";

const ANCHORS: Readonly<Record<string, string>> = {
  A: "(?<![^])",
  z: "(?![^])",
  Z: END,
  b: BOUNDARY,
  B: `(?!${BOUNDARY})`,
};

/** Sets of characters, as members of a class. */
const SETS: Readonly<Record<string, string>> = {
  d: "\\p{Nd}",
  D: "\\P{Nd}",
  w: `[${WORD}]`,
  W: `[^${WORD}]`,
  s: "\\s",
  S: "\\S",
};

const CONTROLS: Readonly<Record<string, string>> = {
  t: "\t",
  r: "\r",
  n: "\n",
  f: "\f",
  v: "\v",
  a: "\x07",
  e: "\x1b",
};

/** Unicode's general categories; .NET's blocks (`\p{IsGreek}`) have no counterpart. */
const CATEGORY = /\{(L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cfson]?)\}/y;

class Translation {
  private at = 0;
  private atomic = 0;
  private readonly closers: string[] = [];
  private ignoreCase = false;
  private multiline = false;
  private singleLine = false;
  private spaced = false;

  constructor(private readonly source: string) {}

  run(): { pattern: string; ignoreCase: boolean } {
    this.options();
    let pattern = "";
    while (this.at < this.source.length) pattern += this.next();
    if (this.closers.length > 0) throw new UnsupportedExpression("it is not valid");
    return { pattern, ignoreCase: this.ignoreCase };
  }

  /** `(?imnsx-imnsx)` in front of everything. */
  private options(): void {
    for (
      let found = this.take(/\(\?([imnsx]*)(?:-([imnsx]*))?\)/y);
      found;
      found = this.take(/\(\?([imnsx]*)(?:-([imnsx]*))?\)/y)
    ) {
      const [, on = "", off = ""] = found;
      for (const [letters, value] of [
        [on, true],
        [off, false],
      ] as const) {
        if (letters.includes("i")) this.ignoreCase = value;
        if (letters.includes("m")) this.multiline = value;
        if (letters.includes("s")) this.singleLine = value;
        if (letters.includes("x")) this.spaced = value;
      }
    }
  }

  private next(): string {
    if (this.spaced && this.take(/\s+|#[^\n]*/y)) return "";
    const char = this.char();
    switch (char) {
      case "^":
        return this.multiline ? "(?<![^\\n])" : "(?<![^])";
      case "$":
        return this.multiline ? "(?![^\\n])" : END;
      case ".":
        return this.singleLine ? "[^]" : "[^\\n]";
      case "|":
      case "*":
      case "+":
      case "?":
        return char;
      case "{":
        return this.quantifier();
      case "(":
        return this.group();
      case ")":
        return this.closers.pop() ?? this.refuse("it is not valid");
      case "[":
        return this.set();
      case "\\":
        return this.escape();
      default:
        return literal(char);
    }
  }

  /** A brace that is not a quantifier is literal. */
  private quantifier(): string {
    return this.take(/\d+(?:,\d*)?\}/y)?.[0].replace(/^/, "{") ?? literal("{");
  }

  private group(): string {
    if (this.take(/\?#[^)]*\)/y)) return "";
    const [opening] = this.take(/\?(?:[:=!>]|<[=!])|\?<[A-Za-z_]\w*>|\?'[A-Za-z_]\w*'/y) ?? [];
    switch (opening) {
      case undefined:
        if (this.source[this.at] === "?")
          this.refuse("options inside it, conditions and numbered groups are not supported");
        this.closers.push(")");
        return "(?:";
      case "?=":
      case "?!":
      case "?<=":
      case "?<!":
        this.closers.push(")");
        return `(${opening}`;
      case "?>": {
        // A lookahead is atomic.
        const name = `atomic${this.atomic++}`;
        this.closers.push(`))\\k<${name}>)`);
        return `(?:(?=(?<${name}>`;
      }
      default:
        this.closers.push(")");
        return "(?:";
    }
  }

  private escape(): string {
    const anchor = ANCHORS[this.source[this.at] ?? ""];
    if (anchor !== undefined) {
      this.at++;
      return anchor;
    }
    const member = this.member();
    return isOne(member) ? literal(member) : `[${member}]`;
  }

  /** What follows a backslash: one character, or a set as a member of a class. */
  private member(): string {
    const char = this.char();
    const set = SETS[char];
    if (set !== undefined) return set;
    const control = CONTROLS[char];
    if (control !== undefined) return control;
    if (char === "p" || char === "P") {
      const [category] = this.take(CATEGORY) ?? this.refuse(`\\${char} takes a general category of Unicode only`);
      return `\\${char}${category}`;
    }
    const [, hex] =
      (char === "x" ? this.take(/([0-9a-f]{2})/iy) : char === "u" ? this.take(/([0-9a-f]{4})/iy) : undefined) ?? [];
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    if (char === "0" && !/\d/.test(this.source[this.at] ?? "")) return "\0";
    if (/[\w]/.test(char)) this.refuse(`\\${char} is not supported`);
    return char;
  }

  /** A class, with what is subtracted from it: `[a-z-[aeiou]]`. */
  private set(): string {
    const isNegated = this.take(/\^/y) !== undefined;
    let members = "";
    let subtracted = "";
    for (let isFirst = true; ; isFirst = false) {
      if (!isFirst && this.take(/\]/y)) break;
      if (!isFirst && this.take(/-\[/y)) {
        subtracted = this.set();
        if (!this.take(/\]/y)) this.refuse("it is not valid");
        break;
      }
      const from = this.classChar();
      const isRange = isOne(from) && /^-[^\][]/.test(this.source.slice(this.at, this.at + 2));
      if (isRange) this.at++;
      members += isRange ? `${literal(from)}-${literal(this.rangeEnd())}` : isOne(from) ? literal(from) : from;
    }
    const set = `[${isNegated ? "^" : ""}${members}]`;
    return subtracted === "" ? set : `[${set}--${subtracted}]`;
  }

  private classChar(): string {
    const char = this.char();
    if (char !== "\\") return char;
    return this.take(/b/y) ? "\b" : this.member();
  }

  private rangeEnd(): string {
    const end = this.classChar();
    return isOne(end) ? end : this.refuse("it is not valid");
  }

  private char(): string {
    const code = this.source.codePointAt(this.at) ?? this.refuse("it is not valid");
    const char = String.fromCodePoint(code);
    this.at += char.length;
    return char;
  }

  /** `expression` must be sticky. */
  private take(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.at;
    const found = expression.exec(this.source) ?? undefined;
    if (found) this.at = expression.lastIndex;
    return found;
  }

  private refuse(reason: string): never {
    throw new UnsupportedExpression(reason);
  }
}

/** Whether it is one character, rather than a set. */
const isOne = (text: string): boolean => /^[^]$/u.test(text);

/** Any character, taken literally. */
const literal = (char: string): string =>
  /[A-Za-z0-9]/.test(char) ? char : `\\u{${char.codePointAt(0)?.toString(16) ?? "0"}}`;
