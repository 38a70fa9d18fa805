import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LocalDate } from "../calendar.js";
import { type Commitment } from "../commitments/commitment.js";
import { type CustomerHistory } from "../commitments/history.js";
import { type CustomerEvent } from "../customers/events.js";
import { held, months, units } from "../spec-support/arbitraries.js";
import { type Books, close, closeAll, moved } from "../spec-support/books.js";
import { customer, customerCreated, rateSet, suspended, unsuspended } from "../spec-support/examples.js";
import { history } from "../spec-support/history.js";
import { corrections } from "./corrections.js";
import { NOTHING_BILLED } from "./ledger.js";
import { type Line } from "./line.js";

const day = fc.nat({ max: 400 }).map((count) => new Date(Date.UTC(2020, 0, 1 + count)).toISOString().slice(0, 10));
const owner = fc
  .array(
    fc.oneof(
      day.map(suspended),
      day.map(unsuspended),
      fc.tuple(fc.constantFrom("0", "12.5", "33.3333", "100", null), day).map(([rate, on]) => rateSet(rate, on)),
    ),
    { maxLength: 5 },
  )
  .map((events: CustomerEvent[]) => customer(customerCreated(), ...events));

/** Whatever is recorded, the start of a commitment stays. */
const startingOn = (commitment: Commitment, start: LocalDate): Commitment => {
  const [terms, ...later] = commitment.versions;
  const [holder, ...receivers] = commitment.holders;
  return {
    ...commitment,
    start,
    versions: [{ ...terms, from: start }, ...later],
    holders: [{ ...holder, from: start }, ...receivers],
  };
};

const VERSIONS = 3;
/** Three histories of one customer with the same commitments: what was recorded meanwhile changed everything. */
const threeHistories = fc
  .record({
    owners: fc.array(owner, { minLength: VERSIONS, maxLength: VERSIONS }),
    commitments: fc.array(fc.array(held("USD"), { minLength: VERSIONS, maxLength: VERSIONS }), {
      minLength: 1,
      maxLength: 3,
    }),
  })
  .map(({ owners, commitments }): CustomerHistory[] =>
    owners.map((one, version) =>
      history(
        commitments.flatMap((versions, index) => {
          const [first, now] = [versions[0], versions[version]].map((make) => make?.(`commitment-${index + 1}`));
          return first && now ? [startingOn(now, first.start)] : [];
        }),
        { owner: one },
      ),
    ),
  );
/** In which of the sixteen months the second and the third history hold first. */
const changes = fc
  .tuple(fc.nat({ max: months.length - 1 }), fc.nat({ max: months.length - 1 }))
  .map((both) => [0, ...both.sort((a, b) => a - b)]);

const FIRST = "2019-12-01";
const everything = (books: Books): Books => moved(books, { eventId: "late", commitmentId: null, effectiveOn: FIRST });

/** Closes all months, each by the history that holds in it, and everything again wherever another one begins. */
const closeWith = (histories: readonly CustomerHistory[], from: readonly number[]): Books =>
  months.reduce<Books>((books, month, index) => {
    const version = from.findLastIndex((first) => first <= index);
    const known = histories[version];
    if (!known) throw new Error("a history holds in every month");
    const begins = index > 0 && from.includes(index);
    return close(begins ? everything(books) : books, known, month).books;
  }, NOTHING_BILLED);

/** What was billed in total by commitment, row, kind (as corrected) and day of single-day kinds. */
const totals = ({ billed }: Books) => {
  const sums = new Map<string, { fee: bigint; commitment: bigint; rate: bigint }>();
  for (const { commitmentId, rowId, kind, corrects, from, fee, discount, discountOrigin } of billed) {
    const charged = corrects?.kind ?? kind;
    const key = [commitmentId, rowId, charged, charged === "RECURRING" ? "" : from].join(" ");
    const sum = sums.get(key) ?? { fee: 0n, commitment: 0n, rate: 0n };
    sum.fee += units(fee);
    if (discountOrigin === "COMMITMENT") sum.commitment += units(discount);
    if (discountOrigin === "CUSTOMER_RATE") sum.rate += units(discount);
    sums.set(key, sum);
  }
  return Object.fromEntries(
    [...sums].filter(([, { fee, commitment, rate }]) => fee !== 0n || commitment !== 0n || rate !== 0n).sort(),
  );
};

const numbers = ({ from, until, days, fee, discount, discountOrigin, net, corrects }: Line) => {
  const turned = (amount: string) => (units(amount) === 0n ? "0" : String(units(amount)));
  return {
    from,
    until,
    days,
    fee: turned(fee),
    discount: turned(discount),
    discountOrigin,
    net: turned(net),
    kind: corrects?.kind,
  };
};
const opposite = (amount: string) => (amount === "0" ? "0" : amount.startsWith("-") ? amount.slice(1) : `-${amount}`);

describe("corrections", () => {
  it("with what was billed are what the last history charges, however often everything changed", () => {
    fc.assert(
      fc.property(threeHistories, changes, (histories, from) => {
        const last = histories.at(-1);
        if (!last) return;
        expect(totals(closeWith(histories, from))).toEqual(totals(closeAll(last, months)));
      }),
      { numRuns: 60 },
    );
  });

  it("of what was corrected already are none", () => {
    fc.assert(
      fc.property(threeHistories, changes, (histories, from) => {
        const last = histories.at(-1);
        if (!last) return;
        const books = everything(closeWith(histories, from));
        expect(corrections({ ...books, history: last })).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it("back again are the opposite lines", () => {
    fc.assert(
      fc.property(threeHistories, (histories) => {
        const [before, after] = histories;
        const rest = months.at(-1);
        if (!before || !after || !rest) return;
        const books = everything(closeAll(before, months.slice(0, -1)));
        const there = corrections({ ...books, history: after });
        const corrected = close(books, after, rest).books;
        const back = corrections({ ...everything(corrected), history: before });
        const adjustments = there.filter(({ kind }) => kind === "ADJUSTMENT").map(numbers);
        const turned = adjustments.map((line) => ({
          ...line,
          fee: opposite(line.fee),
          discount: opposite(line.discount),
          net: opposite(line.net),
        }));
        const pairs = back
          .filter(({ corrects }) => corrects?.kind === "RECURRING" && corrects.period.from < rest.from)
          .map(numbers);
        expect(new Set(pairs)).toEqual(new Set(turned.filter(({ kind }) => kind === "RECURRING")));
      }),
      { numRuns: 40 },
    );
  });
});
