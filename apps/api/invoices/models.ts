import { Field, InputType, Int, ObjectType } from "@nestjs/graphql";
import { type Step } from "#domain/step.js";
import {
  CreditNotePurposeEnum,
  CreditNoteSortFieldEnum,
  DiscountOriginEnum,
  InvoiceSortField,
  InvoiceStateEnum,
  LineKindEnum,
} from "./enums.js";
import { DateField, IdField, InputField, TextField } from "../graphql/fields.js";
import { NODE } from "../graphql/node.js";
import { connectionOf, SortDirection } from "../graphql/pagination.js";
import { PostalAddress } from "../graphql/postal-address.js";
import { DecimalScalar, ID, InstantScalar, LocalDateScalar } from "../graphql/scalars.js";

@ObjectType({ description: "A billing period by its first and last day, both inclusive." })
export class Period {
  @Field(() => LocalDateScalar, { description: "Its first day." }) from: string;
  @Field(() => LocalDateScalar, { description: "Its last day." }) until: string;
}

@ObjectType({ description: "A line that an adjustment corrects." })
export class CorrectedLine {
  @Field(() => ID, { description: "The invoice that it is on." }) invoiceId: string;
  @Field(() => Int, { description: "Its position on that invoice, from 1." }) line: number;
}

@ObjectType({ description: "What an adjustment corrects." })
export class LineCorrection {
  @Field(() => LineKindEnum, { description: "The kind of charge that is corrected." })
  kind: keyof typeof LineKindEnum;
  @Field(() => Period, { description: "The closed billing period that it belongs to." }) period: Period;
  @Field(() => [CorrectedLine], { description: "The lines that it corrects; none where nothing was billed." })
  lines: CorrectedLine[];
}

@ObjectType({ description: "How many calls a line is, and how long they were." })
export class LineUsage {
  @Field(() => Int, { description: "The number of calls." }) calls: number;
  @Field(() => Int, { description: "Their length in seconds." }) seconds: number;
  @Field(() => Int, { description: "The seconds that are charged." }) chargedSeconds: number;
  @Field(() => Boolean, { description: "Whether they are of periods that were closed before they were known." })
  late: boolean;
}

@ObjectType({ description: "A charge line with its causes. Prices are net of tax." })
export class Line {
  @Field(() => LineKindEnum, { description: "The kind of charge." }) kind: keyof typeof LineKindEnum;
  @Field(() => ID, { description: "The commitment that it belongs to; null for calls.", nullable: true })
  commitmentId: string | null;
  @Field(() => ID, { description: "The account that it belongs to." }) accountId: string;
  @Field(() => ID, {
    description: "The row of the commitment's terms; of calls the same for the same account, tariff, leg and prefix.",
  })
  rowId: string;
  @Field(() => String, { description: "Description of the line, for the invoice." }) description: string;
  @Field(() => LocalDateScalar, { description: "The first day it covers." }) from: string;
  @Field(() => LocalDateScalar, { description: "The last day it covers." }) until: string;
  @Field(() => Int, { description: "Days charged; 1 where a single day is charged." }) days: number;
  @Field(() => Int, {
    description: "Days of the whole billing period; null where nothing is prorated.",
    nullable: true,
  })
  periodDays: number | null;
  @Field(() => DecimalScalar, {
    description:
      "The fee of a whole billing period, which `fee` is prorated from; of a one-time fee the fee itself. Null for penalties, and for lines recorded without.",
    nullable: true,
  })
  unitFee?: string | null;
  @Field(() => DecimalScalar, {
    description:
      "The discount of a whole billing period, which `discount` is prorated from, not rounded: it may have more decimals than the currency. Null as `unitFee` is.",
    nullable: true,
  })
  unitDiscount?: string | null;
  @Field(() => DecimalScalar, { description: "The fee, prorated and rounded." }) fee: string;
  @Field(() => DecimalScalar, { description: "The discount, prorated and rounded." }) discount: string;
  @Field(() => DiscountOriginEnum, { description: "The origin of the discount; null: none.", nullable: true })
  discountOrigin: keyof typeof DiscountOriginEnum | null;
  @Field(() => DecimalScalar, { description: "Fee minus discount." }) net: string;
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => LineCorrection, { description: "What an adjustment corrects; null for other lines.", nullable: true })
  corrects?: LineCorrection | null;
  @Field(() => LineUsage, { description: "Its calls; null for other lines.", nullable: true })
  usage?: LineUsage | null;
  @Field(() => [ID], { description: "Ids of the events that caused it, to be read with `event`." }) causes: string[];
  invoiceId?: string | null;
  @Field(() => Int, { description: "Its place in its document, from 1; null: it is on none.", nullable: true })
  position?: number;
  /** Of a line that is on no document: how its net comes about, computed once more when it is asked for. */
  working?: () => Promise<Step>;
}

