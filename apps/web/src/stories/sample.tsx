import type { ReactElement } from "react";
import { Crest } from "../ui/Crest.tsx";
import { ChangeMarker, LetterPaper } from "../ui/LetterPaper.tsx";
import type { TrailEntry } from "../ui/Jejak.tsx";
import type { TreeNode } from "../ui/DispositionTree.tsx";

/** The letter that the stories show. */
export const SampleLetter = ({ isFlat = false, isMarked = false }: { readonly isFlat?: boolean; readonly isMarked?: boolean }): ReactElement => (
  <LetterPaper
    isFlat={isFlat}
    head={{ crest: <Crest />, government: "PEMERINTAH KABUPATEN PENAJAM PASER UTARA", office: "DINAS KOMUNIKASI DAN INFORMATIKA", address: <>Jalan Provinsi Km. 9, Nipah-Nipah, Penajam, Kalimantan Timur 76141<br />Telepon (0542) 7200 145, Pos-el diskominfo@penajamkab.go.id</> }}
    date="Penajam, 24 November 2026"
    meta={[{ label: "Nomor", value: "500.12.6.4/0061/DISKOMINFO/2026" }, { label: "Sifat", value: "Segera" }, { label: "Lampiran", value: "1 (satu) berkas" }, { label: "Hal", value: "Uji Coba E-Office Desa di Kecamatan Sepaku" }]}
    to={<>Yth.<ol><li>Camat Sepaku</li><li>Kepala Desa se-Kecamatan Sepaku</li></ol>di –<br />&emsp;&emsp;Sepaku</>}
    signature={{ lines: <>Plh. KEPALA DINAS KOMUNIKASI DAN INFORMATIKA,</>, qr: "QR", caption: <>Ditandatangani secara elektronik oleh:<br />Plh. Kepala Dinas Komunikasi dan Informatika</>, name: "Suriansyah, S.Sos., M.AP.", rank: <>Pembina Tingkat I, IV/b<br />NIP 19740812 199803 1 006</> }}
    cc={["Bupati Penajam Paser Utara", "Sekretaris Daerah", isMarked ? <><mark>Inspektur Daerah</mark><ChangeMarker number={3} /></> : "Inspektur Daerah"]}
  >
    <p>Menindaklanjuti Surat Camat Sepaku Nomor 400.10.2.2/188/KEC-SPK/2026 tanggal 16 November 2026 hal Permohonan Pendampingan Persuratan Desa, dengan ini kami sampaikan bahwa uji coba E-Office desa akan dilaksanakan pada:</p>
    <dl>
      <dt>hari, tanggal</dt><dd>:</dd><dd>{isMarked ? <><mark>Senin, 30 November 2026</mark><ChangeMarker number={1} /></> : "Senin, 30 November 2026"}</dd>
      <dt>waktu</dt><dd>:</dd><dd>09.00 WITA sampai dengan selesai</dd>
      <dt>tempat</dt><dd>:</dd><dd>Balai Desa Bukit Raya</dd>
    </dl>
    <p>Sehubungan dengan hal tersebut, kami mohon Saudara menugaskan 2 (dua) orang perangkat desa sebagai operator, dengan membawa daftar surat keluar tiga bulan terakhir.</p>
    <p>Kegiatan ini tidak dipungut biaya.{isMarked && <ChangeMarker number={2} />}</p>
    <p>Demikian disampaikan. Atas perhatian dan kerja sama Saudara diucapkan terima kasih.</p>
  </LetterPaper>
);

