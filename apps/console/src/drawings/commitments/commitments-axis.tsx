import { useId, useRef } from "react";
import { useDates } from "../../../../web/shown/shown.js";
import { classes } from "../../../../web/style/classes.js";
import { useSay } from "../../../../web/texts/speech.js";
import { PathLink } from "../../frame/path-link.js";
import { Axis } from "../axis.js";
import { useWidth } from "../use-width.js";
import style from "./axis-of-commitments.module.css";
import {
  type AxisCommitment,
  type AxisRow,
  type CommitmentsTimeline,
  layoutCommitments,
  openRequests,
  suspendedDays,
} from "./layout.js";
import { axisTexts } from "./texts.js";

interface Given {
  readonly timeline: CommitmentsTimeline;
  /** Whose they are. */
  readonly label: string;
  /** Where a commitment is opened. */
  readonly href: (commitment: AxisCommitment) => string;
}

/** All commitments on one line of days, each a link; the same is said in words for those who do not see it. */
export const CommitmentsAxis = ({ timeline, label, href }: Given) => {
  const say = useSay(axisTexts);
  const { day } = useDates();
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const id = useId().replaceAll(/[^\w-]/g, "");
  if (timeline.commitments.length === 0) return <p>{say("nothing")}</p>;
  const drawn = Math.max(width ?? 600, 260);
  const { scale, rows, height, today } = layoutCommitments(timeline, drawn);
  const told = (of: AxisCommitment): string => {
    const { name, status, from, lastDay, discountEnd, pauses } = of;
    return [
      lastDay === null
        ? say("row", { name, status: say(status), from: day(from) })
        : say("rowUntil", { name, status: say(status), from: day(from), until: day(lastDay) }),
      ...pauses
        .filter((pause) => pause.status !== "CANCELLED")
        .map((pause) =>
          pause.until === null
            ? say("pauseOpen", { from: day(pause.from) })
            : say("pause", { from: day(pause.from), until: day(pause.until) }),
        ),
      ...suspendedDays(of, timeline.suspensions, timeline.until, scale.until).map(({ from: first, until }) =>
        until === scale.until
          ? say("suspensionOpen", { from: day(first) })
          : say("suspension", { from: day(first), until: day(until) }),
      ),
      ...openRequests(of).map((request) =>
        say("request", { from: day(request.from), until: day(request.until ?? "") }),
      ),
      ...(discountEnd === null ? [] : [say("discountEnd", { day: day(discountEnd) })]),
    ].join(", ");
  };
  return (
    <div ref={frame} className={style.axis}>
      <svg className={style.svg} width={drawn} height={height} role="group" aria-label={label}>
        <defs>
          <pattern id={`${id}-hatch`} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect className={style.hatchGround} width="7" height="7" />
            <line className={style.hatchLine} x1="0" y1="0" x2="0" y2="7" />
          </pattern>
          <pattern id={`${id}-cross`} width="8" height="8" patternUnits="userSpaceOnUse">
            <rect className={style.hatchGround} width="8" height="8" />
            <path className={style.crossLine} d="M 0 0 L 8 8 M 8 0 L 0 8" />
          </pattern>
        </defs>
        <Axis scale={scale} height={height} />
        <line className={style.today} x1={today} x2={today} y1={22} y2={height} />
        {rows.map((row) => (
          <PathLink
            key={row.of.commitment?.id ?? row.y}
            href={href(row.of)}
            aria-label={told(row.of)}
            className={style.row}
          >
            <title>{told(row.of)}</title>
            <Row row={row} id={id} width={drawn} />
          </PathLink>
        ))}
      </svg>
    </div>
  );
};

/** What the word for a suspension needs, and about what a name does, in px. */
const SUSPENDED = 76;
const nameWidth = (name: string): number => 12 + 7 * name.length;

const Row = ({ row, id, width }: { readonly row: AxisRow; readonly id: string; readonly width: number }) => {
  const say = useSay(axisTexts);
  const { of, bar, goesOn, discount, pauses, suspensions, requests, end, y } = row;
  return (
    <>
      <rect className={style.room} x={1} y={y + 2} width={width - 2} height={30} rx={4} />
      <rect {...bar} rx={3} className={classes(style.bar, of.status === "TERMINATED" && style.gone)} />
      {discount && <rect {...discount} y={discount.y + discount.height - 4} height={4} className={style.discount} />}
      {pauses.map(({ x, y: top, width: wide, height, from, isComing }) => (
        <rect
          key={from}
          {...{ x, y: top, width: wide, height }}
          className={classes(style.pause, isComing && style.coming)}
          fill={`url(#${id}-hatch)`}
        />
      ))}
      {suspensions.map(({ x, y: top, width: wide, height, from }) => (
        <rect
          key={from}
          {...{ x, y: top, width: wide, height }}
          className={style.suspension}
          fill={`url(#${id}-cross)`}
        />
      ))}
      {requests.map(({ x, y: top, width: wide, height, from }) => (
        <rect key={from} x={x} y={top - 2} width={wide} height={height + 4} className={style.request} />
      ))}
      {!goesOn && (
        <rect className={style.cap} x={bar.x + bar.width - 2} y={bar.y - 3} width={4} height={bar.height + 6} />
      )}
      {end && <path className={style.end} d={`M ${end.x} ${end.y - 7} l 7 7 l -7 7 l -7 -7 Z`} />}
      <svg x={bar.x} y={bar.y} width={Math.max(width - bar.x - 6, 10)} height={bar.height} overflow="hidden">
        <text className={style.name} x={6} y={12}>
          {of.name}
        </text>
      </svg>
      {suspensions
        .filter(({ x, width: wide }) => wide > SUSPENDED && x + wide - SUSPENDED > bar.x + nameWidth(of.name))
        .map(({ x, width: wide, from }) => (
          <text key={from} className={style.name} x={x + wide - 6} y={bar.y + 12} textAnchor="end">
            {say("suspended")}
          </text>
        ))}
    </>
  );
};
