import { useLanguage } from "../kernel/catalog/index.ts";

const id = {
  groups: { membaca: "Membaca", mencatat: "Mencatat", mendisposisi: "Disposisi", menyusun: "Menyusun", memaraf: "Memaraf", menandatangani: "Menandatangani", mengirim: "Mengirim", mencabut: "Membatalkan, mencabut", memberkaskan: "Memberkaskan", melayani: "Layanan desa", kewenangan: "Kewenangan", organisasi: "Organisasi", akun: "Akun", pengawasan: "Pengawasan" },
  holding: { definitif: "", plt: "Plt.", plh: "Plh.", pj: "Pj." },
  trail: {
    title: "Telusuri jejak",
    lead: "Setiap tindakan dalam cakupan mandat, dengan tempatnya di log. Penelusuran dan pengunduhan dicatat.",
    person: "Nama orang", post: "Jabatan", unit: "Unit", anyUnit: "Semua unit", letter: "Nomor atau perihal surat", from: "Dari tanggal", to: "Sampai tanggal", acts: "Jenis tindakan",
    search: "Telusuri", clear: "Kosongkan", save: "Simpan pencarian", csv: "Unduh CSV", saved: "Pencarian tersimpan", noSaved: "Belum ada pencarian tersimpan.", others: (post: string): string => `dibagikan ${post}`,
    shared: "Bagikan di Inspektorat", name: "Nama pencarian", saveTitle: "Simpan pencarian", saveLead: "Yang disimpan hanya pertanyaannya, bukan hasilnya.", saveAct: "Simpan", done: "Pencarian tersimpan.", rename: "Ubah", remove: "Hapus", removed: "Pencarian dihapus.", cancel: "Batal",
    none: "Tidak ada tindakan yang cocok", noneLead: "Longgarkan nama, rentang tanggal, atau jenis tindakannya.", shown: (count: number): string => `${count} tindakan`,
    goOn: (when: string): string => `Sudah ditelusuri sampai ${when}. Lanjutkan ke yang lebih lama`, letters: (count: number): string => `${count} surat cocok dengan kata itu.`, lettersCut: (count: number): string => `Lebih dari ${count} surat cocok; hanya yang terbaru diikuti. Perjelas nomornya.`,
    pending: "menunggu tempat di log", check: "Periksa bukti", checking: "memeriksa", proved: "terbukti di log", mismatch: "tidak cocok", provedNote: "Tempat tindakan ini di log terbukti di peramban ini.", mismatchNote: "Bukti tindakan ini tidak cocok dengan log. Simpan halaman ini dan hubungi para saksi.", cannot: "Belum dapat diperiksa: jaringan putus, atau peramban ini tidak mendukungnya.",
    results: "Hasil telusur", start: "Apa yang dicari?", startLead: "Isi satu atau beberapa isian, lalu tekan Telusuri. Tanpa isian, semua tindakan ditampilkan dari yang terbaru.",
  },
  samples: {
    title: "Uji petik", lead: "Daftar dikunci dulu, baru benihnya diketahui: siapa pun yang mengulang undian mendapat surat yang sama.", start: "Mulai uji petik", none: "Belum ada uji petik", noneLead: "Kunci daftar surat, umumkan fakta yang akan menjadi benihnya, lalu undi sesudah fakta itu terbit.",
    of: (count: string, members: string): string => `${count} dari ${members} surat`, status: { terkunci: "menunggu benih", diundi: "diperiksa", selesai: "selesai", ditinggalkan: "ditinggalkan" },
    agree: (count: number): string => `${count} cocok`, note: (count: number): string => `${count} catatan`, left: (count: number): string => `${count} belum`, dots: (all: number, members: string, agree: number, note: number, left: number): string => `${all} surat terpilih tersebar dalam ${members} surat: ${agree} cocok, ${note} dengan catatan, ${left} belum diperiksa`,
    locked: "Daftar dikunci", seed: "Benih umum", rootAfter: (size: string): string => `akar log tepat sesudah dikunci, catatan ke-${size}`, source: "Fakta yang akan menjadi benih", fact: "Fakta", list: "Daftar", basis: "Dasar",
    anybody: "Siapa pun yang mengulang undian ini mendapat surat yang sama.", redo: "Ulangi undian", redoing: "Mengundi ulang di peramban ini…", same: (count: number, members: string): string => `Undian diulang di peramban ini: ${count} surat yang sama dari ${members}.`, evidence: "Unduh bukti undian", open: "Lihat uji petik", all: "Semua uji petik", next: (nth: number): string => `Periksa sampel ke-${nth}`,
    why: { list: "Daftarnya bukan daftar yang dikunci.", lock: "Penguncian di log tidak menyebut daftar atau fakta ini.", place: "Penguncian bukan catatan terakhir dari log yang dipakai mengundi.", log: "Log yang dipakai mengundi bukan awal dari log yang ditandatangani.", draw: "Undian ulang memilih surat lain." }, whom: "Simpan bukti undian dan hubungi pengelola log.", cannot: "Belum dapat diulang: jaringan putus, atau peramban ini tidak mendukungnya.",
    draw: "Undi sekarang", drawTitle: "Undi sampel", drawLead: "Ketik fakta itu persis seperti diterbitkan. Undian hanya sekali.", value: (source: string): string => `${source}: nilainya`, drawn: "Sampel diundi.", abandon: "Tinggalkan…", abandonTitle: "Tinggalkan uji petik ini", abandonLead: "Daftar dan alasannya tetap tercatat.", reason: "Alasan", abandoned: (by: string, reason: string): string => `Ditinggalkan ${by}: ${reason}`,
    lockTitle: "Mulai uji petik", lockLead: "Sesudah dikunci, daftar ini tidak berubah lagi.", name: "Nama uji petik", kind: "Jenis surat", anyKind: "Surat masuk dan naskah keluar", surat: "Surat masuk", naskah: "Naskah keluar", types: "Jenis naskah", anyType: "Semua jenis", q: "Kata dalam nomor atau perihal", from: "Tanggal surat dari", to: "sampai", unit: "Unit", anyUnit: "Semua unit", count: "Berapa surat diundi", countMembers: "Hitung populasi", members: (count: string): string => `${count} surat akan dikunci`, tooMany: "Lebih dari 50.000 surat: persempit pilihannya.", noMembers: "Tidak ada surat yang cocok: longgarkan pilihannya.",
    sourceNote: "Fakta umum yang belum diketahui siapa pun sekarang dan nanti dapat dibaca semua orang, misalnya: Kurs JISDOR BI 30 November 2026", lock: "Kunci daftar", isLocked: "Daftar dikunci. Undi sesudah faktanya terbit.", cancel: "Batal",
    letters: "Surat sampel", openLetter: "Buka surat", judge: { cocok: "Cocok", catatan: "Dengan catatan" }, notYet: "belum", noteField: "Catatan: apa yang tidak cocok", saveNote: "Simpan catatan", by: (by: string, when: string): string => `${by}, ${when}`, closed: "Rincian surat terbuka selama mandatnya berlaku.", back: "Semua uji petik", change: "Ubah putusan",
    waiting: "Menunggu fakta itu terbit", waitingLead: (source: string): string => `Undi sesudah diketahui: ${source}.`, notLogged: "Penguncian sedang mendapat tempat di log.",
  },
  reports: {
    title: "Laporan pemeriksa", lead: "Tujuh pertanyaan yang harus dapat dijawab catatan. Tiap baris menunjuk tindakan yang membuktikannya.", choose: "Pertanyaan",
    questions: {
      pembaca: "Siapa melihat surat ini sebelum suatu hari, dan selaku apa?", pelaksana: "Surat mana yang ditandatangani Plh., Plt., atau Pj., dan atas dasar apa?", nomor: "Nomor mana yang dipesan atau dibatalkan, oleh siapa, mengapa?", tenggat: "Disposisi mana yang lewat batas, dan berhenti di mana?",
      versi: "Adakah versi yang diparaf berbeda dari yang ditandatangani?", admin: "Apa yang diubah admin sepekan sebelum surat ini?", rantai: "Utuhkah rantai dari catatan pertama sampai kepala log?",
    },
    letter: "Surat", findLetter: "Nomor, pengirim, atau perihal", find: "Cari surat", chosen: "Surat yang dipilih", other: "Pilih surat lain", noLetter: "Tidak ada surat yang cocok dalam cakupan mandat.", from: "Dari tanggal", to: "Sampai tanggal", before: "Sebelum akhir hari", unit: "Unit", anyUnit: "Semua unit", run: "Buat laporan", csv: "Unduh CSV", json: "Unduh JSON dengan bukti", print: "Cetak",
    none: "Tidak ada yang tercatat", noneLead: "Dalam cakupan dan rentang ini jawabannya: tidak ada.", isCut: "Terlalu banyak baris; hanya yang pertama ditampilkan. Persempit rentang tanggal atau unitnya.", rows: (count: number): string => `${count} baris`, made: (when: string, by: string): string => `Dibuat ${when} oleh ${by}`, head: (size: string): string => `terhadap kepala log ${size} catatan`, proof: "Log",
    columns: {
      at: "Waktu", person: "Nama", post: "Jabatan", holding: "Selaku", act: "Tindakan", times: "Banyaknya", number: "Nomor", basis: "Dasar", fate: "Nasib nomor", reason: "Alasan", giver: "Dari", due: "Batas waktu", status: "Keadaan", since: "Sejak", late: "Lewat (hari)", version: "Versi", initialled: "Hash yang diparaf", signed: "Hash yang ditandatangani", verdict: "Perbandingan", what: "Yang diperiksa", says: "Hasil",
    },
    values: {
      definitif: "definitif", plt: "Plt.", plh: "Plh.", pj: "Pj.", direservasi: "dipesan", dibatalkan: "dibatalkan", belum_dibaca: "belum dibaca", dibaca: "dibaca", diproses: "diproses", dilaporkan: "dilaporkan", diterima: "diterima", dikembalikan: "dikembalikan", sama: "sama", berbeda: "BERBEDA", berkas_berbeda: "berkas berbeda", urutan: "Urutan catatan", kepala: "Akar kepala log", pemeriksaan: "Pemeriksaan terakhir",
    },
    whole: (found: string): string => `${found}, tanpa celah`, broken: (found: string): string => `${found}, ADA CELAH`, checkedAs: (when: string, findings: number): string => `${when}, ${findings === 0 ? "utuh" : `${findings} temuan`}`, notChecked: "belum pernah", witness: (name: string): string => `Saksi ${name}`, seen: (size: string, when: string): string => `${size} catatan${when === "" ? "" : `, ${when}`}`,
  },
};

