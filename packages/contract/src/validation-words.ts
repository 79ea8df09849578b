type Language = "id" | "en";

type Outcomes = { readonly passed: string; readonly failed: string; readonly indeterminate: string };

/**
 * What each named check of a signature means in a sentence, for the page that anyone may open and for the command line. The validator
 * itself speaks in names and in English details for experts; a name that is not here is told by its detail.
 */
export const checkWords = {
  id: {
    dictionary: { passed: "Keterangan tanda tangan di dalam berkas lengkap.", failed: "Keterangan tanda tangan di dalam berkas tidak lengkap atau bukan jenis yang dikenal.", indeterminate: "Keterangan tanda tangan di dalam berkas tidak dapat dipastikan." },
    byte_range: { passed: "Bagian berkas yang ditandatangani jelas batasnya.", failed: "Bagian berkas yang ditandatangani tidak menutup seluruh isinya.", indeterminate: "Bagian berkas yang ditandatangani tidak dapat dipastikan." },
    revision: { passed: "Yang ditandatangani adalah satu keadaan berkas yang utuh.", failed: "Yang ditandatangani bukan satu keadaan berkas yang utuh.", indeterminate: "Keadaan berkas saat ditandatangani tidak dapat dipastikan." },
    padding: { passed: "Tidak ada isi tersembunyi di belakang tanda tangan.", failed: "Ada isi asing di tempat tanda tangan.", indeterminate: "Tempat tanda tangan tidak dapat dipastikan." },
    single_field: { passed: "Tanda tangan ini tampil di satu tempat saja.", failed: "Tanda tangan ini dipasang di lebih dari satu tempat.", indeterminate: "Tempat tanda tangan tampil tidak dapat dipastikan." },
    later_changes: { passed: "Isi dokumen tidak diubah sesudah ditandatangani.", failed: "Isi dokumen diubah sesudah ditandatangani.", indeterminate: "Apa yang terjadi sesudah ditandatangani tidak dapat dipastikan." },
    cms: { passed: "Tanda tangan tersusun menurut standar.", failed: "Tanda tangan tidak tersusun menurut standar.", indeterminate: "Susunan tanda tangan tidak dapat dipastikan." },
    message_digest: { passed: "Sidik isi sama dengan yang ditandatangani.", failed: "Sidik isi berbeda dari yang ditandatangani: isinya berubah.", indeterminate: "Sidik isi tidak dapat dibandingkan." },
    signing_certificate: { passed: "Tanda tangan terikat pada sertifikat ini.", failed: "Sertifikat ini bukan yang dimaksud penanda tangan.", indeterminate: "Sertifikat penanda tangan tidak dapat dipastikan." },
    signature_value: { passed: "Tanda tangan dibuat dengan kunci pemilik sertifikat.", failed: "Tanda tangan tidak dibuat dengan kunci pemilik sertifikat.", indeterminate: "Tanda tangan tidak dapat dicocokkan dengan kuncinya." },
    algorithms: { passed: "Cara penandatanganannya kuat dan masih diterima.", failed: "Cara penandatanganannya tidak sesuai.", indeterminate: "Cara penandatanganannya sudah lemah atau tidak dikenal." },
    certificate_chain: { passed: "Sertifikat berasal dari penerbit yang dipercaya.", failed: "Sertifikat tidak berasal dari penerbit yang sah.", indeterminate: "Sertifikat tidak sampai pada penerbit yang dipercaya di sini." },
    certificate_purpose: { passed: "Sertifikat memang untuk keperluan ini.", failed: "Sertifikat bukan untuk keperluan ini.", indeterminate: "Sertifikat tidak dinyatakan untuk keperluan ini." },
    revocation: { passed: "Sertifikat tidak dicabut saat dipakai.", failed: "Sertifikat sudah dicabut saat dipakai.", indeterminate: "Pencabutan sertifikat belum dapat diperiksa." },
    claimed_time: { passed: "Waktu yang disebut penanda tangan masuk akal.", failed: "Waktu yang disebut penanda tangan tidak mungkin.", indeterminate: "Waktu penandatanganan tidak dapat dipastikan." },
    timestamp: { passed: "Cap waktu membuktikan kapan tanda tangan ini sudah ada.", failed: "Cap waktu bukan untuk tanda tangan ini, atau rusak.", indeterminate: "Cap waktu ada, tetapi penerbitnya tidak dipercaya di sini." },
  },
  en: {
    dictionary: { passed: "The description of the signature in the file is complete.", failed: "The description of the signature in the file is incomplete or of an unknown kind.", indeterminate: "The description of the signature in the file cannot be decided." },
    byte_range: { passed: "It is clear which part of the file is signed.", failed: "The signed part does not take in the whole content.", indeterminate: "The signed part of the file cannot be decided." },
    revision: { passed: "What is signed is one whole state of the file.", failed: "What is signed is not one whole state of the file.", indeterminate: "The state of the file when it was signed cannot be decided." },
    padding: { passed: "Nothing is hidden behind the signature.", failed: "Foreign content stands in the place of the signature.", indeterminate: "The place of the signature cannot be decided." },
    single_field: { passed: "The signature is shown in one place only.", failed: "The signature is shown in more than one place.", indeterminate: "The place where the signature is shown cannot be decided." },
    later_changes: { passed: "The content was not changed after signing.", failed: "The content was changed after signing.", indeterminate: "What happened after signing cannot be decided." },
    cms: { passed: "The signature is built as the standard says.", failed: "The signature is not built as the standard says.", indeterminate: "The build of the signature cannot be decided." },
    message_digest: { passed: "The content has the fingerprint that was signed.", failed: "The content has another fingerprint than the one that was signed: it was changed.", indeterminate: "The fingerprint of the content cannot be compared." },
    signing_certificate: { passed: "The signature is bound to this certificate.", failed: "This is not the certificate that the signer meant.", indeterminate: "The signer's certificate cannot be decided." },
    signature_value: { passed: "The signature was made with the key of the certificate's owner.", failed: "The signature was not made with the key of the certificate's owner.", indeterminate: "The signature cannot be matched with its key." },
    algorithms: { passed: "The way of signing is strong and still accepted.", failed: "The way of signing does not fit.", indeterminate: "The way of signing is weak by now, or unknown." },
    certificate_chain: { passed: "The certificate comes from a trusted issuer.", failed: "The certificate does not come from a lawful issuer.", indeterminate: "The certificate does not lead to an issuer trusted here." },
    certificate_purpose: { passed: "The certificate is meant for this purpose.", failed: "The certificate is not meant for this purpose.", indeterminate: "The certificate is not declared for this purpose." },
    revocation: { passed: "The certificate was not revoked when it was used.", failed: "The certificate was revoked when it was used.", indeterminate: "Whether the certificate was revoked could not be checked." },
    claimed_time: { passed: "The time that the signer states is plausible.", failed: "The time that the signer states is impossible.", indeterminate: "The time of signing cannot be decided." },
    timestamp: { passed: "A time-stamp proves when this signature existed.", failed: "The time-stamp is not over this signature, or is damaged.", indeterminate: "A time-stamp is there, but its authority is not trusted here." },
  },
} as const satisfies Record<Language, Record<string, Outcomes>>;

