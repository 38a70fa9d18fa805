import pg from "pg";
import { vi } from "vitest";

interface Connection {
  query(text: string): void;
  parse(query: { readonly text: string }): void;
}

/** By which connections that listen find out whether they are still there (database-session.ts). */
const STILL_THERE = "SELECT";

/**
 * The statements that PostgreSQL is sent meanwhile, the read models' own watch on their checkpoints left out. Watches
 * the driver's connections: its clients' method is bound when they are made (bounded-client.ts).
 */
export const statementsOf = async (task: () => Promise<unknown>): Promise<string[]> => {
  const { prototype } = (pg as unknown as { Connection: { prototype: Connection } }).Connection;
  const simple = vi.spyOn(prototype, "query");
  const extended = vi.spyOn(prototype, "parse");
  try {
    await task();
    const texts = [...simple.mock.calls.map(([text]) => text), ...extended.mock.calls.map(([{ text }]) => text)];
    return texts.filter((text) => text !== STILL_THERE && !text.includes("projection_checkpoints"));
  } finally {
    simple.mockRestore();
    extended.mockRestore();
  }
};
