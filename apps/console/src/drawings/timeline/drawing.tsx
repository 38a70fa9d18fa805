import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useMoney } from "../../../../web/shown/shown.js";
import { classes } from "../../../../web/style/classes.js";
import { useSay } from "../../../../web/texts/speech.js";
import { Axis } from "../axis.js";
import { AsOfLine } from "./as-of-line.js";
import { type Ghost, type Timeline } from "./data.js";
import { editOf } from "./details.js";
import { type Draft, type Editing, ghostOf, stepped } from "./draft.js";
import { GhostView } from "./ghost-view.js";
import { ghostShapes } from "./ghost.js";
import { Grips, gripsOf } from "./grips.js";
import { type Layout } from "./layout.js";
import { ShapeView } from "./shape-view.js";
import { HEIGHT, LANE_NAMES, LANES, type Shape } from "./shapes.js";
import { Patterns } from "./patterns.js";
import { timelineTexts } from "./texts.js";
import style from "./timeline.module.css";
import { usePointer } from "./use-pointer.js";
import { isWalkKey, walked } from "./walk.js";
import { type ShapeWords, spoken } from "./words.js";

interface Given {
  readonly data: Timeline;
  readonly placed: Layout;
  readonly width: number;
  readonly name: string;
  readonly day: string;
  readonly onDay: (day: string) => void;
  readonly editing: Editing;
  readonly words: (shape: Shape) => ShapeWords;
  readonly helpId: string;
  readonly draft: Draft | null;
  readonly ghost: Ghost | null;
  readonly onDraft: (draft: Draft | null) => void;
  readonly open: (draft: Draft) => void;
  /** A shape is pointed at, or has the focus. */
  readonly onLook: (key: string | null) => void;
  /** Enter on a shape that nothing can be done to: goes on to what is said of it. */
  readonly onEnter: () => void;
}

