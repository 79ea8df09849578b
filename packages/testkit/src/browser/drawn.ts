import type { Page } from "playwright-core";

/** Waits until the page shows something, its pictures are there, and nothing says that it is still loading: a picture or a check of an empty window proves nothing. */
export const drawn = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => {
    const { body, images } = document;
    return body.querySelector("main, h1, h2, [role=dialog]") !== null && body.querySelector("[aria-busy=true]") === null && [...images].every((image) => image.complete || image.loading === "lazy");
  });
};
