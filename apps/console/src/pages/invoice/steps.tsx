import { type ReactNode } from "react";
import { useDates, useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { PathLink } from "../../frame/path-link.js";
import style from "./invoice.module.css";
import { type Step } from "./query.js";
import { stepTexts } from "./step-texts.js";

interface Given {
  readonly steps: readonly Step[];
  readonly currency: string;
  /** Ids of the events that are listed, in order. */
  readonly events: readonly string[];
  /** What the ids of their elements begin with. */
  readonly prefix: string;
}

/** So many parts are shown at once; more are unfolded. */
const FEW = 5;

/** A calculation as a tree: each value with what it was computed from below it, each leaf with its events. */
export const Steps = (given: Given) => (
  <ul className={style.steps}>
    <Parts of={null} {...given} />
  </ul>
);

const Parts = ({ of, ...given }: Given & { readonly of: number | null }): ReactNode =>
  given.steps
    .filter(({ parent }) => parent === of)
    .map((step) => (
      <li key={step.index} className={style.step}>
        <Part step={step} {...given} />
      </li>
    ));

const Part = ({ step, ...given }: Given & { readonly step: Step }) => {
  const count = given.steps.filter(({ parent }) => parent === step.index).length;
  const references = <References step={step} {...given} />;
  if (count === 0) {
    return (
      <>
        <Said step={step} currency={given.currency} /> {references}
      </>
    );
  }
  return (
    <details open={count <= FEW}>
      <summary>
        <Said step={step} currency={given.currency} />
      </summary>
      {references}
      <ul>
        <Parts of={step.index} {...given} />
      </ul>
    </details>
  );
};

/** One value in words: what it is, how much, of which days. */
const Said = ({ step, currency }: Pick<Given, "currency"> & { readonly step: Step }) => {
  const say = useSay(stepTexts);
  const { day } = useDates();
  const { money } = useMoney();
  const { what, unit, value, from, until, description, isReason } = step;
  const shown = {
    MONEY: () => money(value, currency),
    DATE: () => day(value),
    DAYS: () => say("days", { count: Number(value) }),
    PERCENT: () => say("percent", { value }),
    SECONDS: () => say("seconds", { value }),
    TIMES: () => say("times", { value }),
    STATUS: () => value,
  }[unit]();
  return (
    <>
      {isReason && <span className={style.note}>{say("because")} </span>}
      {description === null
        ? say("named", { what: say(what) })
        : say("described", { what: say(what), description })}{" "}
      <span className={style.value}>{shown}</span>
      {from !== null && (
        <span className={style.note}>
          {" "}
          {until === null || until === from ? day(from) : say("range", { from: day(from), until: day(until) })}
        </span>
      )}
    </>
  );
};

/** The document that a value is on, and the events that say so. */
const References = ({ step: { documentId, eventIds }, events, prefix }: Given & { readonly step: Step }) => {
  const say = useSay(stepTexts);
  return (
    <>
      {documentId !== null && <PathLink href={`/invoices/${documentId}`}>{say("itsDocument")}</PathLink>}
      {eventIds
        .filter((id) => events.includes(id))
        .map((id) => (
          <button
            key={id}
            type="button"
            className={style.mark}
            aria-label={say("event", { at: events.indexOf(id) + 1 })}
            onClick={() => {
              document.getElementById(`${prefix}${id}`)?.focus();
            }}
          >
            [{events.indexOf(id) + 1}]
          </button>
        ))}
    </>
  );
};
