import type { Locator, Page } from "playwright-core";
import type { Opened, Step } from "./dialogs.ts";

/** Where the keyboard is: which element of the open dialog, and whether an eye can see it. */
type Stop = { readonly at: number; readonly what: string; readonly isRinged: boolean };

/** More stops than any dialog has; beyond it, Tab goes round without coming home. */
const mostStops = 150;

/** Waits until the element has the focus: an opened menu, dialog or calendar takes it a moment after it is seen, and gives it back a moment after it is gone. */
export const hasFocus = (element: Locator): Promise<void> => element.and(element.page().locator(":focus")).waitFor({ state: "attached", timeout: 15_000 });

const focusIn = (page: Page): Promise<Stop> =>
  page.evaluate(() => {
    const at = document.activeElement ?? document.body;
    const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
    // A field without a frame of its own is ringed by what stands around it; a picture that is chosen, by the box behind it.
    const drawn = at === dialog ? [at] : [at, at.nextElementSibling, at.parentElement, at.parentElement?.parentElement ?? null].filter((each) => each !== null && each !== dialog);
    const isRinged = drawn.some((each) => {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(each ?? document.body);
      return (outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0 && outlineColor !== "rgba(0, 0, 0, 0)") || /0px 0px 0px [1-9]/.test(boxShadow);
    });
    const words = at.getAttribute("aria-label") ?? at.textContent ?? "";
    return { at: dialog === undefined ? -2 : dialog === at ? 0 : [...dialog.querySelectorAll("*")].indexOf(at) + 1 || -1, what: `${at.localName} “${words.trim().slice(0, 40)}”`, isRinged };
  });

/** One whole round of Tab (or Shift+Tab) through the open dialog: what went wrong on it. */
const round = async (page: Page, key: "Tab" | "Shift+Tab"): Promise<readonly string[]> => {
  const seen = new Set<number>();
  const wrong: string[] = [];
  for (let step = 0; step < mostStops; step += 1) {
    await page.keyboard.press(key);
    const stop = await focusIn(page);
    if (stop.at < 0) wrong.push(`${key} leaves it for ${stop.what}`);
    if (seen.has(stop.at) || wrong.length > 0) return wrong;
    seen.add(stop.at);
    if (!stop.isRinged) wrong.push(`${stop.what} has the focus and does not show it`);
  }
  return [`${key} never comes round`];
};

const named = (page: Page, name: string | RegExp): Locator => {
  const given = typeof name === "string" ? { name, exact: true } : { name };
  // Some buttons say more than their name: the key that does the same.
  const begun = typeof name === "string" ? { name: new RegExp(`^${name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}`) } : given;
  return page.getByRole("menuitem", given).or(page.getByRole("button", begun)).filter({ visible: true }).first();
};

