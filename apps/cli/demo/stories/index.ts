import { type LocalDate } from "#domain/calendar.js";
import { type Story } from "../story.js";
import { abcCompany, agentAnswers, hotelLago, mariaRossi, school } from "./business.js";
import { catalog } from "./catalog.js";
import { annaKowalski, tomBaker, wilsons } from "./changes.js";
import { emilyBrown, johnDoe, peterNovak, susanClark } from "./residential.js";

/** The day on which the demo ends: the provider's today. */
export const TODAY: LocalDate = "2026-10-20";

export { agentAnswers };

export const stories: readonly Story[] = [
  catalog,
  abcCompany,
  johnDoe,
  annaKowalski,
  susanClark,
  wilsons,
  hotelLago,
  mariaRossi,
  peterNovak,
  emilyBrown,
  school,
  tomBaker,
];
