import { describe, expect, it } from "vitest";
import { caughtUp, differing, revised } from "./revision.js";

const OPENED = { name: "Turbo", phone: "", rows: [{ key: "a", fee: "1" }] };

describe("a form that changes what there is", () => {
  it("asks for what differs, and says what that was", () => {
    expect([
      revised(OPENED, { ...OPENED, rows: [{ key: "b", fee: "1" }] }),
      revised(OPENED, null),
      revised(OPENED, { ...OPENED, name: "Turbo 2", rows: [] }),
      revised<Partial<typeof OPENED>>({ name: "Turbo" }, { name: "Turbo", phone: "1" }),
      revised(null, { name: "Turbo" }),
    ]).toEqual([
      null,
      null,
      { name: "Turbo 2", rows: [], expected: { name: "Turbo", rows: OPENED.rows } },
      { phone: "1", expected: {} },
      { name: "Turbo", expected: {} },
    ]);
  });

  it("keeps what was changed in it, and takes what somebody else changed", () => {
    const now = { name: "Turbo 3", phone: "5", rows: [{ key: "c", fee: "1" }] };
    expect([differing(OPENED, now), caughtUp(OPENED, now, { ...OPENED, name: "Turbo 2" })]).toEqual([
      ["name", "phone"],
      { name: "Turbo 2", phone: "5", rows: now.rows },
    ]);
  });
});
