import { Button } from "../../../web/components/button.js";
import { Notice } from "../../../web/components/notice.js";
import { useFrameSay } from "../texts/frame.js";
import { useConnectionBack, useOnline } from "./online.js";
import { Page } from "./page.js";

/** A page whose code failed, or could not be loaded. The frame stays. */
export const ErrorPage = ({ error }: { readonly error: unknown }) => {
  const say = useFrameSay();
  const isOnline = useOnline();
  useConnectionBack(() => {
    location.reload();
  });
  return (
    <Page title={say("broken")}>
      <Notice title={say(isOnline ? "brokenHint" : "brokenOffline")}>
        {isOnline && <pre>{error instanceof Error ? `${error.name}: ${error.message}` : String(error)}</pre>}
        <Button
          onPress={() => {
            location.reload();
          }}
        >
          {say("reload")}
        </Button>
      </Notice>
    </Page>
  );
};
