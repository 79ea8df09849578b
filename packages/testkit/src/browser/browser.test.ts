import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { axe, launchBrowser, screenshot } from "./index.ts";

let browser: Browser;
before(async () => void (browser = await launchBrowser()));
after(() => browser.close());

const pageOf = async (html: string): ReturnType<Browser["newPage"]> => {
  const page = await browser.newPage({ viewport: { width: 360, height: 240 } });
  await page.goto(`data:text/html;charset=utf-8,${encodeURIComponent(html)}`);
  return page;
};

test("the browser shows a page, runs its script and takes its picture", async () => {
  const page = await pageOf('<!doctype html><html lang="id"><title>Surat</title><h1></h1><script>document.querySelector("h1").textContent = "Surat Tugas — " + 6 * 7</script>');
  assert.equal(await page.textContent("h1"), "Surat Tugas — 42");
  const path = await screenshot(page, "testkit browser");
  assert.ok(statSync(path).size > 1_000);
  await page.close();
});

test("a picture is taken of a page that is drawn, not of an empty or a busy window", async () => {
  const page = await pageOf(`<!doctype html><html lang="id"><title>Surat</title><script>
    setTimeout(() => { document.body.innerHTML = '<main aria-busy="true"></main>'; setTimeout(() => { document.body.innerHTML = "<main><h1>Surat</h1></main>"; }, 300); }, 300);
  </script>`);
  await screenshot(page, "testkit late");
  assert.equal(await page.textContent("h1"), "Surat");
  await page.close();
});

test("axe finds a picture without words and lets a good page pass", async () => {
  const bad = await pageOf('<!doctype html><html lang="id"><title>Surat</title><main><img src="data:,"></main>');
  assert.deepEqual((await axe(bad)).map(({ rule }) => rule), ["image-alt"]);
  const good = await pageOf('<!doctype html><html lang="id"><title>Surat</title><main><h1>Surat masuk</h1></main>');
  assert.deepEqual(await axe(good), []);
  await Promise.all([bad.close(), good.close()]);
});
