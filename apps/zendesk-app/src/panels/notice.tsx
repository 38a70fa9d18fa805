import { type ReactNode } from "react";
import { Button } from "react-aria-components/Button";
import { type Failure } from "../tenure/failure.js";
import { useLanguage } from "../texts/spoken.js";

/** What is shown in place of something that cannot be shown. */
const Notice = ({ title, children }: { readonly title: string; readonly children?: ReactNode }) => (
  <div className="notice">
    <h1>{title}</h1>
    {children}
  </div>
);

export const Outside = () => <Notice title={useLanguage().say("outside")} />;

export const NoOrganization = () => {
  const { say } = useLanguage();
  return (
    <Notice title={say("noOrganization")}>
      <p>{say("noOrganizationHint")}</p>
    </Notice>
  );
};

/** As high as what comes; shows only when that takes a while. */
export const Skeleton = () => (
  <div className="skeleton" role="status" aria-busy="true">
    <span className="unseen">{useLanguage().say("loading")}</span>
    <span className="bone wide" />
    <span className="bone" />
    <span className="bone tall" />
    <span className="bone tall" />
  </div>
);

interface Failed {
  readonly failure: Failure;
  /** Left out: trying again is up to the reader's next step. */
  readonly retry?: () => void;
}

/** Says what went wrong, and offers to try again. */
export const FailureText = ({ failure, retry }: Failed) => {
  const { say } = useLanguage();
  const isRefused = failure.why === "refused";
  return (
    <div role="alert" className="failure">
      <p>{isRefused ? say("refused", { sentence: failure.sentence }) : say(failure.why)}</p>
      {isRefused && failure.code && <p className="detail">{say("code", { code: failure.code })}</p>}
      {isRefused && failure.request && <p className="detail">{say("request", { id: failure.request })}</p>}
      {retry && (
        <Button className="button" onPress={retry}>
          {say("retry")}
        </Button>
      )}
    </div>
  );
};
