import { describe, expect, it } from "vitest";
import {
  account,
  accountClosed,
  accountOpened,
  customer,
  customerClosed,
  customerCreated,
} from "../spec-support/examples.js";
import { commitment, history, internet, terms } from "../spec-support/history.js";
import { type Commitment } from "./commitment.js";
import { rowsHeldFrom } from "./rows-held.js";

const named = (description: string) => terms({ recurring: [internet({ description })] });
const held = commitment({ effectiveOn: "2020-01-01", terms: named("held") });
const from = (
  date: string,
  commitments: readonly Commitment[],
  parties: Parameters<typeof history>[1] = {},
  today = "2020-06-15",
) => rowsHeldFrom(history(commitments, parties), date, today).map(({ description }) => description);

describe("rows held from a day on", () => {
  it("are those of commitments that are held or pending", () => {
    const pending = commitment({ effectiveOn: "2021-06-01", terms: named("pending"), commitmentId: "commitment-2" });
    expect(from("2020-08-01", [held, pending])).toEqual(["held", "pending"]);
  });

  it("are those of commitments whose termination is scheduled, since it can be cancelled", () => {
    const scheduled = commitment({ effectiveOn: "2020-01-01" }, "2020-07-31");
    expect(from("2020-08-01", [scheduled], {}, "2020-07-31")).toEqual(["Turbo 1 GB"]);
    expect(from("2020-09-01", [scheduled], {}, "2020-08-01")).toEqual([]);
  });

  it("are not those of commitments that are over, by whatever", () => {
    const cancelled = commitment({ effectiveOn: "2021-01-01" }, "2020-12-31");
    expect(from("2020-08-01", [cancelled, { ...held, annulled: true }])).toEqual([]);
    const closed = { accounts: [account(accountOpened(), accountClosed("2020-06-14"))] };
    expect(from("2020-08-01", [held], closed)).toEqual([]);
    expect(from("2020-08-01", [held], { owner: customer(customerCreated(), customerClosed("2020-06-14")) })).toEqual(
      [],
    );
  });

  it("are those of terms that hold then or later, not of those that are replaced before", () => {
    const upgraded: Commitment = {
      ...held,
      versions: [
        ...held.versions,
        { ...held.versions[0], from: "2020-07-10", terms: named("second"), eventId: "u1" },
        { ...held.versions[0], from: "2020-09-01", terms: named("third"), eventId: "u2" },
      ],
    };
    expect(from("2020-07-10", [upgraded])).toEqual(["second", "third"]);
    expect(from("2020-07-09", [upgraded])).toEqual(["held", "second", "third"]);
    expect(from("2020-09-01", [upgraded])).toEqual(["third"]);
  });

  it("are not those of commitments that another customer holds then", () => {
    const [first] = held.holders;
    const given: Commitment = {
      ...held,
      holders: [first, { ...first, from: "2020-07-01", customerId: "customer-2", accountId: "account-2" }],
    };
    expect(from("2020-06-30", [given])).toEqual(["held"]);
    expect(from("2020-07-01", [given])).toEqual([]);
  });
});
