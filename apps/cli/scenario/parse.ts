import { Document, isMap, LineCounter, type Node, Pair, parseDocument, Scalar, visit, YAMLMap, YAMLSeq } from "yaml";
import { Place, type Text } from "./validate/place.js";
import { type Problem, Problems } from "./validate/source.js";

/**
 * Parses the text of a scenario file: YAML 1.2, core schema, so that dates stay text; JSON is part of it.
 * @throws Problems when it is not YAML, or not a single mapping
 */
export const parse = (text: string): Place => {
  const lines = new LineCounter();
  const document: Document.Parsed = parseDocument(text, {
    version: "1.2",
    schema: "core",
    stringKeys: true,
    lineCounter: lines,
    prettyErrors: true,
  });
  const file: Text = { document, lineAt: (offset) => lines.linePos(offset).line, values: new Map() };
  const mistakes = [...mistakesOf(document), ...unknownAliases(file)];
  if (mistakes.length > 0) throw new Problems(mistakes);
  const contents = document.contents;
  if (!isMap(contents)) throw new Problems([{ line: 1, reason: "a scenario file is a mapping of keys to values" }]);
  return new Place(file, contents, "the file", 1);
};

/**
 * A scenario that is there as plain JSON values already, as the file that says the same in one line.
 * @param scenario texts, numbers, booleans, null, and lists and mappings of them
 */
export const written = (scenario: object): Place =>
  new Place({ document: new Document(), lineAt: () => 1, values: new Map() }, nodeOf(scenario), "the file", 1);

const nodeOf = (value: unknown): Node => {
  if (typeof value !== "object" || value === null) return new Scalar(value);
  if (Array.isArray(value)) {
    const list = new YAMLSeq();
    list.items = value.map(nodeOf);
    return list;
  }
  const mapping = new YAMLMap<Scalar<string>, Node>();
  for (const [key, member] of Object.entries(value)) {
    // As JSON has it.
    if (member !== undefined) mapping.items.push(new Pair(new Scalar(key), nodeOf(member)));
  }
  return mapping;
};

/** Warnings too, e.g. a tag of an unknown type, whose value would be a guess. */
const mistakesOf = ({ errors, warnings }: Document.Parsed): Problem[] =>
  [...errors, ...warnings].map(({ message, linePos }) => ({
    line: linePos?.[0].line ?? 1,
    reason: sentence(message),
  }));

/** The library finds them only when it converts nodes to values. */
const unknownAliases = ({ document, lineAt }: Text): Problem[] => {
  const problems: Problem[] = [];
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document)) return;
      problems.push({ line: lineAt(alias.range?.[0] ?? 0), reason: `nothing is called &${alias.source}` });
    },
  });
  return problems;
};

/** The library adds the place, an excerpt and advice for programmers to its message. */
const sentence = (message: string): string =>
  (message.split("\n")[0] ?? message).replace(/ at line \d+, column \d+:?$/, "").replace(/; please use .*$/, "");
