import { agenda, at, day as dayIn, lacking, list, plain, receivers as receiversIn, refusalOf, text, told, type EventBody, type Teller } from "./event-body.ts";

/** What was taken away as a file, narrowed how, and how much of it. */
const exported = (what: string, rows: string, filter: string): string => {
  const narrowed = filter === "" ? "" : ` (${filter})`;
  if (what === "organisasi") return `mengekspor susunan organisasi${narrowed}, ${rows} baris.`;
  return what === "pembaca" ? `mengunduh daftar yang dapat melihat surat${narrowed}, ${rows} baris.` : `mengunduh salinan jejak surat${narrowed}, ${rows} catatan.`;
};

const receivers = (body: EventBody): string => receiversIn(body, { responsible: "penanggung jawab", more: (count) => `dan ${count} jabatan lain` });

const monthNames = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];

const day = (instant: string): string => dayIn(instant, monthNames, "waktu yang tidak tercatat");

const standings: Readonly<Record<string, string>> = { unregistered: "akun tidak terdaftar", pending: "pendaftaran belum selesai", expired: "sertifikat berakhir", suspended: "akun ditangguhkan", revoked: "sertifikat dicabut" };

const parts: Readonly<Record<string, string>> = { surat: "surat", berkas: "berkas surat", jejak: "jejak surat" };

const begun: Readonly<Record<string, string>> = { definitif: "mencatat pengangkatan pejabat", pj: "mencatat penunjukan Pj.", plt: "menunjuk Plt.", plh: "menunjuk Plh." };

const settled: Teller = (body) => told(text(body, "because") === "ditarik" ? "tidak lagi menunggu laporan karena disposisinya ditarik." : "menerima laporan yang ditunggu.");

