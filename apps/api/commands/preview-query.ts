import { QueryBus } from "@nestjs/cqrs";
import { Args, Query, Resolver } from "@nestjs/graphql";
import { type CommandName } from "#application/commands.js";
import { type Preview as Previewed, type PreviewedBill } from "#application/preview.js";
import { type Principal } from "#application/command/principal.js";
import { type Session } from "#application/command/session.js";
import { addDays } from "#domain/calendar.js";
import { statusOn } from "#domain/commitments/commitment.js";
import { discountEndToday } from "#domain/commitments/on-day.js";
import { reject } from "#domain/rejection.js";
import { PrincipalOf, SessionOf } from "../graphql/context.js";
import { type Plain } from "../graphql/plain.js";
import { InputValidation } from "../graphql/validation.js";
import { PreviewQuery } from "./bus.js";
import { mutationFields } from "./mutation-fields.js";
import { commandOf, type GivenInput } from "./mutations.js";
import { Preview, PreviewCommand } from "./preview-models.js";

const validation = new InputValidation();

const isCommand = (name: string): name is CommandName => Object.hasOwn(mutationFields, name);

@Resolver()
export class PreviewQueries {
  constructor(private readonly bus: QueryBus) {}

  @Query(() => Preview, {
    description:
      "What a command would do, computed by the same code: the same checks, the same rejections. Nothing is recorded, no identifier is reserved, and the idempotency key neither used up nor looked at: it only decides which ids a new entity gets.",
  })
  async preview(
    @Args("command", { description: "The command." }) command: PreviewCommand,
    @PrincipalOf() principal: Principal,
    @SessionOf() session: Session,
  ): Promise<Plain<Preview>> {
    const given = Object.entries(command as Record<string, GivenInput | null>).filter(([, input]) => input !== null);
    const [first, second] = given;
    const [name, input] = first ?? [];
    if (name === undefined || !input || second || !isCommand(name)) {
      throw reject("VALIDATION_FAILED", "Give exactly one command to preview.", { field: "command" });
    }
    // The same validation as the mutation's, so that errors name the same fields.
    await validation.transform(input, { type: "body", metatype: mutationFields[name].input });
    return previewShown(await this.bus.execute(new PreviewQuery(session, principal, commandOf(name, input))));
  }
}

const previewShown = ({ events, bill, giversBill }: Previewed): Plain<Preview> => ({
  events: events.map(({ stream, type, data }) => ({ stream, type, data: JSON.stringify(data) })),
  commitment: bill && commitmentShown(bill),
  runningPeriod: bill && runningPeriodShown(bill),
  giversRunningPeriod: giversBill && runningPeriodShown(giversBill),
  penalty: bill?.penalty ? { ...bill.penalty, currency: bill.currency } : null,
});

const commitmentShown = ({ commitment, today }: PreviewedBill): Plain<Preview>["commitment"] => {
  if (!commitment) return null;
  const { before, after } = commitment;
  return {
    id: after.commitmentId,
    statusBefore: before && statusOn(before, today),
    statusAfter: statusOn(after, today),
    discountEndBefore: before && discountEndToday(before, today),
    discountEndAfter: discountEndToday(after, today),
  };
};

const runningPeriodShown = ({ period, currency, before, after }: PreviewedBill): Plain<Preview>["runningPeriod"] => ({
  period: { from: period.from, until: addDays(period.to, -1) },
  currency,
  totalBefore: before.total,
  linesBefore: before.lines,
  totalAfter: after.total,
  linesAfter: after.lines,
});
