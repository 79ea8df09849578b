import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { longTerm } from "./long-term.ts";
import { byId, done, file, id, instant, line, localDate, note, page, pageQuery, post, security, sha256, urgency } from "./terms.ts";

const count = z.number().int();

/** The acts that can wait on a desk. */
export const deskAct = z.enum(["catat", "arahkan", "disposisi", "tindak_lanjut", "terima_laporan", "susun", "paraf", "tanda_tangan", "kirim", "baca", "verifikasi", "selesaikan", "berkaskan", "ketahui", "jelaskan"]);

/** One line of the desk: who wants what from me, until when. */
export const deskItem = z.object({
  id,
  act: deskAct,
  /** The thing to open: `surat` received letter, `naskah` draft, `permohonan` village request, `darurat` the record of an emergency, `temuan` what an inspector asks about. */
  kind: z.enum(["surat", "naskah", "permohonan", "darurat", "temuan"]),
  thingId: id,
  from: z.string(),
  title: z.string(),
  detail: z.string(),
  urgency,
  security,
  since: instant,
  due: instant.nullable(),
  late: z.boolean(),
  unread: z.boolean(),
});

/** The desk. */
export const desk = {
  list: endpoint({ method: "GET", path: "/api/desk", summary: "Yang menunggu saya, yang lewat batas lebih dulu", query: z.object({ act: deskAct.optional(), late: z.enum(["1"]).optional(), ...pageQuery }), result: z.object({ items: z.array(deskItem), next: z.string().nullable(), counts: z.object({ all: count, late: count, byAct: z.record(z.string(), count) }), finishedToday: count, /** Who acts for this post in the reader's stead: what waits here waits for him. */ heldBy: z.string().nullable() }) }),
  live: endpoint({ method: "GET", path: "/api/live", summary: "Pemberitahuan langsung (Server-Sent Events)", carries: "stream" }),
};

/** A rectangle on a page image, in fractions of its width and height. */
export const box = z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() });

/** A value that was read from the scan, and where. */
export const proposal = z.object({ field: z.string(), value: z.string(), raw: z.string(), page: count, box, confidence: z.number() });

/** State of the background reading (OCR) of a scan. */
export const reading = z.object({ status: z.enum(["menunggu", "membaca", "selesai", "gagal"]), pagesRead: count, pages: count, proposals: z.array(proposal) });

/** The facts of a received letter as the clerk confirms them. */
export const receivedFacts = z.object({
  sender: line(200),
  number: line(120),
  date: localDate,
  subject: line(500),
  summary: note(2000).default(""),
  receivedOn: localDate,
  attachment: note(120).default(""),
  medium: z.enum(["kertas", "email", "srikandi", "portal", "internal", "pertukaran"]).default("kertas"),
  security: security.default("B"),
  urgency: urgency.default("biasa"),
  classification: z.string().max(20).nullable().default(null),
  due: localDate.nullable().default(null),
});

/** A receiver's state in the disposisi tree. */
export const dispositionStatus = z.enum(["belum_dibaca", "dibaca", "diproses", "dilaporkan", "diterima", "dikembalikan", "ditarik"]);

/** One receiver of a disposisi; `children` are the receivers he disposed on to. */
export type DispositionNode = {
  id: string;
  parentId: string | null;
  from: z.output<typeof post>;
  fromPerson: string;
  to: z.output<typeof post>;
  responsible: boolean;
  instructions: string[];
  note: string;
  due: string | null;
  late: boolean;
  status: z.output<typeof dispositionStatus>;
  given: string;
  changed: string;
  report: { note: string; at: string } | null;
  /** What the receiver has handed in beside his words. */
  files: z.output<typeof file>[];
  progress: { note: string; at: string }[];
  returnReason: string | null;
  may: string[];
  children: DispositionNode[];
};

/** The tree as sent. */
export const dispositionNode: z.ZodType<DispositionNode> = z.lazy(() =>
  z.object({
    id, parentId: id.nullable(), from: post, fromPerson: z.string(), to: post, responsible: z.boolean(), instructions: z.array(z.string()), note: z.string(),
    due: instant.nullable(), late: z.boolean(), status: dispositionStatus, given: instant, changed: instant,
    report: z.object({ note: z.string(), at: instant }).nullable(), files: z.array(file),
    progress: z.array(z.object({ note: z.string(), at: instant })), returnReason: z.string().nullable(), may: z.array(z.string()), children: z.array(dispositionNode),
  }),
);

