import { type Document, isMap, LineCounter, parseDocument } from "yaml";
import { Problems, Source } from "./validate/source.js";
import { Place } from "./validate/place.js";

/**
 * Parses the text of a scenario file: YAML 1.2, core schema, so that dates stay text; JSON is part of it.
 * @throws Problems when it is no YAML, or not one mapping
 */
export const parse = (text: string): { source: Source; root: Place } => {
  const lines = new LineCounter();
  const document: Document.Parsed = parseDocument(text, {
    version: "1.2",
    schema: "core",
    stringKeys: true,
    lineCounter: lines,
    prettyErrors: true,
  });
  // A warning is e.g. a tag of an unknown type: what it stands for would be guessed.
  const mistakes = [...document.errors, ...document.warnings].map(({ message, linePos }) => ({
    line: linePos?.[0].line ?? 1,
    reason: sentence(message),
  }));
  if (mistakes.length > 0) throw new Problems(mistakes);
  const source = new Source((offset) => lines.linePos(offset).line);
  const contents = document.contents;
  if (!isMap(contents)) throw new Problems([{ line: 1, reason: "a scenario file is a mapping of keys to values" }]);
  return { source, root: new Place(source, document, contents, "the file", 1) };
};

/** The library adds the place and a picture of it to its sentence. */
const sentence = (message: string): string =>
  (message.split("\n")[0] ?? message).replace(/ at line \d+, column \d+:?$/, "");
