import { describe, expect, it } from "vitest";
import { OneAtATime } from "./one-at-a-time.js";

describe("tasks, of each name one at a time", () => {
  it("begin when those of their name before have ended, however these did, and others at once", async () => {
    const order: string[] = [];
    const turns = new OneAtATime();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first = turns.run("A", async () => {
      order.push("first of A begins");
      await held;
      order.push("first of A fails");
      throw new Error("no");
    });
    const second = turns.run("A", () => Promise.resolve(order.push("second of A")));
    const failing = expect(first).rejects.toThrow("no");
    await turns.run("B", () => Promise.resolve(order.push("B")));
    release();
    await Promise.all([failing, second]);
    await turns.run("A", () => Promise.resolve(order.push("third of A")));
    expect(order).toEqual(["first of A begins", "B", "first of A fails", "second of A", "third of A"]);
  });
});
