import { type LocalDate } from "#domain/calendar.js";
import { type Step } from "#domain/step.js";
import { type Telling } from "./telling.js";

interface Dates {
  readonly day: (date: LocalDate) => string;
  readonly period: (step: Step) => string;
}

/** Why a status is what it is. */
export const toldStatus = ({ value, because }: Step, say: Telling, dates: Dates): string[] =>
  because.length === 0 ? [say.nothingBlocks] : because.flatMap((reason) => toldReason(reason, value, say, dates));

const toldReason = (reason: Step, status: string, say: Telling, { day, period }: Dates): string[] => {
  const date = day(reason.value);
  switch (reason.what) {
    case "LAST_CHARGED_DAY":
      return [say.hasEnded(date)];
    case "FIRST_DAY":
      return [status === "PENDING" ? say.begins(date) : say.hasRunSince(date)];
    case "ON_PAUSE":
      return [reason.days === null ? say.onOpenPause(date) : say.onPause(period(reason))];
    case "SUSPENDED_FROM":
      return [say.suspendedSince(date)];
    case "SUSPENSION_LIFTED":
      return [say.suspensionLifted(date)];
    case "ACCOUNT_OPENED":
      return [say.accountOpened(date)];
    case "ACCOUNT_CLOSED":
      return [say.accountClosed(date)];
    case "CLOSED_ON":
      return [say.closedOn(date)];
    default:
      return [];
  }
};
