import type { Page } from "playwright-core";

/** Waits until the page shows something, its pictures are there, nothing moves and nothing says that it is still loading: a picture or a check of an empty or half faded window proves nothing. */
export const drawn = async (page: Page): Promise<void> => {
  // The predicate must not be async: a promise counts as true before it is kept.
  await page.waitForFunction(() => document.body.querySelector("main, h1, h2, [role=dialog]") !== null && document.body.querySelector("[aria-busy=true]") === null);
  await page.evaluate(async () => {
    const shown = [...document.images].filter((image) => {
      const { top, bottom } = image.getBoundingClientRect();
      return bottom >= 0 && top <= innerHeight; // a lazy one below waits to be scrolled to
    });
    await Promise.all(shown.map((image) => image.decode().catch(() => undefined /* a broken picture is the page's own affair */)));
    const moving = document.getAnimations().filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime));
    await Promise.all(moving.map((animation) => animation.finished.catch(() => undefined /* what it moved is gone */)));
  });
};