/** Status of a received letter. */
export const receivedStatus = z.enum(["diterima", "tercatat", "diarahkan", "dibaca", "didisposisi", "selesai", "diberkaskan", "dibuang"]);

const related = z.object({ kind: z.enum(["surat", "naskah"]), id, relation: z.enum(["membalas", "dibalas_oleh"]), number: z.string().nullable(), subject: z.string(), status: z.string() });

/** A received letter as one person sees it. */
export const receivedView = z.object({
  id, status: receivedStatus, revision: count, agenda: z.string().nullable(), nextAgenda: z.string().nullable(), unit: z.string(),
  facts: receivedFacts.nullable(), files: z.array(file), reading: reading.nullable(), directedTo: post.nullable(), holders: z.array(post),
  tree: z.array(dispositionNode), related: z.array(related), dossier: z.object({ id, title: z.string(), classification: z.string() }).nullable(),
  duplicates: z.array(z.object({ id, agenda: z.string().nullable(), subject: z.string(), receivedOn: localDate.nullable(), registered: z.object({ by: z.string(), at: instant }).nullable(), why: z.enum(["berkas_sama", "nomor_sama"]) })),
  registeredBy: z.string().nullable(), closedNote: z.string().nullable(), may: z.array(z.string()),
  /** A copy (tembusan) asks for nothing but to be read. */
  copy: z.boolean(),
  /** To whom my post can hand work: posts below it, only those beside it, or none. */
  reach: z.enum(["below", "beside", "none"]),
});

const receivedRow = z.object({ id, status: receivedStatus, agenda: z.string().nullable(), sender: z.string(), number: z.string(), subject: z.string(), receivedOn: localDate.nullable(), urgency, security, due: localDate.nullable(), pages: count, reading: z.string() });

/** What a disposisi asks: of all its receivers, or (`own`) of one of them instead of that. */
const dispositionWords = z.object({ instructions: z.array(line(200)).max(24), note: note(2000), due: instant.nullable() });

