import { z } from "zod";
import { wholeScenarioFile } from "./scenario-file.js";

/**
 * The JSON Schema of scenario files, with which editors complete and check them. It describes shapes only: the runner
 * checks that names are defined and steps are in order.
 */
export const jsonSchema = (): object => ({
  title: "Tenure scenario",
  ...z.toJSONSchema(wholeScenarioFile, {
    // The JSON Schema version that editors support.
    target: "draft-7",
    io: "input",
    override: ({ jsonSchema: { properties } }) => {
      // Values that are refused are not offered.
      for (const [key, value] of Object.entries(properties ?? {})) if (isRefused(value)) delete properties?.[key];
    },
  }),
});

const isRefused = (schema: unknown): boolean => JSON.stringify(schema) === '{"not":{}}';
