import { describe, expect, it } from "vitest";
import { createLog, described } from "./log.js";

/** The lines that a log writes, parsed. */
const written = (use: (log: ReturnType<typeof createLog>) => void): Record<string, unknown>[] => {
  const lines: string[] = [];
  use(createLog("worker", { write: (line) => void lines.push(line) }));
  return lines.map((line) => {
    expect(line.indexOf("\n")).toBe(line.length - 1);
    return JSON.parse(line) as Record<string, unknown>;
  });
};

const common = {
  app: "worker",
  pid: process.pid,
  time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/) as string,
};

describe("the log", () => {
  it("is a line of JSON for each entry", () => {
    const lines = written(({ warn, error }) => {
      warn("the read models\nstand still", {});
      error("request failed", {
        code: "INTERNAL",
        correlationId: "c",
        ...described(new Error("no", { cause: new Error("why") })),
      });
      error("request failed", described("a text"));
    });
    expect(lines).toEqual([
      { ...common, level: "warn", event: "the read models\nstand still" },
      {
        ...common,
        level: "error",
        event: "request failed",
        code: "INTERNAL",
        correlationId: "c",
        message: "no",
        stack: expect.stringContaining("Error: no\n    at ") as string,
        cause: "why",
      },
      { ...common, level: "error", event: "request failed", message: "a text" },
    ]);
  });

  it("leaves personal data out, where it is known by its key or by its form", () => {
    const [line] = written(({ error }) => {
      error("mail to john.doe@example.com failed", {
        path: "createCustomer",
        message: 'invalid input for "john+1@mail.example.com" (John)',
        email: "john@example.com",
        input: { contact: { name: "John Doe" } },
        failed: { phone: "+12012555215", code: "23505", parameters: ["John Doe"] },
      });
    });
    expect(line).toEqual({
      ...common,
      level: "error",
      event: "mail to [address] failed",
      path: "createCustomer",
      message: 'invalid input for "[address]" (John)',
      failed: { code: "23505" },
    });
  });

  it("does not repeat the value that PostgreSQL refuses", () => {
    const refused = Object.assign(new Error('invalid input syntax for type date: "John Doe"'), { code: "22007" });
    expect(described(refused)).toMatchObject({ message: 'invalid input syntax for type date: "[value]"' });
    expect(JSON.stringify(described(refused))).not.toContain("John");
    const other = Object.assign(new Error('relation "customers" does not exist'), { code: "42P01" });
    expect(described(other)).toMatchObject({ message: 'relation "customers" does not exist' });
  });

  it("keeps addresses of servers and ids", () => {
    const [line] = written(({ warn }) => {
      warn("no answer from esdb://store.example:2113", { stream: "tenure.7d3f.customer-1@4" });
    });
    expect(line).toMatchObject({
      event: "no answer from esdb://store.example:2113",
      stream: "tenure.7d3f.customer-1@4",
    });
  });
});
