/** The letter as a web page: what one would print with a browser instead. */
import { tanggalPanjang, type Block, type RenderInput } from "@lontar/naskah";

/** The same words, marks and measures as the letter that Typst lays out. */
export const letterPage = (letter: RenderInput, qrSvg: string): string => {
  const { kop, signature, verification, profile } = letter;
  const date = letter.date === null ? "" : tanggalPanjang(letter.date);
  const facts = [["Nomor", letter.number], ["Sifat", letter.sifat], ["Lampiran", letter.lampiran], ["Hal", letter.hal]] as const;
  return `<!doctype html>
<html lang="id"><head><meta charset="utf-8"><title>${text(letter.hal)} (${text(letter.number ?? "")})</title><style>${style}</style></head><body>
<header>${crest}<div>${kop.lines.map((line) => `<p>${text(line)}</p>`).join("")}${kop.address.map((line) => `<address>${text(line)}</address>`).join("")}</div></header>
<p class="right">${text(profile.place)}, ${text(date)}</p>
<section class="head"><dl>${facts.map(([label, value]) => `<dt>${label}</dt><dd>: ${text(value ?? "-")}</dd>`).join("")}</dl>
<div>Yth. ${letter.yth.map(text).join("<br>")}<br>di -<br>&emsp;${text(letter.tempat ?? "")}</div></section>
<main>${letter.body.content.map(block).join("")}</main>
<section class="signature">${signature.lines.map((line) => `<div>${text(line)}</div>`).join("")}
<figure>${qrSvg}<figcaption>Ditandatangani secara elektronik oleh:<br><b>${text(signature.title)}</b><br>Kode verifikasi: <b>${text(verification?.code ?? "")}</b><br>${text((verification?.url ?? "").replace("https://", ""))}</figcaption></figure>
<b>${text(signature.name)}</b><div>${text(signature.pangkat ?? "")}</div><div>NIP ${text(signature.nip ?? "")}</div></section>
<section class="copies">Tembusan:<ol>${letter.tembusan.map((copy) => `<li>${text(copy)}</li>`).join("")}</ol></section>
<footer>${profile.footer.map((line) => `<p>${text(line)}</p>`).join("")}</footer>
</body></html>`;
};

const block = (node: Block): string => {
  switch (node.type) {
    case "paragraph":
      return `<p>${(node.content ?? []).map((part) => (part.type === "text" ? text(part.text) : "<br>")).join("")}</p>`;
    case "orderedList":
    case "bulletList":
      return `<ol>${node.content.map((item) => `<li>${item.content.map(block).join("")}</li>`).join("")}</ol>`;
    case "table":
      throw new Error("the letter of this bench has no table");
    default:
      return node satisfies never;
  }
};

const text = (words: string): string => words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const crest = `<svg viewBox="1.5 2.3 97 116.4" role="img" aria-label="Lambang"><path d="M8 6H92V62C92 90 72 106 50 116 28 106 8 90 8 62Z" fill="#0f4c5c" stroke="#c9972b" stroke-width="5"/><path d="M14.5 62H85.5C85.5 86 68 101 50 109.5 32 101 14.5 86 14.5 62Z" fill="#1b7f8c"/><path d="M24 56C32 66 68 66 76 56L70 68C62 73 38 73 30 68Z" fill="#c9972b"/><path d="M50 20C56 30 57 42 50 56 43 42 44 30 50 20Z" fill="#fff7e6"/></svg>`;

const style = `@page { size: A4; margin: 20mm 20mm 20mm 25mm }
body { margin: 0; font: 12pt/16pt Arimo }
header { display: grid; grid-template-columns: 22mm 1fr; text-align: center; border-bottom: 3pt double; padding-bottom: 2mm }
header svg { height: 22mm } header p { margin: 0 } header p:last-of-type { font-size: 16pt; font-weight: bold } address { font-style: normal; font-size: 9pt; line-height: 11pt }
.right { margin: 3mm 0 4mm 88mm } .head { display: grid; grid-template-columns: 84mm 1fr; gap: 4mm; line-height: 14.5pt }
dl { display: grid; grid-template-columns: 20mm 1fr; margin: 0 } dd { margin: 0 }
p { margin: 0 } main p { text-align: justify; text-indent: 12.5mm; margin: 10pt 0 } main li p { text-indent: 0; margin: 5pt 0 }
.signature { margin: 6mm 0 0 88mm; line-height: 14.5pt; break-inside: avoid } figure { display: grid; grid-template-columns: 20mm 1fr; gap: 2mm; margin: 2mm 0; padding: 2.5mm; border: .6pt solid; border-radius: 1mm }
figure svg { width: 20mm; height: 20mm } figcaption { font-size: 7.5pt; line-height: 9.7pt }
.copies { font-size: 11pt; line-height: 13pt; margin-top: 4mm } .copies ol { margin: 0; padding-left: 6.5mm }
footer { position: fixed; bottom: 0; border-top: .4pt solid #555; font-size: 6.5pt; line-height: 8pt } footer p { margin: 0 }`;