/** What each event says in Indonesian, the language of the record: what is exported and signed is told in it. */
export const tellers: Readonly<Record<string, Teller>> = {
  // received letters
  "received.uploaded": (body) => told(`mengunggah pindaian “${text(body, "file", "name")}”, ${text(body, "file", "pages")} halaman.`),
  "received.arrived": (body) => told(`menerima surat dari ${text(body, "facts", "sender")} ${text(body, "origin", "kind") === "pertukaran" ? "melalui pertukaran antarinstansi" : "dari dalam pemerintah daerah"}, agenda ${agenda(body)}, untuk ${text(body, "to", "title")}.`),
  "received.registered": (body) => told(`mencatat surat, agenda ${agenda(body)}.`, text(body, "separateBecause")),
  "received.discarded": (body) => told("membuang pindaian ini.", text(body, "reason")),
  "received.directed": (body) => told(`mengarahkan surat kepada ${text(body, "to", "title")}.`),
  "received.opened": plain("membaca surat ini."),
  "received.reopened": plain("membuka lagi surat rahasia ini."),
  "received.disposed": (body) => told(`mendisposisikan surat kepada ${receivers(body)}.`),
  "received.settled": settled,
  "received.closed": (body) => told("menyatakan surat selesai.", text(body, "note")),
  "received.filed": (body) => told(`memberkaskan surat ke “${text(body, "dossier")}”.`),
  // dispositions
  "disposition.given": (body) => told(`mendisposisikan kepada ${text(body, "toTitle")}${at(body, ["responsible"]) === true ? " sebagai penanggung jawab" : ""}.`, [...list(body, "instructions").map(String), text(body, "note")].filter((part) => part !== "").join("; ")),
  "disposition.opened": plain("membaca disposisi."),
  "disposition.reopened": plain("membuka lagi surat rahasia ini."),
  "disposition.passed_on": (body) => told(`meneruskan disposisi kepada ${receivers(body)}.`),
  "disposition.settled": settled,
  "disposition.progressed": (body) => told("mencatat tindak lanjut.", text(body, "note")),
  "disposition.attached": (body) => told("melampirkan berkas pada tindak lanjut.", text(body, "file", "name")),
  "disposition.detached": (body) => told("membatalkan lampiran.", text(body, "file", "name")),
  "disposition.reported": (body) => told("melaporkan hasil tindak lanjut.", text(body, "note")),
  "disposition.accepted": (body) => told(`menerima laporan ${text(body, "receiver")}.`, text(body, "note")),
  "disposition.returned": (body) => told(`mengembalikan laporan ${text(body, "receiver")}.`, text(body, "reason")),
  "disposition.withdrawn": (body) => told(`menarik disposisi kepada ${text(body, "receiver")} sebelum dibaca.`, text(body, "reason")),
  // drafts
  "draft.created": (body) => told(`membuat naskah ${text(body, "kindTitle")}.`),
  "draft.submitted": (body) => told(`mengajukan naskah versi ${text(body, "version")} ke rantai paraf.`, text(body, "note")),
  "draft.parafs_voided": (body) => told(`menggugurkan paraf ${list(body, "posts").map(String).join(", ")} karena naskah berubah.`),
  "draft.withdrawn": plain("menarik kembali naskah untuk diubah."),
  "draft.approved": (body) => told(`memaraf naskah versi ${text(body, "version")}.`, text(body, "note")),
  "draft.returned": (body) => told("mengembalikan naskah untuk diperbaiki.", text(body, "note")),
  "draft.cancelled": (body) => told(text(body, "number") === "" ? "membatalkan naskah." : `membatalkan naskah; nomor ${text(body, "number")} tercatat dibatalkan.`, text(body, "reason")),
  "draft.frozen": (body) => told(`mengambil nomor ${text(body, "frozen", "number")} dan membekukan isi naskah.`),
  "draft.rendered": (body) => told(`membuat PDF/A ${text(body, "rendered", "pages")} halaman.`),
  "draft.sign_intended": plain("menyatakan niat menandatangani berkas yang dibekukan."),
  "draft.sign_ready": (body) => told(`mendapati penyedia tanda tangan kembali; kata sandi ${text(body, "person")} diminta sekali lagi.`),
  "draft.sign_lost": (body) => told(`tidak mendapat jawaban atas permintaan tanda tangan ${text(body, "person")}; tidak diulang sendiri.`),
  "draft.sign_lapsed": (body) => told(`menggugurkan niat tanda tangan ${text(body, "person")} selaku ${text(body, "post")}.`, refusalOf(text(body, "reason"), "id")),
  "draft.signing_failed": (body) => told(text(body, "code") === "BYTES_DIFFER" ? "mencoba menandatangani, dan dihentikan: berkasnya bukan berkas yang dibekukan. Pengawas diberi tahu." : "mencoba menandatangani, tetapi tidak berhasil; nomor tetap milik naskah ini."),
  "draft.signed": plain("menandatangani naskah secara elektronik."),
  "draft.filed": (body) => told(`memberkaskan naskah ke “${text(body, "dossier")}”.`),
  // issued letters and their way
  "issued.issued": (body) => told(`menerbitkan surat nomor ${text(body, "letter", "number")}.`),
  "issued.delivered": (body) => told(text(body, "status") === "gagal" ? `belum dapat mengirim kepada ${text(body, "label")}.` : `mengirim surat kepada ${text(body, "label")}.`, text(body, "detail")),
  "issued.preserved": (body) => told(text(body, "file", "level") === "B-LTA" ? `melengkapi bukti jangka panjang surat, berlaku sampai ${day(text(body, "file", "until"))}.` : `menambah bukti jangka panjang surat sampai tingkat ${text(body, "file", "level")}.`, lacking(body, "id")),
  "issued.preservation_failed": (body) => told("belum dapat melengkapi bukti jangka panjang surat.", lacking(body, "id")),
  "issued.revoked": (body) => told(text(body, "replacement", "number") === "" ? "mencabut surat ini." : `mencabut surat ini, diganti surat ${text(body, "replacement", "number")}.`, text(body, "reason")),
  "issued.suspected": (body) => told(text(body, "suspicion", "key") === "segel" ? "menandai segel surat ini: kuncinya diduga bocor." : "menandai tanda tangan surat ini: kuncinya diduga bocor.", text(body, "suspicion", "reason")),
  "issued.filed": (body) => told(`memberkaskan surat ke “${text(body, "dossier")}”.`),
  "parcel.queued": (body) => told(`menyiapkan pengiriman kepada ${text(body, "destination", "label")}.`),
  "parcel.sent": plain("menyerahkan amplop kepada penerima."),
  "parcel.receipted": plain("mendapat resi bertanda tangan dari penerima."),
  "parcel.viewed": plain("mencatat bahwa penerima luar membuka surat."),
  "parcel.failed": (body) => told("belum berhasil mengirim amplop.", text(body, "reason")),
  // village
  "request.entered": (body) => told(`mencatat permohonan ${text(body, "service")}.`, text(body, "purpose")),
  "request.verified": (body) => told("menyatakan syarat lengkap dan membuat surat.", text(body, "note")),
  "request.returned": (body) => told("mengembalikan permohonan karena belum lengkap.", text(body, "note")),
  "request.cancelled": (body) => told("membatalkan permohonan.", text(body, "reason")),
  "request.ready": (body) => told(`menyiapkan surat nomor ${text(body, "number")} untuk warga.`),
  "request.erased": (body) => told("menghapus data pribadi pemohon.", text(body, "reason")),
  "request.collected": plain("menyerahkan surat kepada warga."),
  // records
  "dossier.opened": (body) => told(`membuka berkas “${text(body, "title")}”.`),
  "dossier.filed": (body) => told(`memasukkan surat ke berkas “${text(body, "title")}”.`),
  "dossier.closed": (body) => told("menutup berkas.", text(body, "note")),
  "draft.handed_over": (body) => told(`menyerahkan naskah dari ${text(body, "from")} kepada ${text(body, "to", "person")}.`),
  "handover.prepared": (body) => told(`menyiapkan serah terima jabatan ${text(body, "title")}.`, text(body, "reason")),
  "handover.carried_out": (body) => told(`melaksanakan serah terima: ${text(body, "counts", "desk")} pekerjaan dan ${text(body, "counts", "drafts")} naskah berpindah.`),
  "handover.cancelled": (body) => told("membatalkan serah terima.", text(body, "reason")),
  "class_right.granted": (body) => told(`memberi hak baca klasifikasi ${text(body, "prefix")}.`, text(body, "basis")),
  "class_right.ended": (body) => told("mengakhiri hak baca klasifikasi.", text(body, "reason")),
  // oversight
  "inspection.given": (body) => told(`memberi mandat pemeriksaan kepada ${text(body, "state", "positionTitle")}.`, [text(body, "state", "purpose"), text(body, "state", "basis")].filter((part) => part !== "").join("; ")),
  "inspection.revoked": (body) => told("mencabut mandat pemeriksaan.", text(body, "reason")),
  "inspection.searched": (body) => told(text(body, "q") === "" ? `melihat daftar ${text(body, "found")} surat dalam cakupan pemeriksaan.` : `mencari “${text(body, "q")}” dalam cakupan pemeriksaan, ${text(body, "found")} surat ditampilkan.`),
  "inspection.traced": (body) => told(`menelusuri tindakan: ${text(body, "words")}; ${text(body, "found")} ditampilkan.`),
  "inspection.reported": (body) => told(`membuat laporan pemeriksaan: ${text(body, "words")}; ${text(body, "found")} baris.`),
  "inspection.exported": (body) => told(`mengunduh ${text(body, "words")}; ${text(body, "found")} baris.`),
  "saved_query.saved": (body) => told(`menyimpan pencarian “${text(body, "state", "name")}”.`),
  "saved_query.changed": (body) => told(`mengubah pencarian tersimpan “${text(body, "name")}”.`),
  "saved_query.removed": (body) => told(`menghapus pencarian tersimpan “${text(body, "name")}”.`),
  "sample.locked": (body) => told(`mengunci daftar ${text(body, "state", "population", "members")} surat untuk uji petik “${text(body, "state", "title")}”.`, text(body, "state", "source")),
  "sample.drawn": (body) => told(`mengundi ${list(body, "letters").length} surat sampel.`, text(body, "fact")),
  "sample.judged": (body) => told(`memutuskan surat sampel ${text(body, "letter", "number")}: ${text(body, "verdict") === "cocok" ? "cocok" : "dengan catatan"}.`, text(body, "note")),
  "sample.abandoned": (body) => told("meninggalkan uji petik.", text(body, "reason")),
  "inspection_look.read": (body) => told(`membaca ${parts[text(body, "part", "what")] ?? "surat"} ini dalam pemeriksaan.`, text(body, "basis")),
  "export.made": (body) => told(exported(text(body, "export", "what"), text(body, "export", "rows"), text(body, "export", "filter"))),
  "secret_reading.read": (body) => told(`membaca isi ${text(body, "letter", "kind") === "naskah" ? "naskah" : "surat"} rahasia ini.`),
  "emergency.opened": (body) => told(`membuka surat ini lewat akses darurat, ${list(body, "alarmed").length} jabatan diberi tahu.`, text(body, "reason")),
  "emergency.read": (body) => told(`membaca ${parts[text(body, "part", "what")] ?? "surat"} ini lewat akses darurat.`),
  "emergency.acknowledged": (body) => told("menyatakan mengetahui akses darurat atas surat ini.", text(body, "note")),
  "emergency.closed": plain("menutup akses daruratnya sebelum waktunya."),
  // red flags
  "finding.raised": (body) => told(`menemukan hal yang tidak cocok, aturan ${text(body, "found", "code")}.`),
  "finding.lapsed": (body) => told(`menggugurkan temuan karena ukuran aturan ${text(body, "code")} diubah.`),
  "finding.looked_at": (body) => told(`membuka temuan aturan ${text(body, "code")}.`, text(body, "basis")),
  "finding.asked": (body) => told(`meminta penjelasan ${text(body, "question", "post")}.`, text(body, "question", "text")),
  "finding.answered": (body) => told("memberi penjelasan.", text(body, "answer", "text")),
  "finding.closed": (body) => told("menyatakan temuan sudah jelas.", text(body, "closed", "reason")),
  "flag_rule.set": (body) => told(at(body, ["change", "isOn"]) === false ? `mematikan aturan ${text(body, "code")}.` : `mengubah ukuran aturan ${text(body, "code")}.`, text(body, "change", "reason")),
  // organisation, access, signing keys
  "unit.defined": (body) => told(`menetapkan unit ${text(body, "state", "name")}.`),
  "position.defined": (body) => told(`menetapkan jabatan ${text(body, "state", "title")}.`),
  "person.defined": (body) => told(`mencatat pegawai ${text(body, "state", "name")}.`),
  "unit.dissolved": (body) => told("menghapus unit.", text(body, "basis", "number")),
  "unit.plan_withdrawn": plain("membatalkan rencana perubahan unit."),
  "position.closed": (body) => told("menghapus jabatan.", text(body, "basis", "number")),
  "position.plan_withdrawn": plain("membatalkan rencana perubahan jabatan."),
  "holding.defined": (body) => told("menetapkan pemegang jabatan.", text(body, "state", "basis")),
  "holding.begun": (body) => told(`${begun[text(body, "state", "kind")] ?? "menetapkan pemegang jabatan"}.`, text(body, "state", "basis")),
  "holding.ended": (body) => told("mengakhiri pemangkuan jabatan.", text(body, "reason")),
  "holding.revoked": (body) => told("mencabut mandat.", text(body, "reason")),
  "delegation.given": (body) => told(text(body, "state", "kind") === "ub" ? "melimpahkan wewenang u.b. kepada jabatan di bawahnya." : "melimpahkan wewenang a.n. kepada jabatan di bawahnya.", text(body, "state", "basis")),
  "delegation.revoked": (body) => told("mencabut pelimpahan wewenang.", text(body, "reason")),
  "policy.set": plain("mengubah aturan kewenangan instansi."),
  "account.created": (body) => told(`membuat akun ${text(body, "username")}.`),
  "account.invited": (body) => told(`membuat akun ${text(body, "username")} dan tautan aktivasinya.`),
  "account.link_renewed": (body) => told("membuat tautan baru untuk memilih kata sandi.", text(body, "reason")),
  "account.activated": plain("memilih kata sandi lewat tautan aktivasi."),
  "account.factor_asked": plain("mulai diminta pengaman kedua untuk masuk."),
  "account.blocked": (body) => told("memblokir akun.", text(body, "reason")),
  "account.unblocked": (body) => told("membuka blokir akun.", text(body, "reason")),
  "account.factors_reset": (body) => told("melepas semua pengaman kedua akun.", text(body, "reason")),
  "account.expelled": (body) => told("mengeluarkan akun dari semua perangkat.", text(body, "reason")),
  "account.signed_in": (body) => told(`masuk dari ${text(body, "device")}.`),
  "account.recovery_code_used": (body) => told(`memakai kode pemulihan, tersisa ${text(body, "left")}.`),
  "account.sign_in_refused": (body) => told(`menolak percobaan masuk dari ${text(body, "device")}.`),
  "account.signed_out": plain("keluar."),
  "account.post_switched": plain("berganti jabatan."),
  "account.session_ended": plain("mengeluarkan satu perangkat."),
  "account.sessions_ended": plain("mengeluarkan semua perangkat lain."),
  "account.session_elsewhere": (body) => told(`menghentikan sesi dari ${text(body, "opened")} yang dipakai dari perangkat lain.`),
  "account.password_changed": plain("mengganti kata sandi."),
  "account.second_factor_set": plain("memasang kode autentikator."),
  "account.second_factor_removed": plain("melepas kode autentikator."),
  "account.recovery_codes_made": plain("membuat kode pemulihan."),
  "account.passkey_added": (body) => told(`menambahkan kunci masuk “${text(body, "passkey", "name")}”.`),
  "account.passkey_renamed": (body) => told(`menamai kunci masuk “${text(body, "name")}”.`),
  "account.passkey_removed": (body) => told(`melepas kunci masuk “${text(body, "name")}”.`),
  "account.proved_fresh": plain("membuktikan diri lagi sebelum menandatangani."),
  "account.disowned": (body) => told("melaporkan tindakan atas namanya yang tidak ia lakukan.", text(body, "note")),
  "credential.issued": plain("menerbitkan sertifikat elektronik."),
  "credential.found": (body) => told(text(body, "found") === "ready" ? "mendapati sertifikat elektronik dapat dipakai lagi." : "mendapati sertifikat elektronik tidak dapat dipakai.", standings[text(body, "found")] ?? ""),
  "credential.warned": (body) => told(`mengingatkan bahwa sertifikat elektronik berakhir ${text(body, "days")} hari lagi.`),
  "credential.revoked": (body) => told("mencabut sertifikat elektronik.", text(body, "reason")),
  "seal_key.made": plain("membuat kunci segel baru."),
  "seal_key.retired": plain("menghentikan pemakaian kunci segel lama."),
  "seal_key.revoked": (body) => told("mencabut kunci segel.", text(body, "reason")),
};