/** The drawing itself, with one place in the order of Tab for all shapes and one for the line of the day. */
export const Drawing = (given: Given) => {
  const { data, placed, width, name, day, onDay, editing, words, draft, ghost, onDraft, open, onLook, onEnter } = given;
  const { scale, shapes } = placed;
  const say = useSay(timelineTexts);
  const id = useId().replaceAll(/[^\w-]/g, "");
  const svg = useRef<SVGSVGElement>(null);
  const scroll = useRef<HTMLDivElement>(null);
  const [rove, setRove] = useState<string | null>(null);
  const entry = shapes.find(({ key }) => key === rove) ?? shapes[0];
  const label = useLabels(data);
  const grips = gripsOf(shapes, editing);
  const pointer = usePointer({ scale, grips, canPause: editing.pause !== undefined, onDraft, onOpen: open, onDay });
  const shown = draft ? ghostOf(draft, data) : ghost;
  const today = scale.x(data.today);

  // Zoomed, the day stays where it can be seen.
  useEffect(() => {
    const box = scroll.current;
    if (!box) return;
    const x = scale.x(day);
    if (x < box.scrollLeft + 20 || x > box.scrollLeft + box.clientWidth - 20) box.scrollLeft = x - box.clientWidth / 2;
  }, [scale, day]);

  const focus = (shape: Shape): void => {
    setRove(shape.key);
    svg.current?.querySelector<SVGGElement>(`[data-key="${CSS.escape(shape.key)}"]`)?.focus();
  };
  const confirmOrGiveUp = (event: KeyboardEvent): boolean => {
    if (event.key === "Enter" && draft) {
      event.preventDefault();
      open(draft);
      return true;
    }
    if (event.key === "Escape" && draft) pointer.drop();
    return false;
  };
  const onShapeKey = (event: KeyboardEvent, shape: Shape): void => {
    if (confirmOrGiveUp(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const edit = draft && draft.kind !== "days" ? draft : editOf(shape, data, editing);
    if (event.shiftKey && edit && shape.kind !== "service") {
      const next = /^(Arrow(Left|Right)|Page)/.test(event.key) ? stepped(edit.day, event.key, data.today) : null;
      if (next === null) return;
      event.preventDefault();
      onDraft({ ...edit, day: next });
    } else if (isWalkKey(event.key)) {
      event.preventDefault();
      onDraft(null);
      focus(walked(shapes, shape, event.key));
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (edit) open(edit);
      else onEnter();
    }
  };
  const onLineKey = (event: KeyboardEvent): void => {
    if (confirmOrGiveUp(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const chosen = draft?.kind === "days" ? draft : { kind: "days" as const, anchor: day, day };
    const next = stepped(event.shiftKey ? chosen.day : day, event.key, data.today);
    if (next === null) return;
    event.preventDefault();
    // `t` on a commitment terminates it elsewhere on the page; here it is the slider's.
    event.stopPropagation();
    const within = next < scale.from ? scale.from : next > scale.until ? scale.until : next;
    if (event.shiftKey && editing.pause) onDraft({ ...chosen, day: within });
    else {
      onDraft(null);
      onDay(within);
    }
  };

  return (
    <div className={style.frame}>
      <div className={style.lanes} aria-hidden="true">
        {LANE_NAMES.map((lane) => (
          <span key={lane} className={style.lane} style={{ top: LANES[lane].y, height: LANES[lane].height }}>
            {say(lane)}
          </span>
        ))}
      </div>
      <div ref={scroll} className={style.scroll}>
        <svg
          ref={svg}
          className={classes(style.svg, draft !== null && style.choosing)}
          width={width}
          height={HEIGHT}
          role="group"
          aria-label={say("timeline", { name })}
          aria-describedby={given.helpId}
          onPointerDown={pointer.onPointerDown}
          onPointerMove={pointer.onPointerMove}
          onPointerUp={pointer.onPointerUp}
          onPointerCancel={pointer.onPointerCancel}
          onPointerLeave={() => {
            onLook(rove);
          }}
        >
          <Patterns id={id} />
          {LANE_NAMES.map((lane) => (
            <rect key={lane} className={style.ground} x={0} width={width} {...LANES[lane]} />
          ))}
          <Axis scale={scale} height={HEIGHT} />
          <line className={style.today} x1={today} x2={today} y1={24} y2={HEIGHT} />
          {shapes.map((shape) => (
            <g
              key={shape.key}
              className={style.shape}
              role="button"
              tabIndex={shape.key === entry?.key ? 0 : -1}
              data-key={shape.key}
              aria-label={spoken(words(shape))}
              onFocus={() => {
                setRove(shape.key);
                onLook(shape.key);
              }}
              onPointerEnter={() => {
                onLook(shape.key);
              }}
              onKeyDown={(event) => {
                onShapeKey(event, shape);
              }}
            >
              <ShapeView shape={shape} id={id} label={label(shape)} />
              <rect
                className={style.ring}
                x={shape.x - 2}
                y={shape.y - 2}
                width={shape.width + 4}
                height={shape.height + 4}
                rx={4}
              />
            </g>
          ))}
          <Grips of={grips} />
          {shown && <GhostView {...ghostShapes(shown, scale)} />}
          <AsOfLine day={day} scale={scale} onKeyDown={onLineKey} />
        </svg>
      </div>
    </div>
  );
};

/** What stands in shapes. */
const useLabels = (data: Timeline): ((shape: Shape) => string) => {
  const say = useSay(timelineTexts);
  const { money } = useMoney();
  return (shape) => {
    switch (shape.kind) {
      case "period":
        // A number that is cut would be another number.
        return shape.width > 70 ? (shape.of.invoices[0]?.number ?? "") : "";
      case "agreement":
        return [...(shape.isFirst ? [shape.of.name] : []), money(shape.price.net, data.currency)].join(" · ");
      case "upgrade":
        return shape.of.addOnProduct?.name ?? "";
      case "pause":
        return shape.width > 60 ? say(shape.look === "outlined" ? "pauseScheduled" : "pauseEnded") : "";
      case "request":
        return shape.width > 60 ? say("request") : "";
      case "shift": {
        const { days, from } = shape.of;
        const isRoomy = shape.width > 40;
        return from === null || days === null || !isRoomy
          ? ""
          : say("days61", { sign: days > 0 ? "+" : "−", days: Math.abs(days) });
      }
      default:
        return "";
    }
  };
};
