import { rounded } from "../scale.js";

/** What leaving costs on a day: `Commitment.leavingCosts` of the API. Amounts are decimal texts. */
export interface LeavingCost {
  /** The last charged day. */
  readonly on: string;
  readonly early: boolean;
  readonly total: string;
  readonly lines: readonly LeavingLine[];
}

export interface LeavingLine {
  readonly description: string;
  /** The row of the commitment's terms. */
  readonly rowId: string;
  readonly net: string;
}

/** What is claimed back: discounts on devices, of one-time fees, or those on recurring fees. */
export type LeavingPart = "devices" | "fees";

/** Height of the bars' room, and of what stands below it, in px. */
export const BARS = { y: 18, height: 140 } as const;
export const LEAVING_HEIGHT = 190;

export interface LeavingBar {
  readonly of: LeavingCost;
  /** The whole column, in which a bar of nothing can be pointed at too. */
  readonly x: number;
  readonly width: number;
  /** From the ground up; those without height are left out. */
  readonly parts: readonly { readonly part: LeavingPart; readonly y: number; readonly height: number }[];
  /** Whether there is room to say its month below it. */
  readonly says: boolean;
}

/** Space between two bars, in px. */
const GAP = 4;
/** A column at most, in px: a few are not spread over the page. */
const WIDEST = 72;
/** Room that the name of a month needs, in px. */
const NAME = 44;

/**
 * Bars of what leaving costs by month, on one scale.
 * @param devices rows of one-time fees: all others are recurring fees @param width of the whole drawing in px
 */
export const layoutLeaving = (
  costs: readonly LeavingCost[],
  devices: ReadonlySet<string>,
  width: number,
): LeavingBar[] => {
  const column = Math.min(width / Math.max(costs.length, 1), WIDEST);
  const highest = Math.max(...costs.map(({ total }) => Number(total)), 0);
  const every = Math.max(Math.ceil(NAME / column), 1);
  return costs.map((of, index) => {
    const tall = (part: LeavingPart): number =>
      highest === 0
        ? 0
        : (of.lines
            .filter(({ rowId }) => devices.has(rowId) === (part === "devices"))
            // Of a drawing only: the amount that is said is the API's total.
            .reduce((sum, { net }) => sum + Number(net), 0) /
            highest) *
          BARS.height;
    const ground = BARS.y + BARS.height;
    const fees = tall("fees");
    const stacked = [
      { part: "fees", y: ground - fees, height: fees },
      { part: "devices", y: ground - fees - tall("devices"), height: tall("devices") },
    ] as const;
    return {
      of,
      x: rounded(index * column + GAP / 2),
      width: rounded(Math.max(Math.min(column - GAP, 48), 1)),
      parts: stacked
        .filter(({ height }) => height > 0)
        .map(({ part, y, height }) => ({ part, y: rounded(y), height: rounded(height) })),
      says: index % every === 0,
    };
  });
};
