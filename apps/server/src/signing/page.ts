import type { Zone } from "../kernel/ids.ts";
import type { PublicVerification, Verification } from "./verify.ts";

const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

const months = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];
const longDate = (date: string): string => `${Number(date.slice(8, 10))} ${months[Number(date.slice(5, 7)) - 1] ?? ""} ${date.slice(0, 4)}`;
const hours: Readonly<Record<Zone, number>> = { WIB: 7, WITA: 8, WIT: 9 };
const momentIn = (zone: Zone) => (instant: string): string => {
  const local = new Date(Date.parse(instant) + hours[zone] * 3_600_000).toISOString();
  return `${longDate(local)} pukul ${local.slice(11, 16).replace(":", ".")} ${zone}`;
};
const grouped = (code: string): string => code.replaceAll(/(.{5})(?=.)/g, "$1-");

type Word = { readonly big: string; readonly line: string; readonly tone: "good" | "bad" | "warn" };

const words: Readonly<Record<Verification["state"], Word>> = {
  sah: { big: "SAH", line: "Surat yang tercatat dengan kode ini asli, utuh, dan masih berlaku. Cocokkan dengan surat di tangan Anda.", tone: "good" },
  tidak_dikenal: { big: "TIDAK DIKENAL", line: "Kami tidak dapat menyatakan surat ini sah.", tone: "bad" },
  dicabut: { big: "DICABUT", line: "Surat ini pernah terbit, tetapi sudah dicabut. Jangan dipakai lagi.", tone: "warn" },
  digantikan: { big: "DIGANTIKAN", line: "Surat ini sudah digantikan surat lain.", tone: "warn" },
  kedaluwarsa: { big: "KEDALUWARSA", line: "Surat ini asli, tetapi masa berlakunya sudah lewat.", tone: "warn" },
  konsep: { big: "BELUM SAH", line: "Naskah ini belum ditandatangani.", tone: "bad" },
  terbatas: { big: "TERCATAT", line: "Surat ini terbit, isinya terbatas. Cocokkan nomor dan tanggalnya saja.", tone: "warn" },
};

const holdingName: Readonly<Record<string, string>> = { definitif: "", plt: "Plt. ", plh: "Plh. ", pj: "Pj. " };

const question = (asked: string, answer: "ya" | "tidak" | "belum", yes: string): string =>
  `<li class="${answer}"><h2>${asked}</h2><p>${answer === "ya" ? `<b>Ya.</b> ${yes}` : answer === "tidak" ? "<b>Tidak.</b> Jangan dipakai; hubungi kantor penerbit." : "<b>Belum dapat diperiksa.</b>"}</p></li>`;

const questions = ({ answers, signer }: Verification, moment: (instant: string) => string): string =>
  signer === null
    ? ""
    : `<ul class="three">${question("Apakah isinya masih utuh?", answers.integrity, `Tidak ada yang berubah sejak ditandatangani, ${moment(signer.at)}.`)}${question("Benarkah orang itu yang menandatangani?", answers.identity, `${escape(signer.name)}, dengan sertifikat elektronik dari ${escape(signer.issuer)}.`)}${question("Apakah ia berwenang saat itu?", answers.authority, `Selaku ${escape(`${holdingName[signer.holding] ?? ""}${signer.post}`)}.`)}</ul>`;

const row = (name: string, value: string): string => `<dt>${name}</dt><dd>${escape(value)}</dd>`;

const facts = ({ letter, pages }: Verification): string =>
  letter === null
    ? ""
    : `<section><h2>Cocokkan dengan surat di tangan Anda</h2><dl>${row("Nomor", letter.number)}${row("Tanggal", longDate(letter.date))}${row("Jenis", letter.type)}${row("Hal", letter.subject ?? "(tidak ditampilkan)")}${row("Penerbit", letter.office)}${row("Halaman", String(pages ?? ""))}</dl><p>Ada yang berbeda? Surat di tangan Anda bukan surat ini, walaupun kodenya sama.</p></section>`;

