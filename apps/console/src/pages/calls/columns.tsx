import { useMemo } from "react";
import { Button } from "../../../../web/components/button.js";
import { Tag } from "../../../../web/components/notice.js";
import { type Column } from "../../../../web/components/virtual-table.js";
import { useDates, useMoment, useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { PathLink } from "../../frame/path-link.js";
import { CallerNumber } from "./caller-number.js";
import style from "./calls.module.css";
import { type ListedCall } from "./query.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

interface Given {
  /** Whether by which rate, and why not, is told. */
  readonly isStaff: boolean;
  /** Of one account, or one customer: it is not told in each row. */
  readonly of?: "account" | "customer" | undefined;
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

/** As wide as a telephone number. */
const NUMBER = "minmax(118px, 1fr)";

export const useCallColumns = ({ isStaff, of, onExplain, choice }: Given): readonly Column<ListedCall>[] => {
  const say = useSay({ en, it });
  const { day } = useDates();
  const moment = useMoment();
  const { money } = useMoney();
  return useMemo(() => {
    // To the second: there may be many in a minute.
    const nameOf = ({ answered, cld, leg }: ListedCall) => ({
      ...{ answered: `${day(answered.slice(0, 10))} ${answered.slice(11, 19)} UTC`, to: cld, leg: say(leg) },
    });
    const rate: Column<ListedCall> = {
      id: "rate",
      title: say("rate"),
      needs: 1200,
      cell: ({ tariff, prefix }) =>
        tariff && (
          <PathLink href={`/tariffs/${tariff.id}`}>
            {say("rateOf", { tariff: tariff.name, prefix: prefix ? prefix : say("defaultRate") })}
          </PathLink>
        ),
    };
    const account: Column<ListedCall> = {
      id: "account",
      title: say("account"),
      width: NUMBER,
      cell: (call) =>
        call.account && <PathLink href={`/accounts/${call.account.id}`}>{call.account.identifier}</PathLink>,
    };
    const customer: Column<ListedCall> = {
      id: "customer",
      title: say("customer"),
      needs: 1060,
      cell: (call) =>
        call.customer && <PathLink href={`/customers/${call.customer.id}`}>{call.customer.contact.name}</PathLink>,
    };
    const acts: Column<ListedCall> = {
      id: "acts",
      title: say("acts"),
      width: "minmax(116px, 0.8fr)",
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
      {
        id: "answered",
        title: say("answeredUtc"),
        width: "minmax(158px, 1.2fr)",
        cell: ({ answered }) => moment(answered, "UTC"),
      },
      { id: "leg", title: say("leg"), width: "minmax(84px, 0.5fr)", cell: ({ leg }) => say(leg) },
      { id: "from", title: say("from"), width: NUMBER, cell: (call) => <CallerNumber call={call} /> },
      {
        id: "to",
        title: say("to"),
        width: NUMBER,
        cell: ({ cld, redirectedTo }) => (redirectedTo === null ? cld : say("redirected", { cld, to: redirectedTo })),
      },
      ...(of === "account" ? [] : [account]),
      ...(of === undefined ? [customer] : []),
      {
        id: "charged",
        title: say("charged"),
        width: "minmax(82px, 0.5fr)",
        isNumber: true,
        cell: ({ chargedSeconds }) => chargedSeconds !== null && say("chargedOf", { charged: chargedSeconds }),
      },
      ...(isStaff ? [rate] : []),
      {
        id: "amount",
        title: say("amount"),
        width: "minmax(112px, 1fr)",
        isNumber: true,
        cell: ({ amount, currency, reason, voided }) => {
          if (amount === null || currency === null) return <Tag tone="warning">{say(reason ?? "UNRATED")}</Tag>;
          return voided ? <Tag>{say("voided")}</Tag> : money(amount, currency);
        },
      },
      {
        id: "invoice",
        title: say("invoice"),
        width: "minmax(96px, 0.7fr)",
        cell: ({ billed }) => {
          const document = billed?.line?.invoice ?? billed?.line?.creditNote;
          return document && <PathLink href={`/invoices/${document.id}`}>{document.number}</PathLink>;
        },
      },
      ...(isStaff || choice ? [acts] : []),
    ];
  }, [say, day, moment, money, isStaff, of, onExplain, choice]);
};
