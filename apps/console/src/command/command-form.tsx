import { type ReactNode, useCallback, useEffect, useReducer, useRef, useState } from "react";
import { Button } from "../../../web/components/button.js";
import { FormFieldsContext } from "../../../web/components/field-errors.js";
import { type Failure } from "../../../web/failure.js";
import { classes } from "../../../web/style/classes.js";
import { useSay } from "../../../web/texts/speech.js";
import { useAnnounce, useTell } from "../frame/live.js";
import { useOnline } from "../frame/online.js";
import { Failed } from "../refusal/failed.js";
import { mayPass } from "../refusal/may-pass.js";
import { useRefusal } from "../refusal/use-refusal.js";
import style from "./command.module.css";
import { placed } from "./placed-failures.js";
import { Changes, PreviewShown } from "./preview-shown.js";
import { type Previewed } from "./previewed.js";
import { commandTexts } from "./texts.js";
import { type Command, useCommand } from "./use-command.js";
import { type Revision, type ShownChange } from "./use-revision.js";

export interface CommandProps<
  Input extends object,
  Preview extends { readonly preview: Previewed },
  Data extends object,
> extends Command<Input, Preview, Data> {
  /** The fields of the form. */
  readonly children: ReactNode;
  /** What the button is called that gives the command: the act. */
  readonly confirm: string;
  /** Of a command that ends something. */
  readonly isDangerous?: boolean;
  /** Called once it is recorded. */
  readonly onDone?: (data: Data) => void;
  /** Reads again what the page shows: once it is recorded, and again while lists catch up. */
  readonly reload?: () => void;
  /** A second button, for one more of the same kind. */
  readonly another?: {
    readonly confirm: string;
    /** Called once it is recorded, to empty the form. */
    readonly then: (data: Data) => void;
  };
  /** Of a form that changes what there is, of which somebody else may change the same. */
  readonly revision?: Revision;
  /** Called with what it would do as the answer comes, and with null when it no longer belongs to the form. */
  readonly onPreview?: (preview: Preview | null) => void;
}

interface Given<
  Input extends object,
  Preview extends { readonly preview: Previewed },
  Data extends object,
> extends CommandProps<Input, Preview, Data> {
  /** There is a way back. */
  readonly onCancel?: (() => void) | undefined;
}

/** After so many milliseconds, lists that catch up are read again. */
const CATCH_UP = [1_000, 3_000, 8_000];

