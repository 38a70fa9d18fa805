import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { Button } from "../../../web/components/button.js";
import { FormFieldsContext } from "../../../web/components/field-errors.js";
import { type Failure } from "../../../web/failure.js";
import { classes } from "../../../web/style/classes.js";
import { useSay } from "../../../web/texts/speech.js";
import { useTell } from "../frame/live.js";
import { useOnline } from "../frame/online.js";
import { Failed } from "../refusal/failed.js";
import { useRefusal } from "../refusal/use-refusal.js";
import style from "./command.module.css";
import { placed } from "./placed-failures.js";
import { PreviewShown } from "./preview-shown.js";
import { type Previewed } from "./previewed.js";
import { commandTexts } from "./texts.js";
import { type Command, useCommand } from "./use-command.js";

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
  const { children, confirm, isDangerous = false, onDone, reload, another, onPreview, onCancel } = given;
  const say = useSay(commandTexts);
  const tell = useTell();
  const isOnline = useOnline();
  const { current, last, isGiving, give, renew, retry } = useCommand(given);
  const [isConflict, setConflict] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const [names, setNames] = useState<readonly string[]>([]);
  const claim = useCallback((name: string) => {
    setNames((before) => [...before, name]);
    return () => {
      setNames((before) => before.toSpliced(before.indexOf(name), 1));
    };
  }, []);
  const failures = current?.failures ?? [];
  const { errors, others } = placed(failures, names, useRefusal());

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
          {isConflict && <p className={style.told}>{say("conflict")}</p>}
          {others.map((failure, at) => (
            <Failed key={at} failure={failure} {...(preview === null && mayPass(failure) && { retry })} />
          ))}
          {given.input === null ? (
            <p>{say("fillIn")}</p>
          ) : shown ? (
            <div className={classes(!current && style.waiting)}>
              <PreviewShown preview={shown} />
            </div>
          ) : (
            !current && isOnline && <p>{say("previewing")}</p>
          )}
          {!isOnline && <p className={style.told}>{say("offline")}</p>}
        </div>
      </section>
      <div className={style.choices}>
        <Button
          type="submit"
          kind={isDangerous ? "danger" : "primary"}
          isDisabled={!canConfirm && !isGiving}
          isWaiting={isGiving}
        >
          {confirm}
        </Button>
        {another && (
          <Button
            isDisabled={!canConfirm && !isGiving}
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

/** Whether the same may be answered when it is asked again. */
const mayPass = (failure: Failure): boolean => failure.why !== "refused" || failure.code === "INTERNAL";

/** Whether queries show what a mutation did. */
const visibleIn = (data: object): boolean => {
  const [payload] = Object.values(data) as readonly unknown[];
  return typeof payload !== "object" || payload === null || !("visible" in payload) || payload.visible !== false;
};
