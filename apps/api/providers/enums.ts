import { type DateFormatName } from "#domain/date-format.js";
import { type LogoType } from "#domain/providers/document-details.js";
import { type ProviderSortField as ProviderSortBy } from "#read-models/providers/queries.js";
import { type ReadModelStatus } from "../core/read-model-states.js";
import { enumOf } from "../graphql/enums.js";

export const LogoTypeEnum = enumOf<LogoType>("LogoType", "What a logo's file is.", { PNG: "PNG.", JPEG: "JPEG." });

export const DateFormatEnum = enumOf<DateFormatName>(
  "DateFormatName",
  "How dates and times are written to customers, here 31 October 2020, five past two in the afternoon.",
  {
    LANGUAGE: "As the customer's language writes dates: `31 October 2020`, `31 ottobre 2020 14:05`.",
    ISO: "`2020-10-31 14:05`.",
    US: "`10/31/2020 02:05 PM`.",
    EUROPEAN: "`31.10.2020 14:05`.",
    DD_MM_YY: "`31-10-20 14:05`, as spreadsheets write it.",
    MM_DD_YY: "`10-31-20 14:05`, as spreadsheets write it.",
    OWN: "By patterns of one's own.",
  },
);

export const ReadModelStatusEnum = enumOf<ReadModelStatus>("ReadModelStatus", "How a read model stands.", {
  CATCHING_UP: "It reads what was recorded before: since it was built, or because it fell behind.",
  LIVE: "It follows what is recorded.",
  STALLED: "It has stopped for some provider, before an event that it cannot take; for all others it goes on.",
  FAILED: "It has stopped, and is tried again.",
});

export const ProviderSortField = enumOf<ProviderSortBy>("ProviderSortField", "What providers are sorted by.", {
  CREATED: "The order in which they were created.",
  NAME: "Their name.",
});
