import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type axeCore from "axe-core";
import type { Page } from "playwright-core";
import { drawn } from "./drawn.ts";

/** One barrier that axe found: the rule, how grave, and the elements that break it. */
export type Barrier = { readonly rule: string; readonly impact: string; readonly help: string; readonly elements: readonly string[] };

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The barriers on the page as it stands, by WCAG 2.2 A and AA; an empty list is what a test asserts. */
export const axe = async (page: Page): Promise<readonly Barrier[]> => {
  await drawn(page);
  // Evaluated rather than added as a script, which a strict content policy would refuse; and once a page, since reading it takes as long as the check.
  if (!(await page.evaluate(() => Reflect.has(globalThis, "axe")))) await page.evaluate(source);
  return page.evaluate(async () => {
    const found = await axeInPage().run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"], preload: false });
    return found.violations.map(({ id, impact, help, nodes }) => ({
      rule: id,
      impact: impact ?? "unknown",
      help,
      elements: nodes.map(({ html }) => html),
    }));
    function axeInPage(): typeof axeCore {
      return Reflect.get(globalThis, "axe");
    }
  });
};
