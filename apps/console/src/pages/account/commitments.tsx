import { Notice, Tag, type Tone } from "../../../../web/components/notice.js";
import { Table, type TableColumn } from "../../../../web/components/table.js";
import { useDates } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { covers } from "../../drawings/ranges.js";
import style from "./account.module.css";
import { type HeldCommitment, type ShownAccount } from "./query.js";
import { PathLink } from "../../frame/path-link.js";
import { accountTexts } from "./texts.js";

const TONES: Readonly<Record<HeldCommitment["status"], Tone>> = {
  PENDING: "neutral",
  ACTIVE: "good",
  PAUSED: "warning",
  TERMINATED: "neutral",
};

/** The commitments as a table, the first page of them. */
export const Commitments = ({
  commitments: { edges, totalCount },
  timeline: { suspensions, today },
}: Pick<ShownAccount, "commitments" | "timeline">) => {
  const say = useSay(accountTexts);
  const { day } = useDates();
  const isSuspended = covers(suspensions, today);
  if (edges.length === 0) return <Notice title={say("noCommitments")} />;
  const columns: readonly TableColumn<HeldCommitment>[] = [
    {
      id: "offer",
      title: say("offer"),
      cell: ({ id, terms }) => <PathLink href={`/commitments/${id}`}>{terms.name}</PathLink>,
    },
    {
      id: "status",
      title: say("status"),
      cell: ({ status }) => (
        <>
          <Tag tone={TONES[status]}>{say(status)}</Tag>
          {isSuspended && status === "ACTIVE" && <Tag tone="bad">{say("suspended")}</Tag>}
        </>
      ),
    },
    { id: "start", title: say("start"), cell: ({ start }) => day(start) },
    { id: "discountEnd", title: say("discountEnd"), cell: (held) => <DiscountEnd commitment={held} /> },
    { id: "end", title: say("end"), cell: ({ terminatedOn }) => (terminatedOn === null ? "–" : day(terminatedOn)) },
  ];
  return (
    <>
      <Table
        label={say("commitmentList")}
        columns={columns}
        rows={edges.map(({ node }) => node)}
        keyOf={({ id }) => id}
      />
      {totalCount > edges.length && (
        <p className={style.note}>{say("moreCommitments", { count: totalCount, shown: edges.length })}</p>
      )}
    </>
  );
};

const DiscountEnd = ({ commitment }: { readonly commitment: HeldCommitment }) => {
  const say = useSay(accountTexts);
  const { day } = useDates();
  const { discountEndDate, discountEndKind, discountEndOpen } = commitment;
  if (discountEndDate === null) return say("none");
  return (
    <>
      {day(discountEndDate)}{" "}
      <span className={style.note}>
        {[say(discountEndKind), ...(discountEndOpen ? [say("openPause")] : [])].join(", ")}
      </span>
    </>
  );
};
