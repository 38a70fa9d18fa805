import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from "react";
import { Button } from "../../../../web/components/button.js";
import { useDates } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { PathLink } from "../../frame/path-link.js";
import { dayNumber } from "../days.js";
import { useWidth } from "../use-width.js";
import { AsList } from "./as-list.js";
import { type Ghost, type Timeline } from "./data.js";
import { ACTS, Details, editOf } from "./details.js";
import { daysOf, type Draft, type Editing, openDraft } from "./draft.js";
import { Drawing } from "./drawing.js";
import { type Shape } from "./shapes.js";
import { layout } from "./layout.js";
import { timelineTexts } from "./texts.js";
import style from "./timeline.module.css";
import { useShapeWords } from "./words.js";

/** Narrower than this, in px, it is a list unless the reader wants the drawing. */
const NARROW = 520;
const ZOOMS = [1, 2, 4, 8];
/** Room of the lanes' names, in px. */
const NAMES = 78;

interface Given {
  readonly data: Timeline;
  /** Of the commitment, for those who hear it. */
  readonly name: string;
  /** The day that the sentence is about. */
  readonly day: string;
  readonly onDay: (day: string) => void;
  /** What is so on that day, in a sentence; null: it is being asked for. */
  readonly sentence: string | null;
  /** What the command that is being filled in would do. */
  readonly ghost: Ghost | null;
  /** The timeline that it would lead to; null: not known. */
  readonly after: Timeline | null;
  readonly editing: Editing;
  /** Where an invoice or a credit note is. */
  readonly documentHref: (document: Timeline["periods"][number]["invoices"][number]) => string;
}

/**
 * The life of a commitment on a line of days: periods, service, packages, discount and money, one below the other. What
 * is chosen on it opens a command, filled in; nothing is sent from here.
 */
export const CommitmentTimeline = (given: Given) => {
  const { data, name, day, onDay, sentence, ghost, after, editing, documentHref } = given;
  const say = useSay(timelineTexts);
  const dates = useDates();
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const [zoom, setZoom] = useState(0);
  const [asList, setAsList] = useState<boolean | null>(null);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [looked, setLooked] = useState<string | null>(null);
  const below = useRef<HTMLDivElement>(null);
  const helpId = useId();
  const isNarrow = width !== null && width < NARROW;
  const isList = asList ?? isNarrow;
  const times = ZOOMS[zoom] ?? 1;
  const drawn = Math.max((width ?? 900) - NAMES, 240) * times;
  const placed = useMemo(() => layout(data, drawn, times, after), [data, drawn, times, after]);
  const words = useShapeWords(data);
  const shape = placed.shapes.find(({ key }) => key === looked);

  const open = (chosen: Draft): void => {
    setDraft(null);
    openDraft(chosen, editing);
  };
  const links = (of: Shape): ReactNode =>
    of.kind === "period" &&
    of.of.invoices.map((document) => (
      <PathLink key={document.id} href={documentHref(document)}>
        {document.number}
      </PathLink>
    ));
  const draftText = (): string | null => {
    if (!draft) return null;
    if (draft.kind !== "days") return say("toMove", { day: dates.day(draft.day) });
    const { from, until } = daysOf(draft);
    const days = dayNumber(until) - dayNumber(from) + 1;
    return say("toPause", { from: dates.day(from), until: dates.day(until), days });
  };

  return (
    <section
      className={style.timeline}
      aria-label={say("timeline", { name })}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key === "Escape" && draft) {
          event.stopPropagation();
          setDraft(null);
        }
      }}
    >
      <div className={style.head}>
        <output className={style.sentence}>{sentence}</output>
        <div className={style.tools}>
          {!isList && (
            <>
              <Button
                label={say("zoomOut")}
                isDisabled={zoom === 0}
                onPress={() => {
                  setZoom(zoom - 1);
                }}
              >
                −
              </Button>
              <Button
                label={say("zoomIn")}
                isDisabled={zoom === ZOOMS.length - 1}
                onPress={() => {
                  setZoom(zoom + 1);
                }}
              >
                +
              </Button>
            </>
          )}
          <Button
            onPress={() => {
              setAsList(!isList);
            }}
          >
            {say(isList ? "asDrawing" : "asList")}
          </Button>
        </div>
      </div>
      <div ref={frame}>
        {placed.shapes.length === 0 && <p>{say("nothing")}</p>}
        {isList && (
          <AsList
            label={say("timeline", { name })}
            shapes={placed.shapes}
            words={words}
            isNarrow={isNarrow}
            acts={(of) => <Acts {...{ of, data, editing, open }}>{links(of)}</Acts>}
          />
        )}
        {!isList && width !== null && (
          <>
            <Drawing
              {...{ data, placed, width: drawn, name, day, onDay, editing, words, helpId, draft, open }}
              ghost={ghost}
              onDraft={setDraft}
              onLook={setLooked}
              onEnter={() => {
                below.current?.querySelector<HTMLElement>("a, button")?.focus();
              }}
            />
            <div ref={below} className={style.below}>
              {draft ? (
                <p role="status">{draftText()}</p>
              ) : shape ? (
                <Details words={words(shape)} edit={editOf(shape, data, editing)} open={open} links={links(shape)} />
              ) : null}
            </div>
            <p id={helpId} className={style.help}>
              {say(editing.pause ? "help" : "helpReading")}
            </p>
          </>
        )}
      </div>
    </section>
  );
};

interface ActsOf {
  readonly of: Shape;
  readonly data: Timeline;
  readonly editing: Editing;
  readonly open: (draft: Draft) => void;
  readonly children: ReactNode;
}

/** What can be done to a row of the list. */
const Acts = ({ of, data, editing, open, children }: ActsOf) => {
  const say = useSay(timelineTexts);
  const edit = editOf(of, data, editing);
  return (
    <>
      {edit && (
        <Button
          onPress={() => {
            open(edit);
          }}
        >
          {say(ACTS[edit.kind])}
        </Button>
      )}
      {children}
    </>
  );
};
