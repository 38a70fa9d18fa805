import { type BillingPeriodType } from "#domain/billing-periods.js";
import { type LocalDate, type TimeZone } from "#domain/calendar.js";
import { rowsHeldFrom } from "#domain/commitments/rows-held.js";
import { changeCustomerBilling } from "#domain/customers/change-billing.js";
import { customerEvolver } from "#domain/customers/customer.js";
import {
  changeCustomerContact,
  changeCreditLimit,
  closeCustomer,
  createCustomer,
  setCustomerClass,
} from "#domain/customers/decide.js";
import { type ScheduledChangeKind } from "#domain/customers/events.js";
import { linkOrganization, requireOrganizationId, unlinkOrganization } from "#domain/customers/link-zendesk.js";
import {
  cancelScheduledChange,
  setSubscriptionDiscountRate,
  suspendCustomer,
  unsuspendCustomer,
} from "#domain/customers/rate-and-suspension.js";
import { type Reason } from "../command/closed-days.js";
import { commandsOn } from "../command/definition.js";
import { addressOf, type GivenAddress } from "../command/given-address.js";
import { type FactSource } from "../command/facts.js";
import { type Principal } from "../command/principal.js";
import { customerBilling } from "../command/customer-billing.js";

/*
 * Inputs of the commands on customers. A field left out keeps its value, or takes its default; days are in the
 * customer's time zone, today unless given.
 */

export interface CreateCustomer {
  readonly contact: {
    readonly name: string;
    readonly companyDomain?: string | null;
    readonly email?: string | null;
    readonly phone?: string | null;
    readonly address?: GivenAddress | null;
    readonly taxId?: string | null;
  };
  readonly currency: string;
  readonly billingPeriod?: BillingPeriodType;
  readonly anniversaryDay?: number;
  readonly timeZone?: TimeZone;
  readonly customerClassId?: string | null;
  readonly creditLimit?: string;
}
export interface ChangeCustomerContact {
  readonly customerId: string;
  readonly name?: string;
  readonly companyDomain?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly address?: GivenAddress | null;
  readonly taxId?: string | null;
}
export interface ChangeCustomerBilling {
  readonly customerId: string;
  readonly billingPeriod?: BillingPeriodType;
  readonly anniversaryDay?: number;
  readonly timeZone?: TimeZone;
}
export interface ChangeCreditLimit {
  readonly customerId: string;
  readonly creditLimit: string;
}
export interface SetCustomerClass extends Reason {
  readonly customerId: string;
  readonly customerClassId?: string | null;
  readonly effectiveOn?: LocalDate;
}
export interface SetSubscriptionDiscountRate extends Reason {
  readonly customerId: string;
  readonly rate?: string | null;
  readonly effectiveOn?: LocalDate;
}
export interface SuspendCustomer extends Reason {
  readonly customerId: string;
  readonly effectiveOn?: LocalDate;
}
export interface UnsuspendCustomer extends Reason {
  readonly customerId: string;
  readonly effectiveOn?: LocalDate;
}
export interface CancelScheduledChange {
  readonly customerId: string;
  readonly what: ScheduledChangeKind;
  /** The day for which it is ordered. */
  readonly effectiveOn: LocalDate;
}
export interface CloseCustomer extends Reason {
  readonly customerId: string;
  readonly effectiveOn?: LocalDate;
}

export interface LinkZendeskOrganization extends Reason {
  readonly customerId: string;
  /** Its number in Zendesk. */
  readonly organizationId: string;
  /** An administrator confirms that what stands in the way is replaced. */
  readonly replace?: boolean;
  /** The agent's name as the app inside Zendesk says it. */
  readonly claimedAgent?: string | null;
}
export interface UnlinkZendeskOrganization extends Reason {
  readonly customerId: string;
  readonly claimedAgent?: string | null;
}

const command = commandsOn("customer", customerEvolver);

/** Whether the app inside Zendesk gives a command, with no role but its own. */
const isByApp = ({ roles }: Pick<Principal, "roles">): boolean => roles.every((role) => role === "zendesk-app");

const classExists = async (facts: FactSource, providerId: string, customerClassId: string | null = null) => ({
  classExists:
    customerClassId !== null && (await facts.unknownItems(providerId, "customerclass", [customerClassId])).length === 0,
});

