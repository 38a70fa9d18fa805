import { useRouter } from "@tanstack/react-router";
import { isAllowed, useViewer } from "../session/viewer.js";
import { type FrameText } from "../texts/frame.js";

export interface MenuItem {
  readonly to: string;
  readonly text: FrameText;
}

/** The pages of the menu that the viewer may open, in the order of the route table. */
export const useMenu = (): readonly MenuItem[] => {
  const viewer = useViewer();
  const { routesByPath } = useRouter();
  return Object.values(routesByPath).flatMap(({ fullPath, options: { staticData } }) => {
    const { need, menu } = staticData ?? {};
    return menu && (!need || isAllowed(viewer, need)) ? [{ to: fullPath, text: menu }] : [];
  });
};
