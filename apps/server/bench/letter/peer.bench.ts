/** The road most offices take: a page printed by a headless browser, signed by the most used package for it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { plainAddPlaceholder } from "@signpdf/placeholder-plain";
import { P12Signer } from "@signpdf/signer-p12";
import { SignPdf } from "@signpdf/signpdf";
import { launchBrowser } from "@lontar/testkit/browser";
import type { RenderInput } from "@lontar/naskah";
import forge from "node-forge";
import { qrDrawing } from "../../../../packages/naskah/src/render/qr.ts";
import { letterPage } from "./page.ts";

/** A printer and signer that stay warm between letters. */
export type Peer = { readonly issue: (letter: RenderInput) => Promise<Uint8Array>; readonly close: () => Promise<void> };

/** The browser, its page and the key are opened once, which is the best that this road can do. RSA-2048: the package signs with nothing faster. */
export const openPeer = async (): Promise<Peer> => {
  const fonts = installFace();
  const browser = await launchBrowser();
  const page = await browser.newPage();
  const key = keyAndCertificate();
  const signing = new SignPdf();
  return {
    issue: async (letter) => {
      const qr = qrDrawing(letter.verification?.url ?? "");
      await page.setContent(letterPage(letter, qr.svg));
      const printed = await page.pdf({ preferCSSPageSize: true, printBackground: true });
      const ready = plainAddPlaceholder({ pdfBuffer: printed, reason: "Penandatanganan", contactInfo: "", name: letter.signature.name, location: letter.profile.place });
      return signing.sign(ready, new P12Signer(key, { passphrase: "bench" })); // a signer reads its key away: it serves once
    },
    close: async () => {
      await browser.close();
      rmSync(fonts, { recursive: true });
    },
  };
};

/** The browser prints in our face too, installed for it as on an office's machine, so that no letter has to bring its fonts. */
const installFace = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "lontar-bench-fonts-"));
  const arimo = dirname(createRequire(import.meta.resolve("@lontar/naskah")).resolve("@expo-google-fonts/arimo/package.json"));
  const faces = ["400Regular", "700Bold"].map((weight) => `<dir>${join(arimo, weight)}</dir>`);
  const path = join(folder, "fonts.conf");
  writeFileSync(path, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${faces.join("")}<cachedir>${folder}</cachedir></fontconfig>\n`);
  process.env["FONTCONFIG_FILE"] = path;
  return folder;
};

const keyAndCertificate = (): Buffer => {
  const keys = forge.pki.rsa.generateKeyPair(2048);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = keys.publicKey;
  certificate.serialNumber = "01";
  certificate.validity.notBefore = new Date("2026-01-01T00:00:00Z");
  certificate.validity.notAfter = new Date("2030-01-01T00:00:00Z");
  const name = [{ name: "commonName", value: "Pejabat Contoh" }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.sign(keys.privateKey, forge.md.sha256.create());
  const archive = forge.pkcs12.toPkcs12Asn1(keys.privateKey, [certificate], "bench", { algorithm: "3des" });
  return Buffer.from(forge.asn1.toDer(archive).getBytes(), "latin1");
};