/** A tree with every state. */
export const sampleTree: readonly TreeNode[] = [
  {
    id: "0", post: "Sekretaris Daerah", person: "Anda, Kamis 19 November 09.20", avatar: "you", face: "H. Syamsul Rijal", isResponsible: false, isHolding: false, deadline: null,
    children: [
      {
        id: "1", post: "Kepala Pelaksana BPBD", person: "H. Marjani, S.T., M.T.", avatar: "person", instruction: "Tindak lanjuti, laporkan hasilnya", isResponsible: true, isHolding: true, state: "reported", stateWords: "menunggu Anda", detail: "batas hari ini 12.00",
        deadline: { tone: "soon", part: 0.72, words: "12.00" }, report: { note: "5 posko aktif, 64 personel, 12 perahu. Data terkirim 08.20." }, files: [{ name: "Laporan posko.pdf, 4 halaman", href: "#laporan" }],
        children: [{ id: "1.1", post: "Kabid Kedaruratan dan Logistik", person: "Rahmawati, S.Sos.", avatar: "person", instruction: "Siapkan bahan", isResponsible: false, isHolding: false, state: "accepted", detail: "Senin 23 Nov 15.10", deadline: null, children: [] }],
      },
      {
        id: "2", post: "Camat Sepaku", person: "Sulaiman, S.IP. selaku Plh.", avatar: "acting", instruction: "Koordinasikan", isResponsible: false, isHolding: false, state: "working", stateWords: "sisa 6 jam kerja", detail: "meneruskan Senin 10.15", deadline: { tone: "ok", part: 0.55, words: "16.00" },
        children: [{ id: "2.1", post: "Kepala Desa Bukit Raya", person: "Mulyono", avatar: "person", instruction: "Siapkan jalur evakuasi", isResponsible: false, isHolding: true, state: "unread", detail: "belum dibaca", deadline: { tone: "late", part: 1, words: "lewat 2 jam kerja" }, children: [] }],
      },
      { id: "3", post: "Kepala Diskominfo", person: "Hj. Nurlaila, S.Kom., M.T.", avatar: "person", instruction: "Untuk diketahui", isResponsible: false, isHolding: false, state: "read", detail: "Kamis 19 Nov 10.02", deadline: null, children: [] },
      { id: "4", post: "Kepala Bagian Umum", person: "jabatan kosong sejak 1 November", avatar: "vacant", instruction: "Siapkan konsumsi posko", isResponsible: false, isHolding: false, state: "withdrawn", detail: "ditarik Anda Kamis 09.31", deadline: null, children: [] },
      { id: "5", post: "Kepala Dinas Sosial", person: "Drs. Ahmad Fauzi", avatar: "person", instruction: "Data pengungsi", isResponsible: false, isHolding: false, state: "returned", detail: "dikembalikan 24 Nov 07.50", deadline: { tone: "ok", part: 0.8, words: "16.00" }, returnReason: "Jumlah pengungsi Kecamatan Waru belum ada.", children: [] },
    ],
  },
];

/** A trail with every seal. */
export const sampleTrail: readonly TrailEntry[] = [
  { id: "e7", person: "H. Marjani, S.T., M.T.", post: "Kepala Pelaksana BPBD", avatar: "person", act: "melaporkan hasil, dengan 1 berkas.", time: "Hari ini 08.41", instant: "2026-11-24T00:41:00Z", seal: "waiting" },
  { id: "e6", person: "Lontar", post: "pengingat batas waktu", avatar: "system", act: "mengingatkan Kepala Desa Bukit Raya lewat SMS.", time: "Hari ini 07.30", instant: "2026-11-23T23:30:00Z", leaf: "128.390", seal: "recorded" },
  { id: "e5", person: "Rahmawati, S.Sos.", post: "Kabid Kedaruratan dan Logistik", avatar: "person", act: "menyelesaikan bagiannya.", time: "Sen 23 Nov 15.10", instant: "2026-11-23T07:10:00Z", leaf: "127.962", seal: "proved" },
  { id: "e4", person: "Sulaiman, S.IP.", post: "selaku Plh. Camat Sepaku", avatar: "acting", basis: "SPT 800.1.11.1/1187/SETDA/2026, 23 s.d. 27 November", act: "meneruskan ke Kepala Desa Bukit Raya.", reason: "Mohon cek jalur ke SD 011.", time: "Sen 23 Nov 10.15", instant: "2026-11-23T02:15:00Z", leaf: "127.804", seal: "checking" },
  { id: "e3", person: "Drs. H. Syamsul Rijal, M.Si.", post: "Sekretaris Daerah", avatar: "you", act: "mendisposisikan ke 3 jabatan.", time: "Kam 19 Nov 09.20", instant: "2026-11-19T01:20:00Z", leaf: "126.351", seal: "mismatch", alarm: "Catatan ini tidak cocok dengan log. Jangan diubah; hubungi Galih Prakoso, admin Lontar, (0542) 7200 145." },
  { id: "e2", person: "Dewi Kartika, A.Md.", post: "Pencatat Surat, TU Setda", avatar: "person", act: "mencatat surat, agenda 2417.", time: "Kam 19 Nov 08.05", instant: "2026-11-19T00:05:00Z", leaf: "126.298", seal: "recorded" },
];
