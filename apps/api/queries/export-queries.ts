import { type IQueryHandler, Query, QueryHandler } from "@nestjs/cqrs";
import { Unavailable } from "#application/command/unavailable.js";
import { exportDays } from "#application/exports/run-export.js";
import { sumOfPenalties, TooManyCommitments } from "#application/exports/sum-of-penalties.js";
import { type PeriodDays } from "#domain/calendar.js";
import { reject } from "#domain/rejection.js";
import { positionToText } from "#event-store/position.js";
import { type BilledBy, billedSums, TooManySums } from "#read-models/exports/billed.js";
import { NotAtOnePosition, type Snapshot, withSnapshot } from "#read-models/exports/snapshot.js";
import { type Scope } from "#read-models/rows/scope.js";
import { ProviderStalled } from "#read-models/runner/stalls.js";
import { Backend } from "../core/backend.js";
import { Clocks } from "../core/clocks.js";
import { type Billed, type PenaltiesOutstanding } from "../exports/models.js";
import { type Plain } from "../graphql/plain.js";
import { requireId } from "./required.js";

/** Sums in an answer at most. An export has as many as there are. */
const MOST_SUMS = 5_000;

/** A request has seconds, an export hours. */
const WITHIN_MS = 1_500;

export class BilledQuery extends Query<Plain<Billed>> {
  constructor(
    readonly by: ReadonlySet<BilledBy>,
    readonly days: PeriodDays,
    readonly customerId: string | null,
    readonly scope: Scope,
  ) {
    super();
  }
}

export class PenaltiesOutstandingQuery extends Query<Plain<PenaltiesOutstanding>> {
  constructor(
    readonly customerId: string | null,
    readonly scope: Scope,
  ) {
    super();
  }
}

@QueryHandler(BilledQuery)
export class BilledHandler implements IQueryHandler<BilledQuery> {
  constructor(private readonly backend: Backend) {}

  async execute({ by, days, customerId, scope }: BilledQuery): Promise<Plain<Billed>> {
    if (customerId !== null) requireId(customerId, "customerId");
    const filter = { ...exportDays(days.from, days.until), customerId };
    return onSnapshot(this.backend, scope, async (snapshot) => {
      const sums = await billedSums(snapshot, by, filter, MOST_SUMS).catch((error: unknown) => {
        if (!(error instanceof TooManySums)) throw error;
        const sentence = `${error.message} Ask for fewer days, or by less.`;
        throw reject("VALIDATION_FAILED", sentence, { field: "by" });
      });
      return {
        position: positionToText(snapshot.position),
        sums: sums.map(({ month, serviceMonth, offer, ...sum }) => ({
          ...{ ...sum, month: firstDayOf(month), serviceMonth: firstDayOf(serviceMonth), offerName: offer },
        })),
      };
    });
  }
}

const firstDayOf = (month: string | null): string | null => (month === null ? null : `${month}-01`);

@QueryHandler(PenaltiesOutstandingQuery)
export class PenaltiesOutstandingHandler implements IQueryHandler<PenaltiesOutstandingQuery> {
  constructor(
    private readonly backend: Backend,
    private readonly clocks: Clocks,
  ) {}

  async execute({ customerId, scope }: PenaltiesOutstandingQuery): Promise<Plain<PenaltiesOutstanding>> {
    if (customerId !== null) requireId(customerId, "customerId");
    const now = await this.clocks.now(scope.providerId);
    return onSnapshot(this.backend, scope, async (snapshot) => ({
      position: positionToText(snapshot.position),
      sums: await sumOfPenalties(snapshot, now, customerId).catch((error: unknown) => {
        if (!(error instanceof TooManyCommitments)) throw error;
        throw reject("VALIDATION_FAILED", `${error.message} An export has them all.`, { field: "customerId" });
      }),
    }));
  }
}

const onSnapshot = async <Result>(
  { dataSource }: Backend,
  { providerId }: Scope,
  work: (snapshot: Snapshot) => Promise<Result>,
): Promise<Result> => {
  try {
    return await withSnapshot(dataSource, providerId, work, WITHIN_MS);
  } catch (error) {
    if (error instanceof NotAtOnePosition || error instanceof ProviderStalled) throw new Unavailable(error.message);
    throw error;
  }
};
