import { type Logo } from "#domain/providers/document-details.js";
import { logoFile } from "./pdf/logo.js";

/** Why a logo cannot be drawn, in words; null: it can. */
export const logoFault = async (logo: Logo): Promise<string | null> => {
  const { Pen } = await import("./pdf/pen.js");
  try {
    const pen = new Pen({ title: "", author: "", tag: "en", at: new Date(0) });
    pen.addPage();
    pen.picture(logoFile(logo), 0, 0, 10, 10);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