/** The sentence of one check, or what the validator said when the check has none. */
export const checkSentence = (language: Language, check: { readonly name: string; readonly outcome: keyof Outcomes; readonly detail: string }): string => {
  const words: Readonly<Record<string, Outcomes>> = checkWords[language];
  return words[check.name]?.[check.outcome] ?? check.detail;
};

const changeWords: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  id: { signature: "tanda tangan lain", document_timestamp: "cap waktu dokumen", signature_field: "tempat tanda tangan", validation_data: "bukti pemeriksaan", document_information: "keterangan dokumen", extension: "tambahan menurut standar", form_filled: "isian formulir", unexplained: "perubahan isi yang tidak dapat dijelaskan" },
  en: { signature: "another signature", document_timestamp: "a document time-stamp", signature_field: "a place for a signature", validation_data: "validation data", document_information: "document information", extension: "an addition by the standard", form_filled: "a form that was filled in", unexplained: "a change of the content that cannot be explained" },
};

/** What was appended after a signature, in words. */
export const changeSentence = (language: Language, change: { readonly kind: string; readonly detail: string }): string => changeWords[language][change.kind] ?? change.detail;

const documentWords: Readonly<Record<Language, Outcomes & { readonly unsigned: string }>> = {
  id: { passed: "Tanda tangan mencakup dokumen ini, dan isinya tidak diubah sesudahnya.", failed: "Dokumen ini bukan lagi yang ditandatangani, atau susunannya rusak.", indeterminate: "Apa yang dicakup tanda tangan tidak dapat dipastikan.", unsigned: "Dokumen ini tidak bertanda tangan." },
  en: { passed: "The signatures cover this document, and its content was not changed after them.", failed: "This document is no longer the one that was signed, or its structure is broken.", indeterminate: "What the signatures cover cannot be decided.", unsigned: "This document is not signed." },
};

/** The judgement on the document as a whole. */
export const documentSentence = (language: Language, report: { readonly indication: string; readonly document: { readonly verdict: keyof Outcomes } }): string =>
  report.indication === "NO_SIGNATURE_FOUND" ? documentWords[language].unsigned : documentWords[language][report.document.verdict];

const unreadableWords: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  id: { not_a_pdf: "berkas ini bukan PDF", encrypted: "berkas ini dikunci dengan kata sandi", damaged: "berkas ini rusak", too_large: "berkas ini terlalu besar atau terlalu rumit untuk diperiksa" },
  en: { not_a_pdf: "this file is not a PDF", encrypted: "this file is locked by a password", damaged: "this file is damaged", too_large: "this file is too large or too intricate to be checked" },
};

/** Why a file could not be read at all. */
export const unreadableSentence = (language: Language, fault: { readonly reason: string; readonly message: string }): string => unreadableWords[language][fault.reason] ?? fault.message;
