import { useEffect, useState } from "react";
import { useMutation } from "urql";
import { Button } from "../../../web/components/button.js";
import { DateField } from "../../../web/components/fields.js";
import { type Failure, failureOf } from "../../../web/failure.js";
import { graphql } from "../../../web/graphql.js";
import { useDates } from "../../../web/shown/shown.js";
import { useAllowed, useViewer } from "../session/viewer.js";
import { useFrameSay } from "../texts/frame.js";
import { Failed } from "../refusal/failed.js";
import style from "./clock-bar.module.css";

const ADVANCE = graphql(`
  mutation AdvanceTestClock($input: AdvanceTestClockInput!) {
    advanceTestClock(input: $input) {
      visible
    }
  }
`);

/** How often the time is asked for while the clock is advanced, in milliseconds. */
const POLL = 1_000;

/** The provider's test clock: what time it is, and for who may, how it goes on. Nothing where real time counts. */
export const ClockBar = () => {
  const say = useFrameSay();
  const { instant } = useDates();
  const { provider, reload } = useViewer();
  const { now, testClock, advancingTo } = provider.clock;
  const mayAdvance = useAllowed("advanceTestClock");
  const isAdvancing = advancingTo !== null;
  useEffect(() => {
    if (!isAdvancing) return undefined;
    const timer = setInterval(reload, POLL);
    return () => {
      clearInterval(timer);
    };
  }, [isAdvancing, reload]);
  if (testClock === null) return null;
  return (
    <section aria-label={say("testClock")} className={style.bar}>
      <span>
        {say("testClock")}: <strong>{instant(now)}</strong>
      </span>
      {isAdvancing ? (
        <span role="status">{say("advancing", { to: instant(advancingTo) })}</span>
      ) : (
        mayAdvance && <Advance now={now} done={reload} />
      )}
    </section>
  );
};

const Advance = ({ now, done }: { readonly now: string; readonly done: () => void }) => {
  const say = useFrameSay();
  const [day, setDay] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [{ fetching }, advance] = useMutation(ADVANCE);
  const submit = async () => {
    if (day === null) return;
    // On the chosen day at the time of day that it is.
    const to = `${day}${now.slice(10)}`;
    // What is under way is seen while the answer is waited for.
    const looking = setInterval(done, POLL);
    const { error } = await advance({ input: { to, idempotencyKey: key } });
    clearInterval(looking);
    setKey(crypto.randomUUID());
    setFailure(error ? failureOf(error) : null);
    if (!error) setDay(null);
    done();
  };
  return (
    <>
      <form
        className={style.advance}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <DateField name="to" label={say("advanceTo")} value={day} onChange={setDay} />
        <Button type="submit" isDisabled={day === null} isWaiting={fetching}>
          {say("advance")}
        </Button>
      </form>
      {failure && <Failed failure={failure} />}
    </>
  );
};
