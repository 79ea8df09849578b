import { followedWords } from "@lontar/contract";
import type { Change, CheckName, UnreadableReason } from "@lontar/pades/validate";
import type { Language } from "../kernel/time.ts";
import type { CameraFault } from "./camera.ts";
import type { Sameness } from "./same-letter.ts";

const id = {
  ...followedWords.id,
  frame: { official: "Situs resmi. Alamat yang benar:", language: "Bahasa", never: "NIK dan isi surat terbatas tidak pernah ditampilkan.", byFile: "Periksa surat dari berkas atau kode", ...followedWords.id.lost, broken: "Halaman ini belum dapat dibuka", retry: "Coba lagi" },
  check: {
    title: "Periksa surat", intro: "Asli atau palsu? Periksa berkas PDF-nya, atau kode di samping QR.", introSteps: ["Pilih berkas PDF yang Anda terima.", "Peramban Anda sendiri memeriksa tanda tangan elektroniknya. Berkas tidak dikirim ke mana pun.", "Sidik berkas (SHA-256) ditanyakan kepada daftar surat terbit."],
    file: "Pilih berkas PDF", yours: "Periksa berkas PDF Anda", another: "Periksa berkas lain", lead: "Seret ke sini atau pilih. Diperiksa di peramban ini, tidak diunggah.", release: "Lepaskan untuk memeriksa.", checking: (name: string): string => `Memeriksa ${name}…`,
    camera: { scan: "Pindai dengan kamera", title: "Pindai kode QR", lead: "Arahkan kamera ke kode QR pada surat. Gambarnya tidak dikirim ke mana pun.", picture: "Gambar dari kamera", opening: "Membuka kamera…", faults: { refused: "Kamera tidak diizinkan. Izinkan kamera untuk situs ini di pengaturan peramban, atau pakai foto kode QR.", none: "Tidak ada kamera yang dapat dipakai. Pakai foto kode QR, atau ketik kode yang tercetak di sampingnya." } satisfies Record<CameraFault, string> },
    seal: {
      photo: "Foto kode QR", reading: "Membaca foto…", noCode: "Tidak ada kode QR yang terbaca pada foto itu. Foto lagi dari dekat dan tegak, atau ketik kode yang tercetak di sampingnya.", offline: "Tidak terhubung ke jaringan: daftar surat terbit tidak dapat ditanya.", codeNeedsNetwork: "Kode ini hanya dapat diperiksa dengan jaringan", codeNeedsNetworkNext: "Pindai kode QR-nya, atau periksa berkas PDF-nya: keduanya dapat diperiksa tanpa jaringan.",
      noKeys: "Segel ini belum dapat diperiksa", noKeysNext: "Peramban ini belum menyimpan daftar kunci segel. Sambungkan ke jaringan, buka halaman ini sekali, lalu periksa lagi.", line: "Segelnya asli. Apakah suratnya masih berlaku belum diperiksa.", whole: "Isi segel sama persis dengan yang dibuat kantor.",
      questions: { integrity: "Apakah isi segelnya utuh?", identity: "Benarkah kantor itu yang membuatnya?", authority: "Apakah suratnya masih berlaku?" },
      fails: { integrity: "Isi segel ini tidak utuh atau tidak dapat dipercaya.", identity: "Bukan kunci kantor ini yang membuatnya, atau kuncinya tidak dapat dipercaya lagi.", authority: "Pembuatnya tidak berhak membuat segel ini." }, length: "Panjang surat", compareTitle: "Cocokkan dengan surat di tangan Anda", listed: (when: string): string => `Menurut daftar kunci segel ${when}.`,
      verifier: "Periksa tanpa jaringan", verifierLead: "Satu berkas yang memeriksa segel dan PDF tanpa internet dan tanpa situs ini. Simpan, lalu buka di peramban mana pun.", verifierGet: (size: string): string => `Unduh pemeriksa (${size})`, verifierHash: "Sidik berkas pemeriksa (SHA-256)",
    },
    byCode: "Kode pada surat", byCodeLead: "Sepuluh huruf dan angka di kotak tanda tangan, di samping kode QR.", code: "Kode verifikasi", go: "Periksa kode",
    development: "Sertifikat contoh: tanpa kekuatan hukum", signedBy: (who: string): string => `Tanda tangan oleh ${who}.`, longTerm: "Bukti jangka panjang:", here: (size: string): string => `${size}, diperiksa di peramban ini`,
    insecure: "Berkas hanya dapat diperiksa lewat alamat aman (HTTPS).", insecureNext: "Buka halaman ini dengan alamat yang diawali https://, atau periksa dengan kode di bawah.",
    unreadable: { not_a_pdf: "Berkas ini bukan PDF. Pilih berkas PDF suratnya, bukan foto atau dokumen pengolah kata.", encrypted: "PDF ini terkunci kata sandi, sehingga tanda tangannya tidak dapat diperiksa. Minta berkas yang tidak dikunci.", damaged: "PDF ini rusak dan tidak dapat dibaca. Minta dikirim ulang.", too_large: "Berkas ini terlalu besar untuk diperiksa di peramban. Batasnya 100 MB." } satisfies Record<UnreadableReason, string>,
    short: { yes: "Ya.", no: "Tidak.", unknown: "Belum dapat dipastikan." },
    sentences: {
      integrity: { yes: "Isi berkas sama persis dengan yang ditandatangani.", no: "Berkas ini diubah sesudah ditandatangani, atau tanda tangannya rusak.", unknown: "Tidak ada tanda tangan yang dapat diperiksa." },
      identity: { yes: "Sertifikat penanda tangan dikenal dan berlaku saat menandatangani.", no: "Sertifikat penanda tangan tidak sah.", unknown: "Sertifikat penanda tangan tidak dapat diperiksa terhadap penerbit yang dipercaya." },
      authority: { yes: "Menurut catatan kantor, penanda tangan memegang jabatannya pada hari itu.", no: "Menurut catatan kantor, penanda tangan tidak memegang jabatan itu.", unknown: "Berkas ini tidak ada dalam daftar surat terbit, atau daftarnya tidak terjangkau." },
    },
    onlyOriginal: { short: "Hanya untuk isi yang asli.", sentence: "Berkas ini tidak pernah ditandatangani dalam keadaan seperti ini." }, notChecked: "Berkas ini tidak dapat diperiksa",
    lines: { valid: "Berkas ini asli, utuh, dan tercatat.", invalid: "Tidak sah: berkas ini berubah atau tanda tangannya salah. Jangan dipakai.", revoked: "Surat ini sudah dicabut atau digantikan.", expired: "Masa berlaku surat ini sudah lewat.", missing: "Keaslian berkas ini tidak dapat dipastikan. Hubungi kantor penerbit.", limited: "Surat ini tercatat dan sah; isinya terbatas.", doubtful: "Tanda tangan surat ini dibuat dengan kunci yang diduga bocor. Tanyakan dulu kepada kantor penerbit.", unchecked: "Berkas ini utuh dan tanda tangannya dikenal. Apakah suratnya masih berlaku belum diperiksa: sambungkan ke jaringan, lalu periksa lagi.", other: "Berkas ini bukan surat yang kode QR-nya Anda pindai. Jangan dipakai sebelum kantor penerbit memastikannya." },
    meant: {
      title: "Dibandingkan dengan kode QR", choose: "Pilih berkas PDF surat itu. Isinya dibandingkan dengan kode QR yang Anda pindai.", drop: "Bandingkan berkas PDF-nya", alone: "Periksa berkas ini saja", page: "Buka halaman surat dari kode QR itu",
      words: { same: "Surat yang sama: berkas ini surat yang kodenya Anda pindai.", other: "Bukan surat yang sama: kode itu milik surat di bawah ini.", changed: "Berkas ini sudah diubah, jadi bukan surat itu seperti yang terbit.", unknown: "Tanpa jaringan kode dan berkas ini tidak dapat dibandingkan. Cocokkan sendiri nomor, tanggal, dan hal dengan isi berkas; semuanya harus sama persis." } satisfies Record<Sameness, string>,
    },
    found: "Yang kami temukan", addedAfter: (revision: number): string => `Ditambahkan sesudah tanda tangan (revisi ${revision})`,
    changes: { signature: "tanda tangan lain", document_timestamp: "cap waktu", signature_field: "kotak tanda tangan", form_filled: "isian formulir", validation_data: "data pemeriksaan sertifikat", document_information: "keterangan berkas", extension: "tanda ekstensi PDF", unexplained: "isi yang tidak dapat dijelaskan" } satisfies Record<Change["kind"], string>,
    failed: {
      dictionary: "Kotak tanda tangannya tidak menurut aturan.", byte_range: "Bagian berkas yang ditandatangani tidak menurut aturan.", revision: "Susunan berkas diubah.", padding: "Ada isi tersembunyi di ruang tanda tangan.", single_field: "Satu tanda tangan dipakai di beberapa tempat.", later_changes: "Ada isi yang ditambahkan sesudah tanda tangan.",
      cms: "Tanda tangannya tidak dapat dibaca.", message_digest: "Isi yang ditandatangani berbeda dari isi berkas ini.", signing_certificate: "Sertifikatnya bukan yang dipakai menandatangani.", signature_value: "Tanda tangannya tidak cocok dengan sertifikatnya.", algorithms: "Cara menandatanganinya sudah tidak dipercaya.",
      certificate_chain: "Penerbit sertifikatnya tidak dikenal.", certificate_purpose: "Sertifikatnya bukan untuk menandatangani surat.", revocation: "Sertifikatnya pernah dicabut.", claimed_time: "Waktu tanda tangannya tidak mungkin.", timestamp: "Cap waktunya tidak sah.",
    } satisfies Record<CheckName, string>,
    todo: "Yang perlu Anda lakukan", stop: "Jangan bayar, jangan pakai, dan jangan teruskan berkas ini.", keep: "Simpan berkas ini sebagai bukti, lalu laporkan kepada kantor yang disebut dalam surat. Pakai nomor telepon yang Anda kenal, bukan yang tertulis di berkas ini.", original: "Pakai surat aslinya:", askOriginal: "Minta surat aslinya kepada penerbit.",
    noLetter: "Tidak ada berkas surat di antaranya. Pilih PDF-nya bersama berkas buktinya.", withProof: "Punya berkas .tlog-proof? Pilih bersama PDF-nya: tempatnya dalam log ikut diperiksa.",
    log: {
      title: "Bukti log", proved: (leaf: string, size: string): string => `Penerbitan surat ini tercatat sebagai nomor ${leaf} dari ${size} peristiwa. Catatan itu tidak dapat ditulis ulang tanpa ketahuan.`,
      at: "Waktu menurut kantor penerbit", seenBy: (witness: string): string => `Disaksikan ${witness}`, noWitness: "Log ini belum punya saksi dari luar: buktinya hanya tanda tangan kantor itu sendiri.",
      ownPolicy: "Dinilai dengan kebijakan yang Anda bawa sendiri; tidak ada server yang dipercaya.", sitePolicy: "Dinilai dengan kebijakan saksi dari situs ini. Untuk tidak memercayai situs ini, pilih juga berkas kebijakan (policy) yang Anda simpan sendiri.",
      noPolicy: "Kebijakan saksi log ini tidak dapat diambil. Pilih juga berkas kebijakannya (policy), lalu periksa lagi.",
      refused: {
        malformed_proof: "Berkas bukti ini rusak atau bukan bukti log.", malformed_checkpoint: "Kepala log dalam bukti ini rusak.", malformed_note: "Kepala log dalam bukti ini rusak.", malformed_leaf: "Bukti ini tidak menyebut peristiwanya.", malformed_policy: "Berkas kebijakan itu tidak dapat dibaca.",
        bad_signature: "Tanda tangan pada kepala log ini palsu.", no_trusted_signature: "Kepala log ini tidak ditandatangani siapa pun yang disebut kebijakan.", unknown_log: "Log ini bukan log yang disebut kebijakan.", no_quorum: "Saksi yang melihat kepala log ini kurang dari yang disyaratkan kebijakan.",
        not_in_log: "Peristiwa ini tidak ada dalam log itu.", no_document: "Peristiwa ini tidak menyebut berkas apa pun.", another_document: "Bukti ini milik berkas lain, atau berkas ini diubah.", another_key: "Kunci log ini bukan yang dulu dikenal peramban ini. Jangan dipercaya sebelum bertanya kepada inspektorat.",
      },
    },
    compare: "Cocokkan dengan surat yang tercatat", compareLead: "Nomor, tanggal, dan hal pada berkas Anda harus sama dengan ini.", openPage: "Buka halaman surat ini",
    details: "Rincian untuk pemeriksa", hash: "Sidik berkas (SHA-256)", revisions: "Revisi", checks: "Pemeriksaan", claimed: "Waktu menurut tanda tangan", verdicts: { passed: "lolos", failed: "gagal", indeterminate: "tidak dapat dipastikan" }, indication: "Kesimpulan (EN 319 102-1)",
    names: {
      dictionary: "kamus tanda tangan", byte_range: "rentang bita", revision: "revisi", padding: "ruang kosong", single_field: "satu kotak", later_changes: "perubahan sesudahnya", cms: "CMS", message_digest: "sidik isi", signing_certificate: "sertifikat penanda tangan", signature_value: "nilai tanda tangan", algorithms: "algoritma", certificate_chain: "rantai sertifikat", certificate_purpose: "kegunaan sertifikat", revocation: "pencabutan sertifikat", claimed_time: "waktu", timestamp: "cap waktu",
    } satisfies Record<CheckName, string>,
  },
};

