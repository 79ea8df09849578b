import type { Page } from "playwright-core";

/** Waits until the page shows something and nothing of it says that it is still loading: a picture or a check of an empty window proves nothing. */
export const drawn = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => document.body.querySelector("main, h1, h2, [role=dialog]") !== null && document.body.querySelector("[aria-busy=true]") === null);
};
