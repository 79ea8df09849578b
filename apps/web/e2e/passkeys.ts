import type { CDPSession, Locator, Page } from "playwright-core";

/** A part of a page by its title. */
export const section = (page: Page, title: string): Locator => page.locator("section").filter({ has: page.getByRole("heading", { name: title, exact: true }) });

/** Gives the window a fingerprint reader with the finger on it, and what moves the finger. */
export const withAuthenticator = async (page: Page): Promise<{ readonly cdp: CDPSession; readonly authenticatorId: string }> => {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable", { enableUI: false });
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", { options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
  return { cdp, authenticatorId };
};

/** The same reader, which would answer what waits in the field for the name before anyone can press the button: so nothing waits there. */
export const withFingerprint = async (page: Page): Promise<void> => {
  await page.addInitScript(() => Object.assign(PublicKeyCredential, { isConditionalMediationAvailable: async () => false }));
  await withAuthenticator(page);
};

/** Makes the first key of an account on its page of settings, until the recovery codes are there. */
export const addFirstKey = async (keys: Locator, password: string): Promise<void> => {
  await keys.getByLabel("Kata sandi Anda").fill(password);
  await keys.getByRole("button", { name: "Tambahkan kunci masuk" }).click();
  await keys.getByRole("button", { name: "Sudah saya simpan" }).waitFor();
};
