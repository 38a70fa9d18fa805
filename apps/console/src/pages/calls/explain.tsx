import { useQuery } from "urql";
import { Notice, Skeleton } from "../../../../web/components/notice.js";
import { failureOf } from "../../../../web/failure.js";
import { useDates, useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { Drawer } from "../../command/drawer.js";
import { PathLink } from "../../frame/path-link.js";
import { Failed } from "../../refusal/failed.js";
import style from "./calls.module.css";
import { EXPLAINED, type ExplainedCall, type ListedCall } from "./query.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** Why a call costs what it costs, or nothing yet: sentences for the phone. */
export const ExplainCall = ({ call }: { readonly call: ListedCall }) => {
  const say = useSay({ en, it });
  const { money } = useMoney();
  const { amount, currency, reason } = call;
  const [{ data, error, fetching }, ask] = useQuery({
    query: EXPLAINED,
    variables: { id: call.id },
    pause: amount === null,
  });
  const found = data?.call;
  const title =
    amount !== null && currency !== null ? say("whyAmount", { amount: money(amount, currency) }) : say("whyNone");
  return (
    <Drawer title={title}>
      <div aria-live="polite">
        {error && (
          <Failed
            failure={failureOf(error)}
            retry={() => {
              ask({ requestPolicy: "network-only" });
            }}
          />
        )}
        {fetching && <Skeleton rows={6} />}
        {amount === null && <Notice title={say(`because${reason ?? "NO_RATE"}`)} />}
        {found && <Sentences call={call} explained={found} />}
      </div>
    </Drawer>
  );
};

const MOST_DECIMALS = 8;

interface Given {
  readonly call: ListedCall;
  readonly explained: ExplainedCall;
}

const Sentences = ({ call, explained: { rating, tariff } }: Given) => {
  const say = useSay({ en, it });
  const { instant } = useDates();
  const { money } = useMoney();
  const { currency, amountAtFirst, voided, billed, cli, cld, answered } = call;
  if (currency === null) return null;
  const rate = rating?.rate;
  const shown = (amount: string | null | undefined): string => {
    const [whole = "0", decimals = ""] = (amount ?? "0").split(".");
    // Quotients that do not end.
    return decimals.length > MOST_DECIMALS
      ? `${money(`${whole}.${decimals.slice(0, MOST_DECIMALS)}`, currency)}…`
      : money(amount ?? "0", currency);
  };
  const number = tariff?.matchBy === "CLI" ? cli : cld;
  const step = new Map(rating?.steps.map(({ what, value }) => [what, value]));
  const of = (what: NonNullable<typeof rating>["steps"][number]["what"]): string => step.get(what) ?? "0";
  const nameOf = (prefix: string): string => (prefix === "" ? say("defaultRate") : prefix);
  const isNone = (value: string): boolean => /^0(?:\.0+)?$/.test(value);
  return (
    <ol className={style.sentences}>
      {voided && <li>{say("tellVoided", { amount: shown(amountAtFirst) })}</li>}
      {rating && rate && tariff && (
        <>
          <li>
            {say(number === null ? "tellHidden" : `tell${tariff.matchBy}`, { number: number ?? "" })}{" "}
            <PathLink href={`/tariffs/${tariff.id}?prefix=${rate.prefix}&mode=AT_AND_BEFORE`}>{tariff.name}</PathLink>
            {": "}
            {say("tellPrefix", {
              prefix: nameOf(rate.prefix),
              description: rate.description === null ? "" : ` (${rate.description})`,
            })}
          </li>
          {rating.passedOver.length > 0 && (
            <li>
              {say("tellPassedOver", { prefixes: rating.passedOver.map(({ prefix }) => nameOf(prefix)).join(", ") })}
            </li>
          )}
          <li>
            {rate.effectiveUntil === null
              ? say("tellSince", { from: instant(rate.effectiveFrom), answered: instant(answered) })
              : say("tellBetween", {
                  ...{ from: instant(rate.effectiveFrom), until: instant(rate.effectiveUntil) },
                  answered: instant(answered),
                })}
          </li>
          <li>{say(tariff.duration === "UP" ? "tellUp" : "tellNearest", { seconds: of("CALL_SECONDS") })}</li>
          {rating.chargedSeconds === 0 ? (
            <li>{say("tellNothing")}</li>
          ) : (
            <>
              <li>
                {say("tellFirst", {
                  ...{ seconds: of("FIRST_SECONDS"), price: shown(of("PRICE_FIRST")), cost: shown(of("FIRST_COST")) },
                })}
              </li>
              {!isNone(of("NEXT_SECONDS")) && (
                <li>
                  {say("tellNext", {
                    ...{ interval: rate.nextInterval, seconds: of("NEXT_SECONDS") },
                    ...{ price: shown(of("PRICE_NEXT")), cost: shown(of("NEXT_COST")) },
                  })}
                </li>
              )}
              {!isNone(of("CONNECT_FEE")) && <li>{say("tellFee", { fee: shown(of("CONNECT_FEE")) })}</li>}
              <li>
                {say(rate.payback ? "tellPayback" : "tellTogether", {
                  ...{ exact: shown(of("EXACT")), amount: shown(of("AMOUNT")) },
                })}
              </li>
            </>
          )}
        </>
      )}
      {!voided && amountAtFirst != null && <li>{say("tellCorrected", { amount: shown(amountAtFirst) })}</li>}
      <li>{billed ? say("tellBilled", { amount: shown(billed.amount) }) : say("tellNotBilled")}</li>
    </ol>
  );
};
