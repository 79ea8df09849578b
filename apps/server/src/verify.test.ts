import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { checkSentence, checkWords } from "@lontar/contract";
import type { CheckName } from "@lontar/pades/validate";
import { plainPdf } from "./kernel/files/plain-pdf.ts";
import { verifyFile } from "./verify.ts";

describe("lontar verify", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lontar-verify-"));
    await writeFile(join(folder, "teks.pdf"), "bukan PDF");
    await writeFile(join(folder, "polos.pdf"), plainPdf(["Tanpa tanda tangan"]));
  });
  after(() => rm(folder, { recursive: true }));

  const run = async (...args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> => {
    const said: string[] = [];
    const code = await verifyFile(args.map((arg) => (arg.endsWith(".pdf") ? join(folder, arg) : arg)), folder, (text) => said.push(text));
    return { code, said: said.join("\n") };
  };

  test("speaks Indonesian, English when asked, and names for machines", async () => {
    assert.deepEqual(await run("teks.pdf"), { code: 2, said: "TIDAK TERBACA: berkas ini bukan PDF" });
    assert.deepEqual(await run("teks.pdf", "--lang", "en"), { code: 2, said: "UNREADABLE: this file is not a PDF" });
    assert.deepEqual(await run("tidak-ada.pdf"), { code: 2, said: "TIDAK TERBACA: berkas tidak dapat dibuka (ENOENT)" });
    assert.deepEqual(await run("polos.pdf"), { code: 1, said: "TIDAK BERTANDA TANGAN  (NO_SIGNATURE_FOUND)\ndokumen: Dokumen ini tidak bertanda tangan." });
    assert.equal(JSON.parse((await run("polos.pdf", "--json")).said).indication, "NO_SIGNATURE_FOUND");
    assert.equal((await run("polos.pdf", "--lang", "jv")).code, 2);
  });
});

test("every check has a sentence for each outcome in both languages; what has none is told by its detail", () => {
  const known: Readonly<Record<CheckName, unknown>> = checkWords.id; // the compiler names the check that is missing
  for (const name of Object.keys(known)) {
    for (const outcome of ["passed", "failed", "indeterminate"] as const) {
      const [indonesian, english] = (["id", "en"] as const).map((language) => checkSentence(language, { name, outcome, detail: "no words" }));
      assert.ok(indonesian !== "no words" && english !== "no words" && indonesian !== english, `${name} ${outcome}`);
    }
  }
  assert.equal(checkSentence("id", { name: "a_new_check", outcome: "failed", detail: "what the validator says" }), "what the validator says");
});
