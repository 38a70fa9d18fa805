import { type ResultOf } from "gql.tada";
import { Notice } from "../../../web/components/notice.js";
import { graphql } from "../../../web/graphql.js";
import { useDates } from "../../../web/shown/shown.js";
import { useSay } from "../../../web/texts/speech.js";
import style from "./history-entries.module.css";

/** What is shown of a history, of whatever it is; asked for with its page, the latest entries first. */
export const HISTORY_ENTRIES = graphql(`
  fragment HistoryEntries on HistoryEntryConnection {
    totalCount
    edges {
      node {
        id
        summary
        effectiveOn
        recordedAt
        actorName
        reason
        changes {
          label
          from
          to
        }
      }
    }
  }
`);

const en = {
  nothing: "Nothing happened yet.",
  changed: "{label}: {from} → {to}",
  none: "none",
  because: "Why: {reason}",
  recordedBy: "{at}, {actor}",
  effectiveOn: "Takes effect on {day}",
  latestOf: "The latest {shown} of {total}.",
};
const it: typeof en = {
  nothing: "Non è ancora successo nulla.",
  changed: "{label}: {from} → {to}",
  none: "nessuno",
  because: "Perché: {reason}",
  recordedBy: "{at}, {actor}",
  effectiveOn: "Ha effetto dal {day}",
  latestOf: "Le ultime {shown} di {total}.",
};

interface Given {
  readonly history: ResultOf<typeof HISTORY_ENTRIES>;
  /** In which points in time are shown, IANA. */
  readonly zone: string;
}

/** What happened: who, when, what changed, why. */
export const HistoryEntries = ({ history: { edges, totalCount }, zone }: Given) => {
  const say = useSay({ en, it });
  const { day, instant } = useDates();
  if (edges.length === 0) return <Notice title={say("nothing")} />;
  return (
    <>
      <ul>
        {edges.map(({ node: { id, summary, effectiveOn, recordedAt, actorName, reason, changes } }) => (
          <li key={id} className={style.entry}>
            <p className={style.recorded}>{say("recordedBy", { actor: actorName, at: instant(recordedAt, zone) })}</p>
            <p className={style.summary}>{summary}</p>
            {changes.map(({ label, from, to }) => (
              <p key={label}>{say("changed", { label, from: from ?? say("none"), to: to ?? say("none") })}</p>
            ))}
            {reason !== null && <p>{say("because", { reason })}</p>}
            <p>{say("effectiveOn", { day: day(effectiveOn) })}</p>
          </li>
        ))}
      </ul>
      {totalCount > edges.length && (
        <p className={style.quiet}>{say("latestOf", { shown: edges.length, total: totalCount })}</p>
      )}
    </>
  );
};
