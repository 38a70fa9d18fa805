import { type ResultOf } from "gql.tada";
import { CheckboxField } from "../../../web/components/fields.js";
import { Notice } from "../../../web/components/notice.js";
import { graphql } from "../../../web/graphql.js";
import { useDates } from "../../../web/shown/shown.js";
import { useSay } from "../../../web/texts/speech.js";
import { SENTENCE_PART, useSentence } from "../texts/sentence.js";
import { useAsOf } from "./as-of/shown-moment.js";
import style from "./history-entries.module.css";

/** What is shown of something that happened. */
export const HISTORY_ENTRY = graphql(
  `
    fragment HistoryEntry on HistoryEntry {
      id
      summaryParts {
        ...SentencePart
      }
      effectiveOn
      recordedAt
      actorName
      reason
      changes {
        label
        fromParts {
          ...SentencePart
        }
        toParts {
          ...SentencePart
        }
      }
    }
  `,
  [SENTENCE_PART],
);

/** What is shown of a history, of whatever it is; asked for with its page, the latest entries first. */
export const HISTORY_ENTRIES = graphql(
  `
    fragment HistoryEntries on HistoryEntryConnection {
      totalCount
      edges {
        node {
          ...HistoryEntry
        }
      }
    }
  `,
  [HISTORY_ENTRY],
);

const en = {
  nothing: "Nothing happened yet.",
  notEnded: "All that is recorded until now: a day alone does not end a history.",
  changed: "{label}: {from} → {to}",
  added: "{label}: {to}",
  gone: "{label}: no longer {from}",
  because: "Why: {reason}",
  recordedBy: "{at}, {actor}",
  effectiveOn: "Takes effect on {day}",
  latestOf: "The latest {shown} of {total}.",
  everything: "Everything",
  everythingHint: "Also numbers, pages of documents, periods with nothing to charge, and what was sent outside.",
};
const it: typeof en = {
  nothing: "Non è ancora successo nulla.",
  notEnded: "Tutto quanto registrato finora: un giorno da solo non chiude la cronologia.",
  changed: "{label}: {from} → {to}",
  added: "{label}: {to}",
  gone: "{label}: non più {from}",
  because: "Perché: {reason}",
  recordedBy: "{at}, {actor}",
  effectiveOn: "Ha effetto dal {day}",
  latestOf: "Le ultime {shown} di {total}.",
  everything: "Tutto",
  everythingHint: "Anche numeri, pagine di documenti, periodi senza addebiti e quanto è stato inviato all'esterno.",
};

interface Given {
  readonly history: ResultOf<typeof HISTORY_ENTRIES>;
  /** In which points in time are shown, IANA. */
  readonly zone: string;
  /** Whether what only serves other entries is told, too. Left out: there is no choice. */
  readonly everything?: { readonly is: boolean; readonly onChange: (is: boolean) => void };
}

/** What happened: who, when, what changed, why. */
export const HistoryEntries = ({ history: { edges, totalCount }, zone, everything }: Given) => {
  const say = useSay({ en, it });
  const asOf = useAsOf();
  return (
    <>
      {asOf !== null && asOf.knownAt === null && <p className={style.quiet}>{say("notEnded")}</p>}
      {everything && (
        <CheckboxField
          name="everything"
          label={say("everything")}
          hint={say("everythingHint")}
          value={everything.is}
          onChange={everything.onChange}
        />
      )}
      {edges.length === 0 ? (
        <Notice title={say("nothing")} />
      ) : (
        <ul>
          {edges.map(({ node }) => (
            <li key={node.id} className={style.entry}>
              <HistoryEntry entry={node} zone={zone} />
            </li>
          ))}
        </ul>
      )}
      {totalCount > edges.length && (
        <p className={style.quiet}>{say("latestOf", { shown: edges.length, total: totalCount })}</p>
      )}
    </>
  );
};

interface Told {
  readonly entry: ResultOf<typeof HISTORY_ENTRY>;
  readonly zone: string;
}

/** One entry. */
export const HistoryEntry = ({ entry, zone }: Told) => {
  const say = useSay({ en, it });
  const { day, instant } = useDates();
  const sentence = useSentence();
  const { summaryParts, effectiveOn, recordedAt, actorName, reason, changes } = entry;
  return (
    <>
      <p className={style.recorded}>{say("recordedBy", { actor: actorName, at: instant(recordedAt, zone) })}</p>
      <p className={style.summary}>{sentence(summaryParts)}</p>
      {changes.map(({ label, fromParts, toParts }, at) => (
        // Several may have the same label, e.g. fees.
        <p key={at}>
          {say(fromParts === null ? "added" : toParts === null ? "gone" : "changed", {
            ...{ label, from: sentence(fromParts ?? []), to: sentence(toParts ?? []) },
          })}
        </p>
      ))}
      {reason !== null && <p>{say("because", { reason })}</p>}
      <p>{say("effectiveOn", { day: day(effectiveOn) })}</p>
    </>
  );
};
