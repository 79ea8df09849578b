/** One named refusal: HTTP status and the sentence that tells an official what to do next. */
export type Refusal = { readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 423 | 429 | 503 | 507; readonly sentence: string };

const refusal = (status: Refusal["status"], sentence: string): Refusal => ({ status, sentence });

/** Every refusal of the system. A rule names one of these; the sentence is shown as it stands. */
export const refusals = {
  // edge
  malformed: refusal(400, "Isian belum lengkap atau bentuknya salah. Perbaiki bidang yang ditandai, lalu kirim lagi."),
  not_signed_in: refusal(401, "Sesi Anda berakhir. Masuk lagi; yang sudah Anda ketik tetap tersimpan di perangkat ini."),
  wrong_credentials: refusal(401, "Nama pengguna atau kata sandi salah. Periksa lagi, atau hubungi admin kantor Anda."),
  second_factor_needed: refusal(401, "Masukkan kode enam angka dari aplikasi autentikator Anda."),
  second_factor_wrong: refusal(422, "Kode itu salah, sudah lewat, atau sudah dipakai. Tunggu kode berikutnya, atau ketik kode pemulihan lain."),
  passkey_needed: refusal(401, "Akun ini memakai kunci masuk, jadi kata sandi saja tidak cukup. Masuk dengan kunci masuk, atau ketik satu kode pemulihan."),
  account_unsecured: refusal(403, "Amankan akun Anda dulu: pasang kunci masuk atau kode autentikator di halaman “Amankan akun Anda”. Sesudah itu semuanya terbuka."),
  last_factor: refusal(409, "Ini pengaman terakhir akun Anda, dan jabatan Anda mewajibkannya. Pasang dulu penggantinya, lalu lepas yang ini."),
  session_elsewhere: refusal(401, "Sesi ini dipakai dari perangkat lain, jadi kami menghentikannya. Masuk lagi; bila bukan Anda, ganti kata sandi dan beri tahu admin."),
  account_blocked: refusal(403, "Akun ini sedang diblokir. Hubungi admin kantor Anda."),
  account_waiting: refusal(403, "Akun ini belum diaktifkan. Buka tautan aktivasi dari admin kantor Anda."),
  no_post: refusal(403, "Anda belum memegang jabatan apa pun hari ini, jadi belum dapat masuk. Hubungi admin kepegawaian."),
  own_account: refusal(403, "Akun sendiri tidak dapat diblokir. Minta admin lain melakukannya."),
  password_too_short: refusal(422, "Kata sandi paling sedikit 8 huruf. Pakai beberapa kata yang mudah Anda ingat."),
  password_too_short_alone: refusal(422, "Tanpa kunci masuk atau kode autentikator, kata sandi paling sedikit 15 huruf. Pakai satu kalimat pendek, atau pasang pengaman kedua lebih dulu."),
  password_monotonous: refusal(422, "Kata sandi ini hanya mengulang beberapa huruf. Pakai beberapa kata yang berbeda."),
  password_names_context: refusal(422, "Kata sandi ini hanya berisi nama Anda, nama pengguna, atau nama instansi. Pilih kata yang tidak dapat ditebak dari situ."),
  password_breached: refusal(422, "Kata sandi ini ada dalam daftar kata sandi yang pernah bocor. Pilih yang lain."),
  second_factor_first: refusal(409, "Pasang kunci masuk atau kode autentikator dulu, baru buat kode pemulihan."),
  too_many_passkeys: refusal(409, "Kunci masuk sudah mencapai batas. Lepas dulu yang tidak dipakai."),
  passkey_unknown: refusal(401, "Kunci masuk ini tidak kami kenal; mungkin sudah dilepas. Masuk dengan kata sandi, lalu tambahkan lagi di Pengaturan."),
  passkey_invalid: refusal(401, "Jawaban kunci masuk tidak sah. Ulangi; bila tetap gagal, masuk dengan kata sandi dan beri tahu admin."),
  passkey_suspicious: refusal(403, "Kunci masuk ini menjawab seolah-olah ada salinannya, jadi kami menolaknya. Masuk dengan kata sandi, lepas kunci ini, dan buat yang baru."),
  challenge_used: refusal(409, "Jawaban ini sudah pernah dipakai. Ulangi dari awal."),
  sso_state_wrong: refusal(409, "Jawaban akun instansi ini bukan untuk peramban ini, atau sudah terlalu lama. Mulai lagi dari halaman masuk."),
  sso_nonce_wrong: refusal(401, "Jawaban akun instansi tidak cocok dengan permintaan kami, jadi ditolak. Mulai lagi; bila terulang, beri tahu admin."),
  sso_issuer_wrong: refusal(401, "Jawaban ini bukan dari layanan akun instansi kami, jadi ditolak. Beri tahu admin."),
  sso_code_used: refusal(409, "Jawaban akun instansi ini sudah pernah dipakai. Mulai lagi dari halaman masuk."),
  sso_failed: refusal(401, "Masuk dengan akun instansi tidak berhasil. Mulai lagi, atau masuk dengan kata sandi."),
  sso_no_account: refusal(403, "Akun instansi Anda belum terhubung dengan akun Lontar. Minta admin memeriksa nama pengguna, NIP, atau surel Anda."),
  link_unknown: refusal(404, "Tautan ini tidak berlaku: sudah dipakai, lewat waktu, atau diganti yang baru. Minta tautan baru kepada admin kantor Anda."),
  challenge_late: refusal(409, "Waktunya habis atau dimulai di peramban lain. Ulangi dari awal."),
  too_many_attempts: refusal(429, "Terlalu banyak percobaan. Tunggu beberapa menit, lalu coba lagi."),
  not_found: refusal(404, "Tidak ditemukan, atau bukan untuk Anda. Periksa tautannya."),
  not_yours: refusal(403, "Tindakan ini bukan wewenang jabatan yang sedang Anda pakai. Ganti jabatan, atau minta pejabat yang berwenang."),
  idempotency_mismatch: refusal(409, "Permintaan dengan kunci yang sama sudah pernah dikirim dengan isi lain. Muat ulang halaman."),
  already_exists: refusal(409, "Ini sudah pernah dibuat. Muat ulang untuk melihatnya."),
  stale: refusal(409, "Orang lain lebih dulu mengubahnya. Muat ulang, lalu gabungkan perubahan Anda; yang Anda ketik tidak hilang."),
  wrong_state: refusal(409, "Keadaannya sudah berubah, tindakan ini tidak dapat dilakukan lagi. Muat ulang untuk melihat keadaan terakhir."),
  unavailable: refusal(503, "Layanan sedang tidak dapat dijangkau. Yang Anda ketik tersimpan; coba lagi sebentar."),
  not_ready: refusal(503, "Server berjalan tetapi belum dapat melayani; lihat pemeriksaan yang gagal."),
  clock_behind: refusal(503, "Jam server berjalan mundur, jadi tindakan dihentikan supaya tidak bertanggal salah. Membaca tetap bisa; hubungi admin untuk membetulkan jam server."),
  disk_full: refusal(507, "Ruang simpan server penuh, yang Anda kirim belum tersimpan. Hubungi admin; ulangi setelah ruang ditambah."),
  // files
  file_missing: refusal(400, "Belum ada berkas. Pilih atau letakkan satu berkas PDF atau foto."),
  file_empty: refusal(422, "Berkas ini kosong (0 bita). Pindai ulang, lalu unggah lagi."),
  file_too_large: refusal(413, "Berkas terlalu besar. Pindai dengan 200 dpi atau pecah menjadi beberapa berkas."),
  file_not_supported: refusal(415, "Isi berkas ini bukan PDF, JPEG, PNG, atau WebP, apa pun nama akhirannya. Simpan sebagai PDF, lalu unggah lagi."),
  file_interrupted: refusal(400, "Unggahan terputus sebelum selesai. Tidak ada yang tersimpan; unggah lagi."),
  pdf_encrypted: refusal(422, "PDF ini terkunci kata sandi. Minta pengirim menghapus kuncinya, lalu unggah lagi."),
  pdf_broken: refusal(422, "PDF ini rusak dan tidak dapat dibaca. Pindai ulang atau minta salinan lain."),
  pdf_too_many_pages: refusal(422, "Halaman PDF ini melebihi batas. Pecah menjadi beberapa berkas: surat, lalu lampirannya."),
  image_broken: refusal(422, "Gambar ini rusak dan tidak dapat dibuka. Foto atau pindai ulang."),
  image_too_large: refusal(422, "Ukuran gambar terlalu besar untuk dibuka. Kecilkan atau pindai dengan 200 dpi."),
  // received letters
  already_registered: refusal(409, "Surat ini sudah dicatat. Muat ulang untuk melihat nomor agendanya."),
  duplicate_letter: refusal(409, "Surat dengan pengirim, nomor, dan tanggal yang sama sudah tercatat. Buka yang lama, atau catat terpisah dengan alasan."),
  not_registered: refusal(409, "Surat ini belum dicatat. Catat dulu, baru diarahkan."),
  not_directed: refusal(409, "Surat ini belum diarahkan kepada Anda."),
  open_dispositions: refusal(409, "Masih ada disposisi yang belum selesai. Terima laporannya dulu, atau tarik disposisi yang belum dibaca."),
  // dispositions
  no_recipient: refusal(422, "Pilih paling sedikit satu penerima disposisi."),
  no_instruction: refusal(422, "Pilih instruksi atau tulis catatan, supaya penerima tahu yang harus dikerjakan."),
  responsible_not_recipient: refusal(422, "Penanggung jawab harus salah satu penerima, tepat satu."),
  dispose_to_self: refusal(422, "Disposisi tidak dapat ditujukan kepada jabatan Anda sendiri."),
  due_in_past: refusal(422, "Batas waktu sudah lewat. Pilih waktu yang akan datang."),
  already_read: refusal(409, "Disposisi sudah dibaca penerima, jadi tidak dapat ditarik. Buat disposisi baru yang meralatnya."),
  too_many_files: refusal(422, "Lampiran sudah mencapai batas. Gabungkan beberapa berkas menjadi satu PDF."),
  report_needed: refusal(422, "Tulis hasil tindak lanjut sebelum melaporkan selesai."),
  reason_needed: refusal(422, "Tulis alasannya, supaya yang menerima tahu apa yang harus diperbaiki."),
  secret_needs_person: refusal(422, "Surat rahasia hanya dapat didisposisikan kepada pejabat yang bernama, bukan jabatan kosong atau jabatan yang sedang dipegang dua orang."),
  secret_on_screen_only: refusal(403, "Surat sangat rahasia hanya dibaca di layar; berkasnya tidak dapat diunduh. Buka halamannya di Lontar."),
  // drafts
  draft_incomplete: refusal(422, "Naskah belum lengkap. Perbaiki catatan yang ditandai sebelum diajukan."),
  not_your_turn: refusal(409, "Sekarang bukan giliran jabatan Anda dalam rantai paraf."),
  text_changed: refusal(409, "Naskah berubah sejak Anda membukanya. Baca versi terakhir, baru beri paraf."),
  chain_incomplete: refusal(422, "Rantai paraf belum lengkap: tidak ada pejabat yang memegang salah satu jabatannya. Hubungi admin kepegawaian."),
  own_text: refusal(403, "Jenis naskah ini tidak boleh diparaf oleh penyusunnya sendiri."),
  mandate_exceeded: refusal(403, "Klasifikasi ini di luar kewenangan Plt./Plh. (UU 30/2014 Pasal 14 ayat 7). Serahkan kepada pejabat definitif atau atasannya."),
  signer_vacant: refusal(409, "Jabatan penanda tangan sedang kosong. Minta atasan menunjuk Plt. atau Plh."),
  glyph_missing: refusal(422, "Naskah memuat huruf yang tidak ada dalam font resmi. Ganti huruf yang ditandai."),
  // organisation and authority
  history_closed: refusal(409, "Yang sudah berlaku tidak dapat diubah ke belakang. Pilih hari ini atau sesudahnya, dan sesudah perubahan terakhir."),
  parent_missing: refusal(422, "Unit, jabatan, atau orang yang dirujuk tidak ada pada tanggal itu. Pilih yang masih berlaku."),
  organisation_loop: refusal(422, "Susunan ini berputar: sebuah unit atau jabatan akan berada di bawah dirinya sendiri. Pilih induk lain."),
  unit_not_empty: refusal(409, "Unit ini masih memiliki jabatan atau unit di bawahnya. Pindahkan dahulu, baru hapus."),
  post_holds_work: refusal(409, "Jabatan ini masih memegang pekerjaan. Serahkan kepada penerus lebih dahulu."),
  post_is_held: refusal(409, "Jabatan ini masih dipangku. Akhiri pemangkuannya lebih dahulu."),
  post_has_subordinates: refusal(409, "Masih ada jabatan yang melapor ke jabatan ini. Pindahkan atasannya lebih dahulu."),
  end_before_start: refusal(422, "Tanggal berakhir mendahului tanggal mulai. Perbaiki tanggalnya."),
  in_the_past: refusal(422, "Waktu itu sudah lewat. Yang sudah dilakukan tetap sah; pilih waktu mulai sekarang."),
  holding_overlap: refusal(409, "Jabatan ini sudah dipangku orang lain pada waktu itu. Akhiri yang lama lebih dahulu, atau ubah tanggalnya."),
  not_competent: refusal(403, "Hanya atasan pejabat itu yang berwenang memberi atau mencabut mandat ini."),
  mandate_needs_decree: refusal(422, "Mandat harus berdasar surat perintah atau keputusan. Pilih suratnya, atau unggah pindaiannya."),
  mandate_needs_end: refusal(422, "Mandat harus mempunyai tanggal berakhir."),
  mandate_backdated: refusal(422, "Mandat tidak berlaku surut. Pilih hari ini atau sesudahnya."),
  mandate_to_holder: refusal(422, "Orang ini pejabat definitifnya sendiri. Pilih orang lain."),
  mandate_too_long: refusal(422, "Plt. paling lama tiga bulan dan dapat diperpanjang tiga bulan (SE BKN 1/SE/I/2021). Perpendek, atau angkat pejabat definitif."),
  plh_needs_holder: refusal(422, "Plh. hanya untuk pejabat yang berhalangan sementara, sedangkan jabatan ini kosong. Tunjuk Plt. (UU 30/2014 Pasal 14)."),
  plt_needs_vacancy: refusal(422, "Plt. hanya untuk jabatan kosong, sedangkan jabatan ini dipangku. Tunjuk Plh. (UU 30/2014 Pasal 14)."),
  outside_scope: refusal(403, "Jenis naskah atau klasifikasi ini di luar cakupan mandat Anda. Serahkan kepada pejabat definitif atau atasannya."),
  handover_running: refusal(409, "Serah terima jabatan ini sudah disiapkan. Selesaikan atau batalkan yang itu dahulu."),
  handover_same_person: refusal(422, "Pengganti harus orang lain daripada pemegang sekarang."),
  handover_needs_holder: refusal(422, "Jabatan ini tidak ada pemegang definitifnya. Catat pengangkatan penggantinya di halaman Organisasi."),
  post_changed: refusal(409, "Anda tidak lagi bertindak dalam jabatan yang terbuka di layar ini. Yang Anda ketik masih ada; periksa jabatan Anda, lalu ulangi."),
  stands_aside: refusal(403, "Selama ada Plh. atau Plt., pejabat definitif tidak bertindak dalam jabatan ini. Minta pejabat yang sedang bertugas, atau minta mandatnya dicabut."),
  no_delegation: refusal(403, "Belum ada pelimpahan wewenang (a.n.) untuk naskah ini. Minta atasan melimpahkannya, atau hapus tanda atas nama."),
  delegation_not_below: refusal(422, "Wewenang hanya dilimpahkan kepada pejabat tepat di bawah pemberi."),
  ub_needs_an: refusal(422, "u.b. hanya mungkin di bawah pelimpahan a.n. yang berlaku bagi pemberinya."),
  nip_taken: refusal(409, "NIP ini sudah tercatat untuk pegawai lain. Buka data pegawai itu."),
  nik_taken: refusal(409, "NIK ini sudah tercatat untuk pegawai lain. Periksa KTP-nya."),
  code_taken: refusal(409, "Kode unit ini sudah dipakai pada waktu itu. Pilih kode lain."),
  post_code_taken: refusal(409, "Kode jabatan ini sudah dipakai pada waktu itu. Pilih kode lain."),
  table_not_supported: refusal(415, "Berkas ini bukan lembar kerja XLSX atau CSV. Simpan sebagai XLSX atau CSV UTF-8, lalu unggah lagi."),
  table_broken: refusal(422, "Lembar kerja ini rusak dan tidak dapat dibaca. Buka di Excel atau LibreOffice, simpan ulang sebagai XLSX, lalu unggah lagi."),
  table_too_large: refusal(413, "Lembar kerja ini terlalu besar. Paling banyak 10 MB dan 20.000 baris tiap lembar; pecah menjadi beberapa berkas."),
  table_encrypted: refusal(422, "Lembar kerja ini berkata sandi atau berformat Excel lama. Simpan sebagai XLSX tanpa kata sandi, lalu unggah lagi."),
  import_has_problems: refusal(422, "Berkas ini masih memuat kesalahan, jadi tidak ada yang diterapkan. Perbaiki baris yang disebut, lalu unggah lagi."),
  organisation_changed: refusal(409, "Organisasi berubah sejak pemeriksaan. Periksa ulang berkasnya sebelum menerapkan."),
  // signing
  step_up_needed: refusal(403, "Buktikan dulu bahwa ini Anda, dengan kunci masuk atau kode autentikator, untuk dokumen ini. Buktinya berlaku lima menit."),
  wrong_passphrase: refusal(422, "Frasa sandi salah. Nomor surat tetap milik naskah ini dan tidak ada yang hilang; masukkan lagi frasa sandi Anda."),
  no_certificate: refusal(409, "Anda belum memiliki sertifikat elektronik yang aktif. Hubungi admin sertifikat di Diskominfo."),
  not_frozen: refusal(409, "Naskah belum dibekukan menjadi PDF. Buka lagi dialog tanda tangan."),
  bytes_differ: refusal(409, "Berkas yang Anda lihat bukan berkas yang akan ditandatangani. Tanda tangan dihentikan; muat ulang dan laporkan kepada admin."),
  already_signed: refusal(409, "Naskah ini sudah ditandatangani."),
  signature_invalid: refusal(503, "Hasil tanda tangan tidak lolos pemeriksaan kami, jadi tidak dipakai. Nomor tetap aman; coba lagi atau hubungi admin."),
  // issued letters, exchange
  already_revoked: refusal(409, "Surat ini sudah dicabut."),
  envelope_conflict: refusal(409, "Amplop dengan nomor yang sama sudah diterima dengan isi lain. Hubungi pengirimnya."),
  envelope_invalid: refusal(422, "Tanda tangan amplop tidak cocok dengan kunci instansi pengirim."),
  // records
  classification_not_leaf: refusal(422, "Pilih kode klasifikasi paling bawah, bukan judul kelompok."),
  dossier_closed: refusal(409, "Berkas ini sudah ditutup. Pilih berkas lain atau buat yang baru."),
  already_filed: refusal(409, "Surat ini sudah ada dalam berkas."),
  not_finished: refusal(409, "Surat ini belum selesai, jadi belum dapat diberkaskan."),
  // rights by classification
  classification_unknown: refusal(422, "Kode klasifikasi itu tidak ada. Pilih dari daftar klasifikasi."),
  right_for_whom: refusal(422, "Pilih satu: tingkat jabatan, atau satu jabatan tertentu."),
  right_in_past: refusal(422, "Hak baca tidak dapat mulai berlaku pada waktu yang sudah lewat. Pilih hari ini atau sesudahnya."),
  right_ends_first: refusal(422, "Hak baca berakhir sebelum mulai. Pilih tanggal akhir sesudah tanggal mulai."),
  // village
  request_incomplete: refusal(422, "Data permohonan belum lengkap. Lengkapi bidang yang ditandai."),
  nik_invalid: refusal(422, "NIK harus 16 angka. Periksa KTP pemohon."),
} as const satisfies Record<string, Refusal>;

/** The name of a refusal. */
export type RefusalCode = keyof typeof refusals;

/** Problem details as sent over HTTP (RFC 9457). */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: RefusalCode;
  readonly requestId: string;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly fields?: readonly { readonly path: string; readonly message: string }[];
};
