import { type z } from "zod";
import { type Place } from "./place.js";
import { type Problem } from "./source.js";

type Issue = z.core.$ZodIssue;

/** The issues of a schema at a place as sentences with lines: first misspelled keys, which explain missing ones. */
export const problemsOf = (issues: readonly Issue[], root: Place): Problem[] => {
  const isUnknownKey = ({ code }: Issue): boolean => code === "unrecognized_keys";
  return [...issues.filter(isUnknownKey), ...issues.filter((issue) => !isUnknownKey(issue))].flatMap((issue) =>
    told(issue, root),
  );
};

const told = (issue: Issue, root: Place): Problem[] => {
  const place = root.at(...issue.path);
  if (place === undefined) return [missing(issue.path, root)];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        line: place.entries.find((entry) => entry.key === key)?.line ?? place.line,
        reason: `unknown key "${key}" in ${place.label}; ${issue.message}`,
      }));
    case "invalid_union": {
      // The issues of the option that has the value's type; otherwise that it is none of the options.
      const option = issue.errors.find((errors) => !errors.some(isOfAnotherType));
      return option === undefined ? [{ line: place.line, reason: filledIn(issue, place) }] : problemsOf(option, place);
    }
    default:
      return [{ line: place.line, reason: filledIn(issue, place) }];
  }
};

const isOfAnotherType = ({ code, path }: Issue): boolean =>
  path.length === 0 && (code === "invalid_type" || code === "invalid_value");

const missing = (path: readonly PropertyKey[], root: Place): Problem => {
  const parent = root.at(...path.slice(0, -1)) ?? root;
  return { line: parent.line, reason: `${parent.label} needs "${String(path.at(-1))}"` };
};

/** A message of a schema with place and value filled in (schema/values.ts). */
const filledIn = ({ message }: Issue, place: Place): string => {
  const unquoted = /must be text/.test(message) && /^(?:the number |true$|false$)/.test(place.description);
  const sentence = message.replace(/\{(it|value)\}/g, (_, what) => (what === "it" ? place.label : place.description));
  return unquoted ? `${sentence}: put it in quotes` : sentence;
};
