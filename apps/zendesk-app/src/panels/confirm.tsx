import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { type OperationResult } from "urql";
import { Button } from "../../../web/components/button.js";
import { type Failure, failureOf } from "../../../web/failure.js";
import { useAppSay } from "../texts/app.js";
import { Failed } from "./failed.js";

interface Confirmed<Data> {
  /** What the button that asks says, and for whom it is read out. */
  readonly action: string;
  readonly named?: string;
  readonly question: string;
  readonly meaning: string;
  /** Gives the command. @param key the same for every try */
  readonly give: (key: string) => Promise<OperationResult<Data>>;
  readonly given: (data: Data) => void;
}

/** A button that asks before it does anything. Esc, or Cancel, goes back to it. */
export function Confirm<Data>({ action, named, ...asked }: Confirmed<Data>): ReactNode {
  const [isAsking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  useEffect(() => {
    if (wasAsking.current && !isAsking) button.current?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);
  if (isAsking) {
    return (
      <Question
        {...asked}
        action={action}
        cancel={() => {
          setAsking(false);
        }}
      />
    );
  }
  return (
    <Button
      ref={button}
      {...(named !== undefined && { label: named })}
      onPress={() => {
        setAsking(true);
      }}
    >
      {action}
    </Button>
  );
}

type Asked<Data> = Omit<Confirmed<Data>, "named"> & { readonly cancel: () => void };

function Question<Data>({ action, question, meaning, give, given, cancel }: Asked<Data>): ReactNode {
  const say = useAppSay();
  const id = useId();
  const [key] = useState(() => crypto.randomUUID());
  const [state, setState] = useState<"open" | "giving" | Failure>("open");
  const isGiving = state === "giving";
  const confirm = async () => {
    setState("giving");
    const { data, error } = await give(key);
    if (error) setState(failureOf(error));
    else if (data) given(data);
  };
  return (
    <div
      role="group"
      aria-labelledby={id}
      className="question"
      onKeyDown={({ key: pressed }) => {
        if (pressed === "Escape" && !isGiving) cancel();
      }}
    >
      <p id={id} className="asked">
        {question}
      </p>
      <p className="detail">{meaning}</p>
      {typeof state === "object" && <Failed failure={state} />}
      <div className="choices">
        {/* Asked for by a key or a click just now: what answers it is under the same hand. */}
        <Button
          autoFocus
          kind="primary"
          // It stays where the focus is while Tenure answers.
          isWaiting={isGiving}
          onPress={() => {
            void confirm();
          }}
        >
          {action}
        </Button>
        <Button isDisabled={isGiving} onPress={cancel}>
          {say("cancel")}
        </Button>
      </div>
    </div>
  );
}
