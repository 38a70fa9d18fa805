import { QueryBus } from "@nestjs/cqrs";
import { Args, Query, Resolver } from "@nestjs/graphql";
import { type Request } from "#application/commands.js";
import { type Preview as Previewed, type PreviewedBill } from "#application/preview.js";
import { type Principal } from "#application/command/principal.js";
import { type Session } from "#application/command/session.js";
import { addDays } from "#domain/calendar.js";
import { statusOn } from "#domain/commitments/commitment.js";
import { discountEndToday } from "#domain/commitments/on-day.js";
import { explainable, once } from "../explain/explainable.js";
import { PrincipalOf, SessionOf } from "../graphql/context.js";
import { type Plain } from "../graphql/plain.js";
import { rejectedAt, requireValid } from "../graphql/validation.js";
import { PreviewQuery } from "./bus.js";
import { Preview, PreviewCommand, previewInputs } from "./preview-models.js";

@Resolver()
export class PreviewQueries {
  constructor(private readonly bus: QueryBus) {}

  @Query(() => Preview, {
    description:
      "What a command would do, computed by the same code: the same checks, the same rejections. Nothing is recorded and no identifier is reserved.",
  })
  async preview(
    @Args("command", { description: "The command." }) command: PreviewCommand,
    @PrincipalOf() principal: Principal,
    @SessionOf() session: Session,
  ): Promise<Plain<Preview>> {
    // GraphQL has seen to it that there is exactly one.
    const [[name, input] = ["", {}]] = Object.entries(command as Record<string, object>);
    // The same validation as the mutation's, so that errors name the same fields.
    const metatype = previewInputs.get(name);
    if (metatype) requireValid(metatype, input, ["command", name]);
    const request = { name, input } as Request;
    const previewed = await this.bus.execute(new PreviewQuery(session, principal, request)).catch((error: unknown) => {
      throw rejectedAt(error, ["command", name]);
    });
    return previewShown(previewed);
  }
}

const previewShown = ({ events, bill, giversBill }: Previewed): Plain<Preview> => {
  const own = bill && billShown(bill);
  return {
    events: events.map(({ stream, type, data }, place) => ({
      ...{ stream, type, data, effectiveOn: data.effectiveOn },
      ...{ events, place, currency: bill?.currency ?? null },
    })),
    commitment: bill && commitmentShown(bill),
    runningPeriod: own && own.runningPeriod,
    giversRunningPeriod: giversBill && billShown(giversBill).runningPeriod,
    penalty: own && own.penalty,
  };
};

const commitmentShown = ({ commitment, today, billing, unrecorded }: PreviewedBill): Plain<Preview>["commitment"] => {
  if (!commitment) return null;
  const { before, after } = commitment;
  return {
    id: after.commitmentId,
    statusBefore: before && statusOn(before, today),
    statusAfter: statusOn(after, today),
    discountEndBefore: before && discountEndToday(before, today),
    discountEndAfter: discountEndToday(after, today),
    after: { commitment: after, billing, today, unrecorded },
  };
};

/** Each line says how it comes about when it is asked. */
const billShown = (bill: PreviewedBill): Pick<Plain<Preview>, "runningPeriod" | "penalty"> => {
  const { period, currency, before, after, penalty } = bill;
  const workings = once(() => bill.explain());
  return {
    runningPeriod: {
      period: { from: period.from, until: addDays(period.to, -1) },
      currency,
      totalBefore: before.total,
      linesBefore: explainable(before.lines, async () => (await workings()).before),
      totalAfter: after.total,
      linesAfter: explainable(after.lines, async () => (await workings()).after),
    },
    penalty: penalty && {
      ...penalty,
      currency,
      lines: explainable(penalty.lines, async () => (await workings()).penalty),
    },
  };
};
