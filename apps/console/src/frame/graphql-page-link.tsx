import { useFrameSay } from "../texts/frame.js";

/** The way to the page for trying operations, where the API serves it: it says so in the console's page. */
export const GraphqlPageLink = () => {
  const say = useFrameSay();
  const isServed = document.querySelector<HTMLMetaElement>('meta[name="tenure-graphql-page"]')?.content === "yes";
  return isServed && <a href="/altair/">{say("apiPage")}</a>;
};
