import {
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  Kind,
  type SourceLocation,
} from "graphql/index.js";
import { Rejection } from "#domain/rejection.js";
import { type Facts } from "#domain/rejection-facts.js";
import { AppendTooLarge, StoreUnavailable } from "#event-store/errors.js";
import { isMomentary } from "#read-models/runner/failures.js";
import { Unavailable } from "#application/command/unavailable.js";
import { described, type Log } from "../core/log.js";
import { type ErrorCode, isErrorCode } from "./codes.js";
import {
  furtherMistakes,
  type GivenRequest,
  type RefusedOperation,
  refusedOperation,
  variableErrors,
} from "./further-mistakes.js";
import { placesOf, valueAt, wayTo } from "./input-places.js";
import { refusalOf } from "./refusals.js";
import { type Mistake, mistakesOfRejection, PlacedRejection } from "./validation.js";
import { cut, type InputPath, type Worded, worded, wordedLiteral } from "./wording.js";

/** Result of an operation with errors, as given by Mercurius. */
interface Failed {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLError[] | undefined;
}
interface Formatted {
  readonly statusCode: number;
  readonly response: { readonly data: never; readonly errors: GraphQLFormattedError[] };
}
/** What is given of the request, whole unless the web server refused it. */
interface Context {
  readonly correlationId?: string;
  readonly app?: { readonly graphql: { readonly schema: GraphQLSchema } };
  readonly reply?: { readonly request: GivenRequest };
}

/** Errors of an answer at most: many parts of a large one can fail for one reason. */
const MOST_ERRORS = 100;
/** Places in the document that one error points to at most. */
const MOST_LOCATIONS = 10;

/** Turns every error into a stable code with a sentence, and tells the log of those that nobody foresaw. */
export const errorFormatter =
  (log: Log) =>
  ({ data, errors = [] }: Failed, { correlationId = "", app, reply }: Context): Formatted => {
    const causes = errors.flatMap(causesOf).slice(0, MOST_ERRORS);
    const isRefused = causes.some(isBeforeExecution);
    const operation = isRefused && app && reply ? refusedOperation(app.graphql.schema, reply.request) : null;
    const answers = withFurther(
      causes.flatMap((error) => answersOf(error, operation)),
      operation,
    ).slice(0, MOST_ERRORS);
    const formatted = answers.map(({ code, message, field, facts, inputPath, path, locations, root }) => {
      const isOurs = code === "INTERNAL" || code === "UNAVAILABLE";
      if (isOurs) log("request failed", { code, correlationId, path: path?.join("."), ...(root && described(root)) });
      return {
        message: cut(message),
        ...(locations && { locations: locations.slice(0, MOST_LOCATIONS) }),
        ...(path && { path }),
        extensions: {
          code,
          ...(field !== undefined && { field }),
          ...(inputPath !== undefined && { inputPath }),
          ...(facts && { facts }),
          ...(isOurs && { correlationId }),
        },
      };
    });
    const statusCode = data == null ? Math.max(200, ...answers.map(({ status }) => status)) : 200;
    return { statusCode, response: { data: (data ?? null) as never, errors: formatted } };
  };

interface Answer extends Worded {
  readonly code: ErrorCode;
  readonly facts?: Facts | undefined;
  /** HTTP status if nothing else of the operation can be answered. */
  readonly status: number;
  /** Of a value of an operation that was not executed: where the field or the variable begins that it is a value of. */
  readonly owner?: number | undefined;
}
/** An answer with its places in the operation, and the error that it tells of. */
interface PlacedAnswer extends Answer {
  readonly path?: readonly (string | number)[] | undefined;
  readonly locations?: readonly SourceLocation[] | undefined;
  readonly root?: Error;
}

/** The document, its variables or the request itself are wrong: nothing was executed. */
const isBeforeExecution = (error: GraphQLError): boolean =>
  rootOf(error) instanceof GraphQLError && error.path === undefined;

/** What the client is told of one error: several things of an input with several mistakes. */
const answersOf = (error: GraphQLError, operation: RefusedOperation | null): readonly PlacedAnswer[] => {
  const root = rootOf(error);
  const { path, locations } = error.toJSON();
  const placed = (answer: Answer): PlacedAnswer => ({
    ...answer,
    path,
    locations: locationsIn(error, answer.inputPath) ?? locations,
    root,
  });
  if (root instanceof Rejection) return mistakesOf(root, error).map((mistake) => placed({ ...mistake, status: 200 }));
  return [placed(answerOf(error, root, operation))];
};

