import { FailureNotice } from "../../../web/components/notice.js";
import { type Failure } from "../../../web/failure.js";
import { useAppSay } from "../texts/app.js";

interface Given {
  readonly failure: Failure;
  /** Left out: trying again is up to the reader's next step. */
  readonly retry?: () => void;
}

/** Says what went wrong. An agent is not signed in at Tenure, the app's key is: about that it has sentences of its own. */
export const Failed = ({ failure, retry }: Given) => {
  const say = useAppSay();
  const { why } = failure;
  const shared = { failure, ...(retry && { retry }) };
  if (why === "unauthenticated") return <FailureNotice {...shared} sentence={say("keyRefused")} />;
  if (why === "forbidden") return <FailureNotice {...shared} sentence={say("forbidden")} />;
  if (why === "refused") {
    return <FailureNotice {...shared} sentence={say("refused", { sentence: failure.sentence })} />;
  }
  return <FailureNotice {...shared} />;
};
