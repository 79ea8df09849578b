import { bsreFooter, formatNumber, papers, signatureLines, signatureTitle, type LetterType, type RenderInput } from "@lontar/naskah";
import type { Actor } from "../kernel/actor.ts";
import type { LocalDate } from "../kernel/ids.ts";
import type { Letterhead, Office, Post } from "../organisation/index.ts";
import type { Content, Frozen } from "./draft.ts";

/** The government as its letters name it. */
export type Government = { readonly name: string; readonly kind: "kabupaten" | "desa"; readonly zone: "WIB" | "WITA" | "WIT" };

/** Everything around the text that a printed letter shows. */
export type Setting = {
  readonly government: Government;
  readonly office: Office;
  readonly signer: Pick<Post, "title" | "holder">;
  /** In whose name the signature stands: the a.n. post, and under it the u.b. post; empty for a signature in the signer's own name. */
  readonly onBehalfOf: readonly { readonly title: string; readonly basis: string | null }[];
  /** A development certificate must never look like a real one. */
  readonly development: boolean;
};

/** Number, date and code of a letter; null while it is a draft. */
export type Numbered = { readonly number: string; readonly date: LocalDate; readonly url: string; readonly code: string };

/** Footer of letters signed with a development certificate. */
export const developmentFooter: readonly string[] = ["Contoh: ditandatangani secara elektronik dengan sertifikat CA Pengembangan Lontar, bukan sertifikat elektronik tersertifikasi."];

const urgencyName = { biasa: "Biasa", segera: "Segera", amat_segera: "Amat Segera" } as const;
const securityName = { B: null, T: "Terbatas", R: "Rahasia", SR: "Sangat Rahasia" } as const;

/** The printed sifat: secrecy stands before haste. */
export const sifatOf = (type: LetterType, content: Content): string | null => (type.parts.sifat === "none" ? null : (securityName[content.security] ?? urgencyName[content.urgency]));

const holdingOf = (setting: Setting): "definitif" | "plt" | "plh" | "pj" => setting.signer.holder?.kind ?? "definitif";

const onBehalfOf = (setting: Setting): { readonly onBehalfOf?: readonly string[] } => (setting.onBehalfOf.length === 0 ? {} : { onBehalfOf: setting.onBehalfOf.map((post) => post.title) });

/** The lines over the signature. */
export const linesOf = (setting: Setting): readonly string[] => signatureLines({ post: setting.signer.title, holding: holdingOf(setting), ...onBehalfOf(setting) });

/** One line that says under which authority the letter is signed. */
export const authorityOf = (setting: Setting): string => {
  const own = { definitif: "Pejabat definitif", plt: "Pelaksana tugas", plh: "Pelaksana harian", pj: "Penjabat" }[holdingOf(setting)];
  const basis = setting.signer.holder?.basis;
  const inNameOf = setting.onBehalfOf.map((post, level) => `, ${level === 0 ? "atas nama" : "untuk beliau"} ${post.title}${post.basis === null ? "" : ` (${post.basis})`}`);
  return `${own}${basis == null ? "" : ` (${basis})`}${inNameOf.join("")}`;
};

/** The number of a letter, with dots in the place of a serial that is not taken yet. */
export const numberOf = (type: LetterType, content: Content, office: Office, date: LocalDate, serial: number | null): string =>
  formatNumber(type.number, { klasifikasi: content.classification ?? "", urut: serial, unit: office.code, tahun: Number(date.slice(0, 4)), bulan: Number(date.slice(5, 7)), keamanan: content.security });

/** The sheet on which an office writes: paper, footer and letterhead. */
export const sheetOf = (government: Government, office: Pick<Office, "name" | "letterhead">, footer: readonly string[]): Pick<RenderInput, "profile" | "kop"> => {
  const head: Letterhead = office.letterhead ?? { level: "opd", lines: [office.name], address: [], place: "" };
  return {
    profile: {
      ...(head.level === "desa" ? papers.f4 : papers.a4),
      pemda: government.name,
      place: head.place,
      wilayah: head.level === "desa" ? head.lines.toReversed().map((line) => line.replace(/^Pemerintah /, "")).join(", ") : government.name,
      zone: government.zone,
      footer: [...footer],
      footerLogo: null,
      ythAt: "kanan",
    },
    kop: { level: head.level, lines: head.lines.map((line) => line.toLocaleUpperCase("id-ID")), address: [...head.address], crest: null, crestAlt: `Lambang ${government.name}` },
  };
};

/** The renderer's input for a text in its setting; `numbered` null gives the watermarked draft. */
export const toRenderInput = (type: LetterType, content: Content, setting: Setting, numbered: Numbered | null, by: Pick<Actor, "today">): Readonly<Record<string, unknown>> & Pick<RenderInput, "type"> => {
  const { holder } = setting.signer;
  return {
    type: type.code,
    ...sheetOf(setting.government, setting.office, setting.development ? developmentFooter : bsreFooter),
    number: numbered?.number ?? numberOf(type, content, setting.office, by.today, null),
    date: numbered?.date ?? null,
    sifat: sifatOf(type, content),
    lampiran: content.attachment === "" ? null : content.attachment,
    hal: content.subject,
    yth: content.to.map((recipient) => recipient.label),
    tempat: content.place === "" ? null : content.place,
    body: content.body,
    fields: content.fields,
    signature: { lines: [...linesOf(setting)], title: signatureTitle({ post: setting.signer.title, holding: holdingOf(setting), ...onBehalfOf(setting) }), name: holder?.name ?? "(jabatan kosong)", pangkat: holder?.rank ?? null, nip: holder?.nip ?? null },
    tembusan: content.cc.map((recipient) => recipient.label),
    verification: numbered === null ? null : { url: numbered.url, code: numbered.code },
    watermark: numbered === null ? "KONSEP" : setting.development ? "CONTOH" : null,
  };
};

/** The address in the QR code. In production the public address is https; a trial on a village's own network must be scannable too. */
export const verificationUrl = (publicUrl: string, code: string): string => `${publicUrl}/v/${code}`;

/** What stands in the place of a seal while a letter is set for the first time: as long as seals are, so that the code is printed as large. */
export const standInSeal = "A".repeat(400);

/** The frozen letter, its QR code leading to this address. */
export const withAddress = (frozen: Frozen, url: string): RenderInput => {
  // The event holds what `toRenderInput` made; the renderer checks it again before it sets a letter.
  const input = frozen.input as unknown as RenderInput;
  return { ...input, verification: { url, code: frozen.code } };
};
