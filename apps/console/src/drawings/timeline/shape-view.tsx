import { classes } from "../../../../web/style/classes.js";
import { type Shape } from "./shapes.js";
import style from "./timeline.module.css";

interface Given {
  readonly shape: Shape;
  /** What its patterns begin with. */
  readonly id: string;
  /** What stands in it where there is room, e.g. a name and a price. */
  readonly label: string;
}

/** How a shape looks. What it says and does is its frame's. */
export const ShapeView = ({ shape, id, label }: Given) => {
  const { x, y, width, height } = shape;
  const box = { x, y, width, height };
  switch (shape.kind) {
    case "period":
      return (
        <>
          <rect {...box} rx={3} className={classes(style.period, style[shape.of.state])} />
          <Inside {...box} label={label} />
        </>
      );
    case "periods":
      return (
        <rect {...box} rx={3} className={classes(style.period, style[shape.of[0]?.state ?? "COMING"], style.many)} />
      );
    case "service":
      return <rect {...box} className={shape.coming ? style.serviceComing : style.service} />;
    case "pause":
      return (
        <>
          <rect
            {...box}
            className={shape.look === "outlined" ? style.pauseScheduled : style.pause}
            fill={`url(#${id}-hatch)`}
            {...(shape.look === "fading" && { mask: `url(#${id}-fading)` })}
          />
          <Inside {...box} label={label} />
        </>
      );
    case "request":
      return (
        <>
          <rect {...box} rx={3} className={style.request} />
          <Inside {...box} label={label} />
        </>
      );
    case "suspension":
      return <rect {...box} className={style.suspension} fill={`url(#${id}-cross)`} />;
    case "cap":
      return <rect {...box} rx={2} className={shape.of.scheduled ? style.capScheduled : style.cap} />;
    case "agreement":
      return (
        <>
          <rect {...box} rx={3} className={style.agreement} />
          <Inside {...box} label={label} />
        </>
      );
    case "upgrade":
      return (
        <>
          <rect {...box} rx={3} className={style.upgrade} />
          <Inside {...box} x={x} width={width - (shape.of.thenUpgradeTo === null ? 0 : 16)} label={label} />
          {shape.of.thenUpgradeTo !== null && (
            <path className={style.flag} d={`M ${x + width - 2} ${y + height} V ${y - 8} l -12 5 l 12 5`} />
          )}
        </>
      );
    case "discount":
      return <rect {...box} className={shape.rate ? style.discountRated : style.discount} />;
    case "end": {
      const [cx, cy, half] = [x + width / 2, y + height / 2, width / 2];
      const path = `M ${cx} ${cy - half} L ${cx + half} ${cy} L ${cx} ${cy + half} L ${cx - half} ${cy} Z`;
      return <path d={path} className={shape.open ? style.endOpen : style.end} />;
    }
    case "shift":
      return (
        <>
          {shape.arc !== null && <path d={shape.arc} className={style.arcRoom} />}
          {shape.arc !== null && <path d={shape.arc} className={style.arc} />}
          <Mark cause={shape.of.cause} x={shape.arc === null ? x : x + width / 2} y={shape.arc === null ? y - 16 : y} />
          {label !== "" && (
            <text className={style.arcText} x={x + width / 2} y={y - 6} textAnchor="middle">
              {label}
            </text>
          )}
        </>
      );
    case "given":
      return <rect {...box} className={shape.of.issued ? style.given : style.givenComing} />;
    case "penalty":
      return <rect {...box} rx={2} className={shape.of.waived ? style.penaltyWaived : style.penalty} />;
  }
};

/** Room beside a text, and about what a letter takes, in px; narrower than the last, what does not fit says nothing. */
const BESIDE = 14;
const LETTER = 7;
const LEAST = 64;

/** Text in a box, ending in dots where the box ends; nothing where that would say nothing. */
const Inside = ({ x, y, width, height, label }: Record<"x" | "y" | "width" | "height", number> & { label: string }) =>
  label !== "" &&
  (width >= LEAST || width >= label.length * LETTER + BESIDE) && (
    <foreignObject x={x} y={y} width={width} height={height} className={style.insideRoom} aria-hidden="true">
      <div className={style.inside}>
        <span>{label}</span>
      </div>
    </foreignObject>
  );

/** A chain for a date that was synchronised, a hand for one that was set by hand. */
const Mark = ({ cause, x, y }: { readonly cause: string; readonly x: number; readonly y: number }) => {
  if (cause === "SYNCHRONISED") {
    return (
      <g className={style.mark} transform={`translate(${x - 8} ${y - 4})`} aria-hidden="true">
        <rect x="0" y="1" width="9" height="6" rx="3" />
        <rect x="7" y="1" width="9" height="6" rx="3" />
      </g>
    );
  }
  if (cause === "MANUAL") {
    return (
      <path
        className={style.mark}
        aria-hidden="true"
        transform={`translate(${x - 6} ${y - 7})`}
        d="M 3 13 V 8 L 1 6 q 0 -2 2 -1 l 1 1 V 1.5 q 1 -1.5 2 0 V 5 q 1.2 -1 2 .3 q 1.2 -.8 2 .4 q 1.6 -.4 1.6 1.3 V 10 q 0 2 -1.4 3 Z"
      />
    );
  }
  return null;
};