/** Does one step, and answers the button that was pressed, if it will have the focus again. */
const take = async (page: Page, step: Step): Promise<Locator | undefined> => {
  if (typeof step === "object" && "keys" in step) return void (await page.keyboard.press(step.keys));
  if (typeof step === "object" && "type" in step) {
    await page.locator("dialog[open] textarea:focus").waitFor({ timeout: 15_000 });
    await page.keyboard.type(step.type);
    return undefined;
  }
  const button = named(page, step);
  await button.waitFor({ timeout: 15_000 });
  if ((await button.getAttribute("role")) !== "menuitem") {
    await button.press("Enter");
    return button;
  }
  // An opened menu takes the focus a moment later, so it is waited for, and then walked as one walks it.
  await page.locator('[role="menu"] :focus').waitFor({ timeout: 15_000 });
  for (let left = await page.locator('[role="menu"] button:visible').count(); left > 0 && !(await button.evaluate((element) => element === document.activeElement)); left -= 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  return undefined;
};

/** Opens a dialog by the keyboard, walks through it, closes it, and answers all that is not as it should be. */
export const walkDialog = async (page: Page, { steps, until, doesOnEnter = false }: Opened): Promise<readonly string[]> => {
  let opener: Locator | undefined;
  for (const step of steps) opener = (await take(page, step)) ?? opener;
  const dialog = page.locator("dialog[open]");
  await dialog.waitFor({ timeout: 15_000 });
  if (until !== undefined) await dialog.locator(until).first().waitFor({ timeout: 40_000 });
  const wrong: string[] = [];
  await page.locator("dialog[open]:focus, dialog[open] :focus").waitFor({ timeout: 15_000 }).catch(() => undefined /* where the focus is instead is told below */);
  const begins = await focusIn(page);
  if (begins.at < 0) wrong.push("the focus is not inside after it opened");
  if (!begins.isRinged) wrong.push("the focus is not seen after it opened");
  const name = await dialog.evaluate((element) => element.getAttribute("aria-label") ?? document.getElementById(element.getAttribute("aria-labelledby") ?? "")?.textContent ?? "");
  if (name.trim() === "") wrong.push("it has no name");
  if (!doesOnEnter) wrong.push(...(await pressEnter(page, dialog)));
  wrong.push(...(await round(page, "Tab")));
  await page.emulateMedia({ colorScheme: "dark" });
  wrong.push(...(await round(page, "Shift+Tab")));
  await page.emulateMedia({ colorScheme: "light" });
  await page.keyboard.press("Escape");
  const closed = await dialog.waitFor({ state: "detached", timeout: 10_000 }).then(() => true, () => false);
  if (!closed) return [...wrong, "Esc does not close it"];
  if (opener !== undefined && !(await hasFocus(opener).then(() => true, () => false))) wrong.push(`the focus does not return to what opened it, but to ${(await focusIn(page)).what}`);
  return wrong;
};

/** Enter, pressed where a dialog begins and nothing was typed yet, does nothing to the office; nor does it send the form of the page behind, wherever it is pressed. */
const pressEnter = async (page: Page, dialog: Locator): Promise<readonly string[]> => {
  const wrong: string[] = [];
  const note = (request: { readonly method: () => string; readonly url: () => string }): void => void (request.method() !== "GET" && wrong.push(`Enter did ${new URL(request.url()).pathname}, with nothing typed`));
  page.on("request", note);
  await page.evaluate(() => {
    const root = document.documentElement;
    delete root.dataset["sent"];
    document.addEventListener("submit", (event) => event.target instanceof Element && event.target.querySelector("dialog[open]") !== null && (root.dataset["sent"] = "behind"), { capture: true });
  });
  const press = async (): Promise<void> => {
    await page.keyboard.press("Enter");
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  };
  // A search is there to take its first row, which may lead on to the next step.
  if (await page.evaluate(() => document.activeElement?.matches('[type="search"], [role="combobox"]') !== true)) await press();
  if ((await dialog.count()) !== 1) wrong.push("Enter closed it");
  if (await page.evaluate(() => document.querySelector("form dialog[open]") !== null)) {
    await dialog.locator('input[type="radio"]').first().waitFor({ timeout: 15_000 });
    await dialog.locator('input[type="radio"]').first().focus();
    await press();
  }
  if (await page.evaluate(() => document.documentElement.dataset["sent"] !== undefined)) wrong.push("Enter sends the form of the page behind");
  page.off("request", note);
  return wrong;
};

/** Ctrl+K and `?` on a page of the office, outside its fields: what does not open, or does not close again. */
export const keysOpen = async (page: Page): Promise<readonly string[]> => {
  if ((await page.locator("#isi").count()) === 0) return []; // a page for those outside has neither
  const wrong: string[] = [];
  for (const [key, part] of [["Control+k", '[role="combobox"]:focus'], ["?", "kbd"]] as const) {
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
    await page.keyboard.press(key);
    const dialog = page.locator("dialog[open]");
    const isOpen = await dialog.locator(part).first().waitFor({ timeout: 10_000 }).then(() => true, () => false);
    await page.keyboard.press("Escape");
    const isClosed = await dialog.waitFor({ state: "detached", timeout: 10_000 }).then(() => true, () => false);
    if (!isOpen || !isClosed) wrong.push(`${key} ${isOpen ? "opens what Esc does not close" : "opens nothing"}`);
  }
  return wrong;
};
