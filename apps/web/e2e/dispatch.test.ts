import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { axe, screenshot } from "@lontar/testkit/browser";
import { draftReadyToSign, signReady } from "../../server/test/ready-draft.ts";
import { until } from "../../server/test/until.ts";
import { openStage, type Stage } from "./stage.ts";

describe("a signed letter arrives", () => {
  let stage: Stage;
  let draft: string;
  let number: string;
  before(async () => {
    stage = await openStage("dispatch");
    const kadis = await stage.server.signIn("kadis");
    const [village] = (await kadis.call("office.partners", {})).body;
    assert.ok(village !== undefined);
    const ready = await draftReadyToSign(kadis, [{ kind: "partner", tenantId: village.tenantId, label: village.name }]);
    draft = ready.id;
    number = (await signReady(kadis, ready)).number;
    await until(async () => ((await kadis.call("drafts.show", { id: draft })).body.deliveries.every((delivery) => delivery.status === "diterima") ? true : undefined), "both receivers have the letter");
  });
  after(() => stage.close());

  test("inside: the sekda finds it on his desk, under an agenda number of his own office, with the signed file", async () => {
    const page = await stage.as("sekda");
    await page.getByText("Kesiapan jaringan").first().click();
    await page.getByRole("region", { name: "Pratinjau" }).getByRole("link", { name: /^Buka/ }).click();
    await page.waitForURL(/\/surat\//);
    await page.goto("/surat");
    await page.getByText("0001").first().waitFor();
    await page.getByText("Kesiapan jaringan").first().click();
    await page.getByText(number).first().waitFor();
    await page.getByText("Agenda 0001").filter({ visible: true }).first().waitFor();
    await screenshot(page, "tiba-di-dalam.desktop");
    assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
  });

  test("another government: the village has it by the exchange, in its own agenda, on the phone of the kades", async () => {
    const page = await stage.as("kades", { screen: "phone" });
    await page.goto("/surat");
    await page.getByText("Kesiapan jaringan").first().click();
    await page.getByText("Agenda 0001").filter({ visible: true }).first().waitFor();
    await screenshot(page, "tiba-di-desa.phone");
    const operator = await stage.server.signIn("operator");
    const [arrived] = (await operator.call("received.list", {})).body.items;
    assert.equal(arrived?.agenda, "0001");
  });

  test("the sender sees that both have received it", async () => {
    const page = await stage.as("kadis");
    await page.goto(`/naskah/${draft}`);
    await page.getByText(number).filter({ visible: true }).first().waitFor();
    await screenshot(page, "pengiriman.desktop");
    await page.getByText("Nomor agenda 0001").waitFor();
    await page.getByText("Resi bertanda tangan sudah kami terima").waitFor();
  });
});
