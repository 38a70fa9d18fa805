import { useMemo } from "react";
import { Tag } from "../../../../web/components/notice.js";
import { type Column } from "../../../../web/components/virtual-table.js";
import { useDates, useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { PathLink } from "../../frame/path-link.js";
import { type ListedCall } from "./query.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

export const useCallColumns = (): readonly Column<ListedCall>[] => {
  const say = useSay({ en, it });
  const { day, instant } = useDates();
  const { money } = useMoney();
  return useMemo(
    () => [
      { id: "answered", title: say("answered"), width: "minmax(0, 1.6fr)", cell: ({ answered }) => instant(answered) },
      { id: "day", title: say("day"), isMinor: true, cell: (call) => call.day !== null && day(call.day) },
      { id: "leg", title: say("leg"), cell: ({ leg }) => say(leg) },
      { id: "from", title: say("from"), cell: ({ cli }) => cli ?? say("hidden") },
      { id: "to", title: say("to"), cell: ({ cld }) => cld },
      { id: "redirectedTo", title: say("redirectedTo"), isMinor: true, cell: ({ redirectedTo }) => redirectedTo },
      {
        id: "account",
        title: say("account"),
        cell: ({ account }) => account && <PathLink href={`/accounts/${account.id}`}>{account.identifier}</PathLink>,
      },
      {
        id: "customer",
        title: say("customer"),
        isMinor: true,
        cell: ({ customer }) =>
          customer && <PathLink href={`/customers/${customer.id}`}>{customer.contact.name}</PathLink>,
      },
      {
        id: "charged",
        title: say("charged"),
        isNumber: true,
        cell: ({ chargedSeconds, seconds }) =>
          chargedSeconds !== null && say("chargedOf", { charged: chargedSeconds, seconds: seconds ?? 0 }),
      },
      {
        id: "rate",
        title: say("rate"),
        isMinor: true,
        cell: ({ tariff, prefix }) =>
          tariff && (
            <PathLink href={`/tariffs/${tariff.id}`}>
              {say("rateOf", { tariff: tariff.name, prefix: prefix || say("defaultRate") })}
            </PathLink>
          ),
      },
      {
        id: "amount",
        title: say("amount"),
        isNumber: true,
        cell: ({ amount, currency, reason }) =>
          amount !== null && currency !== null ? (
            money(amount, currency)
          ) : (
            <Tag tone="warning">{say(reason ?? "UNRATED")}</Tag>
          ),
      },
    ],
    [say, day, instant, money],
  );
};
