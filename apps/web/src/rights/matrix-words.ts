import { useLanguage } from "../kernel/catalog/index.ts";

/** The words of the matrix in the present language; a key without a word is shown as it is. */
export type MatrixWords = { readonly things: Readonly<Record<string, string>>; readonly states: Readonly<Record<string, string>>; readonly roles: Readonly<Record<string, string>>; readonly acts: Readonly<Record<string, string>> };

const id: MatrixWords = {
  things: { received: "Surat masuk", disposition: "Disposisi", draft: "Naskah keluar", issued: "Surat terbit", dossier: "Berkas", request: "Permohonan desa", class_right: "Hak klasifikasi", parcel: "Amplop pertukaran", holding: "Pemangkuan dan mandat", delegation: "Pelimpahan a.n. dan u.b.", account: "Akun", credential: "Sertifikat tanda tangan", seal_key: "Kunci segel", inspection: "Mandat pemeriksaan", inspection_look: "Pembacaan pemeriksa", emergency: "Akses darurat", export: "Berkas yang diunduh", finding: "Hal yang tidak cocok", flag_rule: "Ukuran hal yang tidak cocok" },
  states: {
    belum_ada: "Belum ada", diterima: "Diterima", tercatat: "Tercatat", diarahkan: "Diarahkan", dibaca: "Dibaca", didisposisi: "Didisposisi", selesai: "Selesai", diberkaskan: "Diberkaskan",
    belum_dibaca: "Belum dibaca", diproses: "Diproses", dilaporkan: "Dilaporkan", dikembalikan: "Dikembalikan", ditarik: "Ditarik", konsep: "Konsep", paraf: "Menunggu paraf", perbaikan: "Perbaikan",
    menunggu_ttd: "Menunggu tanda tangan", beku: "Beku (bernomor)", ditandatangani: "Ditandatangani", dibatalkan: "Dibatalkan", terbit: "Terbit", terkirim: "Terkirim", dicabut: "Dicabut", aktif: "Aktif", ditutup: "Ditutup",
    diperiksa: "Diperiksa", belum_lengkap: "Belum lengkap", siap_diambil: "Siap diambil", sudah_diambil: "Sudah diambil", berlaku: "Berlaku", berakhir: "Berakhir", antre: "Antre", gagal: "Gagal", dipangku: "Dipangku", mandat: "Mandat berjalan", menunggu: "Menunggu aktivasi", diblokir: "Diblokir", terbaca: "Sudah dibaca", terbuka: "Terbuka", diketahui: "Diketahui", dipakai: "Dipakai", perlu_dijelaskan: "Perlu dijelaskan", menunggu_jawaban: "Menunggu jawaban", dijawab: "Dijawab", sudah_jelas: "Sudah jelas", gugur: "Gugur", diatur: "Diatur", dibuat: "Sudah diunduh",
  },
  roles: {
    tata_usaha: "Tata usaha", dituju: "Yang dituju", penerima_disposisi: "Penerima disposisi", pemberi: "Pemberi disposisi", pengawas: "Pengawas", admin: "Admin", lain: "Pejabat lain", penyusun: "Penyusun", pemaraf: "Pemaraf",
    penanda_tangan: "Penanda tangan", pimpinan: "Pimpinan", staf: "Staf", operator: "Operator desa", kades: "Kepala desa", sistem: "Lontar sendiri", atasan: "Atasan", pemangku: "Pemangku jabatan", penerima: "Penerima", pemilik: "Pemilik", ditanya: "Yang ditanya", pengawas_admin: "Pengawas yang juga admin",
  },
  acts: {
    receive: "Unggah", register: "Catat", discard: "Buang", direct: "Arahkan", open: "Baca", dispose: "Disposisikan", close: "Selesaikan", file: "Berkaskan", give: "Beri disposisi", progress: "Catat tindak lanjut", attach: "Lampirkan", report: "Laporkan",
    accept: "Terima laporan", giveBack: "Kembalikan", withdraw: "Tarik", create: "Buat", submit: "Ajukan", approve: "Paraf", freeze: "Bekukan", sign: "Tanda tangani", cancel: "Batalkan", revoke: "Cabut", openDossier: "Buka berkas",
    closeDossier: "Tutup berkas", enter: "Catat permohonan", verify: "Nyatakan lengkap", handOver: "Serahkan", grant: "Beri hak", end: "Akhiri hak", queue: "Antrekan", sent: "Catat terkirim", receipted: "Catat resi", failed: "Catat kegagalan", appoint: "Catat pengangkatan", giveMandate: "Tunjuk Plh.", endHolding: "Akhiri pemangkuan", delegate: "Limpahkan", invite: "Undang", renewLink: "Buat tautan baru", block: "Blokir", unblock: "Buka blokir", resetFactors: "Lepas pengaman", expel: "Keluarkan", issueCertificate: "Terbitkan sertifikat", bringCertificate: "Bawa sertifikat sendiri", giveInspection: "Beri mandat pemeriksaan", searchLetters: "Cari surat", look: "Baca surat", openEmergency: "Buka surat", readEmergency: "Baca surat", acknowledge: "Nyatakan mengetahui", closeEmergency: "Tutup", makeKey: "Buat kunci", retireKey: "Hentikan pemakaian", lookAtFinding: "Buka", ask: "Minta penjelasan", answer: "Jawab", closeFinding: "Nyatakan jelas", setMeasure: "Ubah ukuran", exportOrganisation: "Ekspor organisasi", exportLetter: "Unduh jejak atau daftar pembaca",
  },
};

