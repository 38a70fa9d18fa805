import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { type Bench } from "./bench.js";
import { Benches, NoBenchFree } from "./benches.js";

/** Benches that only say what was done with them. */
const some = (size: number, { withinMs = 1_000, lentForMs = 60_000 } = {}) => {
  const done: string[] = [];
  const broken = new Set<number>();
  let opened = 0;
  const open = (): Promise<Bench> => {
    const name = ++opened;
    done.push(`open ${name}`);
    const bench = {
      isIntact: () => Promise.resolve(!broken.has(name)),
      empty: () => {
        done.push(`empty ${name}`);
        return broken.has(name) ? Promise.reject(new Error("gone")) : Promise.resolve();
      },
      close: () => {
        done.push(`close ${name}`);
        return Promise.resolve();
      },
    };
    return Promise.resolve(bench as unknown as Bench);
  };
  return { benches: new Benches({ size, open, withinMs, lentForMs }), done, broken };
};

const settled = () => setTimeout(10);

describe("Benches", () => {
  it("are opened when they are first needed, and emptied when they are given back", async () => {
    const { benches, done } = some(2);
    const one = await benches.lend(1);
    one.giveBack();
    one.giveBack();
    await settled();
    const two = await benches.lend(2);
    expect(two.benches).toHaveLength(2);
    expect(done).toEqual(["open 1", "empty 1", "open 2"]);
  });

  it("are lent together, in the order in which they were asked for", async () => {
    const { benches } = some(3);
    const order: string[] = [];
    const first = await benches.lend(2);
    const asked = [3, 1, 2].map(async (count) => {
      const lent = await benches.lend(count);
      order.push(`${count} lent`);
      return lent;
    });
    await settled();
    // One is free: nobody overtakes the one who waits for three.
    expect(order).toEqual([]);
    first.giveBack();
    await settled();
    expect(order).toEqual(["3 lent"]);
    (await asked[0])?.giveBack();
    await Promise.all(asked);
    expect(order).toEqual(["3 lent", "1 lent", "2 lent"]);
  });

  it("are not waited for longer than they say", async () => {
    const { benches } = some(1, { withinMs: 30 });
    const lent = await benches.lend(1);
    await expect(benches.lend(1)).rejects.toThrow(NoBenchFree);
    lent.giveBack();
    await expect(benches.lend(1)).resolves.toMatchObject({ benches: [{}] });
  });

  it("are closed and opened anew when their connection was lost, or nobody gave them back", async () => {
    const { benches, done, broken } = some(1, { lentForMs: 30 });
    const lent = await benches.lend(1);
    broken.add(1);
    lent.giveBack();
    await settled();
    const again = await benches.lend(1);
    await setTimeout(60);
    again.giveBack();
    await benches.lend(1);
    expect(done).toEqual(["open 1", "empty 1", "close 1", "open 2", "close 2", "open 3"]);
  });

  it("are closed with the program, those that are lent when they are given back", async () => {
    const { benches, done } = some(2);
    const [one, two] = [await benches.lend(1), await benches.lend(1)];
    one.giveBack();
    await settled();
    await benches.close();
    two.giveBack();
    await settled();
    expect(done).toEqual(["open 1", "open 2", "empty 1", "close 1", "close 2"]);
  });
});
