import { type Step } from "../story.js";
import { changeBilling } from "./billing-commands.js";
import * as calls from "./call-commands.js";
import { dayOf } from "./calendar.js";
import * as catalog from "./catalog.js";
import * as commitments from "./commitment-commands.js";
import * as customers from "./customer-commands.js";
import * as invoices from "./invoice-commands.js";
import * as payments from "./payment-commands.js";
import * as pauses from "./pause-commands.js";
import * as selfCare from "./self-care-commands.js";
import * as transfers from "./transfer-commands.js";
import * as upgrades from "./upgrade-commands.js";
import { type CancelScheduledStep } from "../story.js";
import { type World } from "./world.js";
import { dateIn } from "./zones.js";

/** Plays one command, or throws its refusal. Answers false for a step that only moves the clock. */
export function command(world: World, step: Step): boolean {
  if ("assign" in step) commitments.assign(world, step);
  else if ("setDiscountEnd" in step) commitments.setDiscountEnd(world, step);
  else if ("terminate" in step) commitments.terminate(world, step);
  else if ("cancelTermination" in step) commitments.cancelTermination(world, step);
  else if ("annul" in step) commitments.annul(world, step);
  else if ("transfer" in step) transfers.transfer(world, step);
  else if ("renewFees" in step) transfers.renewFees(world, step);
  else if ("pause" in step) pauses.pause(world, step);
  else if ("changePause" in step) pauses.changePause(world, step);
  else if ("cancelPause" in step) pauses.cancelPause(world, step);
  else if ("resume" in step) pauses.resume(world, step);
  else if ("requestPause" in step) selfCare.requestPause(world, step);
  else if ("approvePause" in step) selfCare.approvePause(world, step);
  else if ("declinePause" in step) selfCare.declinePause(world, step);
  else if ("withdrawPause" in step) selfCare.withdrawPause(world, step);
  else if ("upgrade" in step) upgrades.upgrade(world, step);
  else if ("timeLimitedUpgrade" in step) upgrades.timeLimitedUpgrade(world, step);
  else if ("extendUpgrade" in step) upgrades.extendUpgrade(world, step);
  else if ("endUpgrade" in step) upgrades.endUpgrade(world, step);
  else if ("cancelThenUpgrade" in step) upgrades.cancelThenUpgrade(world, step);
  else return ofCustomer(world, step);
  return true;
}

function ofCustomer(world: World, step: Step): boolean {
  if ("setSubscriptionDiscountRate" in step) customers.setRate(world, step);
  else if ("suspend" in step) customers.setSuspended(world, step.suspend, step, true);
  else if ("unsuspend" in step) customers.setSuspended(world, step.unsuspend, step, false);
  else if ("cancelScheduled" in step) cancelScheduled(world, step);
  else if ("setCustomerClass" in step) customers.setClass(world, step);
  else if ("changeBilling" in step) changeBilling(world, step);
  else if ("closeCustomer" in step) customers.closeCustomer(world, step);
  else if ("closeAccount" in step) customers.closeAccount(world, step);
  else if ("openAccount" in step) customers.openAccount(world, step);
  else if ("changeMainProduct" in step) customers.changeMainProduct(world, step);
  else if ("creditNote" in step) invoices.creditNote(world, step);
  else if ("voidInvoice" in step) invoices.voidInvoice(world, step);
  else if ("reissueInvoice" in step) invoices.reissueInvoice(world, step);
  else if (ofMoney(world, step) || ofCalls(world, step)) return false;
  else if ("changeContact" in step) {
    customers.changeContact(world, step);
    return false;
  } else if ("reviseCommitment" in step) catalog.reviseOffer(world.catalog, step);
  else if ("reviseSubscription" in step) catalog.reviseSubscription(world.catalog, step);
  else if ("reviseCustomerClass" in step) catalog.reviseClass(world.catalog, step, dateIn("UTC", world.now));
  else if ("withdrawCommitment" in step) catalog.knownOffer(world.catalog, step.withdrawCommitment).withdrawn = true;
  else return false;
  return true;
}

/** Payments and what is not paid: nothing of it changes what is charged. */
function ofMoney(world: World, step: Step): boolean {
  if ("pay" in step) payments.pay(world, step);
  else if ("reversePayment" in step) payments.reversePayment(world, step);
  else if ("refund" in step) payments.refund(world, step);
  else if ("goodwill" in step) payments.goodwill(world, step);
  else if ("writeOff" in step) payments.writeOff(world, step);
  else if ("promiseToPay" in step) payments.promiseToPay(world, step);
  else if ("exemptFromCollection" in step) payments.exempt(world, step);
  else return false;
  return true;
}

/** Nothing of these changes a commitment. */
function ofCalls(world: World, step: Step): boolean {
  if ("call" in step) calls.recordCall(world, step);
  else if ("changeRates" in step) calls.changeRates(world, step);
  else if ("rateCalls" in step) calls.rateCalls(world, step);
  else if ("correctCalls" in step) calls.correctCalls(world, step);
  else return false;
  return true;
}

function cancelScheduled(world: World, { cancelScheduled: name, what, effective }: CancelScheduledStep): void {
  const day = dayOf(effective);
  if (what === "UPGRADE" || what === "RENEWAL") {
    const kind = what === "UPGRADE" ? "SCHEDULED" : "RENEWAL";
    transfers.cancelScheduledTerms(world, commitments.commitmentNamed(world, name), kind, day);
  } else customers.cancelScheduled(world, name, what, day);
}
