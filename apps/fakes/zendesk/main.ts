import { FAKE_ZENDESK_EMAIL, FAKE_ZENDESK_TOKEN } from "./fake.js";
import { startFakeZendesk } from "./server.js";

/** `npm run fake-zendesk`: a Zendesk to try things with, until it is interrupted. */
const PORT = 4_020;
const given = (name: string): string | undefined => {
  const text = process.env[name]?.trim() ?? "";
  return text === "" ? undefined : text;
};

const fake = await startFakeZendesk({
  port: Number(given("FAKE_ZENDESK_PORT") ?? PORT),
  email: given("FAKE_ZENDESK_EMAIL") ?? FAKE_ZENDESK_EMAIL,
  token: given("FAKE_ZENDESK_TOKEN") ?? FAKE_ZENDESK_TOKEN,
  file: given("FAKE_ZENDESK_FILE"),
});
if (process.send) {
  // Whoever started it with IPC knows what to do with it, and takes it along when it ends.
  process.send({ type: "ready", url: fake.url });
} else {
  console.log(`Fake Zendesk: ${fake.url}`);
  console.log(
    `For Tenure: ZENDESK_ENABLE=1 ZENDESK_API_URL=${fake.url} ZENDESK_API_EMAIL_ADDRESS=${fake.email} ZENDESK_API_TOKEN=${fake.token}`,
  );
}
const end = (): void => {
  void fake.close().then(() => process.exit(0));
};
process.on("SIGINT", end).on("SIGTERM", end).on("disconnect", end);
