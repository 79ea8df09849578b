import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { axe, screenshot } from "@lontar/testkit/browser";
import { demoPassphrase } from "../../server/src/seed/seed.ts";
import { openStage, type Stage } from "./stage.ts";

const nik = "6409040402880003";

describe("a resident asks for a letter at the counter and opens it on a phone", () => {
  let stage: Stage;
  let request: string;
  let receipt: string;
  let draft: string;
  before(async () => void (stage = await openStage("e2e_village")));
  after(() => stage.close());

  test("the operator enters the request: what is missing is said, nothing typed is lost", async () => {
    const page = await stage.as("operator");
    await page.goto("/layanan");
    await page.getByText("Belum ada permohonan").waitFor();
    await page.getByRole("button", { name: "Catat permohonan" }).first().click();
    await page.getByLabel("Nama lengkap").fill("Wahyu Hidayat");
    await page.getByLabel("NIK").fill("640904");
    await page.getByRole("button", { name: "Catat permohonan" }).last().click();
    await page.getByRole("alert").first().waitFor();
    assert.equal(await page.getByLabel("Nama lengkap").inputValue(), "Wahyu Hidayat");
    await screenshot(page, "permohonan-kurang.desktop", { fullPage: true });
    const answers: Readonly<Record<string, string>> = { "NIK": nik, "Nomor KK": "6409041203120001", "Tempat lahir": "Sepaku", "Tanggal lahir": "1988-02-04", "Agama": "Islam", "Pekerjaan": "Petani", "Alamat": "RT 004, Desa Bukit Raya, Kecamatan Sepaku", "Keperluan": "Persyaratan pembukaan rekening" };
    for (const [label, value] of Object.entries(answers)) await page.getByLabel(label).fill(value);
    await page.getByRole("button", { name: "Catat permohonan" }).last().click();
    await page.waitForURL(/\/layanan\/[0-9a-f-]{36}$/);
    request = new URL(page.url()).pathname;
    await page.getByText("Tautan untuk warga").waitFor();
    receipt = new URL((await page.getByText(/\/lacak\//).textContent()) ?? "").pathname;
    await screenshot(page, "permohonan.desktop", { fullPage: true });
    assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
  });

  test("the resident follows it on the phone before it is ready", async () => {
    const page = await stage.anyone({ screen: "phone" });
    await page.goto(receipt);
    await page.getByText(/Surat Keterangan Domisili/).first().waitFor();
    assert.doesNotMatch((await page.textContent("body")) ?? "", /\d{16}/);
    await screenshot(page, "lacak-diperiksa.phone", { fullPage: true });
    assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
  });

  test("the operator passes it on, the sekdes initials on the phone, the kades signs", async () => {
    const operator = await stage.as("operator");
    await operator.goto(request);
    await operator.getByRole("button", { name: "Lengkap, teruskan ke Sekdes" }).click();
    await operator.getByRole("link", { name: "Buka naskahnya" }).waitFor();
    draft = (await operator.getByRole("link", { name: "Buka naskahnya" }).getAttribute("href")) ?? assert.fail("no draft");
    const sekdes = await stage.as("sekdes", { screen: "phone" });
    await screenshot(sekdes, "meja-sekdes.phone");
    await sekdes.goto(draft);
    await sekdes.getByRole("button", { name: /^Paraf/ }).first().waitFor();
    await screenshot(sekdes, "naskah-desa.phone");
    await sekdes.getByRole("button", { name: /^Paraf/ }).first().click();
    await sekdes.getByText("Paraf tercatat.").waitFor();
    const kades = await stage.as("kades", { screen: "phone" });
    await kades.goto(draft);
    await kades.getByRole("button", { name: /^Tanda tangani/ }).first().click();
    const dialog = kades.getByRole("dialog");
    await dialog.locator('input[type="password"]').waitFor({ timeout: 40_000 });
    await dialog.getByText(/400\.12\.2\.1\/001\//).first().waitFor({ timeout: 40_000 });
    await screenshot(kades, "tanda-tangan-kades.phone");
    await dialog.locator('input[type="password"]').fill(demoPassphrase("kades"));
    await kades.keyboard.press("Enter");
    await kades.getByRole("heading", { name: "Surat sudah ditandatangani" }).waitFor({ timeout: 40_000 });
    await screenshot(kades, "ditandatangani-kades.phone");
  });

  test("the resident opens the signed letter by the link, without account; the operator records the hand-over", async () => {
    const page = await stage.anyone({ screen: "phone" });
    await page.goto(receipt);
    const file = page.getByRole("link", { name: /Unduh/ });
    await file.waitFor();
    await screenshot(page, "lacak-siap.phone", { fullPage: true });
    const answer = await page.request.get((await file.getAttribute("href")) ?? "");
    assert.equal((await answer.body()).subarray(0, 5).toString(), "%PDF-");
    const operator = await stage.as("operator");
    await operator.goto(request);
    await operator.getByRole("button", { name: "Surat diserahkan" }).click();
    await operator.getByText("Sudah diambil").first().waitFor();
    await screenshot(operator, "permohonan-selesai.desktop", { fullPage: true });
  });
});
