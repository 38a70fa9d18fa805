import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** Names of the program, and where it lies on machines that have no path to it. */
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const ELSEWHERE = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Only ends what hangs. */
const PATIENCE_MS = 120_000;

/** A browser as somebody has it who comes for the first time: without cookies, storage and history. */
export interface Visit {
  readonly page: Page;
  /** What the browser complained of: errors in its console, and exceptions that no script caught. */
  readonly complaints: readonly string[];
  /** Closes the page, and forgets its cookies and storage. */
  end(): Promise<void>;
}

/** Started when it is first needed. The specs of a run share it, and it ends with their process. */
let started: Promise<Browser> | undefined;

/**
 * A page in a real Chromium. Every visit has cookies and storage of its own; its page is best kept by the tests of a
 * file that go on from one another.
 *
 *   const { page, complaints, end } = await visit();
 *   await page.goto(url);
 *
 * @throws Error where no Chromium is installed
 */
export const visit = async (options: BrowserContextOptions = {}): Promise<Visit> => {
  started ??= start();
  const context = await (await started).newContext(options);
  context.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  context.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  context.on("weberror", (error) => complaints.push(error.error().message));
  return { page: await context.newPage(), complaints, end: () => context.close() };
};

const start = async (): Promise<Browser> => {
  const executablePath = await installed();
  // Without a sandbox, which root and most containers of CI do not get: every page that is shown is ours.
  return chromium.launch({ executablePath, chromiumSandbox: false });
};

const installed = async (): Promise<string> => {
  const named = process.env["CHROMIUM"];
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const places = named
    ? [named]
    : [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...ELSEWHERE];
  for (const place of places) {
    const found = await access(place, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return place;
  }
  throw new Error(
    named
      ? `There is no Chromium at ${named}, which the variable CHROMIUM names.`
      : 'Specs of the project "browser" need Chromium: apt-get install chromium, or name one in the variable CHROMIUM.',
  );
};
