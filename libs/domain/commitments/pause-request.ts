import { type LocalDate } from "../calendar.js";

export type PauseRequestStatus = "OPEN" | "APPROVED" | "DECLINED" | "WITHDRAWN" | "LAPSED";

/** A pause that the customer asked for, with what became of it (docs/rules.md#self-care-pauses). */
export interface PauseRequest {
  /** Also the id of the pause, once it is approved. */
  readonly pauseId: string;
  /** First and last paused day. */
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly requestedOn: LocalDate;
  /** As recorded: see {@link requestStatusOn}. */
  readonly status: PauseRequestStatus;
  /** Why it was declined; null: it was not. */
  readonly reason: string | null;
}

interface Requests {
  readonly pauseRequests: readonly PauseRequest[];
}

/** A request lapses when its first day begins, whether or not that is recorded already. */
export const requestStatusOn = ({ status, from }: PauseRequest, today: LocalDate): PauseRequestStatus =>
  status === "OPEN" && from <= today ? "LAPSED" : status;

/** The request that waits for an answer; a commitment has one at a time. */
export const openRequestOn = ({ pauseRequests }: Requests, today: LocalDate): PauseRequest | undefined =>
  pauseRequests.find((request) => requestStatusOn(request, today) === "OPEN");

/** The request whose lapse is not recorded yet: it lapses on its first day. */
export const lapsingRequest = ({ pauseRequests }: Requests): PauseRequest | undefined =>
  pauseRequests.find(({ status }) => status === "OPEN");

export const withAnswer = <State extends Requests>(
  state: State,
  pauseId: string,
  status: PauseRequestStatus,
  reason: string | null = null,
): State => ({
  ...state,
  pauseRequests: state.pauseRequests.map((request) =>
    request.pauseId === pauseId ? { ...request, status, reason } : request,
  ),
});
