import { type Logo } from "#domain/providers/document-details.js";
import { logoFile } from "./pdf/logo.js";
import { Pen } from "./pdf/pen.js";

/** Why a logo cannot be drawn, in words; null: it can. */
export const logoFault = (logo: Logo): string | null => {
  try {
    const pen = new Pen({ title: "", author: "", tag: "en", at: new Date(0) });
    pen.addPage();
    pen.picture(logoFile(logo), 0, 0, 10, 10);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