/** The form of a command: its fields, what will happen, the button that gives it. */
export const CommandForm = <Input extends object, Preview extends { readonly preview: Previewed }, Data extends object>(
  given: Given<Input, Preview, Data>,
) => {
  const { children, confirm, isDangerous = false, onDone, reload, another, revision, onPreview, onCancel } = given;
  const say = useSay(commandTexts);
  const tell = useTell();
  const announce = useAnnounce();
  const isOnline = useOnline();
  const { current, last, isGiving, give, renew, retry } = useCommand(given);
  const [isConflict, setConflict] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const [meanwhile, setMeanwhile] = useState<readonly ShownChange[]>([]);

  const [names, setNames] = useState<readonly string[]>([]);
  const claim = useCallback((name: string) => {
    setNames((before) => [...before, name]);
    return () => {
      setNames((before) => before.toSpliced(before.indexOf(name), 1));
    };
  }, []);
  // What somebody else changed meanwhile is taken over, and what this does to that is asked for.
  const behind = revision && current?.failures.some(isChangedMeanwhile) ? current.id : null;
  const [givenUp, giveUp] = useState<string | null>(null);
  const isCatchingUp = behind !== null && behind !== givenUp;
  const catchUp = useRef(revision?.catchUp);
  const reread = useRef(reload);
  useEffect(() => {
    catchUp.current = revision?.catchUp;
    reread.current = reload;
  });
  useEffect(() => {
    if (behind === null) return;
    void catchUp.current?.().then((changed) => {
      // What was caught up with has another preview asked for; where the same is asked for still, it is refused for good.
      giveUp(behind);
      setMeanwhile((before) => [...before, ...changed]);
      reread.current?.();
    });
  }, [behind]);
  const failures = (current?.failures ?? []).filter(
    // Whose session ended signs in again before he sees this.
    (failure) => failure.why !== "unauthenticated" && !(isCatchingUp && isChangedMeanwhile(failure)),
  );
  const { errors, others } = placed(failures, names, useRefusal());

  const refused = Object.values(errors).join(" ");
  useEffect(() => {
    if (refused !== "") announce(refused);
  }, [announce, refused]);
  // A refused Confirm leads to the first field that is wrong.
  const [refusals, countRefusal] = useReducer((before: number) => before + 1, 0);
  useEffect(() => {
    if (refusals > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusals]);

  const preview = current?.preview ?? null;
  const told = useRef(onPreview);
  useEffect(() => {
    told.current = onPreview;
  });
  useEffect(() => {
    told.current?.(preview);
    return () => {
      told.current?.(null);
    };
  }, [preview]);

  const canConfirm = preview !== null && preview.preview.events.length > 0 && isOnline;
  const submit = async (isAnother: boolean): Promise<void> => {
    if (!canConfirm) return;
    const answer = await give();
    if (answer === null) return;
    setConflict(answer === "conflict");
    if (answer === "refused") countRefusal();
    if (answer === "refused" || answer === "conflict") return;
    const isVisible = visibleIn(answer.data);
    tell(say(isVisible ? "recorded" : "catchingUp"));
    if (isAnother) {
      renew();
      another?.then(answer.data);
      form.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
    } else {
      onDone?.(answer.data);
    }
    reload?.();
    if (!isVisible && reload) for (const wait of CATCH_UP) setTimeout(reload, wait);
  };
  const shown = last?.preview?.preview ?? null;
  return (
    <form
      ref={form}
      className={style.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit(false);
      }}
    >
      <FormFieldsContext value={{ errors, claim }}>{children}</FormFieldsContext>
      <section
        className={style.preview}
        aria-label={say("whatWillHappen")}
        aria-busy={given.input !== null && !current && isOnline}
      >
        <h2 className={style.what}>{say("whatWillHappen")}</h2>
        <div aria-live="polite">
          {(isConflict || meanwhile.length > 0) && <p className={style.told}>{say("conflict")}</p>}
          <Changes changes={meanwhile} />
          {others.map((failure, at) => (
            <Failed
              key={at}
              failure={failure}
              {...(preview === null && (mayPass(failure) || isChangedMeanwhile(failure)) && { retry })}
            />
          ))}
          {given.input === null ? (
            <p>{say(revision?.changes.length === 0 ? "nothing" : "fillIn")}</p>
          ) : shown ? (
            <div className={classes(!current && style.waiting)}>
              <PreviewShown preview={shown} />
              {revision && <Changes changes={revision.changes} />}
            </div>
          ) : (
            (!current || isCatchingUp) && isOnline && <p>{say("previewing")}</p>
          )}
          {!isOnline && <p className={style.told}>{say("offline")}</p>}
        </div>
      </section>
      <div className={style.choices}>
        <Button
          type="submit"
          kind={isDangerous ? "danger" : "primary"}
          aria-disabled={!canConfirm && !isGiving}
          isWaiting={isGiving}
        >
          {confirm}
        </Button>
        {another && (
          <Button
            aria-disabled={!canConfirm && !isGiving}
            isWaiting={isGiving}
            onPress={() => {
              void submit(true);
            }}
          >
            {another.confirm}
          </Button>
        )}
        {onCancel && <Button onPress={onCancel}>{say("back")}</Button>}
      </div>
    </form>
  );
};

/** Whether somebody else changed what the form was opened with. */
const isChangedMeanwhile = (failure: Failure): boolean =>
  failure.why === "refused" && failure.facts?.["case"] === "CHANGED_MEANWHILE";

/** Whether queries show what a mutation did. */
const visibleIn = (data: object): boolean => {
  const [payload] = Object.values(data) as readonly unknown[];
  return typeof payload !== "object" || payload === null || !("visible" in payload) || payload.visible !== false;
};
