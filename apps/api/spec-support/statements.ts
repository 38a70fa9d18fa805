import pg from "pg";
import { vi } from "vitest";

/** The driver's own class of statements, of which each is submitted once, prepared before or not. */
interface Submitted {
  readonly text: string;
  submit(connection: unknown): unknown;
}

/** By which connections that listen find out whether they are still there (database-session.ts). */
const STILL_THERE = "SELECT";

/** By which a connection forgets a statement (kept-plans.ts). */
const FORGETS = /^DEALLOCATE /;

/**
 * The statements that PostgreSQL is sent meanwhile, the read models' own watch on their checkpoints and what keeps plans
 * left out. The task may look at those so far. Watches what is submitted: clients' methods are bound when they are made (bounded-client.ts).
 */
export const statementsOf = async (task: (soFar: () => string[]) => Promise<unknown>): Promise<string[]> => {
  const { prototype } = (pg as unknown as { Query: { prototype: Submitted } }).Query;
  const submit = vi.spyOn(prototype, "submit");
  const soFar = (): string[] => {
    const texts = submit.mock.contexts.map((statement) => (statement as Submitted).text);
    return texts.filter(
      (text) => text !== STILL_THERE && !FORGETS.test(text) && !text.includes("projection_checkpoints"),
    );
  };
  try {
    await task(soFar);
    return soFar();
  } finally {
    submit.mockRestore();
  }
};
