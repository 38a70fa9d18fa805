import { GraphQLError, type GraphQLFormattedError } from "graphql/index.js";
import { Rejection } from "#domain/rejection.js";
import { AppendTooLarge, StoreUnavailable } from "#event-store/errors.js";
import { isMomentary } from "#read-models/runner/failures.js";
import { described, type Log } from "../core/log.js";
import { Unavailable } from "#application/command/unavailable.js";

/** Result of an operation with errors, as given by Mercurius. */
interface Failed {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLError[] | undefined;
}
interface Formatted {
  readonly statusCode: number;
  readonly response: { readonly data: never; readonly errors: GraphQLFormattedError[] };
}

/** Turns every error into a stable code with a sentence, and tells the log of those that nobody foresaw. */
export const errorFormatter =
  (log: Log) =>
  ({ data, errors = [] }: Failed, { correlationId = "" }: { readonly correlationId?: string }): Formatted => {
    const single = errors.flatMap((error) => causesOf(error));
    const answers = single.map((error) => answerOf(error));
    answers.forEach(({ code, status }, index) => {
      if (code !== "INTERNAL" && code !== "UNAVAILABLE" && status < 500) return;
      const error = single[index];
      log("request failed", { code, correlationId, path: error?.path?.join("."), ...described(rootOf(error)) });
    });
    const formatted = answers.map(({ code, message, field }, index) => {
      const { path, locations } = single[index]?.toJSON() ?? {};
      const hidden = code === "INTERNAL" || code === "UNAVAILABLE";
      return {
        message,
        ...(locations && { locations }),
        ...(path && { path }),
        extensions: { code, ...(field !== undefined && { field }), ...(hidden && { correlationId }) },
      };
    });
    const statusCode = data == null ? Math.max(200, ...answers.map(({ status }) => status)) : 200;
    return { statusCode, response: { data: (data ?? null) as never, errors: formatted } };
  };

interface Answer {
  readonly code: string;
  readonly message: string;
  readonly field?: string | undefined;
  /** HTTP status if nothing else of the operation can be answered. */
  readonly status: number;
}

/** What the client is told of one error. */
const answerOf = (error: GraphQLError): Answer => {
  const root = rootOf(error);
  if (root instanceof Rejection) return { code: root.code, message: root.message, field: root.field, status: 200 };
  if (root instanceof Unavailable) return { code: "UNAVAILABLE", message: root.message, status: 200 };
  if (root instanceof StoreUnavailable || isMomentary(root)) return { ...UNAVAILABLE, status: 200 };
  if (root instanceof AppendTooLarge) {
    return { code: "VALIDATION_FAILED", message: "The request is too large to be recorded.", status: 200 };
  }
  const { code, statusCode } = root as { code?: unknown; statusCode?: unknown };
  if (typeof code === "string" && typeof statusCode === "number" && statusCode < 500) {
    return { code, message: root.message, status: statusCode };
  }
  if (error.extensions["code"] === "VALIDATION_FAILED") {
    return {
      code: "VALIDATION_FAILED",
      message: sentenceOf(error.message),
      field: fieldOf(error.message),
      status: 200,
    };
  }
  // An error without a path comes from before the execution: the document or its variables are wrong.
  if (root instanceof GraphQLError && error.path === undefined) {
    const own = error.message.startsWith("Syntax Error") ? "GRAPHQL_PARSE_FAILED" : "GRAPHQL_VALIDATION_FAILED";
    const given = error.extensions["code"];
    return { code: typeof given === "string" ? given : own, message: error.message, status: 400 };
  }
  return { ...INTERNAL, status: 200 };
};

const UNAVAILABLE = {
  code: "UNAVAILABLE",
  message: "The event store or the database does not answer; sending the same request again is safe.",
};
const INTERNAL = {
  code: "INTERNAL",
  message: "Something went wrong here; the log knows more under this correlation id.",
};

/** Mercurius wraps the errors of a document in one of its own. */
const causesOf = (error: GraphQLError): GraphQLError[] => {
  const { errors } = (error.originalError ?? {}) as { errors?: unknown };
  if (!Array.isArray(errors) || errors.length === 0) return [error];
  return errors.map((inner: Error) =>
    inner instanceof GraphQLError ? inner : new GraphQLError(inner.message, { originalError: error.originalError }),
  );
};

const rootOf = (error: GraphQLError | undefined): Error => {
  let root: Error = error ?? new Error("No error");
  while (root instanceof GraphQLError && root.originalError !== undefined) root = root.originalError;
  return root;
};

/** `Variable "$input" got invalid value "x" at "input.effectiveOn"; …`: the part behind the argument's name. */
const fieldOf = (message: string): string | undefined =>
  / at "[^".]*\.([^"]+)";/.exec(message)?.[1] ?? /Variable "\$(\w+)"/.exec(message)?.[1];

/** The scalar's own sentence stands last. */
const sentenceOf = (message: string): string => /\w+ is text such as ".*"\.$/.exec(message)?.[0] ?? message;