const style = `:root{--good:#14614a;--bad:#a3211a;--warn:#8a5200;--ink:#14201b;--soft:#4a5a53;--line:#dfe6e2;--bg:#f6f8f6;--paper:#fff;color-scheme:light dark}
@media(prefers-color-scheme:dark){:root{--good:#7fd9b6;--bad:#ff9b93;--warn:#f2b45a;--ink:#e8f0ec;--soft:#a9b8b1;--line:#26332d;--bg:#0f1613;--paper:#17211c}}
*{box-sizing:border-box}body{margin:0;font:17px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--bg)}header,main{max-width:44rem;margin:0 auto;padding:20px}
header b{display:block;font-size:1.1rem}header small,.when{color:var(--soft)}.verdict{border-left:8px solid var(--tone);padding:4px 0 4px 18px}.good{--tone:var(--good)}.bad{--tone:var(--bad)}.warn{--tone:var(--warn)}
h1{margin:0;font-size:clamp(2.2rem,10vw,4rem);line-height:1.05;letter-spacing:-.02em;color:var(--tone)}h2{margin:0;font-size:1rem}p{margin:.3em 0}
ul{list-style:none;margin:24px 0;padding:0;border-top:2px solid var(--line)}li{padding:12px 0;border-bottom:1px solid var(--line)}li h2{color:var(--soft);font-weight:500}.tidak b{color:var(--bad)}.ya b{color:var(--good)}
section{background:var(--paper);border:1px solid var(--line);border-radius:12px;padding:18px;margin:20px 0}dl{display:grid;grid-template-columns:6.5rem 1fr;gap:6px 12px;margin:12px 0}dt{color:var(--soft)}dd{margin:0;font-weight:600;overflow-wrap:anywhere}
a{color:inherit}.button{display:inline-block;padding:12px 18px;border:1px solid var(--line);border-radius:10px;background:var(--paper);font-weight:600;text-decoration:none}.dev{border:2px dashed var(--warn);border-radius:10px;padding:10px 14px;color:var(--warn)}
:focus-visible{outline:3px solid var(--good);outline-offset:2px}`;

/** The page of one verification: complete without script, under 10 KB, and never with personal numbers. */
export const verificationHtml = (answer: Verification, zone: Zone): string => {
  const moment = momentIn(zone);
  const word = words[answer.state];
  const title = `${word.big}${answer.letter === null ? "" : `: surat ${answer.letter.number}`}`;
  return `<!doctype html><html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>${escape(title)}</title><style>${style}</style></head><body>
<header><b>Pemeriksaan Keaslian Surat</b><small>${escape(answer.letter?.office ?? "Lontar")}</small></header><main class="${word.tone}">
<div class="verdict"><h1>${word.big}</h1><p>${word.line}</p>${answer.reason === null ? "" : `<p><b>${answer.state === "dicabut" ? "Alasan: " : ""}${escape(answer.reason)}</b></p>`}</div>
${answer.signer?.development === true ? `<p class="dev">Contoh: sertifikat penandatangan berasal dari CA pengembangan, bukan sertifikat elektronik tersertifikasi.</p>` : ""}${questions(answer, moment)}${facts(answer)}
<p>Halaman ini hanya tahu surat yang tercatat, bukan kertas di tangan Anda. Punya berkas PDF-nya? Periksa berkas itu sendiri; berkas tidak dikirim ke mana pun.</p><p><a class="button" href="/periksa">Periksa berkas PDF</a></p>
<p class="when">Kode ${escape(grouped(answer.code).slice(0, 40))}. Diperiksa ${moment(answer.checkedAt)}.</p></main></body></html>`;
};

/** The page by code; a caller who asks too often is told so by the thrown refusal. */
export const verificationPage = (verification: PublicVerification) => async (code: string, address: string): Promise<string> => {
  const { answer, zone } = await verification.tellByCode(code.slice(0, 40), address);
  return verificationHtml(answer, zone);
};
