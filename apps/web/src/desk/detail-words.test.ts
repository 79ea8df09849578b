import assert from "node:assert/strict";
import { test } from "node:test";
import { detailWords } from "./detail-words.ts";

test("the office's own phrases are told in English, people's words stay theirs", () => {
  for (const [indonesian, english] of [
    ["Nomor 005/88/KOMINFO/2026", "Number 005/88/KOMINFO/2026"],
    ["1 halaman, belum dicatat", "1 page, not registered"],
    ["12 halaman, belum dicatat", "12 pages, not registered"],
    ["Dikembalikan Sekretaris Dinas: Lengkapi\nlampirannya", "Returned by Sekretaris Dinas: Lengkapi\nlampirannya"],
    ["Dikembalikan: Sertakan data", "Returned: Sertakan data"],
    ["Nota Dinas · paraf 2 dari 3 · versi 4", "Nota Dinas · initial 2 of 3 · version 4"],
    ["Surat Dinas · nomor 000.1/12/2026 menunggu tanda tangan", "Surat Dinas · number 000.1/12/2026 waits for the signature"],
    ["Nomor 000.1/12/2026: menunggu penyedia tanda tangan; kata sandi akan diminta lagi", "Number 000.1/12/2026: waits for the provider; the passphrase will be asked again"],
    ["Nomor 000.1/12/2026: niat Dra. Siti gugur; kembalikan, lalu bekukan lagi", "Number 000.1/12/2026: the intent of Dra. Siti lapsed; return it, then freeze it anew"],
    ["Tindak lanjuti · Mohon disiapkan", "Tindak lanjuti · Mohon disiapkan"],
  ] as const) {
    assert.equal(detailWords(indonesian, "en"), english);
    assert.equal(detailWords(indonesian, "id"), indonesian);
  }
});
