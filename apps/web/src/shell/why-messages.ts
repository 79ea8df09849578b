import { useLanguage } from "../kernel/catalog/index.ts";
import type { ResultOf } from "../kernel/api.ts";
import { capital } from "../kernel/time.ts";

type Ground = ResultOf<"rights.mine">["grounds"][number];

/** A part of the visibility rule. */
export type Rule = Ground["rule"];

type Reasons = Readonly<Record<Rule, Readonly<Record<Ground["through"], string>>>>;

const id = {
  askReaders: "Siapa saja yang dapat melihat ini?",
  title: "Mengapa Anda melihat ini",
  because: (reason: string, clause: string, post: string): string => `Anda melihat surat ini karena ${reason} (aturan ${clause})${post === "" ? "" : `, selaku ${post}`}.`,
  also: "Juga karena",
  alsoRule: (reason: string, clause: string): string => `${capital(reason)} (aturan ${clause}).`,
  since: (when: string): string => `Sejak ${when}`,
  stays: "Hak ini milik Anda sendiri dan tetap ada bila Anda pindah jabatan.",
  ends: "Hak ini berakhir sendiri pada waktunya. Setiap pembacaan tercatat, dan tidak ada yang dapat diubah lewatnya.",
  goes: "Hak ini melekat pada jabatan: pemangku berikutnya mewarisinya.",
  envelope: "Anda melihat sampulnya saja. Isi surat rahasia hanya untuk pejabat yang dituju dan penerima disposisinya.",
  system: "Lontar",
  noAct: "Tindakannya tidak tercatat. Laporkan kepada admin Lontar di kantor Anda.",
  close: "Tutup",
  reasons: {
    penyusun: { orang: "Anda menyusunnya", jabatan: "disusun dari jabatan Anda", unit: "disusun oleh unit Anda" },
    pemaraf: { orang: "Anda memarafnya", jabatan: "jabatan Anda ada dalam rantai parafnya", unit: "unit Anda memarafnya" },
    penanda_tangan: { orang: "Anda menandatanganinya", jabatan: "jabatan Anda adalah penanda tangannya", unit: "unit Anda menandatanganinya" },
    pencatat: { orang: "Anda menanganinya", jabatan: "jabatan Anda menanganinya", unit: "unit Anda menanganinya" },
    pelapor: { orang: "Anda melaporkannya", jabatan: "jabatan Anda melaporkannya", unit: "unit Anda melaporkannya" },
    dituju: { orang: "Anda membukanya sebagai pejabat yang dituju", jabatan: "ditujukan kepada jabatan Anda", unit: "ditujukan kepada unit Anda" },
    tembusan: { orang: "Anda membuka tembusannya", jabatan: "jabatan Anda menerima tembusannya", unit: "unit Anda menerima tembusannya" },
    disposisi: { orang: "Anda mengerjakan disposisinya", jabatan: "didisposisikan kepada jabatan Anda", unit: "didisposisikan kepada unit Anda" },
    klasifikasi: { orang: "Anda berhak membaca klasifikasinya", jabatan: "jabatan Anda berhak membaca klasifikasinya", unit: "unit Anda berhak membaca klasifikasinya" },
    registrasi: { orang: "Anda mencatatnya", jabatan: "jabatan Anda mencatat surat kantor ini", unit: "jabatan Anda memegang register unit ini" },
    pemeriksaan: { orang: "Anda memeriksanya", jabatan: "jabatan Anda bermandat memeriksanya", unit: "unit Anda memeriksanya" },
    darurat: { orang: "Anda membukanya lewat akses darurat", jabatan: "dibuka lewat akses darurat", unit: "dibuka lewat akses darurat" },
  } satisfies Reasons,
  clauses: {
    a: "a · menyusun, memaraf, menandatangani, mencatat, atau menangani",
    b: "b · dituju, tembusan, atau penerima disposisi",
    c: "c · hak akses klasifikasi (SKKAAD)",
    d: "d · tata usaha dan unit kearsipan",
    e: "e · pemeriksa dengan mandat terbuka",
    f: "f · umum",
    darurat: "akses darurat · di luar aturan a sampai f, berbatas waktu, semua diberi tahu",
  },
  rules: { penyusun: "Penyusun", pemaraf: "Pemaraf", penanda_tangan: "Penanda tangan", pencatat: "Yang menangani", pelapor: "Pelapor", dituju: "Yang dituju", tembusan: "Penerima tembusan", disposisi: "Penerima disposisi", klasifikasi: "Berhak menurut klasifikasi", registrasi: "Tata usaha dan unit kearsipan", pemeriksaan: "Pemeriksa", darurat: "Akses darurat" } satisfies Readonly<Record<Rule, string>>,
};

