import { type Type } from "@nestjs/common";
import { Field, InputType, ObjectType, OmitType } from "@nestjs/graphql";
import { type CommandName, type InputOf } from "#application/commands.js";
import { type PreviewedAfter, type PreviewedBill } from "#application/preview.js";
import { type Currency } from "#domain/money.js";
import { type AnyEvent } from "#event-store/catalogue.js";
import { PenaltyPreview } from "../commitments/models.js";
import { CommitmentStatusEnum } from "../commitments/enums.js";
import { DecimalScalar, ID, JsonScalar, LocalDateScalar } from "../graphql/scalars.js";
import { Line, Period } from "../invoices/models.js";
import { mutationFields } from "./mutation-fields.js";

/** The input of a command's mutation without its idempotency key. */
const inputOf = <Name extends CommandName>(name: Name): Type<InputOf<Name>> => {
  const mutation: Type<{ idempotencyKey?: string }> = mutationFields[name].input;
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}PreviewInput`;
  class PreviewInput extends OmitType(mutation, ["idempotencyKey"]) {}
  InputType(type, { description: `The input of the mutation \`${name}\`, without its key.` })(PreviewInput);
  return PreviewInput;
};

const names = Object.keys(mutationFields) as CommandName[];

/** The class of each previewed command's input, by the command's name. */
export const previewInputs: ReadonlyMap<string, Type> = new Map(names.map((name) => [name, inputOf(name)]));

@InputType({
  isOneOf: true,
  description: "A command by the name of its mutation, with the mutation's input but for the key.",
})
export class PreviewCommand {}
for (const [name, input] of previewInputs) {
  Field(() => input, { nullable: true, description: `What the mutation \`${name}\` is asked for.` })(
    PreviewCommand.prototype,
    name,
  );
}

@ObjectType({ description: "An event that a command would record." })
export class PreviewedEvent {
  @Field(() => String, { description: "The event stream that it would be appended to." }) stream: string;
  @Field(() => String, { description: "Its type." }) type: string;
  @Field(() => LocalDateScalar, { description: "The day from which it would take effect." }) effectiveOn: string;
  @Field(() => JsonScalar, { description: "Its data, including personal data." }) data: unknown;
  /** All events of the preview, itself included, of which some name what others make. */
  events: readonly (AnyEvent & { readonly stream: string })[];
  /** Its place among them. */
  place: number;
  /** Of amounts that are recorded without one; null: not known. */
  currency: Currency | null;
}

@ObjectType({ description: "A commitment before and after a command, on the customer's today." })
export class PreviewedCommitment {
  @Field(() => ID, {
    description: "Its id; a commitment that the command would assign gets another one.",
  })
  id: string;
  @Field(() => CommitmentStatusEnum, { description: "Its status before the command; null: it is new.", nullable: true })
  statusBefore: keyof typeof CommitmentStatusEnum | null;
  @Field(() => CommitmentStatusEnum, { description: "Its status after the command." })
  statusAfter: keyof typeof CommitmentStatusEnum;
  @Field(() => LocalDateScalar, {
    description: "Its discount end date before the command; null: it has none, or is new.",
    nullable: true,
  })
  discountEndBefore: string | null;
  @Field(() => LocalDateScalar, {
    description: "Its discount end date after the command; null: it has none.",
    nullable: true,
  })
  discountEndAfter: string | null;
  after: PreviewedAfter;
}

@ObjectType({ description: "The invoice of a billing period before and after a command, as known now." })
export class PreviewedPeriod {
  @Field(() => Period, { description: "The billing period." }) period: Period;
  @Field(() => LocalDateScalar, { description: "The date of its invoice: the day after the period." })
  invoiceOn: string;
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => DecimalScalar, { description: "The total of `linesBefore`." }) totalBefore: string;
  @Field(() => DecimalScalar, { description: "The total of `linesAfter`." }) totalAfter: string;
  @Field(() => [Line], {
    description:
      "The lines of its invoice before the command; of the running period, behind those of ended periods that are not closed yet.",
  })
  linesBefore: Line[];
  @Field(() => [Line], { description: "The same lines after the command." }) linesAfter: Line[];
}

@ObjectType({ description: "The invoices of billing periods to come that a command changes, as known now." })
export class PreviewedComingPeriods {
  @Field(() => [PreviewedPeriod], {
    description:
      "The billing periods after the running one whose total changes, in order of their ends; 24 at most, and fewer of a customer with hundreds of commitments. A period that is there only before or only after the command has no lines on the other side.",
  })
  periods: PreviewedPeriod[];
  @Field(() => Boolean, {
    description:
      "Whether later ones change too: the next one does, or the last one that was looked at. Looked at is every period through the one after that in which the last thing happens that is known to come.",
  })
  laterToo: boolean;
}

@ObjectType({ description: "What a command would do. Nothing is recorded." })
export class Preview {
  @Field(() => [PreviewedEvent], {
    description: "The events that it would record, in order; empty when it would change nothing.",
  })
  events: PreviewedEvent[];
  @Field(() => PreviewedCommitment, {
    description: "The commitment of a command on one; otherwise null.",
    nullable: true,
  })
  commitment: PreviewedCommitment | null;
  @Field(() => PreviewedPeriod, {
    description:
      "The running period, for a command on a commitment or an existing customer, and for closing an account; otherwise null.",
    nullable: true,
  })
  runningPeriod: PreviewedPeriod | null;
  @Field(() => PreviewedPeriod, {
    description:
      "For a transfer to another customer, the running period of the customer that gives the commitment; otherwise null. `runningPeriod` is then the receiver's.",
    nullable: true,
  })
  giversRunningPeriod: PreviewedPeriod | null;
  @Field(() => PenaltyPreview, {
    description:
      "The penalty of the commitments that the command terminates, in a later period too; null: it terminates none.",
    nullable: true,
  })
  penalty: PenaltyPreview | null;
  bill: PreviewedBill | null;
  giversBill: PreviewedBill | null;
}
