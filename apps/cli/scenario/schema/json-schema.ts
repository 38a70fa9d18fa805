import { z } from "zod";
import { wholeScenarioFile } from "./scenario-file.js";

/**
 * The JSON Schema of scenario files, with which editors complete and check them. It knows shapes only: whether names
 * stand for something and steps are in order is told by the runner.
 */
export const jsonSchema = (): object => ({
  title: "Tenure scenario",
  ...z.toJSONSchema(wholeScenarioFile, {
    // The version that editors understand.
    target: "draft-7",
    io: "input",
    override: ({ jsonSchema: { properties } }) => {
      // What is refused anyway need not be offered.
      for (const [key, value] of Object.entries(properties ?? {})) if (isRefused(value)) delete properties?.[key];
    },
  }),
});

const isRefused = (schema: unknown): boolean => JSON.stringify(schema) === '{"not":{}}';
