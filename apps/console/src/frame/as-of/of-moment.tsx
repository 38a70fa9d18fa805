import { useSearch } from "@tanstack/react-router";
import { type ReactNode, useMemo } from "react";
import { Button } from "../../../../web/components/button.js";
import { Notice } from "../../../../web/components/notice.js";
import { useViewer, ViewerContext } from "../../session/viewer.js";
import { useFrameSay } from "../../texts/frame.js";
import { Page } from "../page.js";
import { useAsOfBar } from "./as-of-bar.js";
import { momentOf, type NoMoment, readMoment } from "./moment.js";
import { ShownMomentContext } from "./shown-moment.js";

/**
 * A page that has a past, as of the moment that its address names. There the viewer may give no commands: whatever
 * depends on them, buttons, keys and drawings that are edited, is off. Where there is no such moment, the page is not
 * shown, and asks for nothing.
 */
export const OfMoment = ({ children }: { readonly children: ReactNode }) => {
  const viewer = useViewer();
  const { asOf, knownAt } = readMoment(useSearch({ strict: false }));
  const shown = useMemo(() => {
    const search = { asOf, knownAt };
    return { search, moment: momentOf(search) };
  }, [asOf, knownAt]);
  const reader = useMemo(() => ({ ...viewer, commands: [] }), [viewer]);
  const { moment, search } = shown;
  if (moment !== null && "wrong" in moment) return <NothingShown because={moment} />;
  return (
    <ShownMomentContext value={{ moment, search }}>
      <ViewerContext value={moment === null ? viewer : reader}>{children}</ViewerContext>
    </ShownMomentContext>
  );
};

/** So much is shown of what the address says, which anybody can write. */
const MOST = 40;

const NothingShown = ({ because: { wrong, text } }: { readonly because: NoMoment }) => {
  const say = useFrameSay();
  const { show } = useAsOfBar();
  return (
    <Page title={say("noMoment")}>
      <Notice title={say(wrong === "asOf" ? "noSuchDay" : "noSuchInstant", { text: text.slice(0, MOST) })}>
        <Button
          onPress={() => {
            show({});
          }}
        >
          {say("backToNow")}
        </Button>
      </Notice>
    </Page>
  );
};