const en: MatrixWords = {
  things: { received: "Incoming letter", disposition: "Disposisi", draft: "Outgoing draft", issued: "Issued letter", dossier: "Dossier", request: "Village request", class_right: "Right of class", parcel: "Exchange envelope", holding: "Holding and mandate", delegation: "Delegation a.n. and u.b.", account: "Account", credential: "Signing certificate", seal_key: "Seal key", inspection: "Mandate of inspection", inspection_look: "Reading by an inspector", emergency: "Emergency access", export: "Downloaded file", finding: "Red flag", flag_rule: "Measure of a red flag" },
  states: {
    belum_ada: "Not there yet", diterima: "Received", tercatat: "Registered", diarahkan: "Directed", dibaca: "Read", didisposisi: "Disposed", selesai: "Finished", diberkaskan: "Filed",
    belum_dibaca: "Unread", diproses: "In work", dilaporkan: "Reported", dikembalikan: "Returned", ditarik: "Withdrawn", konsep: "Draft", paraf: "Waiting for paraf", perbaikan: "Being mended",
    menunggu_ttd: "Waiting for signature", beku: "Frozen (numbered)", ditandatangani: "Signed", dibatalkan: "Cancelled", terbit: "Issued", terkirim: "Sent", dicabut: "Revoked", aktif: "Active", ditutup: "Closed",
    diperiksa: "Being checked", belum_lengkap: "Incomplete", siap_diambil: "Ready", sudah_diambil: "Collected", berlaku: "In force", berakhir: "Ended", antre: "Queued", gagal: "Failed", dipangku: "Held", mandat: "Mandate running", menunggu: "Waiting for activation", diblokir: "Blocked", terbaca: "Read", terbuka: "Open", diketahui: "Known", dipakai: "In use", perlu_dijelaskan: "To be explained", menunggu_jawaban: "Waiting for an answer", dijawab: "Answered", sudah_jelas: "Clear", gugur: "Dropped", diatur: "Set", dibuat: "Downloaded",
  },
  roles: {
    tata_usaha: "Registry", dituju: "Addressee", penerima_disposisi: "Receiver", pemberi: "Giver", pengawas: "Inspector", admin: "Admin", lain: "Other official", penyusun: "Drafter", pemaraf: "Initialling official",
    penanda_tangan: "Signer", pimpinan: "Leader", staf: "Staff", operator: "Village operator", kades: "Village head", sistem: "Lontar itself", atasan: "Superior", pemangku: "Holder of the post", penerima: "Receiver", pemilik: "Owner", ditanya: "Who was asked", pengawas_admin: "Inspector who is also admin",
  },
  acts: {
    receive: "Upload", register: "Register", discard: "Discard", direct: "Direct", open: "Read", dispose: "Dispose", close: "Finish", file: "File", give: "Give disposisi", progress: "Note progress", attach: "Attach", report: "Report",
    accept: "Accept report", giveBack: "Give back", withdraw: "Withdraw", create: "Create", submit: "Submit", approve: "Initial", freeze: "Freeze", sign: "Sign", cancel: "Cancel", revoke: "Revoke", openDossier: "Open dossier",
    closeDossier: "Close dossier", enter: "Enter request", verify: "Declare complete", handOver: "Hand over", grant: "Grant right", end: "End right", queue: "Queue", sent: "Note as sent", receipted: "Note the receipt", failed: "Note the failure", appoint: "Enter an appointment", giveMandate: "Name a Plh.", endHolding: "End the holding", delegate: "Delegate", invite: "Invite", renewLink: "Make a new link", block: "Block", unblock: "Unblock", resetFactors: "Remove factors", expel: "Sign out", issueCertificate: "Issue a certificate", bringCertificate: "Bring one's own certificate", giveInspection: "Give a mandate of inspection", searchLetters: "Search letters", look: "Read a letter", openEmergency: "Open a letter", readEmergency: "Read the letter", acknowledge: "Say that he knows", closeEmergency: "Close", makeKey: "Make a key", retireKey: "End its use", lookAtFinding: "Open", ask: "Ask for an explanation", answer: "Answer", closeFinding: "Declare clear", setMeasure: "Change the measure", exportOrganisation: "Export the organisation", exportLetter: "Download trail or list of readers",
  },
};

/** The words in the present language. */
export const useMatrixWords = (): MatrixWords => (useLanguage() === "en" ? en : id);
