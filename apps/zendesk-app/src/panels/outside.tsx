import { Notice } from "../../../web/components/notice.js";
import { useAppSay } from "../texts/app.js";

/** No page of Zendesk shows the app. */
export const Outside = () => <Notice title={useAppSay()("outside")} isHeading />;
