import { useNavigate } from "@tanstack/react-router";
import { useEffect, useId, useRef } from "react";
import { useQuery } from "urql";
import { Button } from "../../../../web/components/button.js";
import { Skeleton } from "../../../../web/components/notice.js";
import { failureOf } from "../../../../web/failure.js";
import { useMoney } from "../../../../web/shown/shown.js";
import { useSay, useSpeech } from "../../../../web/texts/speech.js";
import { useAsOf } from "../../frame/as-of/shown-moment.js";
import { HistoryEntry } from "../../frame/history-entries.js";
import { Failed } from "../../refusal/failed.js";
import style from "./invoice.module.css";
import { type Explained, type Explanation, type Issued, WHY } from "./query.js";
import { Steps } from "./steps.js";
import { invoiceTexts } from "./texts.js";

interface Given {
  readonly issued: Issued;
  /** Position of the line, from 1. */
  readonly at: number;
  /** The cursor of the line before it; null: it is the first. */
  readonly after: string | null;
}

/** Why a line charges what it charges: in sentences, as a calculation, by the events that it rests on, and proven. */
export const Why = ({ issued, at, after }: Given) => {
  const say = useSay(invoiceTexts);
  const { language } = useSpeech();
  const navigate = useNavigate({ from: "/invoices/$id" });
  const [{ data, error }, ask] = useQuery({
    query: WHY,
    variables: { id: issued.id, asOf: useAsOf(), after, language: language === "it" ? "IT" : "EN" },
  });
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    frame.current?.focus({ preventScroll: true });
    frame.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const [edge] = (data?.invoice ?? data?.creditNote)?.lines.edges ?? [];
  const line = edge?.node ?? null;
  return (
    <div ref={frame} role="region" aria-label={say("whyTitle", { at })} tabIndex={-1} className={style.why}>
      <div className={style.whyHead}>
        <h3>{line ? say("whyOf", { at, description: line.description }) : say("whyTitle", { at })}</h3>
        <Button
          kind="quiet"
          label={say("closeWhy")}
          onPress={() => {
            void navigate({ search: ({ line: _, ...rest }) => rest, resetScroll: false });
          }}
        >
          ✕
        </Button>
      </div>
      {error && (
        <Failed
          failure={failureOf(error)}
          retry={() => {
            ask({ requestPolicy: "network-only" });
          }}
        />
      )}
      {!line && !error && <Skeleton rows={5} />}
      {line &&
        (line.explanation ? (
          <Told line={line} explanation={line.explanation} zone={issued.customer?.timeZone ?? "UTC"} />
        ) : (
          <p>{say("noWhy")}</p>
        ))}
    </div>
  );
};

interface Shown {
  readonly line: Explained;
  readonly explanation: Explanation;
  readonly zone: string;
}

const Told = ({ line, explanation, zone }: Shown) => {
  const say = useSay(invoiceTexts);
  const id = useId();
  const { sentences, steps, events, entries } = explanation;
  const byId = new Map(events.map((event) => [event.id, event]));
  return (
    <>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <Proof line={line} explanation={explanation} />
      <div className={style.columns}>
        <section aria-label={say("calculation")}>
          <h4>{say("calculation")}</h4>
          <Steps steps={steps} currency={line.currency} events={entries.map((entry) => entry.id)} prefix={id} />
        </section>
        <section aria-label={say("events")}>
          <h4>{say("events")}</h4>
          <ol>
            {entries.map((entry) => {
              const event = byId.get(entry.id);
              return (
                <li key={entry.id} id={`${id}${entry.id}`} tabIndex={-1} className={style.event}>
                  <HistoryEntry entry={entry} zone={zone} />
                  {event && (
                    <p className={style.technical}>
                      {say("technical", { type: event.type, stream: event.stream, revision: event.revision })}
                    </p>
                  )}
                </li>
              );
            })}
          </ol>
        </section>
      </div>
    </>
  );
};

/** Whether the line comes out the same, computed again from what it was computed from. */
const Proof = ({ line: { currency, net }, explanation: { proof } }: Omit<Shown, "zone">) => {
  const say = useSay(invoiceTexts);
  const { money } = useMoney();
  if (!proof) return null;
  if (proof.isEqual) return <p className={style.good}>{say("proven", { net: money(net, currency) })}</p>;
  const again = proof.recomputedNet === null ? say("nothing") : money(proof.recomputedNet, currency);
  return <p className={style.bad}>{say("disproven", { again, net: money(net, currency) })}</p>;
};