/** The words of the question and of its answer. */
export type WhyWords = { readonly [K in keyof typeof id]: (typeof id)[K] extends string ? string : (typeof id)[K] };

const en: WhyWords = {
  askReaders: "Who can see this?",
  title: "Why you see this",
  because: (reason, clause, post) => `You see this letter because ${reason} (clause ${clause})${post === "" ? "" : `, acting as ${post}`}.`,
  also: "Also because",
  alsoRule: (reason, clause) => `${capital(reason)} (clause ${clause}).`,
  since: (when) => `Since ${when}`,
  stays: "This right is your own and stays when you change post.",
  ends: "This right ends by itself. Each reading is recorded, and nothing can be changed by it.",
  goes: "This right belongs to the post: its next holder inherits it.",
  envelope: "You see the envelope only. The inside of a secret letter is for its addressee and the receivers of its disposisi.",
  system: "Lontar",
  noAct: "Its act is not recorded. Tell the Lontar admin of your office.",
  close: "Close",
  reasons: {
    penyusun: { orang: "you drafted it", jabatan: "it was drafted from your post", unit: "your unit drafted it" },
    pemaraf: { orang: "you initialled it", jabatan: "your post is in its paraf chain", unit: "your unit initialled it" },
    penanda_tangan: { orang: "you signed it", jabatan: "your post is its signer", unit: "your unit signed it" },
    pencatat: { orang: "you handled it", jabatan: "your post handled it", unit: "your unit handled it" },
    pelapor: { orang: "you reported on it", jabatan: "your post reported on it", unit: "your unit reported on it" },
    dituju: { orang: "you opened it as its addressee", jabatan: "it is addressed to your post", unit: "it is addressed to your unit" },
    tembusan: { orang: "you opened its copy", jabatan: "your post received a copy", unit: "your unit received a copy" },
    disposisi: { orang: "you worked on its disposisi", jabatan: "it was disposed to your post", unit: "it was disposed to your unit" },
    klasifikasi: { orang: "you may read its classification", jabatan: "your post may read its classification", unit: "your unit may read its classification" },
    registrasi: { orang: "you registered it", jabatan: "your post registers this office's letters", unit: "your post keeps this unit's register" },
    pemeriksaan: { orang: "you inspect it", jabatan: "your post has a mandate to inspect it", unit: "your unit inspects it" },
    darurat: { orang: "you opened it in an emergency", jabatan: "it was opened in an emergency", unit: "it was opened in an emergency" },
  },
  clauses: {
    a: "a · drafted, initialled, signed, registered or handled it",
    b: "b · addressee, copy or receiver of a disposisi",
    c: "c · right for the classification (SKKAAD)",
    d: "d · registry and records unit",
    e: "e · inspector with an open mandate",
    f: "f · the public",
    darurat: "emergency · outside clauses a to f, time-boxed, everyone is alarmed",
  },
  rules: { penyusun: "Drafter", pemaraf: "Initialling officials", penanda_tangan: "Signer", pencatat: "Handled it", pelapor: "Reported on it", dituju: "Addressee", tembusan: "Received a copy", disposisi: "Receivers of disposisi", klasifikasi: "Right for the classification", registrasi: "Registry and records unit", pemeriksaan: "Inspectors", darurat: "Emergency access" },
};

/** The words in the present language. */
export const useWhyMessages = (): WhyWords => (useLanguage() === "en" ? en : id);
