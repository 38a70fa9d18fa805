import { FAKE_ODOO_DATABASE, FAKE_ODOO_KEY, SIGNAL_PATH } from "./fake.js";
import { startFakeOdoo } from "./server.js";

/** `npm run fake-odoo`: an Odoo to try things with, until it is interrupted. */
const PORT = 4_030;
const given = (name: string): string | undefined => {
  const text = process.env[name]?.trim() ?? "";
  return text === "" ? undefined : text;
};

const fake = await startFakeOdoo({
  port: Number(given("FAKE_ODOO_PORT") ?? PORT),
  key: given("FAKE_ODOO_KEY") ?? FAKE_ODOO_KEY,
  database: given("FAKE_ODOO_DATABASE") ?? FAKE_ODOO_DATABASE,
  file: given("FAKE_ODOO_FILE"),
});
if (process.send) {
  // Whoever started it with IPC knows what to do with it, and takes it along when it ends.
  process.send({ type: "ready", url: fake.url });
} else {
  console.log(`Fake Odoo: ${fake.url}`);
  console.log(`For Tenure: ODOO_API_URL=${fake.url}${SIGNAL_PATH} ODOO_API_ACCESS_KEY=${fake.key}`);
  console.log(
    `or: ODOO_MODE=json2 ODOO_API_URL=${fake.url} ODOO_DATABASE=${fake.database} ODOO_API_ACCESS_KEY=${fake.key}`,
  );
}
const end = (): void => {
  void fake.close().then(() => process.exit(0));
};
process.on("SIGINT", end).on("SIGTERM", end).on("disconnect", end);
