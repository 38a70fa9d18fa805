import { table } from "../table.js";
import { type Act } from "./options.js";
import { type Delivery, type Verified } from "./requests.js";

const HEAD = ["Id", "Status", "Tries", "Target", "Kind", "On", "Customer", "Remark"];

/** The deliveries of a list as a table. @param total how many there are */
export const listText = (deliveries: readonly Delivery[], total: number): string => {
  if (total === 0) return "No deliveries.";
  const rows = deliveries.map((delivery) => {
    const { id, status, tries, target, kind, on, customerId } = delivery;
    return [id, status, String(tries), target, kind, on, customerId, remarkOf(delivery)];
  });
  const counted = deliveries.length === total ? `${total}` : `${deliveries.length} of ${total}`;
  const more = deliveries.length === total ? "" : "; --limit shows more";
  return [...table(HEAD, "llrlllll", rows), "", `${counted} ${total === 1 ? "delivery" : "deliveries"}${more}.`].join(
    "\n",
  );
};

const remarkOf = ({ status, passedOver, lastError, notBefore, discardReason, discardedBy }: Delivery): string => {
  switch (status) {
    case "DELIVERED":
      return "";
    case "DISCARDED":
      return `discarded by ${discardedBy ?? "nobody"}: ${discardReason ?? ""}`;
    case "PARKED":
      return `${passedOver ? "passed over: " : ""}${lastError ?? ""}`;
    case "PENDING":
      if (lastError === null) return "";
      return `${notBefore === null ? "" : `not before ${notBefore}: `}${lastError}`;
  }
};

const DONE: Readonly<Record<Act, string>> = {
  retry: "is sent again at once",
  discard: "is discarded",
  resume: "stays parked, and its customer's later ones go on",
};

export const doneText = (act: Act, id: string): string => `${id} ${DONE[act]}.`;

export const verifiedText = (found: readonly Verified[]): string =>
  table(
    ["Target", "State", "Found"],
    "lll",
    found.map(({ target, on, ok, message }) => [target, stateOf(on, ok), message]),
  ).join("\n");

export const stateOf = (on: boolean, ok: boolean): string => {
  if (!on) return "off";
  return ok ? "ok" : "FAILED";
};
