import { FailureNotice } from "../../../web/components/notice.js";
import { type Failure } from "../../../web/failure.js";
import { useRefusal } from "./use-refusal.js";

interface Given {
  readonly failure: Failure;
  /** Said in place of the refusal's own sentence, by who knows better what it means here. */
  readonly sentence?: string;
  /** Left out: trying again is up to the reader's next step. */
  readonly retry?: () => void;
}

/** Says what went wrong in the user's language, with its code and the request's id, and offers to try again. */
export const Failed = ({ failure, sentence, retry }: Given) => {
  const refusal = useRefusal();
  const said = sentence ?? (failure.why === "refused" ? refusal(failure) : undefined);
  return <FailureNotice failure={failure} {...(said !== undefined && { sentence: said })} {...(retry && { retry })} />;
};
