import { type LocalDate } from "#domain/calendar.js";
import { type CommitmentAction, type DiscountEndOr } from "../actions.js";
import { type Command } from "./command.js";
import { type Ids } from "./ids.js";

/** The mutation of a step about a commitment. @throws NotThere when it refers to something that does not exist */
export const commitmentCommand = (action: CommitmentAction, effectiveOn: LocalDate | undefined, ids: Ids): Command => {
  if (action.kind === "assign") {
    return {
      name: "assignOffer",
      input: {
        offerId: ids.get("offer", action.offer),
        accountId: ids.get("account", action.account),
        discountEnd: discountEndInput(action.discountEnd, ids),
        effectiveOn,
      },
      makes: ["assigned", action.as],
    };
  }
  const commitmentId = ids.get("assigned", action.commitment);
  switch (action.kind) {
    case "transfer":
      return {
        name: "transferCommitment",
        input: { commitmentId, toAccountId: ids.get("account", action.toAccount), effectiveOn },
      };
    case "setDiscountEnd":
      return {
        name: "setDiscountEnd",
        input: { commitmentId, discountEnd: discountEndInput(action.discountEnd, ids) },
      };
    case "terminate":
      return {
        name: "terminateCommitment",
        input: { commitmentId, waivePenalty: action.waivePenalty, effectiveOn },
      };
    case "cancelTermination":
      return { name: "cancelTermination", input: { commitmentId } };
    case "annul":
      return { name: "annulCommitment", input: { commitmentId, reason: action.reason ?? "scenario" } };
    case "renewFees":
      return { name: "renewFees", input: { commitmentId } };
    case "pause":
      return { name: "pauseCommitment", input: { commitmentId, from: action.from, until: action.until, effectiveOn } };
    case "changePause": {
      const { from, newFrom, newUntil } = action;
      return { name: "changePause", input: { commitmentId, from, newFrom, newUntil } };
    }
    case "cancelPause":
      return { name: "cancelPause", input: { commitmentId, from: action.from } };
    case "resume":
      return { name: "resumeCommitment", input: { commitmentId, effectiveOn } };
    case "requestPause":
      return { name: action.kind, input: { commitmentId, from: action.from, until: action.until } };
    case "approvePause":
    case "declinePause":
    case "withdrawPause":
      return { name: action.kind, input: { commitmentId, from: action.from } };
    case "timeLimitedUpgrade":
      return {
        name: "orderTimeLimitedUpgrade",
        input: {
          commitmentId,
          addOnProductId: ids.get("addOnProduct", action.addOnProduct),
          until: action.until,
          replacingAddOnProductId: action.replacing && ids.get("addOnProduct", action.replacing),
          thenUpgradeToOfferId: action.thenUpgradeTo && ids.get("offer", action.thenUpgradeTo),
        },
      };
    case "extendUpgrade":
      return { name: "extendTimeLimitedUpgrade", input: { commitmentId, until: action.until } };
    case "endUpgrade":
      return { name: "endTimeLimitedUpgrade", input: { commitmentId } };
    case "cancelThenUpgrade":
      return { name: "cancelThenUpgrade", input: { commitmentId } };
    case "upgrade":
      return {
        name: "upgradeCommitment",
        input: {
          commitmentId,
          offerId: ids.get("offer", action.offer),
          discountEnd: discountEndInput(action.discountEnd, ids),
          effectiveOn,
        },
      };
  }
};

const discountEndInput = (choice: DiscountEndOr<"KEEP" | "DEFAULT">, ids: Ids): object =>
  choice.kind === "SYNCHRONISED" ? { kind: choice.kind, commitmentId: ids.get("assigned", choice.commitment) } : choice;
