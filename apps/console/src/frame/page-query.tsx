import { type TadaDocumentNode } from "gql.tada";
import { type ReactNode, useCallback } from "react";
import { type AnyVariables, useQuery } from "urql";
import { Notice, Skeleton } from "../../../web/components/notice.js";
import { type Failure, failureOf } from "../../../web/failure.js";
import { useFrameSay } from "../texts/frame.js";
import { useAsOf } from "./as-of/shown-moment.js";
import { Failed } from "../refusal/failed.js";
import { useConnectionBack } from "./online.js";

/** What the one query of a page answered. */
export interface PageQuery<Data> {
  /** Also while it is asked for again, and when that failed. */
  readonly data: Data | undefined;
  /** `absent`: everything that it asks for is null, e.g. there is no such customer, or it is another's. */
  readonly state: "loading" | "shown" | "failed" | "absent";
  readonly failure: Failure | null;
  /** Asks again; what is shown stays until the answer is there. */
  readonly reload: () => void;
}

/** Asks the one query of a page. @param isPaused asks nothing yet */
export const usePageQuery = <Data, Variables extends AnyVariables>(
  document: TadaDocumentNode<Data, Variables>,
  variables: Variables,
  isPaused = false,
): PageQuery<Data> => {
  const [{ data, error, fetching }, ask] = useQuery<Data, Variables>({
    query: document,
    variables,
    pause: isPaused,
  });
  const reload = useCallback(() => {
    ask({ requestPolicy: "network-only" });
  }, [ask]);
  // What is shown may have changed, or could not be asked for.
  useConnectionBack(() => {
    if (!isPaused) reload();
  });
  const failure = error ? failureOf(error) : null;
  // A part that could not be answered leaves the others: pages look at null there.
  const isThere = data != null && Object.values(data).some((field) => field !== null);
  const state = isThere ? "shown" : fetching ? "loading" : failure ? "failed" : data ? "absent" : "loading";
  return { data: data ?? undefined, state, failure, reload };
};

interface Given<Data> {
  readonly page: PageQuery<Data>;
  /** Rows of the skeleton, so that it is as high as what comes. */
  readonly rows?: number;
  /** In place of "Nothing is here". */
  readonly absent?: ReactNode;
  readonly children: (data: Data) => ReactNode;
}

/** Draws what a page's query answered: skeleton, failure with Retry, nothing, or what is below. */
export const PageState = <Data,>({ page, rows = 6, absent, children }: Given<Data>) => {
  const say = useFrameSay();
  const isPast = useAsOf() !== null;
  const { data, state, failure, reload } = page;
  if (state === "loading") return <Skeleton rows={rows} />;
  if (state === "failed" && failure) return <Failed failure={failure} retry={reload} />;
  if (state === "absent" || data === undefined) {
    const [title, hint] = isPast ? (["notThere", "notThereHint"] as const) : (["notFound", "notFoundHint"] as const);
    return absent ?? <Notice title={say(title)}>{say(hint)}</Notice>;
  }
  return (
    <>
      {failure && <Failed failure={failure} retry={reload} />}
      {children(data)}
    </>
  );
};
