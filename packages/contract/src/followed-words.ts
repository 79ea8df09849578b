const id = {
  lost: { lost: "Tautan ini tidak dikenal", lostParcel: "Salin tautan selengkapnya dari surat elektronik yang Anda terima. Tautan surat yang sudah dicabut pengirimnya juga tidak dapat dibuka lagi.", lostRequest: "Salin tautan selengkapnya dari resi Anda, atau tanyakan kepada petugas loket yang mencatat permohonan Anda." },
  number: "Nomor", date: "Tanggal", office: "Instansi", signer: "Penanda tangan", kind: "Jenis", subject: "Hal", to: "Ditujukan kepada", file: "Berkas",
  pages: (pages: number): string => `${pages} halaman`,
  verify: "Periksa keasliannya",
  parcel: {
    owner: "Surat resmi untuk penerima luar", lead: (to: string): string => `Surat resmi untuk ${to}`, download: (size: string): string => `Unduh surat (PDF, ${size})`,
    receipt: "Saat berkas diunduh, pengirim mendapat tanda terima bahwa surat ini sudah sampai.",
    next: "Sesudah mengunduh", steps: ["Simpan berkas PDF ini. Berkas itulah suratnya; cetakannya hanya salinan.", "Periksa keasliannya kapan saja lewat kode QR pada surat, atau dengan berkasnya."], checkFile: "Periksa berkas PDF",
  },
  request: {
    headline: { 0: "Berkas Anda belum lengkap", 1: "Permohonan Anda sedang diperiksa", 2: "Surat Anda sedang diproses", 3: "Surat Anda siap", 4: "Surat Anda sudah diserahkan", 5: "Permohonan ini dibatalkan" },
    atDesk: (post: string): string => `Surat Anda di meja ${post}`,
    waits: { paraf: "Menunggu paraf", tanda_tangan: "Menunggu tanda tangan" },
    since: (what: string, who: string | null, when: string): string => `${what}${who === null ? "" : ` ${who}`} sejak ${when}.`,
    sinceDay: (when: string): string => `Sejak ${when}.`,
    stations: { diterima: "Diterima di loket", diperiksa: "Diperiksa, berkas lengkap", paraf: "Diparaf", tanda_tangan: "Ditandatangani", siap: "Siap diambil atau diunduh", diambil: "Diserahkan kepada warga", dibatalkan: "Permohonan dibatalkan" },
    present: { diterima: "Diterima di loket", diperiksa: "Sedang diperiksa", paraf: "Menunggu paraf", tanda_tangan: "Menunggu tanda tangan", siap: "Siap diambil atau diunduh", diambil: "Diserahkan kepada warga", dibatalkan: "Permohonan dibatalkan" },
    incomplete: "Menunggu kelengkapan dari Anda", states: { selesai: "Selesai", sekarang: "Sekarang", nanti: "Belum" }, here: "Di loket, atau di halaman ini",
    todo: { 0: "Yang perlu Anda lakukan", 1: "Anda tidak perlu melakukan apa-apa sekarang", 2: "Anda tidak perlu melakukan apa-apa sekarang", 3: "Ambil atau unduh surat Anda", 4: "Simpan berkas PDF surat Anda", 5: "Yang dapat Anda lakukan" },
    todoNote: {
      0: "Lengkapi yang disebut di atas, lalu bawa ke loket. Permohonan Anda tetap tercatat; tidak perlu mengulang dari awal.", 1: "Simpan tautan ini. Halaman ini berubah sendiri bila surat Anda bergerak.", 2: "Simpan tautan ini. Halaman ini berubah sendiri bila surat Anda bergerak.",
      3: "Berkas PDF itulah surat yang sah; cetakannya dapat diperiksa lewat kode QR.", 4: "Surat tetap dapat diunduh lewat tautan ini.", 5: "Bila surat ini masih diperlukan, ajukan permohonan baru di loket.",
    },
    reason: "Keterangan petugas", counter: "Loket", download: (size: string): string => `Unduh surat (PDF, ${size})`,
    free: "Surat ini gratis.", freeNote: "Tidak ada pungutan untuk surat keterangan dari desa.",
    state: (when: string): string => `Keadaan ${when}. NIK dan nama pemohon tidak ditampilkan.`, offline: (when: string): string => `Tidak terhubung. Keadaan terakhir ${when}.`, reload: "Muat ulang", keep: "Simpan tautan ini, lalu muat ulang halaman ini untuk melihat perkembangannya.",
  },
};

