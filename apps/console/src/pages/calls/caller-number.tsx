import { Tag } from "../../../../web/components/notice.js";
import { useSay } from "../../../../web/texts/speech.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** Who calls: the number, marked where its caller hides it; without one, that it is not told. */
export const CallerNumber = ({
  call: { cli, callerHidden },
}: {
  readonly call: { readonly cli: string | null; readonly callerHidden: boolean };
}) => {
  const say = useSay({ en, it });
  if (cli === null) return say("anonymous");
  return (
    <>
      {cli} {callerHidden && <Tag>{say("hidden")}</Tag>}
    </>
  );
};
