import { type ReactNode } from "react";
import { Button } from "../../../../web/components/button.js";
import { useSay } from "../../../../web/texts/speech.js";
import { type Draft, type Editing } from "./draft.js";
import { type Timeline } from "./data.js";
import { type Shape } from "./shapes.js";
import { timelineTexts } from "./texts.js";
import style from "./timeline.module.css";
import { type ShapeWords } from "./words.js";

/** What a viewer may do to a shape, as a draft that changes nothing yet; null: nothing. */
export const editOf = (shape: Shape, data: Timeline, editing: Editing): Draft | null => {
  switch (shape.kind) {
    case "service": {
      // What is served already can be paused only by dating back, in the form.
      const day = shape.from < data.today && !shape.coming ? (shape.until ?? data.today) : shape.from;
      return editing.pause ? { kind: "days", anchor: day, day } : null;
    }
    case "pause": {
      if (!editing.changePause || shape.of.status !== "SCHEDULED") return null;
      return { kind: "pause", of: shape.of, edge: "until", day: shape.of.until ?? shape.of.from };
    }
    case "end":
      return editing.setDiscountEnd ? { kind: "end", day: shape.from } : null;
    case "cap":
      return editing.terminate ? { kind: "cap", day: shape.from } : null;
    case "upgrade":
      return editing.extendUpgrade && shape.of.running ? { kind: "upgrade", of: shape.of, day: shape.of.until } : null;
    default:
      return null;
  }
};

/** The texts of what drafts open. */
export const ACTS = {
  days: "pauseDays",
  pause: "changePause",
  end: "setEnd",
  cap: "terminate",
  upgrade: "extend",
} as const;

interface Given {
  readonly words: ShapeWords;
  /** What can be done, and how. */
  readonly edit: Draft | null;
  readonly open: (draft: Draft) => void;
  readonly links: ReactNode;
}

/** What the shape under the pointer or the focus says, and what can be done to it. */
export const Details = ({ words, edit, open, links }: Given) => {
  const say = useSay(timelineTexts);
  return (
    <>
      <p className={style.facts}>
        <span className={style.what}>{words.what}</span>
        <span>{words.days}</span>
        {words.details.map((detail) => (
          <span key={detail}>{detail}</span>
        ))}
      </p>
      {words.events.map(({ told, reason }) => (
        <p key={told} className={style.told}>
          {told}
          {reason !== null && ` · ${reason}`}
        </p>
      ))}
      <div className={style.acts}>
        {edit && (
          <Button
            onPress={() => {
              open(edit);
            }}
          >
            {say(ACTS[edit.kind])}
          </Button>
        )}
        {links}
      </div>
    </>
  );
};
