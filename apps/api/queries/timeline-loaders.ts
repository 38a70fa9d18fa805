import { Unavailable } from "#application/command/unavailable.js";
import { commitmentDay } from "#domain/billing/commitment-day.js";
import { commitmentTimeline } from "#domain/billing/commitment-timeline.js";
import { commitmentsTimeline } from "#domain/billing/commitments-timeline.js";
import { isOpenOn } from "#domain/billing/ledger.js";
import { type LocalDate } from "#domain/calendar.js";
import { type Commitment } from "#domain/commitments/commitment.js";
import { todayOf } from "#domain/customers/customer.js";
import { type Billing, loadBilling, loadIssued } from "#read-models/billing/load.js";
import { issuedLinesOf } from "#read-models/invoices/commitment-lines.js";
import { type Scope } from "#read-models/rows/scope.js";
import { axisShown, dayShown, documented, timelineShown } from "../commitments/timeline-shown.js";
import { leavingCostOf } from "./foreseen-lines.js";
import { type BillingAndIssued, type CustomerBillings } from "./customer-billings.js";
import { type Loaders } from "./loaders.js";
import { type Reader } from "./reader.js";

export type TimelineLoaders = Pick<
  Loaders,
  "timeline" | "previewedTimeline" | "customerTimeline" | "accountTimeline" | "commitmentDay" | "leavingCost"
>;

/** How the customers of commitments are billed, once per request. @throws Unavailable where one is not known yet */
interface Billings extends Pick<CustomerBillings, "asked"> {
  readonly withIssued: (customerId: string) => Promise<BillingAndIssued>;
}

/** Loaders of what a drawing of a commitment shows. */
export const timelineLoaders = ({ backend, clocks }: Reader, scope: Scope, billings: Billings): TimelineLoaders => {
  const { dataSource } = backend;
  const billingOf = billings.withIssued;
  const todayIn = async ({ history: { customer } }: Billing): Promise<LocalDate> =>
    todayOf(customer, await clocks.now(scope.providerId));
  const timelineOf: Loaders["timeline"] = async ({ id, customerId }) => {
    const [{ billing, issued }, lines] = await Promise.all([
      billingOf(customerId),
      issuedLinesOf(dataSource, scope, id),
    ]);
    const own = { issued: lines.map(documented), ledger: issued };
    return timelineShown(commitmentTimeline(heldIn(billing, id), billing, own, await todayIn(billing)), () => true);
  };
  const timelines = new Map<string, ReturnType<typeof timelineOf>>();
  return {
    timeline(commitment) {
      const known = timelines.get(commitment.id) ?? timelineOf(commitment);
      timelines.set(commitment.id, known);
      return known;
    },
    async previewedTimeline({ commitment, billing, today, unrecorded }) {
      const [issued, lines] = await Promise.all([
        loadIssued(dataSource, scope, commitment),
        issuedLinesOf(dataSource, scope, commitment.commitmentId),
      ]);
      const own = { issued: lines.map(documented), ledger: issued };
      return timelineShown(commitmentTimeline(commitment, billing, own, today), (id) => !unrecorded.has(id));
    },
    async customerTimeline({ id }) {
      const { billing } = await billingOf(id);
      return axisShown(commitmentsTimeline(billing, () => true, await todayIn(billing)));
    },
    async accountTimeline({ id, customerId }) {
      const { billing } = await billingOf(customerId);
      return axisShown(commitmentsTimeline(billing, ({ accountId }) => accountId === id, await todayIn(billing)));
    },
    async commitmentDay(commitment, day) {
      const { billing } = await billingOf(commitment.customerId);
      return dayShown(commitmentDay(heldIn(billing, commitment.id), billing, day), commitment);
    },
    async leavingCost({ id, customerId }, day) {
      // Of a day of a closed period what was billed since counts too.
      const asked = await billings.asked(customerId)?.catch(() => undefined);
      const billing = asked && isOpenOn(asked, day) ? asked : await loadBilling(dataSource, scope, customerId, day);
      if (!billing) throw new Unavailable(BEHIND);
      return leavingCostOf({ dataSource, scope, billing }, heldIn(billing, id), day);
    },
  };
};

const BEHIND = "The read models do not know it yet; try again.";

const heldIn = ({ history }: Billing, id: string): Commitment => {
  const commitment = history.commitments.find(({ commitmentId }) => commitmentId === id);
  if (!commitment) throw new Unavailable(BEHIND);
  return commitment;
};
