import { useMemo } from "react";
import { Button } from "../../../../web/components/button.js";
import { Tag } from "../../../../web/components/notice.js";
import { type Column } from "../../../../web/components/virtual-table.js";
import { useDates, useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { documentPath } from "../../frame/document-path.js";
import { PathLink } from "../../frame/path-link.js";
import style from "./calls.module.css";
import { type ListedCall } from "./query.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

interface Given {
  /** Whether by which rate, and why not, is told. */
  readonly isStaff: boolean;
  readonly onExplain: (call: ListedCall) => void;
  /** Left out: nothing can be done about calls. */
  readonly choice?: Choice | undefined;
}

/** Calls that something is to be done about. */
export interface Choice {
  /** By their keys. */
  readonly chosen: ReadonlyMap<string, ListedCall>;
  readonly onChoose: (call: ListedCall, isChosen: boolean) => void;
}

export const useCallColumns = ({ isStaff, onExplain, choice }: Given): readonly Column<ListedCall>[] => {
  const say = useSay({ en, it });
  const { instant } = useDates();
  const { money } = useMoney();
  return useMemo(() => {
    const nameOf = ({ answered, cld }: ListedCall) => ({ answered: instant(answered), to: cld });
    const rate: Column<ListedCall> = {
      id: "rate",
      title: say("rate"),
      isMinor: true,
      cell: ({ tariff, prefix }) =>
        tariff && (
          <PathLink href={`/tariffs/${tariff.id}`}>
            {say("rateOf", { tariff: tariff.name, prefix: prefix ? prefix : say("defaultRate") })}
          </PathLink>
        ),
    };
    const acts: Column<ListedCall> = {
      id: "acts",
      title: say("acts"),
      width: "minmax(120px, 0.9fr)",
      cell: (call) => (
        <span className={style.acts}>
          {choice && (
            <input
              type="checkbox"
              className={style.box}
              aria-label={say("chooseCall", nameOf(call))}
              checked={choice.chosen.has(call.id)}
              onChange={({ target }) => {
                choice.onChoose(call, target.checked);
              }}
            />
          )}
          {isStaff && (
            <Button
              kind="quiet"
              label={say("explainCall", nameOf(call))}
              onPress={() => {
                onExplain(call);
              }}
            >
              {say("explain")}
            </Button>
          )}
        </span>
      ),
    };
    return [
      { id: "answered", title: say("answered"), width: "minmax(0, 2fr)", cell: ({ answered }) => instant(answered) },
      { id: "leg", title: say("leg"), cell: ({ leg }) => say(leg) },
      { id: "from", title: say("from"), width: "minmax(0, 1.3fr)", cell: ({ cli }) => cli ?? say("hidden") },
      { id: "to", title: say("to"), width: "minmax(0, 1.3fr)", cell: ({ cld }) => cld },
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
      ...(isStaff ? [rate] : []),
      {
        id: "amount",
        title: say("amount"),
        isNumber: true,
        cell: ({ amount, currency, reason, voided }) => {
          if (amount === null || currency === null) return <Tag tone="warning">{say(reason ?? "UNRATED")}</Tag>;
          return voided ? <Tag>{say("voided")}</Tag> : money(amount, currency);
        },
      },
      {
        id: "invoice",
        title: say("invoice"),
        cell: ({ billed }) => {
          const document = billed?.line?.invoice ?? billed?.line?.creditNote;
          return document && <PathLink href={documentPath(document.number)}>{document.number}</PathLink>;
        },
      },
      ...(isStaff || choice ? [acts] : []),
    ];
  }, [say, instant, money, isStaff, onExplain, choice]);
};
