import { Notice } from "../../../web/components/notice.js";
import { useFrameSay } from "../texts/frame.js";
import { Page } from "./page.js";

/** An address that leads nowhere, or to what the viewer may not see: the two look alike. */
export const NotFound = () => {
  const say = useFrameSay();
  return (
    <Page title={say("notFound")}>
      <Notice title={say("notFoundHint")}>
        <a href="/">{say("home")}</a>
      </Notice>
    </Page>
  );
};
