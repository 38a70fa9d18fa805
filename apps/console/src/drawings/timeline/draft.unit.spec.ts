import { describe, expect, it } from "vitest";
import { eventful, paused } from "../spec-support/timelines.js";
import { type Draft, type Editing, ghostOf, openDraft, stepped } from "./draft.js";

describe("choosing on the drawing", () => {
  const [pause] = paused.pauses;
  const [upgrade] = eventful.upgrades;
  if (!pause || !upgrade) throw new Error("The stories have a pause and an upgrade.");
  const drafts: readonly Draft[] = [
    { kind: "days", anchor: "2020-09-30", day: "2020-08-01" },
    { kind: "pause", of: pause, edge: "until", day: "2020-09-15" },
    { kind: "pause", of: pause, edge: "until", day: "2020-07-20" },
    { kind: "pause", of: pause, edge: "from", day: "2020-11-01" },
    { kind: "end", day: "2021-02-01" },
    { kind: "cap", day: "2020-10-31" },
    { kind: "upgrade", of: upgrade, day: "2020-08-31" },
  ];

  it("shows what is chosen, whichever way it was dragged", () => {
    expect(drafts.map((draft) => ghostOf(draft, paused))).toEqual([
      { pause: { from: "2020-08-01", until: "2020-09-30" } },
      { pause: { from: "2020-08-01", until: "2020-09-15" } },
      { pause: { from: "2020-08-01", until: "2020-08-01" } },
      { pause: { from: "2020-09-30", until: "2020-09-30" } },
      { discountEnd: { before: "2020-12-31", after: "2021-02-01" } },
      { terminatedOn: "2020-10-31" },
      { upgradeUntil: "2020-08-31" },
    ]);
  });

  it("opens the command that it is about, and none that the viewer may not give", () => {
    const opened: unknown[] = [];
    const note =
      (name: string) =>
      (...given: unknown[]) =>
        opened.push([name, ...given]);
    const editing: Editing = {
      pause: note("pause"),
      changePause: note("change"),
      setDiscountEnd: note("end"),
      terminate: note("terminate"),
      extendUpgrade: note("extend"),
    };
    for (const draft of drafts) openDraft(draft, editing);
    for (const draft of drafts) openDraft(draft, {});
    expect(opened).toEqual([
      ["pause", { from: "2020-08-01", until: "2020-09-30" }],
      ["change", pause, { from: "2020-08-01", until: "2020-09-15" }],
      ["change", pause, { from: "2020-08-01", until: "2020-08-01" }],
      ["change", pause, { from: "2020-09-30", until: "2020-09-30" }],
      ["end", "2021-02-01"],
      ["terminate", "2020-10-31"],
      ["extend", upgrade, "2020-08-31"],
    ]);
  });

  it("moves by keys as a slider does", () => {
    const keys = ["ArrowLeft", "ArrowRight", "PageUp", "PageDown", "t", "x"];
    expect(keys.map((key) => stepped("2020-08-31", key, "2020-07-15"))).toEqual([
      "2020-08-30",
      "2020-09-01",
      "2020-07-31",
      "2020-09-30",
      "2020-07-15",
      null,
    ]);
  });
});
