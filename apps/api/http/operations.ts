import { type FastifyRequest } from "fastify";
import { getOperationAST, parse } from "graphql/index.js";
import { MAX_TOKENS } from "../graphql/limits.js";
import { isShallow, MAX_NESTING } from "../graphql/nesting.js";
import { httpRefusal, Refused } from "../graphql/refusals.js";

const bad = (sentence: string): Refused => new Refused(httpRefusal("BAD_REQUEST", sentence));

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

/** Why a request is no operation, in words: BAD_REQUEST, QUERY_TOO_LARGE; undefined: it is one. */
export const operationFault = (request: FastifyRequest): Refused | undefined => {
  try {
    requireOperation(request);
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
};

/** What a request names of its document; undefined where it does not, or is no operation. */
export const operationNameOf = ({ method, body, query }: FastifyRequest): string | undefined => {
  const given = (method === "GET" ? query : body) as { readonly operationName?: unknown } | null | undefined;
  return typeof given?.operationName === "string" ? given.operationName : undefined;
};

const requireOperation = ({ method, body, query }: FastifyRequest): void => {
  const isGet = method === "GET";
  const given: unknown = isGet ? query : body;
  if (Array.isArray(given)) throw bad("Batches are not taken; send one operation in a request.");
  if (!isObject(given)) throw bad("The body is not an object; an operation is { query, variables }.");
  const { query: source, variables, operationName, extensions } = given as Readonly<Record<string, unknown>>;
  requireSource(source);
  if (operationName != null && typeof operationName !== "string") throw bad("operationName is not text.");
  if (variables != null && !isObject(isGet ? parsed(variables) : variables)) throw bad("variables is not an object.");
  if (extensions !== undefined && !isObject(isGet ? parsed(extensions) : extensions)) {
    throw bad("extensions is not an object.");
  }
  if (isGet) requireOneOperation(source as string, operationName as string | undefined);
};

const requireSource = (source: unknown): void => {
  if (source === undefined || source === null) throw bad("There is no query in the request.");
  if (typeof source !== "string") throw bad("The query is not text.");
  if (source.replaceAll(/[\s,\ufeff]|#[^\n\r]*/g, "") === "") throw bad("The query is empty.");
  // Mercurius would take it for a parsed document, whatever it is.
  if (parsed(source) !== undefined) throw bad("The query is JSON, not a document of GraphQL.");
  if (!isShallow(source)) {
    const message = `The query nests brackets more than ${MAX_NESTING} deep.`;
    throw new Refused({ code: "QUERY_TOO_LARGE", message, status: 400 });
  }
};

const parsed = (json: unknown): unknown => {
  try {
    return typeof json === "string" ? (JSON.parse(json) as unknown) : undefined;
  } catch {
    return undefined;
  }
};

/** Mercurius looks at the operation of a GET before it knows that there is one. What cannot be parsed it tells itself. */
const requireOneOperation = (source: string, name: string | undefined): void => {
  let document;
  try {
    document = parse(source, { maxLexicalTokens: MAX_TOKENS });
  } catch {
    return;
  }
  if (!getOperationAST(document, name)) throw bad("Name one operation of the query with operationName.");
};