/** A query's rejection names an argument; what is none, a header, has no way to it. */
const mistakesOf = (root: Rejection, { nodes: [node] = [] }: GraphQLError): readonly Mistake[] => {
  if (root instanceof PlacedRejection) return root.mistakes;
  const isGiven = ([name]: InputPath = []) =>
    node?.kind === Kind.FIELD && node.arguments?.some((given) => given.name.value === name);
  return mistakesOfRejection(root, []).map(({ inputPath, ...mistake }) =>
    isGiven(inputPath) ? { ...mistake, inputPath } : mistake,
  );
};

/** Of a field that was executed: where in its arguments the value is. */
const locationsIn = (error: GraphQLError, inputPath: InputPath | undefined): SourceLocation[] | null => {
  const [node] = error.nodes ?? [];
  if (inputPath === undefined || node?.kind !== Kind.FIELD) return null;
  const value = valueAt(node, inputPath);
  return value && placesOf(value);
};

/** Adds what else is wrong with the inputs of an operation that was refused for one of their values. */
const withFurther = (answers: readonly PlacedAnswer[], operation: RefusedOperation | null): readonly PlacedAnswer[] => {
  const isOfInput = answers.some(({ code, path }) => code === "VALIDATION_FAILED" && path === undefined);
  if (!operation || !isOfInput) return answers;
  const all = [...answers];
  const add = (answer: PlacedAnswer) => {
    const isTold = all.some(
      ({ inputPath, owner }) => inputPath && owner === answer.owner && isWithin(answer.inputPath, inputPath),
    );
    if (!isTold) all.push(answer);
  };
  for (const error of variableErrors(operation)) answersOf(error, operation).forEach(add);
  for (const mistake of furtherMistakes(operation)) add({ code: "VALIDATION_FAILED", status: 200, ...mistake });
  return all;
};

const isWithin = (inner: InputPath = [], outer: InputPath): boolean => outer.every((part, at) => inner[at] === part);

const answerOf = (error: GraphQLError, root: Error, operation: RefusedOperation | null): Answer => {
  if (root instanceof Unavailable) return { code: "UNAVAILABLE", message: root.message, status: 200 };
  const refusal = refusalOf(root);
  if (refusal) return refusal;
  if (root instanceof StoreUnavailable || isMomentary(root)) return { ...UNAVAILABLE, status: 200 };
  if (root instanceof AppendTooLarge) {
    return { code: "VALIDATION_FAILED", message: "The request is too large to be recorded.", status: 200 };
  }
  if (isBeforeExecution(error)) return beforeExecution(error, operation);
  return { ...INTERNAL, status: 200 };
};

const beforeExecution = (error: GraphQLError, operation: RefusedOperation | null): Answer => {
  const root = rootOf(error);
  const given = error.extensions["code"] ?? (root instanceof GraphQLError ? root.extensions["code"] : undefined);
  const value = ofValue(error, operation);
  if (value) return { code: "VALIDATION_FAILED", ...value, status: 200 };
  const own = error.message.startsWith("Syntax Error") ? "GRAPHQL_PARSE_FAILED" : "GRAPHQL_VALIDATION_FAILED";
  return { code: isErrorCode(given) ? given : own, message: worded(error).message, status: 400 };
};

/** What is wrong with a value, in a variable or in the document; null: the document itself is wrong. */
const ofValue = (
  error: GraphQLError,
  operation: RefusedOperation | null,
): Pick<Answer, "owner" | keyof Worded> | null => {
  const { message, nodes: [node] = [] } = error;
  if (/^Variable "\$\w+" (got invalid value|of (required|non-null) type) /.test(message)) {
    return { ...worded(error), owner: node?.loc?.start };
  }
  if (message.startsWith("Too many errors processing variables")) return worded(error);
  const [, argument] =
    /^(?:Field|Argument) .*"(\w+)" of type "[^"]+" is required, but it was not provided\.$/.exec(message) ?? [];
  if (argument !== undefined)
    return { ...worded(error), field: argument, inputPath: [argument], owner: node?.loc?.start };
  const found = node && operation && wayTo(operation.document, node);
  if (found) return { ...wordedLiteral(error, found.way), owner: found.owner };
  return error.extensions["code"] === "VALIDATION_FAILED" ? worded(error) : null;
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
