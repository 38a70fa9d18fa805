import { Panel } from "../../../../web/components/panel.js";
import { Fact, Facts } from "../../../../web/components/facts.js";
import { useDates, useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import style from "./commitment.module.css";
import { type Commitment } from "./query.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** What it is today, and what is ordered for it. */
export const FactsPanel = ({ commitment }: { readonly commitment: Commitment }) => {
  const say = useSay({ en, it });
  const { day } = useDates();
  const { money } = useMoney();
  const { discountEndDate, discountEndKind, discountEndOpen, terminatedOn, scheduledUpgrade, waitingRenewal } =
    commitment;
  const services = new Set(commitment.terms.recurring.flatMap(({ addOnProduct }) => addOnProduct?.service ?? []));
  return (
    <Panel title={say("facts")}>
      <Facts>
        <Fact name={say("service")}>{[...services].join(", ")}</Fact>
        <Fact name={say("start")}>{day(commitment.start)}</Fact>
        <Fact name={say("firstWithout")}>
          {discountEndDate === null ? say("none") : day(discountEndDate)}
          <Note>
            {discountEndDate === null ? null : say(discountEndOpen ? "movesWithPause" : `how${discountEndKind}`)}
          </Note>
        </Fact>
        {terminatedOn !== null && (
          <Fact name={say("lastCharged")}>
            {commitment.annulled ? say("annulled") : day(terminatedOn)}
            <Note>
              {commitment.penaltyWaived
                ? say("waived")
                : say(commitment.terminatedEarly === true ? "earlyPenalty" : "notEarly")}
            </Note>
          </Fact>
        )}
        <Fact name={say("discountsGiven")}>{money(commitment.discountsGiven, commitment.terms.currency)}</Fact>
      </Facts>
      <ul className={style.coming}>
        {commitment.timeLimitedUpgrades
          .filter(({ running }) => running)
          .map(({ rowId, addOnProduct, until, thenUpgradeTo }) => (
            <li key={rowId}>
              {thenUpgradeTo
                ? say("upgradeThen", { name: addOnProduct?.name ?? "", day: day(until), then: thenUpgradeTo.name })
                : say("upgradeUntil", { name: addOnProduct?.name ?? "", day: day(until) })}
            </li>
          ))}
        {scheduledUpgrade && (
          <li>{say("upgradeFrom", { name: scheduledUpgrade.terms.name, day: day(scheduledUpgrade.from) })}</li>
        )}
        {waitingRenewal && <li>{say("renewalFrom", { day: day(waitingRenewal.from) })}</li>}
      </ul>
    </Panel>
  );
};

/** What is to be said of a value, below it. */
const Note = ({ children }: { readonly children: string | null }) =>
  children !== null && <span className={style.note}>{children}</span>;
