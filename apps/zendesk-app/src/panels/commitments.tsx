import { useId } from "react";
import { useDay } from "../../../web/shown/shown.js";
import { type Commitment } from "../tenure/operations.js";
import { useAppSay } from "../texts/app.js";
import { CommitmentState } from "./states.js";

interface Shown {
  readonly all: readonly Commitment[];
  /** Whether the customer has more than these. */
  readonly more: boolean;
  /** Where all are. */
  readonly at: string;
}

/** What the customer has; what has ended is folded away. */
export const Commitments = ({ all, more, at }: Shown) => {
  const say = useAppSay();
  const id = useId();
  const ended = all.filter(({ status }) => status === "TERMINATED");
  const held = all.filter(({ status }) => status !== "TERMINATED");
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{say("commitments")}</h2>
      {all.length === 0 && <p className="empty">{say("noCommitments")}</p>}
      <List of={held} />
      {ended.length > 0 && (
        <details>
          <summary>{say("endedCommitments", { count: ended.length })}</summary>
          <List of={ended} />
        </details>
      )}
      {more && (
        <p className="detail">
          <a href={at} target="_blank" rel="noreferrer">
            {say("moreInTenure")}
          </a>
        </p>
      )}
    </section>
  );
};

const List = ({ of }: { readonly of: readonly Commitment[] }) =>
  of.length > 0 && (
    <ul>
      {of.map((commitment) => (
        <li key={commitment.id}>
          <div className="line">
            <span className="what">{commitment.terms.name}</span>
            <CommitmentState {...commitment} />
          </div>
          <Days {...commitment} />
        </li>
      ))}
    </ul>
  );

const Days = ({ status, start, terminatedOn, discountEndDate }: Commitment) => {
  const say = useAppSay();
  const day = useDay();
  const days = [
    say(status === "PENDING" ? "from" : "since", { date: day(start) }),
    ...(terminatedOn ? [say("until", { date: day(terminatedOn) })] : []),
    ...(discountEndDate && status !== "TERMINATED" ? [say("discountEnd", { date: day(discountEndDate) })] : []),
  ];
  return days.map((said) => (
    <p key={said} className="detail">
      {said}
    </p>
  ));
};
