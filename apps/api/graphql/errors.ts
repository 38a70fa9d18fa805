import { GraphQLError, type GraphQLFormattedError } from "graphql/index.js";
import { Rejection } from "#domain/rejection.js";
import { AppendTooLarge, StoreUnavailable } from "#event-store/errors.js";
import { isMomentary } from "#read-models/runner/failures.js";
import { Unavailable } from "#application/command/unavailable.js";
import { described, type Log } from "../core/log.js";
import { type ErrorCode, isErrorCode } from "./codes.js";
import { refusalOf } from "./refusals.js";
import { InvalidInput } from "./validation.js";
import { cut, type Worded, worded } from "./wording.js";

/** Result of an operation with errors, as given by Mercurius. */
interface Failed {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLError[] | undefined;
}
interface Formatted {
  readonly statusCode: number;
  readonly response: { readonly data: never; readonly errors: GraphQLFormattedError[] };
}

/** Errors of an answer at most: many parts of a large one can fail for one reason. */
const MOST_ERRORS = 100;
/** Places in the document that one error points to at most. */
const MOST_LOCATIONS = 10;

/** Turns every error into a stable code with a sentence, and tells the log of those that nobody foresaw. */
export const errorFormatter =
  (log: Log) =>
  ({ data, errors = [] }: Failed, { correlationId = "" }: { readonly correlationId?: string }): Formatted => {
    const answers = errors
      .flatMap(causesOf)
      .slice(0, MOST_ERRORS)
      .flatMap((error) => answersOf(error).map((answer) => ({ error, answer })));
    const formatted = answers.map(({ error, answer: { code, message, field, inputPath } }) => {
      const { path, locations } = error.toJSON();
      const isOurs = code === "INTERNAL" || code === "UNAVAILABLE";
      if (isOurs) {
        log("request failed", { code, correlationId, path: path?.join("."), ...described(rootOf(error)) });
      }
      return {
        message: cut(message),
        ...(locations && { locations: locations.slice(0, MOST_LOCATIONS) }),
        ...(path && { path }),
        extensions: {
          code,
          ...(field !== undefined && { field }),
          ...(inputPath !== undefined && { inputPath }),
          ...(isOurs && { correlationId }),
        },
      };
    });
    const statusCode = data == null ? Math.max(200, ...answers.map(({ answer }) => answer.status)) : 200;
    return { statusCode, response: { data: (data ?? null) as never, errors: formatted } };
  };

interface Answer extends Worded {
  readonly code: ErrorCode;
  /** HTTP status if nothing else of the operation can be answered. */
  readonly status: number;
}

/** What the client is told of one error: several things of an input with several mistakes. */
const answersOf = (error: GraphQLError): readonly Answer[] => {
  const root = rootOf(error);
  if (root instanceof InvalidInput) {
    return root.mistakes.map((mistake) => ({ code: root.code, ...mistake, status: 200 }));
  }
  return [answerOf(error, root)];
};

const answerOf = (error: GraphQLError, root: Error): Answer => {
  if (root instanceof Rejection) {
    const { code, message, field } = root;
    return { code, message, ...(field !== undefined && { field }), status: 200 };
  }
  if (root instanceof Unavailable) return { code: "UNAVAILABLE", message: root.message, status: 200 };
  const refusal = refusalOf(root);
  if (refusal) return refusal;
  if (root instanceof StoreUnavailable || isMomentary(root)) return { ...UNAVAILABLE, status: 200 };
  if (root instanceof AppendTooLarge) {
    return { code: "VALIDATION_FAILED", message: "The request is too large to be recorded.", status: 200 };
  }
  const given = error.extensions["code"] ?? (root instanceof GraphQLError ? root.extensions["code"] : undefined);
  if (given === "VALIDATION_FAILED") return { code: given, ...worded(error), status: 200 };
  // An error without a path comes from before the execution: the document or its variables are wrong.
  if (root instanceof GraphQLError && error.path === undefined) {
    const own = error.message.startsWith("Syntax Error") ? "GRAPHQL_PARSE_FAILED" : "GRAPHQL_VALIDATION_FAILED";
    const { message, inputPath } = worded(error);
    const at = inputPath === undefined ? {} : { inputPath };
    return { code: isErrorCode(given) ? given : own, message, ...at, status: 400 };
  }
  return { ...INTERNAL, status: 200 };
};

const UNAVAILABLE = {
  code: "UNAVAILABLE",
  message: "The event store or the database does not answer; sending the same request again is safe.",
} as const;
const INTERNAL = {
  code: "INTERNAL",
  message: "Something went wrong here; the log knows more under this correlation id.",
} as const;

/** Mercurius wraps the errors of a document in one of its own. */
const causesOf = (error: GraphQLError): GraphQLError[] => {
  const { errors, code } = (error.originalError ?? {}) as { errors?: unknown; code?: unknown };
  if (code !== "MER_ERR_GQL_VALIDATION" || !Array.isArray(errors) || errors.length === 0) return [error];
  return errors.map((inner: Error) =>
    inner instanceof GraphQLError ? inner : new GraphQLError(inner.message, { originalError: error.originalError }),
  );
};

const rootOf = (error: GraphQLError): Error => {
  let root: Error = error;
  while (root instanceof GraphQLError && root.originalError !== undefined) root = root.originalError;
  return root;
};
