import type { Page } from "playwright-core";

/** Waits until the page shows something, its pictures are there, and nothing says that it is still loading: a picture or a check of an empty window proves nothing. */
export const drawn = async (page: Page): Promise<void> => {
  await page.waitForFunction(async () => {
    const { body, images } = document;
    if (body.querySelector("main, h1, h2, [role=dialog]") === null || body.querySelector("[aria-busy=true]") !== null) return false;
    const shown = [...images].filter((image) => {
      const { top, bottom } = image.getBoundingClientRect();
      return bottom >= 0 && top <= innerHeight; // a lazy one below waits to be scrolled to
    });
    await Promise.all(shown.map((image) => image.decode().catch(() => undefined /* a broken picture is the page's own affair */)));
    return shown.every((image) => image.complete);
  });
};