/** Incoming letters: from the scan to the closed file. */
export const received = {
  upload: endpoint({ method: "POST", path: "/api/received", summary: "Unggah pindaian atau foto surat masuk (multipart: id, berkas)", carries: "upload", result: z.object({ id, duplicates: receivedView.shape.duplicates }) }),
  list: endpoint({ method: "GET", path: "/api/received", summary: "Surat masuk yang dapat saya lihat", query: z.object({ status: z.string().max(40).optional(), q: z.string().max(200).optional(), ...pageQuery }), result: page(receivedRow) }),
  show: endpoint({ method: "GET", path: "/api/received/:id", summary: "Satu surat masuk", params: byId, result: receivedView }),
  duplicates: endpoint({ method: "GET", path: "/api/received/:id/duplicates", summary: "Adakah surat yang sama?", params: byId, query: z.object({ sender: z.string().max(200), number: z.string().max(120), date: localDate }), result: receivedView.shape.duplicates }),
  register: endpoint({ method: "POST", path: "/api/received/:id/registration", summary: "Catat dengan nomor agenda", params: byId, body: z.object({ facts: receivedFacts, separateBecause: note(500).default("") }), result: done.extend({ agenda: z.string() }) }),
  discard: endpoint({ method: "POST", path: "/api/received/:id/discard", summary: "Buang pindaian yang salah", params: byId, body: z.object({ reason: line(500) }), result: done }),
  direct: endpoint({ method: "POST", path: "/api/received/:id/direction", summary: "Arahkan kepada pejabat", params: byId, body: z.object({ positionId: id }), result: done }),
  open: endpoint({ method: "POST", path: "/api/received/:id/reading", summary: "Tandai sudah dibaca oleh yang dituju", params: byId, result: done }),
  dispose: endpoint({ method: "POST", path: "/api/received/:id/dispositions", summary: "Disposisikan", params: byId, body: z.object({ parentId: id.nullable(), recipients: z.array(z.object({ id, positionId: id, responsible: z.boolean(), own: dispositionWords.nullable().default(null) })).max(50), ...dispositionWords.shape }), result: done }),
  close: endpoint({ method: "POST", path: "/api/received/:id/closure", summary: "Selesaikan", params: byId, body: z.object({ note: note(2000) }), result: done }),
  file: endpoint({ method: "GET", path: "/api/letters/:id/files/:sha256", summary: "Berkas asli", carries: "file", params: z.object({ id, sha256 }), query: z.object({ download: z.enum(["1"]).optional() }) }),
  pageImage: endpoint({ method: "GET", path: "/api/letters/:id/files/:sha256/pages/:page", summary: "Gambar satu halaman", carries: "file", params: z.object({ id, sha256, page: z.coerce.number().int().min(1).max(5000) }), query: z.object({ width: z.coerce.number().int().min(80).max(2400).default(1000) }) }),
  trail: endpoint({ method: "GET", path: "/api/letters/:id/trail", summary: "Jejak surat", params: byId, result: z.object({ head: z.object({ size: count, at: instant }).nullable(), entries: z.array(z.object({ eventId: id, type: z.string(), at: instant, person: z.string(), post: z.string(), holding: z.enum(["definitif", "plt", "plh", "pj"]), basis: z.string().nullable(), system: z.boolean(), sentence: z.string(), reason: z.string().nullable(), leafIndex: count.nullable() })) }) }),
  story: endpoint({ method: "GET", path: "/api/letters/:id/trail/copy", summary: "Salinan jejak surat: PDF bersegel untuk dibaca, JSON dengan bukti setiap catatan untuk diperiksa", carries: "file", params: byId, query: z.object({ as: z.enum(["pdf", "json"]).default("pdf") }) }),
  proof: endpoint({ method: "GET", path: "/api/letters/:id/trail/:eventId/proof", summary: "Bukti satu catatan dalam log", params: z.object({ id, eventId: id }), result: z.object({ leaf: z.string(), leafIndex: count, proof: z.array(z.string()), checkpoint: z.string(), verifierKey: z.string(), committed: z.string(), salt: z.string() }) }),
};

/** Acts of one receiver of a disposisi, or of its giver. */
export const dispositions = {
  list: endpoint({ method: "GET", path: "/api/dispositions", summary: "Disposisi yang saya beri atau terima", query: z.object({ scope: z.enum(["given", "received"]), open: z.enum(["1"]).optional(), ...pageQuery }), result: page(z.object({ id, letterId: id, subject: z.string(), from: z.string(), to: z.string(), status: dispositionStatus, due: instant.nullable(), late: z.boolean(), given: instant, responsible: z.boolean() })) }),
  open: endpoint({ method: "POST", path: "/api/dispositions/:id/reading", summary: "Tandai dibaca", params: byId, result: done }),
  attach: endpoint({ method: "POST", path: "/api/dispositions/files", summary: "Lampirkan bahan pada tindak lanjut (multipart: id disposisi, berkas)", carries: "upload", result: done.extend({ file }) }),
  detach: endpoint({ method: "DELETE", path: "/api/dispositions/:id/files/:sha256", summary: "Batalkan lampiran sebelum dilaporkan", params: z.object({ id, sha256 }), result: done }),
  progress: endpoint({ method: "POST", path: "/api/dispositions/:id/progress", summary: "Catat tindak lanjut", params: byId, body: z.object({ note: line(2000) }), result: done }),
  report: endpoint({ method: "POST", path: "/api/dispositions/:id/report", summary: "Laporkan hasil", params: byId, body: z.object({ note: note(4000) }), result: done }),
  accept: endpoint({ method: "POST", path: "/api/dispositions/:id/acceptance", summary: "Terima laporan", params: byId, body: z.object({ note: note(1000).default("") }), result: done }),
  giveBack: endpoint({ method: "POST", path: "/api/dispositions/:id/return", summary: "Kembalikan laporan untuk diperbaiki", params: byId, body: z.object({ reason: note(1000) }), result: done }),
  withdraw: endpoint({ method: "POST", path: "/api/dispositions/:id/withdrawal", summary: "Tarik disposisi yang belum dibaca", params: byId, body: z.object({ reason: note(1000).default("") }), result: done }),
};

