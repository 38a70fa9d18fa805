import { type CombinedError } from "urql";

/** Why there is no answer, as far as a reader can do something about it. */
export type Failure =
  { readonly why: "unreachable" | "unauthenticated" | "forbidden" | "busy"; readonly request: string | null } | Refusal;

/** The server says no, in a sentence that it wrote. */
export interface Refusal {
  readonly why: "refused";
  readonly sentence: string;
  readonly code: string;
  /** The field of the input that it is about, e.g. `contact.name` or `oneTimeFees.0.fee`; null: none. */
  readonly field: string | null;
  /** What the sentence says, by name, with its `case` (docs/codes.md#cases); null: it is only said as a sentence. */
  readonly facts: Readonly<Record<string, string>> | null;
  /** Id of the request in the server's log. */
  readonly request: string | null;
}

const OF_CODES: Readonly<Record<string, Exclude<Failure["why"], "refused">>> = {
  UNAUTHENTICATED: "unauthenticated",
  FORBIDDEN: "forbidden",
  RATE_LIMITED: "busy",
  UNAVAILABLE: "unreachable",
};

interface Extensions {
  readonly code?: string;
  readonly correlationId?: string;
  readonly field?: string;
  readonly facts?: Readonly<Record<string, string>>;
  /** From the arguments of the field of the operation: `["input", "contact", "name"]`. */
  readonly inputPath?: readonly (string | number)[];
}

/** What an answer's errors mean, by the first one. Without any, no answer of Tenure's arrived. */
export const failureOf = (error: CombinedError): Failure => failuresOf(error)[0] ?? UNREACHABLE;

/** All of an answer's errors: a command names every field that is wrong. */
export const failuresOf = ({ graphQLErrors }: CombinedError): readonly Failure[] =>
  graphQLErrors.map(({ message, extensions }) => {
    const told = extensions as Extensions;
    const { code = "", facts = null, correlationId: request = null } = told;
    const why = OF_CODES[code];
    if (why) return { why, request };
    return { why: "refused", sentence: message, code, field: fieldOf(told), facts, request };
  });

const UNREACHABLE: Failure = { why: "unreachable", request: null };

/** Behind the argument: `input` of a mutation, `command` and the command's name of a preview. */
const fieldOf = ({ field, inputPath }: Extensions): string | null => {
  const [argument, ...path] = inputPath ?? [];
  const inInput = argument === "command" ? path.slice(1) : path;
  return inInput.length > 0 ? inInput.join(".") : (field ?? null);
};