@ObjectType({ description: "The recipient of an invoice, as of its seal." })
export class Recipient {
  @Field(() => String, { description: "The customer's name." }) name: string;
  @Field(() => String, { description: "Domain of the company.", nullable: true }) companyDomain: string | null;
  @Field(() => String, { description: "E-mail address.", nullable: true }) email: string | null;
  @Field(() => String, { description: "Phone number.", nullable: true }) phone: string | null;
  @Field(() => PostalAddress, { description: "Postal address, printed on documents.", nullable: true })
  address?: PostalAddress | null;
  @Field(() => String, { description: "Tax id, printed on documents.", nullable: true }) taxId?: string | null;
}

@ObjectType({ description: "The sum of an invoice's lines of one kind." })
export class KindTotal {
  @Field(() => LineKindEnum, { description: "The kind." }) kind: keyof typeof LineKindEnum;
  @Field(() => DecimalScalar, { description: "The sum of their nets." }) total: string;
}

@ObjectType({ ...NODE, description: "The invoice of one billing period of a customer. It never changes." })
export class Invoice {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => InstantScalar, { description: "When it was sealed, by the provider's clock." }) createdAt: string;
  @Field(() => String, { description: "Its number in the provider's gapless series." }) number: string;
  @Field(() => Period, { description: "The billing period that it charges." }) period: Period;
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => LocalDateScalar, {
    description: "Its date: the day after its period; of a reissue the day on which it was ordered.",
  })
  issuedOn: string;
  @Field(() => LocalDateScalar, { description: "Its due date." }) dueOn: string;
  @Field(() => InvoiceStateEnum, { description: "Whether it is paid, on the customer's today." })
  state: keyof typeof InvoiceStateEnum;
  @Field(() => DecimalScalar, { description: "The sum of its lines' nets." }) total: string;
  @Field(() => DecimalScalar, { description: "What is left to pay of it." }) openAmount: string;
  @Field(() => DecimalScalar, { description: "What was written off of it." }) writtenOff: string;
  @Field(() => [KindTotal], { description: "Its total by kind of line." }) totalsByKind: KindTotal[];
  @Field(() => Int, { description: "The number of its lines." }) lineCount: number;
  @Field(() => Recipient, { description: "Its recipient." }) recipient: Recipient;
  @Field(() => String, { description: "SHA-256 over its lines, in hex." }) contentHash: string;
  customerId: string;
}

@ObjectType({ ...NODE, description: "A credit note: what is credited, with its lines. It never changes." })
export class CreditNote {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => InstantScalar, { description: "When it was sealed, by the provider's clock." }) createdAt: string;
  @Field(() => String, { description: "Its number in the provider's gapless series of credit notes." }) number: string;
  @Field(() => CreditNotePurposeEnum, { description: "Why there is one." })
  purpose: keyof typeof CreditNotePurposeEnum;
  @Field(() => Period, { description: "The billing period that it belongs to." }) period: Period;
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => LocalDateScalar, { description: "Its date." }) issuedOn: string;
  @Field(() => DecimalScalar, { description: "The sum of its lines' nets, below zero." }) total: string;
  @Field(() => [KindTotal], { description: "Its total by kind of line." }) totalsByKind: KindTotal[];
  @Field(() => Int, { description: "The number of its lines." }) lineCount: number;
  @Field(() => Recipient, { description: "Its recipient." }) recipient: Recipient;
  @Field(() => String, { description: "Why, in the words of a person; null: nothing was said.", nullable: true })
  reason: string | null;
  @Field(() => String, { description: "SHA-256 over its lines, in hex." }) contentHash: string;
  customerId: string;
  invoiceId: string | null;
}