/** Where a naskah goes: a post inside, another government on the exchange, or someone outside by e-mail. */
export const recipient = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("post"), positionId: id, label: line(200) }),
  z.object({ kind: z.literal("partner"), tenantId: id, label: line(200) }),
  z.object({ kind: z.literal("external"), label: line(200), email: z.email().max(200).nullable(), place: note(120).default("") }),
]);

/** The editor's document: a ProseMirror node, checked in full by the letter type before it is stored. */
export const body = z.object({ type: z.literal("doc"), content: z.array(z.unknown()).max(2000).optional() });

/** What a drafter writes. */
export const draftContent = z.object({
  subject: note(500), security, urgency, classification: z.string().max(20).nullable(), attachment: note(120), place: note(120),
  /** Signed in the name of the signer's superior (a.n.), who stays responsible. */
  onBehalf: z.boolean().optional(),
  to: z.array(recipient).max(60), cc: z.array(recipient).max(30), body, fields: z.record(z.string(), z.unknown()),
});

/** Status of an outgoing naskah. */
export const draftStatus = z.enum(["konsep", "paraf", "perbaikan", "menunggu_ttd", "beku", "ditandatangani", "terkirim", "diberkaskan", "dibatalkan"]);

const chainStep = z.object({ position: post, kind: z.enum(["paraf", "tanda_tangan"]), state: z.enum(["menunggu", "sekarang", "disetujui", "dikembalikan", "gugur"]), by: z.string().nullable(), at: instant.nullable(), note: z.string().nullable() });

/** An outgoing naskah as one person sees it. */
export const draftView = z.object({
  id, status: draftStatus, revision: count, version: count, type: z.object({ code: z.string(), title: z.string() }), content: draftContent, contentHash: sha256,
  /** Set when this person sees a secret letter from outside only: what its register needs. The rest of the view then tells nothing. */
  envelope: z.object({ number: z.string(), date: localDate, to: z.array(z.string()), cc: z.array(z.string()) }).nullable(),
  drafter: z.object({ person: z.string(), post: z.string() }), unit: z.string(), chain: z.array(chainStep),
  /** Before the first submission: the chain as the organisation of this moment would propose it. */
  proposed: z.array(chainStep),
  problems: z.array(z.object({ path: z.string(), message: z.string(), level: z.enum(["wajib", "saran"]) })),
  returned: z.object({ by: z.string(), post: z.string(), note: z.string(), at: instant }).nullable(), replyTo: z.object({ id, number: z.string(), subject: z.string(), sender: z.string() }).nullable(),
  /** What the paper shows around the text; null while the office or the signer cannot be printed. */
  printed: z.object({
    letterhead: z.object({ level: z.enum(["opd", "bupati", "desa"]), lines: z.array(z.string()), address: z.array(z.string()) }),
    signature: z.object({ lines: z.array(z.string()), title: z.string(), name: z.string(), pangkat: z.string().nullable(), nip: z.string().nullable() }),
    unitCode: z.string(), isVacant: z.boolean(),
    /** In whose name the signer may sign it (a.n., and u.b. under it), each with its decree; empty when nobody has delegated it. */
    inNameOf: z.array(z.object({ title: z.string(), basis: z.string() })),
  }).nullable(),
  frozen: z.object({ at: instant, number: z.string(), date: localDate, sha256, pages: count, code: z.string(), authority: z.string(), signatureLines: z.array(z.string()) }).nullable(),
  signed: z.object({ sha256, at: instant, by: z.string(), post: z.string(), code: z.string(), verificationUrl: z.string(), size: count, /** `open.letterProof` has the proof to keep beside the file. */ proved: z.boolean(), /** Null for a letter from before levels were kept. */ longTerm: longTerm.nullable() }).nullable(),
  /** A signature that was meant and is not made yet: by whom, since when, what it waits for, and who is next. */
  intent: z.object({
    by: z.string(), post: z.string(), at: instant, state: z.enum(["berjalan", "menunggu_penyedia", "menunggu_sandi", "tidak_pasti", "gugur"]), needsSecret: z.boolean(),
    /** The refusal that ended it. */
    reason: z.string().nullable(),
    /** The provider, the signer, or whoever holds the post now. */
    next: z.string(),
  }).nullable(),
  /** Present once the issued letter was revoked. */
  revoked: z.object({ at: instant, by: z.string(), reason: z.string() }).optional(),
  deliveries: z.array(z.object({ label: z.string(), kind: z.enum(["post", "partner", "external"]), cc: z.boolean(), status: z.enum(["menunggu", "terkirim", "diterima", "dibaca", "gagal"]), detail: z.string(), at: instant.nullable() })),
  dossier: z.object({ id, title: z.string(), classification: z.string() }).nullable(), lastSeenVersion: count.nullable(), may: z.array(z.string()),
  /** Why the person whose turn it is, in the post he acts in, has not the authority to decide. */
  withheld: z.enum(["stands_aside", "mandate_exceeded", "outside_scope", "no_delegation"]).nullable(),
});

