import type { ProposalField } from "./reading.ts";

/** Letters as they lie on the table, typed line by line, and what a clerk would enter for each. Test data. */
export const letters: readonly { readonly name: string; readonly pages: readonly string[]; readonly expected: Readonly<Partial<Record<ProposalField, string>>> }[] = [
  {
    name: "an invitation with date and addressee in the right-hand column",
    pages: [
      `
                    PEMERINTAH PROVINSI KALIMANTAN TIMUR
                     DINAS KOMUNIKASI DAN INFORMATIKA
        Jalan Basuki Rahmat Nomor 41, Samarinda 75117, Telepon (0541) 700041
                     Pos-el tatausaha@diskominfo.contoh.id

                                                      Samarinda, 19 November 2026

Nomor      : 000.1.5/2214/DISKOMINFO-I/2026
Sifat      : Segera                                   Yth. Kepala Dinas Komunikasi
Lampiran   : 1 (satu) berkas                               dan Informatika Kabupaten
Hal        : Undangan Rapat Koordinasi                     Penajam Paser Utara
             Evaluasi SPBE Tahun 2026                 di -
                                                         Penajam

      Dalam rangka persiapan evaluasi Sistem Pemerintahan Berbasis Elektronik
(SPBE) pemerintah kabupaten/kota se-Kalimantan Timur, bersama ini kami mengundang
Saudara untuk hadir pada rapat koordinasi yang akan dilaksanakan pada:

      hari, tanggal    : Kamis, 26 November 2026
      waktu            : pukul 09.00 WITA s.d. selesai
      tempat           : Ruang Rapat Wijaya Kusuma, Kantor Gubernur
                         Kalimantan Timur, Samarinda
      acara            : Penyelarasan bukti dukung indikator

      Mengingat pentingnya acara dimaksud, dimohon kehadiran Saudara tepat waktu.
Konfirmasi kehadiran dapat disampaikan paling lambat hari Rabu, 25 November 2026.

                                                      Kepala Dinas,

                                                      H. Rusdiansyah Noor, S.T., M.Si.`,
    ],
    expected: {
      sender: "Dinas Komunikasi dan Informatika Provinsi Kalimantan Timur",
      number: "000.1.5/2214/DISKOMINFO-I/2026",
      date: "2026-11-19",
      subject: "Undangan Rapat Koordinasi Evaluasi SPBE Tahun 2026",
      attachment: "1 berkas",
      urgency: "segera",
      addressee: "Kepala Dinas Komunikasi dan Informatika Kabupaten Penajam Paser Utara",
      due: "2026-11-25",
      eventDate: "2026-11-26",
      eventTime: "09:00 WITA",
      eventPlace: "Ruang Rapat Wijaya Kusuma, Kantor Gubernur Kalimantan Timur, Samarinda",
    },
  },
  {
    name: "a letter with date beside the number and a deadline across two lines",
    pages: [
      `
                    PEMERINTAH PROVINSI KALIMANTAN TIMUR
                         BADAN PENANGGULANGAN
                            BENCANA DAERAH
          Jalan Mayor Jenderal M.T. Haryono, Samarinda, Kalimantan Timur 75124

Nomor      : 300.2.3/1187/BPBD-II/2026              Samarinda, 18 November 2026
Sifat      : Amat Segera
Lampiran   : 1 (satu) berkas                        Yth. Bupati Penajam Paser Utara
Hal        : Kesiapsiagaan Menghadapi Banjir        u.p. Sekretaris Daerah
             dan Tanah Longsor                      di -
                                                       Penajam

      Berdasarkan prakiraan Badan Meteorologi, Klimatologi, dan Geofisika tanggal 16
November 2026, curah hujan tinggi sampai dengan sangat tinggi berpeluang terjadi.

      Sehubungan dengan hal tersebut, dimohon Saudara:
  1.  mengaktifkan posko siaga di setiap kecamatan rawan;
  2.  menyampaikan data posko, personel, dan peralatan sesuai format terlampir paling
      lambat Kamis, 26 November 2026.`,
    ],
    expected: {
      sender: "Badan Penanggulangan Bencana Daerah Provinsi Kalimantan Timur",
      number: "300.2.3/1187/BPBD-II/2026",
      date: "2026-11-18",
      subject: "Kesiapsiagaan Menghadapi Banjir dan Tanah Longsor",
      attachment: "1 berkas",
      urgency: "amat_segera",
      addressee: "Bupati Penajam Paser Utara u.p. Sekretaris Daerah",
      due: "2026-11-26",
    },
  },
  {
    name: "a village letter with Kepada and Yth. on two lines, and no attachment",
    pages: [
      `
                  PEMERINTAH KABUPATEN PENAJAM PASER UTARA
                            KECAMATAN SEPAKU
                            DESA BUKIT RAYA
                 Jl. Poros Bukit Raya RT 04 Kode Pos 76148

                                              Bukit Raya, 3 Agustus 2026

Nomor     : 400.10.2.2/001/Bukit Raya/2026
Sifat     : Biasa
Lampiran  : -
Perihal   : Permohonan Bantuan Bibit                Kepada
            Tanaman Buah                            Yth. Bapak Bupati
                                                    Penajam Paser Utara
                                                    di -
                                                         Tempat

      Dengan hormat, sehubungan dengan rencana penghijauan lahan desa, kami
mengajukan permohonan bantuan bibit tanaman buah.`,
    ],
    expected: {
      sender: "Desa Bukit Raya Kecamatan Sepaku Kabupaten Penajam Paser Utara",
      number: "400.10.2.2/001/Bukit Raya/2026",
      date: "2026-08-03",
      subject: "Permohonan Bantuan Bibit Tanaman Buah",
      urgency: "biasa",
      addressee: "Bapak Bupati Penajam Paser Utara",
    },
  },
  {
    name: "a ministry's letter with a Roman month and the addressee on the left, in a list",
    pages: [
      `
                      KEMENTERIAN DALAM NEGERI
                         REPUBLIK INDONESIA
                  DIREKTORAT JENDERAL OTONOMI DAERAH
              Jalan Medan Merdeka Utara Nomor 7, Jakarta 10110

                                                     Jakarta, 5 Nopember 2026
Nomor     : 100.2.2.6/8121/OTDA/XI/2026
Sifat     : Penting
Lampiran  : Satu berkas
Hal       : Penyampaian Laporan Penyelenggaraan
            Pemerintahan Daerah

Yth. 1. Gubernur;
     2. Bupati/Wali Kota.
     di -
          Seluruh Indonesia

      Berdasarkan ketentuan Pasal 69, Saudara diminta menyampaikan laporan
selambat-lambatnya pada tanggal 31 Desember 2026 melalui aplikasi.`,
    ],
    expected: {
      sender: "Direktorat Jenderal Otonomi Daerah Kementerian Dalam Negeri Republik Indonesia",
      number: "100.2.2.6/8121/OTDA/XI/2026",
      date: "2026-11-05",
      subject: "Penyampaian Laporan Penyelenggaraan Pemerintahan Daerah",
      attachment: "Satu berkas",
      addressee: "1. Gubernur; 2. Bupati/Wali Kota",
      due: "2026-12-31",
    },
  },
  {
    name: "slips of reading: l for 1, O for 0, ; for :",
    pages: [
      `
                  PEMERINTAH KABUPATEN PENAJAM PASER UTARA
                           DINAS KESEHATAN
                Jalan Provinsi Km. 9 Nipah-Nipah, Penajam

                                                     Penajam, l9 Nopember 2O26
N0mor      ; 4OO.7.l/O91/DINKES/Xl/2O26
Sifal      ; Segcra
Lampiran   ; l (satu) lembar
HaI        ; Pelaporan Kasus Demam Berdarah

Yth. Kepala Puskesmas Waru
di Waru

      Laporan disampaikan paling lambat tanggal 3O November 2026.`,
    ],
    expected: {
      sender: "Dinas Kesehatan Kabupaten Penajam Paser Utara",
      number: "400.7.1/091/DINKES/XI/2026",
      date: "2026-11-19",
      subject: "Pelaporan Kasus Demam Berdarah",
      attachment: "1 lembar",
      urgency: "segera",
      addressee: "Kepala Puskesmas Waru",
      due: "2026-11-30",
    },
  },
  {
    name: "a nota dinas with its rows Yth., Dari, Tanggal, Nomor",
    pages: [
      `
                  PEMERINTAH KABUPATEN PENAJAM PASER UTARA
                          SEKRETARIAT DAERAH
              Jalan Provinsi Km. 9 Nipah-Nipah, Penajam 76141

                               NOTA DINAS

     Yth.         : Sekretaris Daerah
     Dari         : Kepala Bagian Umum
     Tembusan     : Asisten Administrasi Umum
     Tanggal      : 12 Mei 2026
     Nomor        : 000.2.3/88/UM/2026
     Sifat        : Biasa
     Lampiran     : -
     Hal          : Usulan Pemeliharaan Kendaraan Dinas

      Bersama ini disampaikan usulan pemeliharaan kendaraan dinas.`,
    ],
    expected: {
      sender: "Kepala Bagian Umum",
      number: "000.2.3/88/UM/2026",
      date: "2026-05-12",
      subject: "Usulan Pemeliharaan Kendaraan Dinas",
      urgency: "biasa",
      addressee: "Sekretaris Daerah",
    },
  },
  {
    name: "a circular with title, number and TENTANG, dated above the signature",
    pages: [
      `
                         BUPATI PENAJAM PASER UTARA

                              SURAT EDARAN
                      NOMOR 100.3.4.2/12/SETDA/2026
                                TENTANG
                 PENETAPAN JAM KERJA PEGAWAI PADA BULAN RAMADAN
                     DI LINGKUNGAN PEMERINTAH KABUPATEN

      Dalam rangka menyambut bulan Ramadan, ditetapkan jam kerja sebagai berikut.
 1.   Hari Senin sampai dengan Kamis pukul 08.00 sampai dengan 15.00.

                                              Ditetapkan di Penajam
                                              pada tanggal 10 Februari 2026
                                              BUPATI PENAJAM PASER UTARA,`,
    ],
    expected: {
      sender: "Bupati Penajam Paser Utara",
      number: "100.3.4.2/12/SETDA/2026",
      date: "2026-02-10",
      subject: "Surat Edaran tentang Penetapan Jam Kerja Pegawai pada Bulan Ramadan di Lingkungan Pemerintah Kabupaten",
    },
  },
  {
    name: "a company's letter with a numeric date, No. and Lamp.",
    pages: [
      `
                         PT BORNEO JAYA KONSTRUKSI
              Jl. Soekarno Hatta No. 88 Balikpapan Telp. (0542) 765432

                                               Balikpapan, 07-10-2026
No.       : 045/BJK-DIR/X/2026
Lamp.     : 2 (dua) eksemplar
Perihal   : Permohonan Izin Pemakaian Jalan

Kepada Yth.
Kepala Dinas Perhubungan
Kabupaten Penajam Paser Utara
di -
     Penajam

Dengan hormat,
Bersama surat ini kami mengajukan permohonan izin pemakaian jalan.`,
    ],
    expected: {
      sender: "PT Borneo Jaya Konstruksi",
      number: "045/BJK-DIR/X/2026",
      date: "2026-10-07",
      subject: "Permohonan Izin Pemakaian Jalan",
      attachment: "2 eksemplar",
      addressee: "Kepala Dinas Perhubungan Kabupaten Penajam Paser Utara",
    },
  },
  {
    name: "a secret letter from the police",
    pages: [
      `
             KEPOLISIAN NEGARA REPUBLIK INDONESIA
                 DAERAH KALIMANTAN TIMUR
               RESOR PENAJAM PASER UTARA
          Jalan Provinsi Km. 8, Penajam 76141

                                               Penajam, 21 Juni 2026
Nomor         : R/14/VI/2026
Klasifikasi   : RAHASIA
Sifat         : Rahasia/Segera
Lampiran      : satu bendel
Hal           : Kerawanan Pemilihan Kepala Desa

Yth. Bupati Penajam Paser Utara
di Penajam`,
    ],
    expected: {
      sender: "Kepolisian Negara Republik Indonesia Daerah Kalimantan Timur Resor Penajam Paser Utara",
      number: "R/14/VI/2026",
      date: "2026-06-21",
      subject: "Kerawanan Pemilihan Kepala Desa",
      attachment: "satu bendel",
      urgency: "segera",
      security: "R",
      addressee: "Bupati Penajam Paser Utara",
    },
  },
  {
    name: "a school's invitation with Hari and Tanggal on two rows, and a stamp of receipt",
    pages: [
      `
                  PEMERINTAH KABUPATEN PENAJAM PASER UTARA
                            DINAS PENDIDIKAN
                        SMP NEGERI 3 PENAJAM
             Alamat: Jalan Negara Km. 6, NPSN 30401234, Penajam
                                                     DITERIMA 24 NOV 2026
                                                     Agenda 0117
Nomor    : 400.3.5/203/SMPN3/2026            Penajam, 20 November 2026
Lamp     : -
Hal      : Undangan
                               Kepada
                               Yth. Orang Tua/Wali Siswa
                               di
                                    Tempat

      Mengharap kehadiran Bapak/Ibu pada:
      Hari       : Sabtu
      Tanggal    : 28 November 2026
      Pukul      : 8.30 WITA
      Tempat     : Aula SMP Negeri 3 Penajam
      Acara      : Pembagian rapor`,
    ],
    expected: {
      sender: "SMP Negeri 3 Penajam Dinas Pendidikan Kabupaten Penajam Paser Utara",
      number: "400.3.5/203/SMPN3/2026",
      date: "2026-11-20",
      subject: "Undangan",
      addressee: "Orang Tua/Wali Siswa",
      eventDate: "2026-11-28",
      eventTime: "08:30 WITA",
      eventPlace: "Aula SMP Negeri 3 Penajam",
    },
  },
  {
    name: "a letter whose day was left blank for the pen, with a hyphen at the line's end",
    pages: [
      `
                  PEMERINTAH KABUPATEN PASER
                  BADAN KEUANGAN DAN ASET DAERAH

                                                Tana Paser,      November 2026
Nomor    : 900.1.3/      /BKAD/2026
Sifat    : Sangat Segera
Hal      : Rekonsiliasi Piutang Pajak Kenda-
           raan Bermotor

Yth. Kepala BKAD Kabupaten Penajam Paser Utara
di Penajam

      Rekonsiliasi diselesaikan paling lama 3 (tiga) hari kerja sejak surat diterima.
Hasilnya dibahas pada tanggal 2 Desember 2026.`,
    ],
    expected: {
      sender: "Badan Keuangan dan Aset Daerah Kabupaten Paser",
      number: "900.1.3/",
      subject: "Rekonsiliasi Piutang Pajak Kendaraan Bermotor",
      urgency: "amat_segera",
      addressee: "Kepala BKAD Kabupaten Penajam Paser Utara",
    },
  },
  {
    name: "a cover sheet first, the letter on the second page, a deadline without a year on the third",
    pages: [
      `
   LEMBAR FAKSIMILE
   Jumlah halaman: 3`,
      `
                       PEMERINTAH KOTA BALIKPAPAN
                      DINAS PEKERJAAN UMUM
              Jalan Ruhui Rahayu I, Balikpapan 76114

                                               Balikpapan, 14 Desember 2026
Nomor    : 600.1.15/771/DPU/2026
Sifat    : Biasa
Hal      : Permintaan Data Jalan Perbatasan

Yth. Kepala Dinas Pekerjaan Umum dan Penataan Ruang
     Kabupaten Penajam Paser Utara
di - Penajam

      Bersama ini dimohon data ruas jalan perbatasan.`,
      `
      Data dikirim melalui pos-el paling lambat tanggal 8 Januari.
      Demikian, atas perhatian Saudara disampaikan terima kasih.`,
    ],
    expected: {
      sender: "Dinas Pekerjaan Umum Kota Balikpapan",
      number: "600.1.15/771/DPU/2026",
      date: "2026-12-14",
      subject: "Permintaan Data Jalan Perbatasan",
      urgency: "biasa",
      addressee: "Kepala Dinas Pekerjaan Umum dan Penataan Ruang Kabupaten Penajam Paser Utara",
      due: "2027-01-08",
    },
  },
  {
    name: "a letter without letterhead from a citizens' group",
    pages: [
      `
                                               Waru, 2 Maret 2026

Nomor    : 04/PANPEL/III/2026
Lampiran : 1 (satu) proposal
Hal      : Permohonan Bantuan Dana

Kepada Yth.
Bapak Camat Waru
di
     Waru

Dengan hormat,
Dalam rangka peringatan hari jadi desa, kami memohon bantuan dana.`,
    ],
    expected: { number: "04/PANPEL/III/2026", date: "2026-03-02", subject: "Permohonan Bantuan Dana", attachment: "1 proposal", addressee: "Bapak Camat Waru" },
  },
  {
    name: "a decree with number and year in words",
    pages: [
      `
                         BUPATI PENAJAM PASER UTARA
                        PROVINSI KALIMANTAN TIMUR

                     KEPUTUSAN BUPATI PENAJAM PASER UTARA
                        NOMOR 100.3.3.2/215 TAHUN 2026
                                TENTANG
                  TIM KOORDINASI SPBE KABUPATEN

                       BUPATI PENAJAM PASER UTARA,
Menimbang  : a. bahwa untuk keterpaduan layanan perlu dibentuk tim;

                                              Ditetapkan di Penajam
                                              pada tanggal 4 April 2026`,
    ],
    expected: {
      sender: "Bupati Penajam Paser Utara Provinsi Kalimantan Timur",
      number: "100.3.3.2/215 TAHUN 2026",
      date: "2026-04-04",
      subject: "Keputusan Bupati Penajam Paser Utara tentang Tim Koordinasi SPBE Kabupaten",
    },
  },
];
