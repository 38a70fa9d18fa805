import { describe, expect, it } from "vitest";
import { failedLine, startLine } from "../../spec-support/journal-lines.js";
import { parseFailedRow } from "./failed-row.js";

const ACCOUNT = "11111111-1111-4111-8111-111111111111";
const call = {
  ...{ callId: "a b|c;d", came: "2026-11-29T12:00:00.250Z", account: ACCOUNT, sipCode: 486 },
  ...{ reason: "MAX_CALLS", cli: "", cld: "1206%", redirectedTo: "127.0.0.31" },
};
const row = {
  ...{ callId: "a b|c;d", fromTag: "tag", came: "2026-11-29T12:00:00.250Z", failed: "2026-11-29T12:00:02.250Z" },
  ...{
    accountId: ACCOUNT,
    sipCode: 486,
    reason: "MAX_CALLS",
    cli: null,
    callerHidden: true,
    cld: "1206%",
    redirectedTo: "127.0.0.31",
  },
};

describe("a line of a call that failed", () => {
  it("says when, whose, by which code and why", () => {
    expect(parseFailedRow(failedLine(call))).toEqual(row);
    const others = { ...call, account: "nobody", redirectedTo: "" };
    expect(parseFailedRow(failedLine(others))).toEqual({ ...row, accountId: null, redirectedTo: null });
  });

  it("says in a field more that the caller hides", () => {
    const hidden = failedLine({ ...call, cli: "12015550100", hidden: true });
    expect(hidden).toMatch(/;12015550100;1206%25;127\.0\.0\.31;HIDDEN;\.$/);
    expect(parseFailedRow(hidden)).toEqual({ ...row, cli: "12015550100" });
    expect(parseFailedRow(hidden.replace("HIDDEN;", ""))).toEqual({ ...row, cli: "12015550100", callerHidden: false });
    expect(parseFailedRow(hidden.replace("HIDDEN", "SHOWN"))).toBeNull();
  });

  it("is not read where it is torn, of another kind, or says what nobody knows", () => {
    const line = failedLine(call);
    for (const wrong of [
      ...[line.slice(0, -2), line.replace(";F;", ";E;"), line.replace("486", "200"), line.replace("MAX_CALLS", "X")],
      startLine({ callId: "a", answered: call.came, legs: { IN: "r" } }),
    ]) {
      expect(parseFailedRow(wrong), wrong).toBeNull();
    }
  });
});
