import { CommandBus, type IQueryHandler, QueryHandler } from "@nestjs/cqrs";
import { addDays, type LocalDate } from "#domain/calendar.js";
import { type Foreseen, foresee, type Totalled } from "#domain/billing/foresee.js";
import { statusOn } from "#domain/commitments/commitment.js";
import { todayOf } from "#domain/customers/customer.js";
import { PreviewStore } from "#event-store/preview-store.js";
import { streamName } from "#event-store/streams.js";
import { loadBilling } from "#read-models/billing/load.js";
import { Backend } from "../backend.js";
import { discountEndToday } from "#domain/commitments/on-day.js";
import { type Plain } from "../graphql/plain.js";
import { Clocks } from "../providers/clocks.js";
import { type Billed, loadBilled, withBilled } from "./billed.js";
import { PreviewQuery } from "./message.js";
import { type Preview } from "./models.js";

/** Runs the mutation's own command on a store that records nothing, and tells what it would have come to. */
@QueryHandler(PreviewQuery)
export class PreviewHandler implements IQueryHandler<PreviewQuery> {
  constructor(
    private readonly backend: Backend,
    private readonly clocks: Clocks,
    private readonly commands: CommandBus,
  ) {}

  async execute({ mutation, input, caller }: PreviewQuery): Promise<Plain<Preview>> {
    const store = new PreviewStore(this.backend.store);
    const { id } = await this.commands.execute(mutation.command(input, { ...caller, preview: store }));
    const events = store.appended.map(({ stream, type, data }) => ({ stream, type, data: JSON.stringify(data) }));
    if (mutation.billed === null) return { ...NOTHING, events };
    const stream = streamName(caller.providerId, mutation.billed, id);
    const [before, after] = await Promise.all([
      loadBilled(this.backend.store, mutation.billed, stream),
      loadBilled(store, mutation.billed, stream),
    ]);
    return { ...(await this.consequences(caller.providerId, before, after, store)), events };
  }

  private async consequences(
    providerId: string,
    before: Billed,
    after: Billed,
    { appended }: PreviewStore,
  ): Promise<Omit<Plain<Preview>, "events">> {
    const billing = after.state && (await loadBilling(this.backend.dataSource, providerId, after.state.customerId));
    // A customer that is only being created has no bill yet.
    if (!billing) return NOTHING;
    // The day of the decision, whatever the clock says by now.
    const now = appended[0]?.metadata.recordedAt ?? (await this.clocks.now(providerId));
    const history = withBilled(billing.history, before);
    const today = todayOf(history.customer, now);
    const foreseen = foresee({ ...billing, history }, withBilled(billing.history, after), today);
    const { currency } = history.customer;
    const unrecorded = new Set(appended.map(({ id }) => id));
    return {
      commitment: commitmentShown(before, after, today),
      runningPeriod: { currency, ...runningPeriodShown(foreseen, unrecorded) },
      penalty: foreseen.penalty && { currency, ...ofRecorded(foreseen.penalty, unrecorded) },
    };
  }
}

const NOTHING = { commitment: null, runningPeriod: null, penalty: null };

const commitmentShown = (before: Billed, after: Billed, today: LocalDate): Plain<Preview>["commitment"] => {
  if (before.category !== "commitment" || after.category !== "commitment" || !after.state) return null;
  return {
    id: after.state.commitmentId,
    statusBefore: before.state && statusOn(before.state, today),
    statusAfter: statusOn(after.state, today),
    discountEndBefore: before.state && discountEndToday(before.state, today),
    discountEndAfter: discountEndToday(after.state, today),
  };
};

const runningPeriodShown = ({ period, ...foreseen }: Foreseen, unrecorded: ReadonlySet<string>) => {
  const [before, after] = [ofRecorded(foreseen.before, unrecorded), ofRecorded(foreseen.after, unrecorded)];
  return {
    period: { from: period.from, until: addDays(period.to, -1) },
    ...{ totalBefore: before.total, linesBefore: before.lines },
    ...{ totalAfter: after.total, linesAfter: after.lines },
  };
};

/** Lines name as causes what is in the log, and not the events that are only previewed. */
const ofRecorded = ({ lines, total }: Totalled, unrecorded: ReadonlySet<string>): Totalled => ({
  lines: lines.map((line) => ({ ...line, causes: line.causes.filter((cause) => !unrecorded.has(cause)) })),
  total,
});
