/** Who writes to a regency. All invented beyond the names of offices. */
export const senders: readonly string[] = [
  "Sekretariat Daerah Provinsi Kalimantan Timur", "Dinas Komunikasi dan Informatika Provinsi Kalimantan Timur", "Badan Penanggulangan Bencana Daerah Provinsi Kalimantan Timur", "Badan Pengelolaan Keuangan dan Aset Daerah Provinsi Kalimantan Timur",
  "Otorita Ibu Kota Nusantara", "Kantor Pertanahan Kabupaten Penajam Paser Utara", "Badan Pusat Statistik Kabupaten Penajam Paser Utara", "Kantor Kementerian Agama Kabupaten Penajam Paser Utara", "Kejaksaan Negeri Penajam Paser Utara",
  "Kepolisian Resor Penajam Paser Utara", "Balai Besar Pelaksanaan Jalan Nasional Kalimantan Timur", "Forum Pemuda Benuo Taka", "PT Sawit Makmur Penajam (contoh)", "Koperasi Nelayan Pantai Lango (contoh)", "Yayasan Pendidikan Sepaku Mandiri (contoh)",
];

const matters: readonly string[] = [
  "rapat koordinasi evaluasi SPBE", "penyampaian data aset desa", "permohonan narasumber pelatihan aparatur", "usulan perbaikan jalan lingkungan", "kesiapsiagaan menghadapi banjir", "rekonsiliasi data kependudukan", "verifikasi lapangan tanah wakaf",
  "pelaksanaan upacara hari jadi kabupaten", "laporan realisasi anggaran triwulan", "pemutakhiran data terpadu kesejahteraan sosial", "pengamanan malam pergantian tahun", "permohonan peminjaman gedung", "bimbingan teknis tanda tangan elektronik", "penataan jaringan internet kelurahan",
  "tindak lanjut hasil pemeriksaan", "penyaluran bantuan bibit", "penyusunan rencana kerja", "monitoring dana desa", "sosialisasi kearsipan dinamis", "pengaduan pelayanan air bersih",
];

const places: readonly string[] = ["Kecamatan Penajam", "Kecamatan Waru", "Kecamatan Babulu", "Kecamatan Sepaku", "Kelurahan Nenang", "Kelurahan Petung", "Desa Giri Mukti", "Desa Tengin Baru", "Desa Babulu Darat", "Kabupaten Penajam Paser Utara"];
const kinds: readonly string[] = ["Undangan", "Permohonan", "Penyampaian", "Pemberitahuan", "Permintaan data", "Laporan"];

/** Subjects by number: every number gives one, neighbours differ. */
export const subjectOf = (n: number): string => {
  const at = (items: readonly string[], index: number): string => items[index % items.length] ?? "";
  return `${at(kinds, n)} ${at(matters, Math.floor(n / 3))} di ${at(places, Math.floor(n / 7))}`;
};

/** The ways that a letter takes once its addressee has opened it. */
export type Way = "dibaca" | "satu disposisi" | "pohon disposisi";

/**
 * Which way a letter takes, from a roll of the dice. No office publishes such counts; these shares are our reading of what comes in:
 * invitations, circulars, copies and reports are read and filed (six of ten), a request or an order goes to one official who answers for
 * it (three), and one matter in ten is worked on through all levels. What is longer is rarer, and every way has thousands of letters.
 */
export const lifeOf = (roll: number): Way => (roll < 0.6 ? "dibaca" : roll < 0.9 ? "satu disposisi" : "pohon disposisi");

/** Instructions that disposisi of the generated office carry. */
export const instructions: readonly string[] = ["Tindak lanjuti", "Untuk diketahui", "Siapkan bahan", "Koordinasikan / konfirmasikan", "Laporkan hasilnya", "Telaah / beri pendapat dan saran", "Hadiri / wakili"];

/** What is reported to the giver of a disposisi; the short ones say enough. */
export const reports: readonly string[] = ["Selesai, laporan diteruskan.", "Sudah dilaksanakan.", "Selesai.", "Sudah dikoordinasikan, hasilnya terlampir dalam notulen.", "Bahan sudah disiapkan dan diserahkan.", "Telah dihadiri; hasil rapat dilaporkan lisan dan tertulis."];

/** Given names and family names of invented people. */
export const givenNames: readonly string[] = ["Ahmad", "Siti", "Rahmat", "Nur", "Budi", "Dewi", "Agus", "Rina", "Hendra", "Yuliana", "Arif", "Fitri", "Dedi", "Maya", "Syahrul", "Indah", "Rizal", "Lestari", "Fajar", "Wulan"];
/** As above. */
export const familyNames: readonly string[] = ["Saputra", "Rahayu", "Hidayat", "Lestari", "Santoso", "Wahyuni", "Pratama", "Hasanah", "Kurniawan", "Anggraini", "Nugroho", "Maulida", "Firmansyah", "Handayani", "Setiawan", "Puspita"];
