import { type EntityManager } from "typeorm";
import { addDays, earlier, earliest, halfOpen, type LocalDate, type PeriodDays } from "#domain/calendar.js";
import { billingPeriodOf } from "#domain/customers/customer.js";
import { customersOf, firstFeeWithdrawn } from "#domain/commitments/holders.js";
import { eventTypes, isOf } from "#event-store/catalogue.js";
import { type BillingEvent, keyOf, type Placed, type Touched } from "./fold.js";
import { coHolders } from "./holders.js";
import { upsert } from "./rows.js";

/**
 * The first day whose charges or penalty an event can change: its own, but of a termination that replaces an earlier one
 * the earlier day, of one that cancels a commitment before its start, or no longer does, and of an annulment, the day of
 * its first transfer fee, of a change of a pause that is still to come the day of the command, and of a pause that moves a
 * discount end date before its first day the day on which it counts as ordered. Of terminations and changed pauses those
 * days are today at the earliest, so it matters only where their period was closed while the command ran.
 * @param touched before the event is folded in
 */
export const firstDayMoved = ({ commitments }: Touched, { event, provider, id }: Placed): LocalDate => {
  const { effectiveOn } = event.data;
  switch (event.type) {
    case "CommitmentTerminated":
    case "TerminationCancelled": {
      const before = commitments.get(keyOf(provider, id))?.state;
      const first = earlier(before?.termination?.on ?? effectiveOn, effectiveOn);
      return earliest(before ? firstFeeWithdrawn(before, first) : null, first);
    }
    // Annulled is from its start on, and with it the fee of a transfer before that.
    case "CommitmentAnnulled": {
      const before = commitments.get(keyOf(provider, id))?.state;
      return earliest(before ? firstFeeWithdrawn(before, addDays(effectiveOn, -1)) : null, effectiveOn);
    }
    case "PauseScheduled":
    case "PauseRequestApproved":
      return event.data.chargesFrom ?? effectiveOn;
    // A discount end date that includes the pause can move before the pause's own days, not before the command's.
    case "PauseChanged":
    case "PauseCancelled":
      return earlier(effectiveOn, event.data.orderedOn);
    default:
      return effectiveOn;
  }
};

/** A charging event, for one of the customers or classes that it concerns. */
export interface FactRow {
  readonly provider_id: string;
  readonly stream: string;
  readonly revision: string;
  readonly subject_id: string;
  readonly effective_on: LocalDate;
  readonly type: string;
  readonly event_id: string;
}

/**
 * The batch's charging events, by every customer or customer class that they concern. The table `billing_facts` holds
 * them. Whom an event concerns is decided by what was recorded until then, so that it does not depend on the batch.
 */
export class ChargingEvents {
  private readonly rows: FactRow[] = [];

  private constructor(
    /** Customers that share a commitment with a customer, by `keyOf` of that one. */
    private readonly others: Map<string, Set<string>>,
  ) {}

  /** Of events that are folded from the first one on: whom they concern follows from them alone. */
  static fromTheFirst(): ChargingEvents {
    return new ChargingEvents(new Map());
  }

  /** @param touched as read, before the batch is folded */
  static async of(manager: EntityManager, placed: readonly Placed[], touched: Touched): Promise<ChargingEvents> {
    const opened = placed.flatMap(({ event, provider }) =>
      event.type === "AccountOpened" ? [{ provider, id: event.data.customerId }] : [],
    );
    const owners = [...touched.customers.values(), ...touched.accounts.values()].map(
      ({ provider_id: provider, customer_id: id }) => ({ provider, id }),
    );
    const found = await coHolders(manager, [...owners, ...opened]);
    return new ChargingEvents(new Map([...found].map(([key, others]) => [key, new Set(others)])));
  }

  /**
   * @param touched with the event folded in
   * @param from the first day whose charges it can change
   */
  fold(touched: Touched, found: Placed, from: LocalDate): void {
    const { event, provider } = found;
    if (event.type === "CommitmentTransferred") this.share(touched, found);
    if (!eventTypes[event.type].movesCharges && !isReissue(event)) return;
    for (const subject_id of this.subjectsOf(touched, found)) {
      const effective_on = takesEffectFor(touched, found, subject_id, from);
      this.rows.push({
        provider_id: provider,
        stream: event.stream,
        revision: event.revision.toString(),
        subject_id,
        effective_on,
        type: event.type,
        event_id: event.id,
      });
    }
  }

  /** The charging events folded since this was asked last, in their order. */
  taken(): FactRow[] {
    return this.rows.splice(0);
  }

  /** The charging events folded and not {@link taken}. */
  get noted(): readonly FactRow[] {
    return this.rows;
  }

  write(manager: EntityManager): Promise<void> {
    return upsert(manager, "billing_facts", ["provider_id", "stream", "revision", "subject_id"], this.rows);
  }

  /** From this transfer on the customers that hold or held the commitment share it. */
  private share({ commitments }: Touched, { provider, id }: Placed): void {
    const row = commitments.get(keyOf(provider, id));
    const customers = row ? customersOf(row.state) : [];
    for (const customer of customers) {
      const key = keyOf(provider, customer);
      const others = customers.filter((other) => other !== customer);
      this.others.set(key, new Set([...(this.others.get(key) ?? []), ...others]));
    }
  }

  /**
   * Every customer whose lines an event can change: those that hold or held the commitment, and of an event of a
   * customer or its account those that share a commitment with it too (docs/rules.md#transfer).
   */
  private subjectsOf({ commitments, accounts }: Touched, { event, provider, id }: Placed): readonly string[] {
    const commitment = isOf(event, "commitment") ? commitments.get(keyOf(provider, id)) : undefined;
    if (commitment) return customersOf(commitment.state);
    if (isOf(event, "usage")) return [event.data.customerId];
    const owner = (isOf(event, "account") ? accounts.get(keyOf(provider, id))?.customer_id : undefined) ?? id;
    return [owner, ...(this.others.get(keyOf(provider, owner)) ?? [])];
  }
}

const isReissue = ({ type, data }: BillingEvent): boolean =>
  (type === "InvoiceSealed" || type === "CreditNoteSealed" || type === "PeriodClosed") && data.reissueOf !== undefined;

/**
 * The first day whose charges an event changes for a customer. A void invoice, or its reissue, takes effect on its
 * period for those that share a commitment; for its own customer on the periods after it, whose penalties count its
 * discounts; and for all of them on the earlier periods that it corrected or billed late. Another class rounds the whole
 * period of its day, which those may have closed days of: penalties count its discounts.
 */
const takesEffectFor = (
  { customers }: Touched,
  { event, provider, id }: Placed,
  subjectId: string,
  from: LocalDate,
): LocalDate => {
  const penalized = ({ period }: { readonly period: PeriodDays }) =>
    subjectId === id ? halfOpen(period).to : period.from;
  switch (event.type) {
    case "InvoiceVoided":
      return earliest(event.data.undoneFrom, penalized(event.data));
    case "InvoiceSealed":
    case "CreditNoteSealed":
    case "PeriodClosed":
      return earliest(event.data.reissuedFrom ?? null, penalized(event.data));
    case "CustomerClassSet": {
      const row = subjectId === id ? undefined : customers.get(keyOf(provider, id));
      return row ? billingPeriodOf(row.state, from).from : from;
    }
    default:
      return from;
  }
};
