import assert from "node:assert/strict";
import { launchBrowser } from "@lontar/testkit/browser";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { startTestServer, type TestServer } from "../../server/test/http.ts";
import { demoPassword } from "../../server/src/seed/seed.ts";

/** A screen a person may sit at. */
export const screens = { desktop: { width: 1440, height: 900 }, phone: { width: 360, height: 740 } } as const;

/** How a window is: its screen, the colours that its owner likes, and whether he asked his system for less motion (which spares a machine without a graphics card a dozen pictures for every dialog). */
type Taste = { readonly screen?: keyof typeof screens; readonly dark?: true; readonly still?: true };

/** A running office and a real browser; every person gets a window of his own. */
export type Stage = {
  readonly server: TestServer;
  readonly browser: Browser;
  /** Comes in by the request that the sign-in page sends; the page itself is walked by the journeys about entering. */
  readonly as: (username: string, taste?: Taste) => Promise<Page>;
  /** A window of someone who has no account; `plain` runs no script. */
  readonly anyone: (taste?: Omit<Taste, "dark"> & { readonly plain?: true }) => Promise<Page>;
  readonly close: () => Promise<void>;
};

/** Starts server and browser for one scenario. Passkeys need a site with a name: `env` then holds the port, and `site` the address. */
export const openStage = async (name: string, given: { readonly env?: Readonly<Record<string, string>>; readonly site?: string } = {}): Promise<Stage> => {
  const server = await startTestServer(name, given.env);
  const browser = await launchBrowser();
  const contexts: BrowserContext[] = [];
  const window = async ({ screen = "desktop", dark, still, plain }: Taste & { readonly plain?: true }): Promise<Page> => {
    const context = await browser.newContext({ baseURL: given.site ?? server.url, viewport: screens[screen], locale: "id-ID", timezoneId: "Asia/Makassar", colorScheme: dark === true ? "dark" : "light", reducedMotion: still === true ? "reduce" : "no-preference", hasTouch: screen === "phone", javaScriptEnabled: plain !== true, serviceWorkers: "block" });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000); // a slow machine is not a fault of the page
    return page;
  };
  return {
    server,
    browser,
    as: async (username, taste = {}) => {
      const page = await window(taste);
      await page.goto("/healthz"); // of this site, and without script
      const entered = await page.evaluate(async (account) => (await fetch("/api/session", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(account) })).status, { username, password: demoPassword(username) });
      assert.equal(entered, 200, `${username} signs in`);
      await page.goto("/meja");
      return page;
    },
    anyone: (taste = {}) => window(taste),
    close: async () => {
      for (const context of contexts) await context.close();
      await browser.close();
      await server.close();
    },
  };
};

/** Waits until a page stands still: it has its heading, and nothing on it is still loading. What is pressed before may move away under the finger. */
export const settled = async (page: Page): Promise<void> => {
  await page.getByRole("heading", { level: 1 }).first().waitFor({ state: "attached" });
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
};

/** Opens a page, and waits until it stands still. */
export const visit = async (page: Page, at: string): Promise<void> => {
  await page.goto(at);
  await settled(page);
};