export const customerCommands = {
  createCustomer: command({
    bills: true,
    target: (_input: CreateCustomer, { newId }) => newId("customer"),
    facts: ({ customerClassId }, { facts, providerId }) => classExists(facts, providerId, customerClassId),
    decide: (
      { contact, billingPeriod = "MONTHLY", timeZone = "UTC", customerClassId = null, creditLimit = "0", ...input },
      { id, now, facts },
    ) => {
      const { companyDomain = null, email = null, phone = null, address = null } = contact;
      const terms = { ...input, billingPeriod, timeZone, customerClassId, creditLimit };
      const given = { ...contact, companyDomain, email, phone, address: address && addressOf(address) };
      return createCustomer({ ...terms, customerId: id, contact: given, now }, facts);
    },
  }),
  changeCustomerContact: command({
    bills: true,
    target: ({ customerId }: ChangeCustomerContact) => customerId,
    decide: ({ customerId: _, address, ...rest }, { state, now }) => {
      const contact = { ...rest, ...(address !== undefined && { address: address && addressOf(address) }) };
      return changeCustomerContact({ contact, now }, state);
    },
  }),
  changeCustomerBilling: command({
    bills: true,
    target: ({ customerId }: ChangeCustomerBilling) => customerId,
    facts: async ({ billingPeriod }, { state, facts, providerId }) => {
      const isChecked = state !== null && billingPeriod !== undefined;
      const history = isChecked ? (await customerBilling(facts, providerId, state.customerId)).history : null;
      return {
        rowsHeldFrom: (date: LocalDate, today: LocalDate) => (history ? rowsHeldFrom(history, date, today) : []),
      };
    },
    decide: (input, { state, now, facts }) => changeCustomerBilling({ ...input, now }, state, facts),
  }),
  changeCreditLimit: command({
    bills: true,
    target: ({ customerId }: ChangeCreditLimit) => customerId,
    decide: ({ creditLimit }, { state, now }) => changeCreditLimit({ creditLimit, now }, state),
  }),
  setCustomerClass: command({
    bills: true,
    target: ({ customerId }: SetCustomerClass) => customerId,
    facts: ({ customerClassId }, { facts, providerId }) => classExists(facts, providerId, customerClassId),
    decide: ({ customerClassId = null, ...input }, { state, now, facts, closedDays }) =>
      setCustomerClass({ ...input, customerClassId, now }, state, { ...facts, closedDays }),
  }),
  setSubscriptionDiscountRate: command({
    bills: true,
    target: ({ customerId }: SetSubscriptionDiscountRate) => customerId,
    decide: ({ rate = null, ...input }, { state, now, closedDays }) =>
      setSubscriptionDiscountRate({ ...input, rate, now }, state, { closedDays }),
  }),
  suspendCustomer: command({
    bills: true,
    target: ({ customerId }: SuspendCustomer) => customerId,
    decide: (input, { state, now, closedDays }) => suspendCustomer({ ...input, now }, state, { closedDays }),
  }),
  unsuspendCustomer: command({
    bills: true,
    target: ({ customerId }: UnsuspendCustomer) => customerId,
    decide: (input, { state, now, closedDays }) => unsuspendCustomer({ ...input, now }, state, { closedDays }),
  }),
  cancelScheduledChange: command({
    bills: true,
    target: ({ customerId }: CancelScheduledChange) => customerId,
    decide: (input, { state, now }) => cancelScheduledChange({ ...input, now }, state),
  }),
  linkZendeskOrganization: command({
    check: ({ organizationId }: LinkZendeskOrganization) => {
      requireOrganizationId(organizationId);
    },
    target: ({ customerId }: LinkZendeskOrganization) => customerId,
    // Zendesk is asked for existing customers only.
    facts: async ({ organizationId }, { state, facts, providerId }) =>
      state ? facts.zendeskOrganization(providerId, organizationId) : { organization: null, linkedTo: [] },
    decide: (
      { organizationId, replace = false, claimedAgent = null },
      { state, now, facts, closedDays: { reason }, principal },
    ) =>
      linkOrganization({ organizationId, replace, claimedAgent, reason, byApp: isByApp(principal), now }, state, facts),
  }),
  unlinkZendeskOrganization: command({
    target: ({ customerId }: UnlinkZendeskOrganization) => customerId,
    decide: ({ claimedAgent = null }, { state, now, closedDays: { reason }, principal }) =>
      unlinkOrganization({ claimedAgent, reason, byApp: isByApp(principal), now }, state),
  }),
  closeCustomer: command({
    bills: true,
    target: ({ customerId }: CloseCustomer) => customerId,
    decide: (input, { state, now, closedDays }) => closeCustomer({ ...input, now }, state, { closedDays }),
  }),
};