/** Outgoing naskah: draft, approve, sign, dispatch. */
export const drafts = {
  list: endpoint({ method: "GET", path: "/api/drafts", summary: "Naskah yang dapat saya lihat", query: z.object({ status: z.string().max(80).optional(), ...pageQuery }), result: page(z.object({ id, type: z.string(), status: draftStatus, subject: z.string(), number: z.string().nullable(), to: z.string(), drafter: z.string(), turn: z.string().nullable(), changed: instant })) }),
  create: endpoint({ method: "POST", path: "/api/drafts", summary: "Buat naskah", body: z.object({ id, type: z.string().max(20), replyTo: id.nullable() }), result: done }),
  show: endpoint({ method: "GET", path: "/api/drafts/:id", summary: "Satu naskah", params: byId, result: draftView }),
  write: endpoint({ method: "PUT", path: "/api/drafts/:id/content", summary: "Simpan isi; `revision` = yang terakhir dilihat", params: byId, body: z.object({ revision: count, content: draftContent }), result: z.object({ revision: count, version: count, contentHash: sha256, problems: draftView.shape.problems, printed: draftView.shape.printed }) }),
  versions: endpoint({ method: "GET", path: "/api/drafts/:id/versions", summary: "Versi-versi yang pernah diajukan", params: byId, result: z.array(z.object({ version: count, at: instant, by: z.string(), contentHash: sha256, content: draftContent })) }),
  preview: endpoint({ method: "GET", path: "/api/drafts/:id/preview", summary: "PDF seperti akan terbit", carries: "file", params: byId, query: z.object({ revision: z.coerce.number().int().optional() }) }),
  submit: endpoint({ method: "POST", path: "/api/drafts/:id/submission", summary: "Ajukan ke rantai paraf", params: byId, body: z.object({ revision: count, note: note(1000).default("") }), result: done }),
  withdraw: endpoint({ method: "POST", path: "/api/drafts/:id/withdrawal", summary: "Tarik kembali untuk diubah", params: byId, result: done }),
  approve: endpoint({ method: "POST", path: "/api/drafts/:id/approvals", summary: "Paraf", params: byId, body: z.object({ contentHash: sha256, note: note(1000).default("") }), result: done }),
  giveBack: endpoint({ method: "POST", path: "/api/drafts/:id/returns", summary: "Kembalikan dengan catatan", params: byId, body: z.object({ note: note(2000) }), result: done }),
  cancel: endpoint({ method: "POST", path: "/api/drafts/:id/cancellation", summary: "Batalkan; nomor yang sudah diambil tercatat dibatalkan", params: byId, body: z.object({ reason: note(1000) }), result: done }),
  freeze: endpoint({ method: "POST", path: "/api/drafts/:id/freeze", summary: "Ambil nomor, bekukan isi, dan buat PDF/A", params: byId, body: z.object({ contentHash: sha256 }), result: done.extend({ number: z.string(), sha256, pages: count }) }),
  sign: endpoint({ method: "POST", path: "/api/drafts/:id/signature", summary: "Tanda tangani berkas beku yang hash-nya saya lihat", params: byId, body: z.object({ sha256, passphrase: z.string().min(1).max(200) }), result: done.extend({ sha256 }) }),
  revoke: endpoint({ method: "POST", path: "/api/drafts/:id/revocation", summary: "Cabut surat yang sudah terbit; `replacement` = nomor surat penggantinya", params: byId, body: z.object({ reason: line(1000), replacement: z.string().trim().max(120).default("") }), result: done }),
};
