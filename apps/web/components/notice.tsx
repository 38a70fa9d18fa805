import { type ReactNode } from "react";
import { type Failure } from "../failure.js";
import { useSay } from "../texts/speech.js";
import { Button } from "./button.js";
import style from "./notice.module.css";
import { componentTexts } from "./texts.js";

interface Noticed {
  readonly title: string;
  /** It is all there is on the page: its heading, too. */
  readonly isHeading?: boolean;
  readonly children?: ReactNode;
}

/** A sentence in place of what cannot be shown, and what a reader can do about it. */
export const Notice = ({ title, isHeading = false, children }: Noticed) => {
  const Title = isHeading ? "h1" : "p";
  return (
    <div className={style.notice}>
      <Title className={style.title}>{title}</Title>
      {children}
    </div>
  );
};

interface Failed {
  readonly failure: Failure;
  /** Said in place of the failure's own sentence, by who knows better what it means here. */
  readonly sentence?: string;
  /** Left out: trying again is up to the reader's next step. */
  readonly retry?: () => void;
}

/** Says what went wrong with its code and the request's id, and offers to try again. */
export const FailureNotice = ({ failure, sentence, retry }: Failed) => {
  const say = useSay(componentTexts);
  const code = failure.why === "refused" ? failure.code : "";
  return (
    <div role="alert" className={style.failure}>
      <p>{sentence ?? (failure.why === "refused" ? failure.sentence : say(failure.why))}</p>
      {code && <p className={style.detail}>{say("code", { code })}</p>}
      {failure.request && <p className={style.detail}>{say("request", { id: failure.request })}</p>}
      {retry && <Button onPress={retry}>{say("retry")}</Button>}
    </div>
  );
};

/** As high as what comes; shows only when that takes more than 150 ms. */
export const Skeleton = ({ rows = 4 }: { readonly rows?: number }) => {
  const say = useSay(componentTexts);
  return (
    <div className={style.skeleton} role="status" aria-busy="true">
      <span className="unseen">{say("loading")}</span>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className={style.bone} />
      ))}
    </div>
  );
};

/** A state in a few words, e.g. of a customer. */
export const Tag = ({ tone = "neutral", children }: { readonly tone?: Tone; readonly children: ReactNode }) => (
  <span className={`${style.tag ?? ""} ${style[tone] ?? ""}`}>{children}</span>
);

export type Tone = "neutral" | "good" | "warning" | "bad";