type Widened<T> = T extends string ? string : T extends (...given: infer G) => string ? (...given: G) => string : T extends readonly string[] ? readonly string[] : { readonly [K in keyof T]: Widened<T[K]> };

/** The words of the two pages that are followed by a secret link, a receiver's and a resident's: the app says them, and the server where there is no script. */
export type FollowedWords = Widened<typeof id>;

const en: FollowedWords = {
  lost: { lost: "This link is unknown", lostParcel: "Copy the whole link from the e-mail you received. The link of a letter that its sender has revoked cannot be opened any more either.", lostRequest: "Copy the whole link from your receipt, or ask the counter that entered your request." },
  number: "Number", date: "Date", office: "Office", signer: "Signed by", kind: "Kind", subject: "Subject", to: "Addressed to", file: "File",
  pages: (pages) => (pages === 1 ? "1 page" : `${pages} pages`),
  verify: "Check that it is genuine",
  parcel: {
    owner: "An official letter for a receiver outside", lead: (to) => `Official letter for ${to}`, download: (size) => `Download the letter (PDF, ${size})`,
    receipt: "When the file is downloaded, the sender receives a receipt that this letter has arrived.",
    next: "After downloading", steps: ["Keep this PDF file. The file is the letter; its print is only a copy.", "Check it whenever you like by the QR code on the letter, or by the file itself."], checkFile: "Check the PDF file",
  },
  request: {
    headline: { 0: "Your papers are not complete", 1: "Your request is being checked", 2: "Your letter is on its way", 3: "Your letter is ready", 4: "Your letter was handed over", 5: "This request was cancelled" },
    atDesk: (post) => `Your letter is on the desk of ${post}`,
    waits: { paraf: "Waits for the initials of", tanda_tangan: "Waits for the signature of" },
    since: (what, who, when) => `${what} ${who ?? "the official"} since ${when}.`,
    sinceDay: (when) => `Since ${when}.`,
    stations: { diterima: "Received at the counter", diperiksa: "Checked, papers complete", paraf: "Initialled", tanda_tangan: "Signed", siap: "Ready to collect or download", diambil: "Handed over", dibatalkan: "Request cancelled" },
    present: { diterima: "Received at the counter", diperiksa: "Being checked", paraf: "Waits for initials", tanda_tangan: "Waits for the signature", siap: "Ready to collect or download", diambil: "Handed over", dibatalkan: "Request cancelled" },
    incomplete: "Waits for what is missing from you", states: { selesai: "Done", sekarang: "Now", nanti: "Not yet" }, here: "At the counter, or on this page",
    todo: { 0: "What you need to do", 1: "You need not do anything now", 2: "You need not do anything now", 3: "Collect or download your letter", 4: "Keep the PDF file of your letter", 5: "What you can do" },
    todoNote: {
      0: "Complete what is named above and bring it to the counter. Your request stays on record; you need not start again.", 1: "Keep this link. The page changes by itself when your letter moves.", 2: "Keep this link. The page changes by itself when your letter moves.",
      3: "The PDF file is the valid letter; a print can be checked by its QR code.", 4: "The letter can still be downloaded by this link.", 5: "If you still need the letter, make a new request at the counter.",
    },
    reason: "The counter says", counter: "Counter", download: (size) => `Download the letter (PDF, ${size})`,
    free: "This letter is free.", freeNote: "There is no charge for a statement by the village.",
    state: (when) => `As of ${when}. NIK and the applicant's name are not shown.`, offline: (when) => `Not connected. Last known state of ${when}.`, reload: "Reload", keep: "Keep this link, and reload this page to see how it moves.",
  },
};

/** The words of both pages in each language. */
export const followedWords: Readonly<Record<"id" | "en", FollowedWords>> = { id, en };

/** The keys of `headline`, `todo` and `todoNote`: how far a request is, as its resident needs to know it. */
export type FollowedStage = keyof FollowedWords["request"]["headline"];

/** The stage of a request's status; whatever happens between the counter and the finished letter is one to its resident. */
export const followedStage = (status: number): FollowedStage => (status === 0 || status === 1 || status === 3 || status === 4 || status === 5 ? status : 2);