export const CreditNoteConnection = connectionOf(CreditNote, "CreditNote", "credit notes");
export const InvoiceConnection = connectionOf(Invoice, "Invoice", "invoices");
export const LineConnection = connectionOf(Line, "Line", "lines");

const optional = { nullable: true };

@InputType({ description: "Which invoices to list." })
export class InvoiceFilter {
  @IdField("Only those of this customer.", optional) customerId?: string | null;
  @InputField(() => InvoiceStateEnum, "Only those in this state.", optional)
  state?: keyof typeof InvoiceStateEnum | null;
  @DateField("Only those issued on this day or later.", optional) issuedFrom?: string | null;
  @DateField("Only those issued on this day or earlier.", optional) issuedUntil?: string | null;
  @TextField("Only the one with this number.", optional) number?: string | null;
  @TextField("Only those in this currency.", optional) currency?: string | null;
  @IdField("Only those with a line of this commitment.", optional) commitmentId?: string | null;
  @DateField("Only those due on this day or later.", optional) dueFrom?: string | null;
  @DateField("Only those due on this day or earlier.", optional) dueUntil?: string | null;
  @DateField("Only those whose period has this day or a later one.", optional) periodFrom?: string | null;
  @DateField("Only those whose period has this day or an earlier one.", optional) periodUntil?: string | null;
}

@InputType({ description: "Which credit notes to list." })
export class CreditNoteFilter {
  @IdField("Only those of this customer.", optional) customerId?: string | null;
  @IdField("Only those that correct or void this invoice.", optional) invoiceId?: string | null;
  @TextField("Only the one with this number.", optional) number?: string | null;
  @InputField(() => CreditNotePurposeEnum, "Only those with this purpose.", optional)
  purpose?: keyof typeof CreditNotePurposeEnum | null;
  @DateField("Only those issued on this day or later.", optional) issuedFrom?: string | null;
  @DateField("Only those issued on this day or earlier.", optional) issuedUntil?: string | null;
}

@InputType({ description: "The sort order of credit notes." })
export class CreditNoteSort {
  @Field(() => CreditNoteSortFieldEnum, { description: "The sort key." }) by: keyof typeof CreditNoteSortFieldEnum;
  @Field(() => SortDirection, { description: "The direction.", defaultValue: "ASC" }) direction: SortDirection;
}

@InputType({ description: "The sort order of invoices." })
export class InvoiceSort {
  @Field(() => InvoiceSortField, { description: "The sort key." }) by: keyof typeof InvoiceSortField;
  @Field(() => SortDirection, { description: "The direction.", defaultValue: "ASC" }) direction: SortDirection;
}

@ObjectType({ description: "What invoices of the same currency and state add up to." })
export class InvoiceSum {
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => InvoiceStateEnum, { description: "Their state today." }) state: keyof typeof InvoiceStateEnum;
  @Field(() => Int, { description: "How many there are." }) invoices: number;
  @Field(() => DecimalScalar, { description: "The sum of their totals." }) total: string;
  @Field(() => DecimalScalar, { description: "What is left to pay of them." }) open: string;
}

@ObjectType({ description: "A late event: it takes effect in a closed period and is not in its basis." })
export class LateEvent {
  @Field(() => String, { description: "Its type." }) type: string;
  @Field(() => String, { description: "The event stream that it is in." }) stream: string;
  @Field(() => String, { description: "Its revision in that stream." }) revision: string;
  @Field(() => LocalDateScalar, { description: "The day from which it takes effect." }) effectiveOn: string;
}

@ObjectType({ description: "A billing period of a customer that was closed." })
export class ClosedPeriod {
  @Field(() => Period, { description: "The billing period." }) period: Period;
  @Field(() => InstantScalar, { description: "When its close was recorded, by the provider's clock." })
  closedAt: string;
  @Field(() => Boolean, { description: "Whether its basis has moved: it has late events." }) moved: boolean;
  @Field(() => [LateEvent], { description: "Its late events." }) lateEvents: LateEvent[];
  customerId: string;
  invoiceId: string | null;
}

export const ClosedPeriodConnection = connectionOf(ClosedPeriod, "ClosedPeriod", "closed periods");