type Widened<T> = T extends string ? string : T extends (...given: infer G) => string ? (...given: G) => string : T extends readonly string[] ? readonly string[] : { readonly [K in keyof T]: Widened<T[K]> };
/** The words of the pages for anyone, in one language. */
export type Words = Widened<typeof id>;

const en: Words = {
  ...followedWords.en,
  frame: { official: "Official site. Its right address:", language: "Language", never: "NIK and the content of restricted letters are never shown.", byFile: "Check a letter by file or code", ...followedWords.en.lost, broken: "This page cannot be opened yet", retry: "Try again" },
  check: {
    title: "Check a letter", intro: "Genuine or forged? Check its PDF file, or the code beside its QR.", introSteps: ["Choose the PDF you received.", "Your own browser checks its electronic signature. The file is sent nowhere.", "The hash of the file (SHA-256) is looked up in the register of issued letters."],
    file: "Choose a PDF", yours: "Check your PDF file", another: "Check another file", lead: "Drop it here or choose it. Checked in this browser, not uploaded.", release: "Let go to check.", checking: (name) => `Checking ${name}…`,
    camera: { scan: "Scan with the camera", title: "Scan the QR code", lead: "Point the camera at the QR code of the letter. Its picture is sent nowhere.", picture: "Picture of the camera", opening: "Opening the camera…", faults: { refused: "The camera is not allowed. Allow it for this site in the settings of the browser, or use a photo of the QR code.", none: "There is no camera to use. Use a photo of the QR code, or type the code printed beside it." } },
    seal: {
      photo: "Photograph the QR code", reading: "Reading the photo…", noCode: "No QR code could be read in that photo. Take it again from near and straight, or type the code printed beside it.", offline: "Not connected: the register of issued letters cannot be asked.", codeNeedsNetwork: "This code can only be checked with a network", codeNeedsNetworkNext: "Scan the QR code, or check the PDF file: both can be checked without a network.",
      noKeys: "This seal cannot be checked yet", noKeysNext: "This browser has not kept the list of seal keys. Connect to a network, open this page once, then check again.", line: "The seal is genuine. Whether the letter is still in force was not checked.", whole: "What the seal says is exactly what the office sealed.",
      questions: { integrity: "Is what the seal says whole?", identity: "Was it really that office that made it?", authority: "Is the letter still in force?" },
      fails: { integrity: "What this seal says is not whole, or cannot be trusted.", identity: "It was not this office's key that made it, or that key is no longer trusted.", authority: "Its maker had no right to make it." }, length: "Length", compareTitle: "Compare with the letter in your hand", listed: (when) => `By the list of seal keys of ${when}.`,
      verifier: "Check without a network", verifierLead: "One file that checks seals and PDFs without the internet and without this site. Keep it and open it in any browser.", verifierGet: (size) => `Download the verifier (${size})`, verifierHash: "Hash of the verifier (SHA-256)",
    },
    byCode: "Code on the letter", byCodeLead: "Ten letters and digits in the signature box, beside the QR code.", code: "Verification code", go: "Check the code",
    development: "Sample certificate: without legal effect", signedBy: (who) => `Signed by ${who}.`, longTerm: "Long-term proof:", here: (size) => `${size}, checked in this browser`,
    insecure: "Files can only be checked over a secure address (HTTPS).", insecureNext: "Open this page by an address that begins with https://, or check by the code below.",
    unreadable: { not_a_pdf: "This is not a PDF. Choose the PDF of the letter, not a photograph or a text document.", encrypted: "This PDF is locked with a password, so that its signature cannot be checked. Ask for one that is not locked.", damaged: "This PDF is damaged and cannot be read. Ask for it again.", too_large: "This file is too large to be checked in a browser. The limit is 100 MB." },
    short: { yes: "Yes.", no: "No.", unknown: "Cannot be told yet." },
    sentences: {
      integrity: { yes: "The file is exactly what was signed.", no: "The file was changed after signing, or its signature is broken.", unknown: "There is no signature to check." },
      identity: { yes: "The signer's certificate is known and was valid at signing.", no: "The signer's certificate is not valid.", unknown: "The signer's certificate cannot be checked against a trusted issuer." },
      authority: { yes: "By the office's record the signer held the post on that day.", no: "By the office's record the signer did not hold that post.", unknown: "The file is not in the register of issued letters, or the register cannot be reached." },
    },
    onlyOriginal: { short: "For the original content only.", sentence: "This file was never signed in the state it is in." }, notChecked: "This file cannot be checked",
    lines: { valid: "This file is genuine, whole and registered.", invalid: "Not valid: the file was changed or its signature is wrong. Do not use it.", revoked: "This letter was withdrawn or replaced.", expired: "This letter is no longer in force.", missing: "This file cannot be confirmed. Ask the issuing office.", limited: "This letter is registered and valid; its content is restricted.", doubtful: "The signature of this letter was made with a key that may have leaked. Ask the issuing office first.", unchecked: "This file is whole and its signature is known. Whether the letter is still in force was not checked: connect to a network and check again.", other: "This file is not the letter whose QR code you scanned. Do not use it before the issuing office has confirmed it." },
    meant: {
      title: "Compared with the QR code", choose: "Choose the PDF of that letter. Its content is compared with the QR code you scanned.", drop: "Compare its PDF file", alone: "Check this file alone", page: "Open the page of the letter in that QR code",
      words: { same: "The same letter: this file is the letter whose code you scanned.", other: "Not the same letter: that code belongs to the letter below.", changed: "This file was changed, so it is not that letter as it was issued.", unknown: "Without a network this code and this file cannot be compared. Compare number, date and subject with the file yourself; all must be exactly the same." },
    },
    found: "What we found", addedAfter: (revision) => `Added after the signature (revision ${revision})`,
    changes: { signature: "another signature", document_timestamp: "a time-stamp", signature_field: "a signature field", form_filled: "form entries", validation_data: "certificate data", document_information: "file information", extension: "a PDF extension mark", unexplained: "content that cannot be explained" },
    failed: {
      dictionary: "The signature field breaks the rules.", byte_range: "The signed part of the file breaks the rules.", revision: "The structure of the file was changed.", padding: "Something is hidden in the signature's space.", single_field: "One signature is used in several places.", later_changes: "Content was added after the signature.",
      cms: "The signature cannot be read.", message_digest: "The signed content differs from the content of this file.", signing_certificate: "The certificate is not the one used for signing.", signature_value: "The signature does not fit its certificate.", algorithms: "The way it was signed is no longer trusted.",
      certificate_chain: "The issuer of the certificate is unknown.", certificate_purpose: "The certificate is not for signing letters.", revocation: "The certificate was revoked.", claimed_time: "The time of signing is impossible.", timestamp: "The time-stamp is not valid.",
    },
    todo: "What to do", stop: "Do not pay, use or pass on this file.", keep: "Keep it as evidence and report it to the office named in the letter. Use a telephone number you know, not the one in the file.", original: "Use the genuine letter:", askOriginal: "Ask the issuer for the genuine letter.",
    noLetter: "There is no letter among these files. Choose its PDF together with the proof.", withProof: "Have a .tlog-proof file? Choose it together with the PDF: its place in the log is checked as well.",
    log: {
      title: "Proof from the log", proved: (leaf, size) => `The issuing of this letter is event ${leaf} of ${size}. That record cannot be rewritten unnoticed.`,
      at: "Time by the issuing office", seenBy: (witness) => `Witnessed by ${witness}`, noWitness: "This log has no outside witness yet: the proof is the office's own signature alone.",
      ownPolicy: "Judged by the policy that you brought; no server was believed.", sitePolicy: "Judged by this site's witness policy. To believe not even this site, choose a policy file of your own as well.",
      noPolicy: "The witness policy of this log cannot be fetched. Choose its policy file as well, then check again.",
      refused: {
        malformed_proof: "This proof file is damaged, or no proof at all.", malformed_checkpoint: "The log head in this proof is damaged.", malformed_note: "The log head in this proof is damaged.", malformed_leaf: "This proof does not name its event.", malformed_policy: "The policy file cannot be read.",
        bad_signature: "A signature on this log head is forged.", no_trusted_signature: "Nobody whom the policy names has signed this log head.", unknown_log: "This is not the log that the policy names.", no_quorum: "Fewer witnesses than the policy asks for have seen this log head.",
        not_in_log: "This event is not in that log.", no_document: "This event names no file.", another_document: "This proof belongs to another file, or this file was changed.", another_key: "The key of this log is not the one this browser has known. Believe nothing before you have asked the inspectorate.",
      },
    },
    compare: "Compare with the letter on record", compareLead: "Number, date and subject of your file must be the same as these.", openPage: "Open the page of this letter",
    details: "Details for experts", hash: "File hash (SHA-256)", revisions: "Revisions", checks: "Checks", claimed: "Time by the signature", verdicts: { passed: "passed", failed: "failed", indeterminate: "undecided" }, indication: "Conclusion (EN 319 102-1)",
    names: {
      dictionary: "signature dictionary", byte_range: "byte range", revision: "revision", padding: "padding", single_field: "single field", later_changes: "later changes", cms: "CMS", message_digest: "message digest", signing_certificate: "signing certificate", signature_value: "signature value", algorithms: "algorithms", certificate_chain: "certificate chain", certificate_purpose: "certificate purpose", revocation: "revocation", claimed_time: "time", timestamp: "time-stamp",
    },
  },
};

/** The words of the pages for anyone, in each language. */
export const openWords: Readonly<Record<Language, Words>> = { id, en };
