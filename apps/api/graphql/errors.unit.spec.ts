import { GraphQLError } from "graphql/index.js";
import { describe, expect, it, vi } from "vitest";
import { reject } from "#domain/rejection.js";
import { StoreUnavailable } from "#event-store/errors.js";
import { errorFormatter } from "./errors.js";
import { Unavailable } from "#application/command/unavailable.js";

const CONTEXT = { correlationId: "c-1" };

const answer = (originalError: Error) => {
  const log = vi.fn();
  const error = new GraphQLError(originalError.message, { originalError, path: ["field"] });
  const { statusCode, response } = errorFormatter(log)({ data: null, errors: [error] }, CONTEXT);
  return { statusCode, error: response.errors[0], log };
};

describe("errors as clients see them", () => {
  it("passes a rejection's code, field and sentence on, and logs nothing", () => {
    const { statusCode, error, log } = answer(reject("ACCOUNT_CLOSED", "It was closed.", { field: "accountId" }));
    expect(error).toMatchObject({
      message: "It was closed.",
      extensions: { code: "ACCOUNT_CLOSED", field: "accountId" },
      path: ["field"],
    });
    expect(statusCode).toBe(200);
    expect(log).not.toHaveBeenCalled();
  });

  it("hides what nobody foresaw, and tells the log all of it under the same correlation id", () => {
    const { error, log } = answer(new TypeError("secret is undefined"));
    expect(error?.extensions).toEqual({ code: "INTERNAL", correlationId: "c-1" });
    expect(JSON.stringify(error)).not.toContain("secret");
    expect(log).toHaveBeenCalledWith(
      "request failed",
      expect.objectContaining({ code: "INTERNAL", correlationId: "c-1", message: "secret is undefined" }),
    );
  });

  it.each([
    new StoreUnavailable("append: nothing answered"),
    Object.assign(new Error("connect"), { code: "ECONNREFUSED" }),
    Object.assign(new Error("terminating connection"), { code: "57P01" }),
  ])("says that a server does not answer: %s", (cause) => {
    const { error, log } = answer(cause);
    expect(error?.extensions).toEqual({ code: "UNAVAILABLE", correlationId: "c-1" });
    expect(error?.message).not.toContain(cause.message);
    expect(log).toHaveBeenCalledOnce();
  });

  it("passes on what the API itself says about being unavailable", () => {
    expect(answer(new Unavailable("Is a worker running?")).error?.message).toBe("Is a worker running?");
  });

  it("gives errors of the document GraphQL's own codes, and status 400", () => {
    const wrapped = Object.assign(new Error("Graphql validation error"), {
      code: "MER_ERR_GQL_VALIDATION",
      statusCode: 400,
      errors: [new GraphQLError("Syntax Error: Expected Name."), new GraphQLError('Cannot query field "x".')],
    });
    const error = new GraphQLError(wrapped.message, { originalError: wrapped });
    const { statusCode, response } = errorFormatter(vi.fn())({ errors: [error] }, CONTEXT);
    expect(response.errors.map(({ extensions }) => extensions?.["code"])).toEqual([
      "GRAPHQL_PARSE_FAILED",
      "GRAPHQL_VALIDATION_FAILED",
    ]);
    expect(statusCode).toBe(400);
  });

  it("names the field of a variable that a scalar refused", () => {
    const scalar = new GraphQLError('LocalDate is text such as "2020-08-01".', {
      extensions: { code: "VALIDATION_FAILED" },
    });
    const error = new GraphQLError(
      'Variable "$input" got invalid value "x" at "input.effectiveOn"; LocalDate is text such as "2020-08-01".',
      { originalError: scalar },
    );
    const { response } = errorFormatter(vi.fn())({ errors: [error] }, CONTEXT);
    expect(response.errors[0]).toMatchObject({
      message: 'LocalDate is text such as "2020-08-01".',
      extensions: { code: "VALIDATION_FAILED", field: "effectiveOn" },
    });
  });

  it("keeps the data of what went well", () => {
    const error = new GraphQLError("no", { originalError: reject("CONFLICT", "no"), path: ["b"] });
    const { statusCode, response } = errorFormatter(vi.fn())({ data: { a: 1, b: null }, errors: [error] }, CONTEXT);
    expect({ statusCode, data: response.data }).toEqual({ statusCode: 200, data: { a: 1, b: null } });
  });
});