type Widened<T> = T extends string ? string : T extends (...given: infer G) => string ? (...given: G) => string : { readonly [K in keyof T]: Widened<T[K]> };

/** The words of what an inspector searches, draws and reports. */
export type InquiryMessages = Widened<typeof id>;

const en: InquiryMessages = {
  groups: { membaca: "Reading", mencatat: "Registering", mendisposisi: "Disposisi", menyusun: "Drafting", memaraf: "Initialling", menandatangani: "Signing", mengirim: "Sending", mencabut: "Cancelling, revoking", memberkaskan: "Filing", melayani: "Village services", kewenangan: "Authority", organisasi: "Organisation", akun: "Accounts", pengawasan: "Inspection" },
  holding: { definitif: "", plt: "Plt.", plh: "Plh.", pj: "Pj." },
  trail: {
    title: "Search the trail",
    lead: "Every act within reach of the mandate, with its place in the log. Searches and downloads are recorded.",
    person: "Name", post: "Post", unit: "Unit", anyUnit: "All units", letter: "Number or subject of a letter", from: "From", to: "Until", acts: "Kind of act",
    search: "Search", clear: "Clear", save: "Save the search", csv: "Download CSV", saved: "Saved searches", noSaved: "No saved search yet.", others: (post) => `shared by ${post}`,
    shared: "Share within the inspectorate", name: "Name of the search", saveTitle: "Save the search", saveLead: "Only the question is kept, not what it found.", saveAct: "Save", done: "The search is saved.", rename: "Change", remove: "Remove", removed: "The search is removed.", cancel: "Cancel",
    none: "No act matches", noneLead: "Widen the name, the dates or the kind of act.", shown: (count) => `${count} acts`,
    goOn: (when) => `Searched back to ${when}. Go on to what is older`, letters: (count) => `${count} letters match these words.`, lettersCut: (count) => `More than ${count} letters match; only the newest are followed. Give more of the number.`,
    pending: "waiting for its place in the log", check: "Check the proof", checking: "checking", proved: "proved in the log", mismatch: "does not match", provedNote: "The place of this act in the log is proved in this browser.", mismatchNote: "The proof of this act does not match the log. Keep this page and call the witnesses.", cannot: "Cannot be checked now: the network is gone, or this browser cannot do it.",
    results: "Results", start: "What do you look for?", startLead: "Fill in one field or several and press Search. Without any, all acts are shown, newest first.",
  },
  samples: {
    title: "Spot checks", lead: "The list is locked before the seed is known: whoever draws again gets the same letters.", start: "Begin a spot check", none: "No spot check yet", noneLead: "Lock a list of letters, name the fact that will be its seed, and draw once that fact is out.",
    of: (count, members) => `${count} of ${members} letters`, status: { terkunci: "waits for its seed", diundi: "being checked", selesai: "done", ditinggalkan: "abandoned" },
    agree: (count) => `${count} fit`, note: (count) => `${count} with a note`, left: (count) => `${count} to do`, dots: (all, members, agree, note, left) => `${all} letters spread over ${members}: ${agree} fit, ${note} with a note, ${left} not checked yet`,
    locked: "List locked", seed: "Public seed", rootAfter: (size) => `root of the log right after the lock, record ${size}`, source: "The fact that will be the seed", fact: "Fact", list: "List", basis: "Basis",
    anybody: "Whoever draws again gets the same letters.", redo: "Draw again", redoing: "Drawing again in this browser…", same: (count, members) => `Drawn again in this browser: the same ${count} letters out of ${members}.`, evidence: "Download the evidence", open: "See the spot check", all: "All spot checks", next: (nth) => `Check sample ${nth}`,
    why: { list: "The list is not the one that was locked.", lock: "The lock in the log names another list or another fact.", place: "The lock is not the last record of the log that decided.", log: "The log that decided is not the beginning of the signed log.", draw: "Drawing again chooses other letters." }, whom: "Keep the evidence and call whoever runs the log.", cannot: "Cannot be drawn again now: the network is gone, or this browser cannot do it.",
    draw: "Draw now", drawTitle: "Draw the sample", drawLead: "Type the fact exactly as it was published. There is one draw.", value: (source) => `${source}: its value`, drawn: "The sample is drawn.", abandon: "Abandon…", abandonTitle: "Abandon this spot check", abandonLead: "The list and the reason stay on record.", reason: "Reason", abandoned: (by, reason) => `Abandoned by ${by}: ${reason}`,
    lockTitle: "Begin a spot check", lockLead: "Once locked, the list does not change any more.", name: "Name of the spot check", kind: "Kind of letter", anyKind: "Received and issued letters", surat: "Received letters", naskah: "Issued letters", types: "Letter type", anyType: "All types", q: "Words in number or subject", from: "Dated from", to: "until", unit: "Unit", anyUnit: "All units", count: "How many are drawn", countMembers: "Count the list", members: (count) => `${count} letters will be locked`, tooMany: "More than 50,000 letters: narrow the choice.", noMembers: "No letter matches: widen the choice.",
    sourceNote: "A public fact that nobody knows now and everybody can read later, for example: JISDOR rate of Bank Indonesia, 30 November 2026", lock: "Lock the list", isLocked: "The list is locked. Draw once the fact is out.", cancel: "Cancel",
    letters: "Sampled letters", openLetter: "Open the letter", judge: { cocok: "Fits", catatan: "With a note" }, notYet: "to do", noteField: "Note: what does not fit", saveNote: "Save the note", by: (by, when) => `${by}, ${when}`, closed: "Details of the letters are open while the mandate runs.", back: "All spot checks", change: "Change the verdict",
    waiting: "Waiting for the fact", waitingLead: (source) => `Draw once this is known: ${source}.`, notLogged: "The lock is getting its place in the log.",
  },
  reports: {
    title: "Inspector's reports", lead: "Seven questions that the record must answer. Each row points to the act that proves it.", choose: "Question",
    questions: {
      pembaca: "Who saw this letter before a day, and under which post?", pelaksana: "Which letters were signed by a Plh., Plt. or Pj., and on what basis?", nomor: "Which numbers were reserved or cancelled, by whom and why?", tenggat: "Which disposisi passed its time limit, and where did it stop?",
      versi: "Was any initialled version different from the signed one?", admin: "What did the admins change in the week before this letter?", rantai: "Is the chain unbroken from the first record to the head?",
    },
    letter: "Letter", findLetter: "Number, sender or subject", find: "Find the letter", chosen: "Chosen letter", other: "Choose another", noLetter: "No letter within reach of the mandate matches.", from: "From", to: "Until", before: "Before the end of", unit: "Unit", anyUnit: "All units", run: "Make the report", csv: "Download CSV", json: "Download JSON with proofs", print: "Print",
    none: "Nothing is recorded", noneLead: "Within this reach and time the answer is: none.", isCut: "Too many rows; only the first are shown. Narrow the dates or the unit.", rows: (count) => `${count} rows`, made: (when, by) => `Made ${when} by ${by}`, head: (size) => `against the head of ${size} records`, proof: "Log",
    columns: {
      at: "Time", person: "Name", post: "Post", holding: "Acting as", act: "Act", times: "Times", number: "Number", basis: "Basis", fate: "Fate", reason: "Reason", giver: "From", due: "Due", status: "State", since: "Since", late: "Days late", version: "Version", initialled: "Hash initialled", signed: "Hash signed", verdict: "Comparison", what: "What is checked", says: "Result",
    },
    values: {
      definitif: "appointed", plt: "Plt.", plh: "Plh.", pj: "Pj.", direservasi: "reserved", dibatalkan: "cancelled", belum_dibaca: "unread", dibaca: "read", diproses: "in work", dilaporkan: "reported", diterima: "accepted", dikembalikan: "given back", sama: "same", berbeda: "DIFFERENT", berkas_berbeda: "another file", urutan: "Order of records", kepala: "Root of the head", pemeriksaan: "Latest check",
    },
    whole: (found) => `${found}, without a gap`, broken: (found) => `${found}, WITH A GAP`, checkedAs: (when, findings) => `${when}, ${findings === 0 ? "whole" : `${findings} findings`}`, notChecked: "never", witness: (name) => `Witness ${name}`, seen: (size, when) => `${size} records${when === "" ? "" : `, ${when}`}`,
  },
};

/** The words of what an inspector searches, draws and reports, in the present language. */
export const useInquiryMessages = (): InquiryMessages => (useLanguage() === "en" ? en : id);
