import { Field, ID, InputType, ObjectType } from "@nestjs/graphql";
import { PenaltyPreview } from "../commitments/models.js";
import { CommitmentStatusEnum } from "../graphql/enums.js";
import { DecimalScalar, LocalDateScalar } from "../graphql/scalars.js";
import { Line, Period } from "../invoices/models.js";
import { mutationFields } from "./mutation-fields.js";

@InputType({
  description: "A command by the name of its mutation: exactly one is given, with the mutation's own input.",
})
export class PreviewCommand {}
for (const [name, { input }] of Object.entries(mutationFields)) {
  Field(() => input, { nullable: true, description: `The input of the mutation \`${name}\`.` })(
    PreviewCommand.prototype,
    name,
  );
}

@ObjectType({ description: "An event that a command would record." })
export class PreviewedEvent {
  @Field(() => String, { description: "The event stream that it would be appended to." }) stream: string;
  @Field(() => String, { description: "Its type." }) type: string;
  @Field(() => String, { description: "Its data as JSON, personal data among them." }) data: string;
}

@ObjectType({ description: "A commitment without and with a command, as of the customer's today." })
export class PreviewedCommitment {
  @Field(() => ID, { description: "Its id; what is assigned under the same key will have the same one." }) id: string;
  @Field(() => CommitmentStatusEnum, { description: "Its state without the command; null: it is new.", nullable: true })
  statusBefore: keyof typeof CommitmentStatusEnum | null;
  @Field(() => CommitmentStatusEnum, { description: "Its state with the command." })
  statusAfter: keyof typeof CommitmentStatusEnum;
  @Field(() => LocalDateScalar, {
    description: "Its discount end date without the command; null: it has none, or is new.",
    nullable: true,
  })
  discountEndBefore: string | null;
  @Field(() => LocalDateScalar, {
    description: "Its discount end date with the command; null: it has none.",
    nullable: true,
  })
  discountEndAfter: string | null;
}

@ObjectType({ description: "The running period's invoice without and with a command, as things stand." })
export class PreviewedPeriod {
  @Field(() => Period, { description: "The running period." }) period: Period;
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => DecimalScalar, { description: "What the invoice comes to without the command." }) totalBefore: string;
  @Field(() => DecimalScalar, { description: "What the invoice comes to with the command." }) totalAfter: string;
  @Field(() => [Line], { description: "The invoice's lines without the command." }) linesBefore: Line[];
  @Field(() => [Line], { description: "The invoice's lines with the command." }) linesAfter: Line[];
}

@ObjectType({ description: "What a command would do. Nothing of it is recorded." })
export class Preview {
  @Field(() => [PreviewedEvent], {
    description: "The events that it would record, in order; none when it would change nothing.",
  })
  events: PreviewedEvent[];
  @Field(() => PreviewedCommitment, { description: "Of a command on a commitment; else null.", nullable: true })
  commitment: PreviewedCommitment | null;
  @Field(() => PreviewedPeriod, {
    description: "Of a command on a commitment or a customer that exists, and of closing an account; else null.",
    nullable: true,
  })
  runningPeriod: PreviewedPeriod | null;
  @Field(() => PenaltyPreview, {
    description: "What ends with the command costs, in a later period too; null: nothing ends with it.",
    nullable: true,
  })
  penalty: PenaltyPreview | null;
}
