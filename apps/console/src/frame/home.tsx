import { Navigate } from "@tanstack/react-router";
import { Notice } from "../../../web/components/notice.js";
import { useViewer } from "../session/viewer.js";
import { useFrameSay } from "../texts/frame.js";
import { GraphqlPageLink } from "./graphql-page-link.js";
import { useMenu } from "./menu.js";
import { Page } from "./page.js";

/** The first page of the menu; who may open none is told who he is. */
export const Home = () => {
  const say = useFrameSay();
  const { actor, name, customer } = useViewer();
  const [first] = useMenu();
  if (first) return <Navigate to={first.to} replace />;
  return (
    <Page title={customer?.contact.name ?? name ?? actor}>
      <Notice title={say("nothingForYou")}>
        <GraphqlPageLink />
      </Notice>
    </Page>
  );
};
